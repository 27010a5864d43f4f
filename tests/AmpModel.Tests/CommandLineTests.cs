using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Lstm;
using Lstm.Formats;
using NAudio.Wave;
using Xunit;

namespace AmpModel.Tests;

public class CommandLineTests
{
    private const int Length = 20_000;

    public static TheoryData<string, string[]> WrongArguments => new()
    {
        { "--hidden 7 will not do", ["--hidden", "7"] },
        { "--hidden many will not do", ["--hidden", "many"] },
        { "--seconds 0 will not do", ["--seconds", "0"] },
        { "--seconds -3 will not do", ["--seconds", "-3"] },
        { "--seconds NaN will not do", ["--seconds", "NaN"] },
        { "--updates 0 will not do", ["--updates", "0"] },
        { "--learning-rate 2 will not do", ["--learning-rate", "2"] },
        { "--seed -1 will not do", ["--seed", "-1"] },
        { "--threads 0 will not do", ["--threads", "0"] },
        { "--seconds", ["--seconds"] },
        { "--loud", ["--loud"] },
        { "give both", ["--dry", "some.wav"] },
        { "give both", ["--wet", "some.wav"] },
        { "give one of them", ["--seconds", "3", "--updates", "5"] },
    };

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public void WrongArguments_GetOneLine(string expected, string[] arguments)
    {
        using var folder = new Folder();

        Refused(folder, expected, arguments);
    }

    [Fact]
    public void FilesThatCannotBeUsed_GetOneLine()
    {
        using var folder = new Folder();
        string dry = folder.Wav("dry.wav", Signals.Dry(Length));
        string wet = folder.Wav("wet.wav", Signals.Wet(Length));
        File.WriteAllBytes(folder["empty.wav"], []);
        File.WriteAllText(folder["text.wav"], "This is not sound.");
        File.WriteAllBytes(folder["cut.wav"], File.ReadAllBytes(wet)[..30_000]);
        float[] damaged = Signals.Wet(Length);
        damaged[1234] = float.NaN;
        float[] silentEnd = Signals.Wet(Length);
        Array.Clear(silentEnd, Length - 6000, 6000);
        float[] silentStart = Signals.Wet(Length);
        Array.Clear(silentStart, 0, Length - 5400);

        Refused(folder, "missing.wav does not exist", Pair(dry, folder["missing.wav"]));
        Refused(folder, "wet.wav does not exist", Pair(dry, folder["missing/wet.wav"]));
        Refused(folder, "cannot be read", Pair(dry, folder.Path));
        Refused(folder, "it is empty", Pair(dry, folder["empty.wav"]));
        Refused(folder, "Not a WAVE file", Pair(folder["text.wav"], wet));
        Refused(folder, "cut off", Pair(dry, folder["cut.wav"]));
        Refused(folder, "no samples", Pair(dry, folder.Wav("none.wav", [])));
        Refused(folder, "2 channels", Pair(dry, folder.Wav("stereo.wav", Signals.Wet(Length), new WaveFormat(8000, 16, channels: 2))));
        Refused(folder, "samples a second", Pair(dry, folder.Wav("fast.wav", Signals.Wet(Length), new WaveFormat(rate: 44100, 16, 1))));
        Refused(folder, "same length", Pair(dry, folder.Wav("shorter.wav", Signals.Wet(Length - 1))));
        Refused(folder, "at least 2.05 s", Pair(folder.Wav("short1.wav", Signals.Dry(9000)), folder.Wav("short2.wav", Signals.Wet(9000))));
        Refused(folder, "not a finite number", Pair(dry, folder.Wav("damaged.wav", damaged, WaveFormat.CreateIeeeFloatWaveFormat(8000, 1))));
        Refused(folder, "silent from end to end", Pair(folder.Wav("silent.wav", new float[Length]), wet));
        Refused(folder, "silent from end to end", Pair(dry, folder["silent.wav"]));
        Refused(folder, "the part to test on", Pair(dry, folder.Wav("silentEnd.wav", silentEnd)));
        Refused(folder, "the part to train on", Pair(dry, folder.Wav("silentStart.wav", silentStart)));
    }

