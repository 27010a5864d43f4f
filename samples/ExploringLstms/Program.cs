using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace ExploringLstms;

/// <summary>Trains the four experiments of Chen's "Exploring LSTMs", and writes pages that show what every neuron does.</summary>
internal static class Program
{
    private static readonly Option<string> Output = new("--output")
    {
        Description = "The folder for the pages, pictures and numbers; it is made if need be.",
        DefaultValueFactory = _ => "exploring-lstms",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Decides the first weights and the order of the strings, at least 0.",
        DefaultValueFactory = _ => 1,
        CustomParser = ReadSeed,
    };

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The program, with its two streams.</summary>
    /// <returns>0, or 1 after a line on <paramref name="error"/>.</returns>
    internal static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        // Numbers are read and printed the same way everywhere.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var command = new RootCommand("Trains a counter, a selective counter, a state memorizer and a copy machine, and shows what their neurons do.")
        {
            Output, Seed,
        };
        command.SetAction(result => Learn(result.GetValue(Output)!, result.GetValue(Seed), output, error));
        ParseResult result = command.Parse(args);
        if (result.Errors.Count > 0)
        {
            error.WriteLine($"{result.Errors[^1].Message.ReplaceLineEndings(" ")} See --help.");
            return 1;
        }

        return result.Invoke(new InvocationConfiguration { Output = output, Error = error });
    }

    private static int Learn(string folder, int seed, TextWriter output, TextWriter error)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Refuse(e);
        }

        long start = Stopwatch.GetTimestamp();
        ExperimentResult[] results = ProgressView.Show(output, report => TrainAll(seed, report));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        try
        {
            ResultFolder.Write(folder, results);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(e);
        }

        output.WriteLine($"{Path.Combine(folder, "index.html")} shows what the neurons do.");
        foreach (ExperimentResult result in results)
        {
            output.WriteLine(result.LastLine);
        }

        output.WriteLine($"total {seconds:0} s");
        return 0;

        int Refuse(Exception e)
        {
            error.WriteLine($"The results cannot be written to {folder}: {e.Message} Give another folder with --output.");
            return 1;
        }
    }

    private static ExperimentResult[] TrainAll(int seed, Action<string, TrainingStatus> report)
    {
        Experiment[] all = [new Counter(), new SelectiveCounter(), new StateMemorizer(), new CopyMachine()];
        Action<TrainingStatus>[] reports = [.. all.Select(experiment => (Action<TrainingStatus>)(status => report(experiment.Name, status)))];
        return
        [
            ExperimentRun.Run<CounterNetwork, CounterNetwork.State, CounterNetwork.Gradient>(all[0], seed, reports[0]),
            ExperimentRun.Run<SelectiveNetwork, SelectiveNetwork.State, SelectiveNetwork.Gradient>(all[1], seed, reports[1]),
            ExperimentRun.Run<MemorizerNetwork, MemorizerNetwork.State, MemorizerNetwork.Gradient>(all[2], seed, reports[2]),
            ExperimentRun.Run<CopyNetwork, CopyNetwork.State, CopyNetwork.Gradient>(all[3], seed, reports[3]),
        ];
    }

    private static int ReadSeed(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out int value) && value >= 0)
        {
            return value;
        }

        argument.AddError($"--seed {text} will not do: give a whole number from 0 on.");
        return 0;
    }
}
