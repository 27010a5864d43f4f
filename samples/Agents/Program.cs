using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using static Samples.Interruption;
using static Samples.NumberOption;

namespace Agents;

/// <summary>A thousand agents that learn to find food while the game runs, and a replay with the same bits.</summary>
internal static class Program
{
    private static readonly Option<int> Agents = Number<int>(
        "--agents", 1000, $"How many: {Settings.FewestAgents} to {Settings.MostAgents}, a multiple of {Settings.FlockSize}.", Settings.Allows);

    private static readonly Option<bool> Shared = new("--shared")
    {
        Description = $"{Settings.FlockSize} agents share a brain; without it each has its own.",
    };

    private static readonly Option<bool> NoLearning = new("--no-learning") { Description = "Brains stay as they begin, for comparison." };

    private static readonly Option<ulong> Seed = Number<ulong>("--seed", 1, "Decides everything that is random.", _ => true);

    private static readonly Option<double> Seconds = Number<double>(
        "--seconds", 60, "How long to run. Ctrl-C ends it earlier.", value => value is > 0 and <= 1e6);

    private static readonly Option<long> Frames = Number<long>("--frames", null, "Run so many frames instead of --seconds.", value => value > 0);

    private static readonly Option<int> Threads = Number<int>(
        "--threads", Environment.ProcessorCount, "How many threads, 1 to 64, all cores by default; any number gives the same bits.",
        value => value is >= 1 and <= 64);

    private static readonly Option<bool> RealTime = new("--real-time") { Description = "60 frames a second, as a game; without it as many as go." };

    private static readonly Option<string?> Record = new("--record") { Description = "Write the run to this file, for --replay." };

    private static readonly Option<string?> Replay = new("--replay")
    {
        Description = "Run what a file holds again and compare it bit by bit. Settings and length come from the file.",
    };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "The folder for agents.svg and its numbers, agents.csv.",
        DefaultValueFactory = _ => "agents",
    };

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The program, with its two streams.</summary>
    /// <returns>0, or 1 after a line on <paramref name="error"/>.</returns>
    internal static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        // Numbers are read and printed the same way everywhere.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var command = new RootCommand("Agents with recurrent brains that learn to find food by its smell while the game runs.")
        {
            Agents, Shared, NoLearning, Seed, Seconds, Frames, Threads, RealTime, Record, Replay, Output,
        };
        command.SetAction(result => Play(result, output));
        ParseResult result = command.Parse(args);
        try
        {
            return result.Errors.Count > 0
                ? throw new InputException($"{result.Errors[^1].Message.ReplaceLineEndings(" ")} See --help.")
                : result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (InputException e)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }

    private static int Play(ParseResult result, TextWriter output)
    {
        Recording? replayed = Replayed(result);
        Settings settings = replayed?.Settings
            ?? new Settings(result.GetValue(Seed), result.GetValue(Agents), result.GetValue(Shared), !result.GetValue(NoLearning));
        Limits limits = replayed is not null
            ? new Limits(replayed.Frames, double.PositiveInfinity, result.GetValue(RealTime))
            : LimitsOf(result);
        string? record = result.GetValue(Record);
        if (record is not null)
        {
            Recording.RequireWritable(record);
        }

        string picture = Path.Combine(result.GetValue(Output)!, "agents.svg");
        RequireFolder(result.GetValue(Output)!);
        Session session = new(settings);
        UntilInterrupted(stop => session.Play(result.GetValue(Threads), limits, replayed, output, stop));
        if (session.Recording.Checks.Count == 0)
        {
            throw new InputException("Not one frame was run: give more --seconds.");
        }

        if (record is not null)
        {
            session.Recording.Write(record);
        }

        Report(session, settings, output);
        if (session.FoodPerMinute.Count > 1)
        {
            Picture.Of(settings, session.FoodPerMinute).Write(picture);
            output.WriteLine($"{picture} shows it, agents.csv beside it has the numbers");
        }

        Check last = session.Recording.Checks[^1];
        output.WriteLine($"frames {last.Frame}, food {session.Food:N0}, hash {last.Hash:X16}");
        return 0;
    }

    private static void Report(Session session, Settings settings, TextWriter output)
    {
        long frames = session.Recording.Frames;
        output.WriteLine(
            $"{settings.Agents} agents, {settings.Brains} brains, {frames / session.Seconds:N0} frames a second, "
            + $"{session.GarbageBytes} bytes of garbage");
        if (session.FoodPerMinute is { Count: >= 6 } food)
        {
            output.WriteLine(
                $"food per agent and minute: {food.Take(3).Average():0.0} in the first half minute, {food.TakeLast(3).Average():0.0} in the last");
        }
    }

    private static Recording? Replayed(ParseResult result)
    {
        if (result.GetValue(Replay) is not { } path)
        {
            return null;
        }

        Option[] decided = [Agents, Shared, NoLearning, Seed, Seconds, Frames, Record];
        return decided.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other
            ? throw new InputException($"--replay takes settings and length from its file: leave {other.Name} out.")
            : Recording.Read(path);
    }

    private static Limits LimitsOf(ParseResult result)
    {
        bool counted = result.GetResult(Frames) is { Implicit: false };
        return counted && result.GetResult(Seconds) is { Implicit: false }
            ? throw new InputException("--seconds and --frames exclude each other: give one of them.")
            : new Limits(
                counted ? result.GetValue(Frames) : long.MaxValue,
                counted ? double.PositiveInfinity : result.GetValue(Seconds),
                result.GetValue(RealTime));
    }

    private static void RequireFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"The picture cannot be written to {folder}: {e.Message} Give another folder with --output.");
        }
    }
}