    [Fact]
    public void OutputThatCannotBeWritten_GetsOneLine()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["out"], "a file where the folder should be");
        var error = new StringWriter();

        Assert.Equal(1, Program.Run(["--updates", "1", "--output", folder["out"]], TextWriter.Null, error));
        Assert.Contains("cannot be written", Line(error));
    }

    // As CI and an impatient user run it: everything is written, and the last lines say how good and how fast.
    [Theory]
    [InlineData("8")]
    [InlineData("16")]
    [InlineData("24")]
    [InlineData("32")]
    public void ShortTraining_WritesTheResults(string hidden)
    {
        using var folder = new Folder();
        string dry = folder.Wav("dry.wav", Signals.Dry(Length), WaveFormat.CreateIeeeFloatWaveFormat(8000, 1));
        string wet = folder.Wav("wet.wav", Signals.Wet(Length), new WaveFormat(8000, 24, 1));
        string output = Run([.. Pair(dry, wet), "--hidden", hidden, "--updates", "100", "--output", folder["out"]]);

        Assert.Matches(@"\ntest ESR 0\.\d{4} after [\d.]+ s\n", output);
        Assert.Matches(@"\nreal time x \d+: 0\.7 s of audio in \d+ ms, \d+ ns a sample\n", output);
        WavFile predicted = WavFile.Read(folder["out/predicted.wav"]);
        Assert.Equal((new WaveFormat(8000, 24, 1), 5400), (predicted.Format, predicted.Samples.Length));
        LstmModel model = LstmFile.Read(folder["out/model.safetensors"]);
        Assert.Equal(int.Parse(hidden, CultureInfo.InvariantCulture), model.Hidden(0));
        AssertPlays(model, WavFile.Read(dry).Samples.AsSpan(^5400..), predicted.Samples);
        Assert.Contains("</svg>", File.ReadAllText(folder["out/loss.svg"]));
        Assert.Contains("</svg>", File.ReadAllText(folder["out/prediction.svg"]));
    }

    /// <summary>A stream of the trained rate is the network's own, whichever way it is played.</summary>
    [Fact]
    public void Rates_PrintATable()
    {
        using var folder = new Folder();
        var format = new WaveFormat(rate: 22_050, bits: 16, channels: 1);
        string[] pair = Pair(folder.Wav("dry.wav", Signals.Dry(45_000), format), folder.Wav("wet.wav", Signals.Wet(45_000), format));
        string output = Run([.. pair, "--hidden", "8", "--updates", "5", "--rates", "--output", folder["out"]]);

        Assert.Matches(@"\n    rate  as it is   adapted  converted\n", output);
        Assert.Matches(@"\n   22050 +(\d+\.\d{4}) +\1 +\1\n", output);
        Assert.Matches(@"\n  192000 +\d+\.\d{4} +\d+\.\d{4} +\d+\.\d{4}\n", output);
    }

    [Fact]
    public void SameSeedAndUpdates_GiveTheSameResult()
    {
        using var folder = new Folder();
        string[] pair = Pair(folder.Wav("dry.wav", Signals.Dry(Length)), folder.Wav("wet.wav", Signals.Wet(Length)));
        foreach ((string name, string seed) in new[] { ("a", "1"), ("b", "1"), ("c", "2") })
        {
            Run([.. pair, "--hidden", "8", "--updates", "20", "--seed", seed, "--output", folder[name]]);
        }

        Assert.Equal(File.ReadAllBytes(folder["a/predicted.wav"]), File.ReadAllBytes(folder["b/predicted.wav"]));
        Assert.NotEqual(File.ReadAllBytes(folder["a/predicted.wav"]), File.ReadAllBytes(folder["c/predicted.wav"]));
    }

    [Fact]
    public void Numbers_AreReadAndPrintedTheSameWayUnderEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            using var folder = new Folder();
            string[] pair = Pair(folder.Wav("dry.wav", Signals.Dry(Length)), folder.Wav("wet.wav", Signals.Wet(Length)));

            Assert.Matches(@"\ntest ESR \d\.\d{4} after \d+\.\d s\n", Run([.. pair, "--hidden", "8", "--seconds", "0.2", "--output", folder["out"]]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>The file plays what was predicted, to a step of 24 bits: the generated network of its size does.</summary>
    private static void AssertPlays(LstmModel model, ReadOnlySpan<float> dry, float[] predicted)
    {
        if (model.Hidden(0) != 16)
        {
            return;
        }

        Amp16 network = default;
        network.Load(model);
        Amp16.State state = default;
        float[] wet = new float[dry.Length];
        network.Forward(dry, ref state, wet);
        for (int t = 0; t < wet.Length; t++)
        {
            Assert.Equal(Math.Clamp(wet[t], -1, 1), predicted[t], 2e-7f);
        }
    }

    private static string[] Pair(string dry, string wet) => ["--dry", dry, "--wet", wet];

    private static string Run(IReadOnlyList<string> arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter();
        int code = Program.Run(arguments, output, error);
        Assert.Equal(string.Empty, error.ToString());
        Assert.Equal(0, code);
        return output.ToString();
    }

    /// <summary>One line on the error stream, nothing on the other, exit code 1, nothing written.</summary>
    private static void Refused(Folder folder, string expected, IReadOnlyList<string> arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();

        Assert.Equal(1, Program.Run([.. arguments, "--output", folder["out"]], output, error));
        Assert.Contains(expected, Line(error));
        Assert.Equal(string.Empty, output.ToString());
        Assert.False(Directory.Exists(folder["out"]));
    }

    private static string Line(StringWriter error)
    {
        string text = error.ToString();
        string line = text.TrimEnd();
        Assert.NotEmpty(line);
        Assert.DoesNotContain('\n', line);
        Assert.Equal(line + Environment.NewLine, text);
        return line;
    }
}
