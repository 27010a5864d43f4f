using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using Lstm.Tasks.Report;
using Lstm.Tasks.Sequences;
using Lstm.Tasks.Sunspots;
using static Samples.NumberOption;

namespace Lstm.Tasks;

/// <summary>The classic tasks for recurrent networks, learned by generated code.</summary>
internal static class Program
{
    private const int MostSteps = 10_000;

    private static readonly Option<int> Steps = Number<int>(
        "--steps", 100, $"T, the least number of pairs, {Adding.LeastSteps} to 10,000.",
        static value => value is >= Adding.LeastSteps and <= MostSteps);

    private static readonly Option<AddingForm> Form = new("--form")
    {
        Description = "The problem of 1997 (values in [-1, 1]), or that of later papers (values in [0, 1]).",
        DefaultValueFactory = static _ => AddingForm.Hochreiter,
    };

    private static readonly Option<int> Symbols = Number<int>("--symbols", 2, "How many symbols matter, 2 or 3.", static value => value is 2 or 3);

    private static readonly Option<int> Delay = Number<int>(
        "--delay", 100, "T, the steps between a symbol and its copy, 1 to 10,000.", static value => value is >= 1 and <= MostSteps);

    private static readonly Option<int> Seeds = Number<int>("--seeds", 10, "How many seeds, 1 to 1,000.", static value => value is >= 1 and <= 1000);

    private static readonly Option<int> Networks = Number<int>(
        "--seeds", 5, "How many networks, whose mean is the forecast, 1 to 100.", static value => value is >= 1 and <= 100);

    private static readonly Option<int> FirstSeed = Number<int>(
        "--first-seed", 1, "The first seed, 0 to 1,000,000; the others follow.", static value => value is >= 0 and <= 1_000_000);

    private static readonly Option<long> Limit = Number<long>(
        "--limit", null, "The most training sequences of a seed, at least 1. Default: what the paper of 1997 took.", static value => value >= 1);

    private static readonly Option<int> Threads = Number<int>(
        "--threads",
        Environment.ProcessorCount,
        "How many seeds run at once, 1 to 256, all cores by default; the results do not depend on it.",
        static value => value is >= 1 and <= 256);

    private static readonly Option<int> FirstYear = Number<int>(
        "--first-year", 1900, "The first year that is forecast, 1800 to 1980.", static value => value is >= 1800 and <= 1980);

    private static readonly Option<int> LastYear = Number<int>(
        "--last-year", 1983, "The last year that is forecast, 1801 to 1983.", static value => value is >= 1801 and <= 1983);

    private static readonly Option<string?> Output = new("--output") { Description = "A folder for the numbers as CSV." };

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The program, with its two streams.</summary>
    /// <returns>0, also if seeds fail; 1 after a line on <paramref name="error"/>.</returns>
    internal static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        // Numbers are read and printed the same way everywhere.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("The classic tasks for recurrent networks, learned by generated code. The last line has the result.")
        {
            Task(
                "adding", "Adds two marked numbers of a long sequence.",
                result => Experiments.Adding(result.GetValue(Form), result.GetValue(Steps)), output, Steps, Form),
            Task(
                "temporal-order", "In which order came the X and Y?",
                result => Experiments.TemporalOrder(result.GetValue(Symbols)), output, Symbols),
            Task("reber", "Which symbols may follow, in the embedded Reber grammar?", static _ => Experiments.Reber(), output),
            Task("copy", "Repeats ten symbols after a delay.", result => Experiments.Copy(result.GetValue(Delay)), output, Delay),
            SunspotCommand(output),
        };
        ParseResult result = root.Parse(args);
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

    private static Command Task(
        string name, string description, Func<ParseResult, Experiment> experimentOf, TextWriter output, params ReadOnlySpan<Option> own)
    {
        var command = new Command(name, description) { Seeds, FirstSeed, Limit, Threads, Output };
        foreach (Option option in own)
        {
            command.Add(option);
        }

        command.SetAction(result =>
        {
            string? folder = Folder(result);
            Experiment experiment = experimentOf(result);
            var options = new SeedOptions(
                result.GetValue(Seeds),
                result.GetValue(FirstSeed),
                result.GetResult(Limit) is { Implicit: false } ? result.GetValue(Limit) : null,
                result.GetValue(Threads));
            Write(folder, experiment.FileName, TrialReport.Csv(experiment, TrialReport.Run(experiment, options, output)));
        });
        return command;
    }

    private static Command SunspotCommand(TextWriter output)
    {
        var command = new Command("sunspots", "Forecasts the monthly number of sunspots, 1 and 12 months ahead.")
        {
            Networks, FirstSeed, FirstYear, LastYear, Threads, Output,
        };
        command.SetAction(result =>
        {
            string? folder = Folder(result);
            var options = new SeedOptions(result.GetValue(Networks), result.GetValue(FirstSeed), null, result.GetValue(Threads));
            (int first, int last) = (result.GetValue(FirstYear), result.GetValue(LastYear));
            if (first >= last)
            {
                throw new InputException($"--first-year {first} is not before --last-year {last}: the errors need more than a year.");
            }

            Write(folder, "sunspots", SunspotReport.Run(options, first, last, output));
        });
        return command;
    }

    /// <summary>The folder of --output, made before anything is computed.</summary>
    private static string? Folder(ParseResult result)
    {
        string? folder = result.GetValue(Output);
        if (folder is not null)
        {
            Written(folder, () => Directory.CreateDirectory(folder));
        }

        return folder;
    }

    private static void Write(string? folder, string name, string csv)
    {
        if (folder is not null)
        {
            Written(folder, () => File.WriteAllText(Path.Combine(folder, $"{name}.csv"), csv));
        }
    }

    private static void Written(string folder, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"The numbers cannot be written to {folder}: {e.Message} Give another folder with --output.");
        }
    }
}
