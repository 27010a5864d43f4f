using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace ExploringLstms.Pages;

/// <summary>The pages of the sample as a browser shows them.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] Experiments = ["counter", "selective-counter", "state-memorizer", "copy-machine"];

    public static TheoryData<string, int> PagesAndWidths
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string experiment in Experiments)
            {
                data.Add(experiment, 400);
                data.Add(experiment, 1600);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(PagesAndWidths))]
    public async Task Page_ShowsACellForEachCharacter_AndFitsTheWindow(string experiment, int width)
    {
        (IPage page, List<string> complaints) = await browser.Open($"{experiment}.html", width);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Browser.Folder, $"{experiment}.json")));
        int layers = json.RootElement.EnumerateObject().Count(property => property.Name.StartsWith("cs", StringComparison.Ordinal));
        int neurons = layers * json.RootElement.GetProperty("cs0").GetArrayLength();
        int characters = json.RootElement.GetProperty("chars").GetArrayLength();

        // All neurons and the one that tells most, six quantities each.
        Assert.Equal((neurons + 1) * 6 * characters, await page.Locator("section.text:visible tr[data-limit] td").CountAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        ILocator cell = page.Locator("section.text:visible .wide tr[data-limit] td").First;
        LocatorBoundingBoxResult box = (await cell.BoundingBoxAsync())!;
        Assert.InRange(box.Width, 12, 60);
        Assert.InRange(box.Height, 15, 60);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Browser.Screenshot($"{experiment}-{width}") });
        Assert.Empty(complaints);
    }

    /// <summary>Every value under the pointer is that of the JSON.</summary>
    [Theory]
    [MemberData(nameof(PagesAndWidths))]
    public async Task Hover_ShowsTheValue(string experiment, int width)
    {
        (IPage page, List<string> complaints) = await browser.Open($"{experiment}.html", width);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Browser.Folder, $"{experiment}.json")));
        (string Symbol, string Field)[] quantities =
            [("ltm", "cs"), ("wm", "hs"), ("ltm'", "j_gate"), ("rem", "f_gate"), ("save", "i_gate"), ("focus", "o_gate")];
        foreach ((string symbol, string field) in quantities)
        {
            ILocator row = page.Locator($"section.text:visible table[data-quantity=\"{symbol}\"] tr").Nth(4);
            await row.Locator("td").Nth(3).HoverAsync();
            double value = json.RootElement.GetProperty($"{field}0")[4][3].GetDouble();
            string text = (await page.Locator("#value").TextContentAsync())!;
            Match shown = Regex.Match(text, "^neuron (1\\.)?5, t = 3, \".\": (?<q>.+) = (?<v>[-0-9.]+)$");

            Assert.Equal(symbol, shown.Groups["q"].Value);
            Assert.InRange(double.Parse(shown.Groups["v"].Value, CultureInfo.InvariantCulture) - value, -2e-3, 2e-3);
        }

        Assert.Empty(complaints);
    }

    [Theory]
    [MemberData(nameof(PagesAndWidths))]
    public async Task Keyboard_ReachesEveryCellAndString(string experiment, int width)
    {
        (IPage page, List<string> complaints) = await browser.Open($"{experiment}.html", width);
        ILocator buttons = page.Locator("nav button"), value = page.Locator("#value");
        await page.Keyboard.PressAsync("Tab"); // the link to all experiments
        for (int button = 0; button < await buttons.CountAsync(); button++)
        {
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Enter");
            Assert.Equal("true", await buttons.Nth(button).GetAttributeAsync("aria-pressed"));
            Assert.Equal(1, await page.Locator("section.text:visible").CountAsync());
        }

        // A strip that is wider than the window can be focused as well, to be scrolled.
        for (int tabs = 0; tabs < 3 && string.IsNullOrEmpty(await value.TextContentAsync()); tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Matches("t = 0, .*: ltm = ", await value.TextContentAsync());
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Matches("t = 1, .*: wm = ", await value.TextContentAsync());
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowRight");
        string read = (await page.Locator("section.text:visible h2").TextContentAsync())!;
        Assert.Matches($"t = {read.Length - 1}, .*: wm = ", await value.TextContentAsync());
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1600)]
    public async Task Index_LeadsToEveryPage(int width)
    {
        (IPage page, List<string> complaints) = await browser.Open("index.html", width);

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        foreach (string experiment in Experiments)
        {
            await page.Locator($"a[href=\"{experiment}.html\"]").ClickAsync();
            Assert.Equal(experiment.Replace('-', ' '), await page.Locator("h1").TextContentAsync());
            await page.GoBackAsync();
        }

        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Browser.Screenshot($"index-{width}"), FullPage = true });
        Assert.Empty(complaints);
    }

    /// <summary>Text has a contrast of at least 3 to its cell, in every scheme and on paper.</summary>
    [Theory]
    [InlineData(ColorScheme.Light, Media.Screen)]
    [InlineData(ColorScheme.Dark, Media.Screen)]
    [InlineData(ColorScheme.Dark, Media.Print)]
    public async Task Cells_AreLegible(ColorScheme scheme, Media media)
    {
        (IPage page, _) = await browser.Open("counter.html", 1600, scheme);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = media, ColorScheme = scheme });

        double least = await page.EvaluateAsync<double>("""
            () => {
              const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const light = color => {
                canvas.fillStyle = color;
                canvas.fillRect(0, 0, 1, 1);
                const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255)
                  .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
                return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
              };
              let least = 21;
              for (const cell of document.querySelectorAll('section.text:not([hidden]) tr[data-limit] td')) {
                const style = getComputedStyle(cell), a = light(style.color), b = light(style.backgroundColor);
                least = Math.min(least, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
              }
              return least;
            }
            """);
        Assert.InRange(least, 3, 21);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Browser.Screenshot($"counter-{scheme}-{media}") });
    }
}
