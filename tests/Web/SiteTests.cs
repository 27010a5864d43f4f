using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AmpModel;
using Microsoft.Playwright;
using NAudio.Wave;
using Xunit;

namespace WebSample.Tests;

/// <summary>The sample as a browser shows, plays and trains it.</summary>
public sealed class SiteTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    [InlineData(1400, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    public async Task Page_FitsTheWindow_AndHasNothingToComplainAbout(int width, ColorScheme scheme)
    {
        (IPage page, List<string> complaints) = await site.Open(width, scheme);

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        string background = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        int brightness = Regex.Matches(background, @"\d+").Sum(part => int.Parse(part.Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(scheme == ColorScheme.Dark, brightness < 3 * 64);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Site.Screenshot($"{width}-{scheme}"), FullPage = true });
        Assert.Empty(complaints);
    }

    /// <summary>WebAssembly and x64 give the same bits.</summary>
    [Fact]
    public async Task Recording_IsPlayedWithTheBitsOfThisMachine()
    {
        (IPage page, _) = await site.Open();
        var bench = new Workbench(Site.Content("dry.wav"), Site.Content("wet.wav"));
        float[] wet = new float[bench.Dry.Length];
        bench.Rewind(ofLearner: false);
        bench.Play(bench.Dry, wet);

        Assert.Equal(Workbench.Fingerprint(MemoryMarshal.AsBytes<float>(wet)), await page.TextContentAsync("#fingerprint"));
    }

    /// <summary>
    /// Random weights leave 0.98. How far training comes in its time depends on the machine, but a few updates are enough for the limit.
    /// </summary>
    [Fact]
    public async Task Training_LowersTheError_AndIsHeard()
    {
        (IPage page, List<string> complaints) = await site.Open();
        await page.SelectOptionAsync("#seconds", "10");
        await page.ClickAsync("#learn");
        await Site.Status(page, "It learns.");
        Assert.True(await page.IsDisabledAsync("#file"));
        await Site.Status(page, "Ready.");

        Assert.InRange(await Site.ErrorToSignal(page), 1e-4, 0.95);
        Assert.StartsWith("Trained: ", await page.TextContentAsync("#learning"), StringComparison.Ordinal);
        Assert.True(await page.IsCheckedAsync("input[value=learned]"));
        Assert.Equal(["wet", "learned"], await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#key li')].map(item => item.className)"));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Site.Screenshot("trained"), FullPage = true });
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Training_EndsWhenStopped_AndThePageAnswersMeanwhile()
    {
        (IPage page, List<string> complaints) = await site.Open();
        await page.SelectOptionAsync("#seconds", "60");
        await page.ClickAsync("#learn");
        await Site.Status(page, "It learns.");
        await page.ClickAsync("#play");
        await page.CheckAsync("input[value=dry]", new PageCheckOptions { Force = true });
        Assert.Equal("Pause", await page.TextContentAsync("#play"));
        await page.ClickAsync("#stop");
        await Site.Status(page, "Ready.");

        string line = (await page.TextContentAsync("#learning"))!;
        Assert.StartsWith("Stopped: ", line, StringComparison.Ordinal);
        Assert.InRange(double.Parse(Regex.Match(line, @"[\d.]+").Value, System.Globalization.CultureInfo.InvariantCulture), 0, 50);
        Assert.False(await page.IsDisabledAsync("#learn"));
        Assert.Empty(complaints);
    }

    /// <summary>A tone is never silent for 10 ms, and neither is the pedal that plays it. Whatever goes to the loudspeaker is recorded.</summary>
    [Fact]
    public async Task Switching_LeavesNoGap()
    {
        (IPage page, _) = await site.Open(script: """
            const connect = AudioNode.prototype.connect;
            window.heard = [];
            AudioNode.prototype.connect = function (target, ...rest) {
              if (target !== this.context.destination || this instanceof ScriptProcessorNode) return connect.call(this, target, ...rest);
              if (!this.context.tap) {
                this.context.tap = this.context.createScriptProcessor(4096, 1, 1);
                this.context.tap.onaudioprocess = event => heard.push(...event.inputBuffer.getChannelData(0));
                connect.call(this.context.tap, target);
              }
              return connect.call(this, this.context.tap);
            };
            """);
        await Choose(page, "tone.wav", Tone(seconds: 2));
        await page.ClickAsync("#play");
        for (int i = 0; i < 6; i++)
        {
            await page.WaitForTimeoutAsync(300);
            await page.CheckAsync($"input[value={(i % 2 == 0 ? "dry" : "trained")}]", new PageCheckOptions { Force = true });
        }

        await page.WaitForFunctionAsync("heard.length > 44100");
        float[] heard = await page.EvaluateAsync<float[]>("heard");
        int first = Array.FindIndex(heard, sample => Math.Abs(sample) > 0.05f);
        Assert.InRange(first, 0, heard.Length - 22_050);
        int silent = 0, longest = 0;
        foreach (float sample in heard.AsSpan(first))
        {
            silent = Math.Abs(sample) < 1e-3f ? silent + 1 : 0;
            longest = Math.Max(longest, silent);
        }

        Assert.InRange(longest, 0, 441);
    }

    [Fact]
    public async Task ChosenRecording_IsPlayed_AndOneThatCannotBeDecodedIsRefused()
    {
        (IPage page, List<string> complaints) = await site.Open(400);
        await Choose(page, "tone.wav", Tone(seconds: 1));

        Assert.Equal("tone.wav, 1.0 s", await page.TextContentAsync("#recording"));
        Assert.True(await page.IsDisabledAsync("input[value=wet]"));
        Assert.Empty(complaints);

        await page.SetInputFilesAsync("#file", new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "no sound"u8.ToArray() });
        await Site.Status(page, "notes.txt cannot be decoded: choose a WAV file");
        Assert.Equal("tone.wav, 1.0 s", await page.TextContentAsync("#recording"));
        Assert.False(await page.IsDisabledAsync("#play"));
    }

    /// <summary>Every control is reached with Tab, has a name, and shows that it has the focus. Arrows choose what is heard; Enter plays.</summary>
    [Fact]
    public async Task Keyboard_IsEnough()
    {
        (IPage page, List<string> complaints) = await site.Open();
        string[] expected = ["guitar", "file", "play", "seek", "trained", "seconds", "learn", "moment"];
        List<string> reached = [];
        foreach (string _ in expected)
        {
            await page.Keyboard.PressAsync("Tab");
            string[] focus = await page.EvaluateAsync<string[]>("""
                () => {
                  const active = document.activeElement, shown = [active, active.nextElementSibling].filter(element => element);
                  const outline = shown.some(element => getComputedStyle(element).outlineStyle === 'solid');
                  const label = active.getAttribute('aria-label') ?? active.labels?.[0]?.textContent ?? active.textContent;
                  return [active.id || active.value, String(outline && label.trim().length > 0)];
                }
                """);
            Assert.Equal("true", focus[1]);
            reached.Add(focus[0]);
        }

        Assert.Equal(expected, reached);
        await page.FocusAsync("input[value=trained]");
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.True(await page.IsCheckedAsync("input[value=dry]"));
        await page.FocusAsync("#play");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("document.getElementById('time').textContent !== '0.0 s'");
        Assert.Equal("Pause", await page.TextContentAsync("#play"));
        Assert.Empty(complaints);
    }

    private static async Task Choose(IPage page, string name, byte[] content)
    {
        await page.SetInputFilesAsync("#file", new FilePayload { Name = name, MimeType = "audio/wav", Buffer = content });
        await Assertions.Expect(page.Locator("#recording")).ToContainTextAsync(name);
        await Site.Status(page, "Ready.");
    }

    /// <summary>A tone of 220 Hz, as a WAV file.</summary>
    private static byte[] Tone(int seconds)
    {
        float[] samples = [.. Enumerable.Range(0, seconds * 44_100).Select(t => 0.3f * (float)Math.Sin(2 * Math.PI * 220 * t / 44_100))];
        using var file = new MemoryStream();
        new WavFile(samples, new WaveFormat(44_100, 16, 1)).Write(file);
        return file.ToArray();
    }
}
