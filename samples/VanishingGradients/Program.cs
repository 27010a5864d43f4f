using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using Lstm.Charts;

namespace VanishingGradients;

/// <summary>Shows where gradients go in a deep chain and in an LSTM, as a page, charts and CSV files.</summary>
internal static class Program
{
    private static readonly Option<string> Output = new("--output")
    {
        Description = "The folder for the page, the charts and the CSV files.",
        DefaultValueFactory = _ => "vanishing-gradients",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Decides random weights, the input and the first weights of the LSTM: a whole number.",
        DefaultValueFactory = _ => 1,
    };

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The program, with its two streams.</summary>
    /// <returns>0, or 1 after a line on <paramref name="error"/>.</returns>
    internal static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        // Numbers are read and printed the same way everywhere.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var command = new RootCommand("Where gradients go: a deep linear chain at w = 0.9, 1.0, 1.1 and random, and an LSTM through time.")
        {
            Output, Seed,
        };
        command.SetAction(result => Write(result.GetValue(Output)!, result.GetValue(Seed), output));
        ParseResult result = command.Parse(args);
        if (result.Errors.Count > 0)
        {
            error.WriteLine($"{result.Errors[^1].Message.ReplaceLineEndings(" ")} See --help.");
            return 1;
        }

        try
        {
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            error.WriteLine($"The results cannot be written: {e.Message} Give another folder with --output.");
            return 1;
        }
    }

    private static void Write(string folder, int seed, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        IReadOnlyList<ChainResult> chains = ChainExperiment.Run(seed);
        IReadOnlyList<LstmResult> lstms = LstmExperiment.Run(seed);
        IReadOnlyList<(string Name, Chart Chart)> pictures = Pictures.Of(chains, lstms);
        foreach ((string name, Chart chart) in pictures)
        {
            chart.Write(Path.Combine(folder, $"{name}.svg"));
            chart.Write(Path.Combine(folder, $"{name}.png"));
        }

        File.WriteAllText(Path.Combine(folder, "chain.csv"), Facts.ChainCsv(chains));
        File.WriteAllText(Path.Combine(folder, "sgd.csv"), Facts.SgdCsv(chains));
        File.WriteAllText(Path.Combine(folder, "lstm.csv"), Facts.LstmCsv(lstms));
        File.WriteAllText(Path.Combine(folder, "index.html"), Page.Of(seed, chains, lstms, pictures));

        foreach (string sentence in Facts.Sentences(chains, lstms))
        {
            output.WriteLine(sentence);
        }

        output.WriteLine($"largest difference from the closed form: {Facts.LargestDifference(chains):0.0e0} in the exponent");
        output.WriteLine($"index.html, chain.csv, sgd.csv, lstm.csv and the charts are in {folder}");
    }
}
