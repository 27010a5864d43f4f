using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace Agents.Tests;

public sealed class CommandLineTests : IDisposable
{
    private static readonly string[] Short = ["--agents", "200", "--frames", "1300", "--seed", "7"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agents-");

    public static TheoryData<string, string[]> WrongArguments => new()
    {
        { "--agents 7 will not do", ["--agents", "7"] },
        { "--agents 225 will not do", ["--agents", "225"] },
        { "--agents many will not do", ["--agents", "many"] },
        { "--seconds 0 will not do", ["--seconds", "0"] },
        { "--frames 0 will not do", ["--frames", "0"] },
        { "--threads 65 will not do", ["--threads", "65"] },
        { "--seed -1 will not do", ["--seed", "-1"] },
        { "--fast", ["--fast"] },
        { "give one of them", ["--seconds", "3", "--frames", "5"] },
        { "leave --seed out", ["--replay", "run.txt", "--seed", "5"] },
        { "leave --record out", ["--replay", "run.txt", "--record", "other.txt"] },
        { "cannot be read", ["--replay", "missing/run.txt"] },
        { "cannot be written to missing/run.txt", ["--record", "missing/run.txt"] },
    };

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public void WrongArguments_GetOneLine(string expected, string[] arguments) => Refused(expected, arguments);

    [Theory]
    [InlineData()]
    [InlineData("--shared")]
    [InlineData("--no-learning")]
    public void Replay_HasTheSameBits(params string[] more)
    {
        string run = Place("run.txt");
        string last = LastLine([.. Short, .. more, "--record", run, "--threads", "1"]);

        Assert.Matches("^frames 1300, food [0-9,]+, hash [0-9A-F]{16}$", last);
        Assert.Equal(last, LastLine(["--replay", run, "--threads", "2"]));
    }

    [Fact]
    public void ReplayInAnotherProcess_HasTheSameBits()
    {
        string run = Place("run.txt");
        string last = LastLine([.. Short, "--record", run]);
        using Process process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet",
            [typeof(Program).Assembly.Location, "--replay", run, "--threads", "3", "--output", Place("out")]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(last, output.TrimEnd().Split('\n')[^1].Trim());
    }

    [Fact]
    public void RecordingThatWasChanged_SaysFromWhichFrameOn()
    {
        string run = Place("run.txt");
        LastLine([.. Short, "--record", run]);
        string[] lines = File.ReadAllLines(run);
        Assert.Equal(["600", "1200", "1300"], lines.Skip(1).Select(line => line.Split(' ')[0]));

        File.WriteAllLines(run, [lines[0], lines[1], lines[2][..^1] + (lines[2][^1] == '0' ? '1' : '0'), lines[3]]);
        Refused("differs from the recording at frame 1,200", ["--replay", run]);
        File.WriteAllLines(run, [lines[0].Replace("seed 7", "seed 8"), .. lines[1..]]);
        Refused("differs from the recording at frame 600", ["--replay", run]);
    }

    [Theory]
    [InlineData(0, "", 1)]
    [InlineData(0, "agents-2 seed 7 agents 200 shared False learning True", 1)]
    [InlineData(0, "agents-1 seed 7 agents 201 shared False learning True", 1)]
    [InlineData(1, "600", 2)]
    [InlineData(1, "-600 0123456789ABCDEF", 2)]
    [InlineData(1, "600 0123456789ABCDEFG", 2)]
    [InlineData(2, "600 0123456789ABCDEF", 3)]
    public void DamagedRecording_IsRefusedWithItsLine(int index, string line, int named)
    {
        string run = Place("run.txt");
        string[] lines =
        [
            "agents-1 seed 7 agents 200 shared False learning True", "600 0123456789ABCDEF", "1200 0123456789ABCDEF",
        ];
        lines[index] = line;
        File.WriteAllLines(run, lines);
        Refused($"line {named} is not", ["--replay", run]);
        File.WriteAllLines(run, lines[..1]);
        Refused(index == 0 ? "line 1 is not" : "line 2 is not", ["--replay", run]);
    }

    [Fact]
    public void Run_ShowsTimesGarbageAndAPicture()
    {
        string[] lines = Lines([.. Short, "--threads", "2"]);

        Assert.Matches(@"^frame [0-9,]+  [0-9]+ us a frame, at most [0-9]+  garbage [0-9]+ bytes  food per agent and minute [0-9.]+$", lines[0]);
        Assert.Contains("</svg>", File.ReadAllText(Place("out/agents.svg")));
        Assert.StartsWith("series,", File.ReadAllText(Place("out/agents.csv")));
    }

    private string Place(string name) => Path.Combine(folder.FullName, name);

    private string LastLine(IReadOnlyList<string> arguments) => Lines(arguments)[^1];

    private string[] Lines(IReadOnlyList<string> arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter();
        int code = Program.Run([.. arguments, "--output", Place("out")], output, error);
        Assert.Equal(string.Empty, error.ToString());
        Assert.Equal(0, code);
        return output.ToString().TrimEnd().Split('\n');
    }

    private void Refused(string expected, IReadOnlyList<string> arguments)
    {
        var error = new StringWriter();
        Assert.Equal(1, Program.Run([.. arguments, "--output", Place("refused")], TextWriter.Null, error));
        string line = error.ToString().TrimEnd();
        Assert.Contains(expected, line);
        Assert.DoesNotContain('\n', line);
    }
}
