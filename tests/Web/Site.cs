using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace WebSample.Tests;

/// <summary>
/// The published sample (folder <c>LSTM_SITE</c>) in headless Chromium (<c>LSTM_CHROMIUM</c>); screenshots go to <c>LSTM_SCREENSHOTS</c>.
/// <c>tests/Web/check</c> sets them.
/// </summary>
public sealed class Site : IAsyncLifetime
{
    private const float Patience = 180_000; // milliseconds: the interpreter on a busy machine

    private IPlaywright? playwright;
    private IBrowser? browser;
    private StaticFiles? server;

    /// <summary>Where a screenshot goes.</summary>
    public static string Screenshot(string name) => Path.Combine(Setting("LSTM_SCREENSHOTS"), $"{name}.png");

    /// <summary>The content of a file of the site.</summary>
    public static byte[] Content(string name) => File.ReadAllBytes(Path.Combine(Setting("LSTM_SITE"), name));

    /// <summary>The page, ready to play, and everything that it complained about.</summary>
    /// <param name="script">Runs in the page before its own scripts.</param>
    public async Task<(IPage Page, List<string> Complaints)> Open(int width = 1400, ColorScheme scheme = ColorScheme.Light, string? script = null)
    {
        IPage page = await browser!.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme,
        });
        page.SetDefaultTimeout(Patience);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"failed: {request.Url}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server!.Address.AbsoluteUri, StringComparison.Ordinal))
            {
                complaints.Add($"request: {request.Url}");
            }
        };
        if (script is not null)
        {
            await page.AddInitScriptAsync(script);
        }

        await page.GotoAsync(server!.Address.AbsoluteUri);
        await Status(page, "Ready.");
        return (page, complaints);
    }

    /// <summary>Waits until the page says this.</summary>
    public static Task Status(IPage page, string text) => Assertions.Expect(page.Locator("#status")).ToContainTextAsync(
        text, new LocatorAssertionsToContainTextOptions { Timeout = Patience });

    /// <summary>The number behind "error to signal" in the line of the training.</summary>
    public static Task<double> ErrorToSignal(IPage page) =>
        page.EvaluateAsync<double>("Number((document.getElementById('learning').textContent.match(/error to signal (.*)$/) ?? [])[1])");

    public async Task InitializeAsync()
    {
        server = new StaticFiles(Setting("LSTM_SITE"));
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Setting("LSTM_CHROMIUM"), Args = ["--no-sandbox", "--disable-background-networking"],
        });
    }

    public async Task DisposeAsync()
    {
        await browser!.DisposeAsync();
        playwright!.Dispose();
        server!.Dispose();
    }

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: run tests/Web/check.");
}
