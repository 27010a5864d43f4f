using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace ExploringLstms.Pages;

/// <summary>
/// Headless Chromium of the system (<c>LSTM_CHROMIUM</c>), and the folder of the pages (<c>LSTM_PAGES</c>): <c>tests/Pages/check</c> sets both.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public static string Folder { get; } = Setting("LSTM_PAGES");

    /// <summary>Where a screenshot goes.</summary>
    public static string Screenshot(string name) => Path.Combine(Folder, $"{name}.screenshot.png");

    /// <summary>A page that was opened from its file, and everything that it complained about.</summary>
    public async Task<(IPage Page, List<string> Complaints)> Open(string file, int width, ColorScheme scheme = ColorScheme.Light)
    {
        IPage page = await browser!.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme,
        });
        page.SetDefaultTimeout(120_000); // a busy machine needs more than the usual 30 s to open a page
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                complaints.Add($"request: {request.Url}");
            }
        };
        await page.GotoAsync(new Uri(Path.Combine(Folder, file)).AbsoluteUri);
        return (page, complaints);
    }

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Setting("LSTM_CHROMIUM"), Args = ["--no-sandbox"],
        });
    }

    public async Task DisposeAsync()
    {
        await browser!.DisposeAsync();
        playwright!.Dispose();
    }

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: run tests/Pages/check.");
}
