using System;
using System.CommandLine;
using System.IO;
using Lstm.Tool.Files;
using Lstm.Tool.Computing;
using Spectre.Console;

namespace Lstm.Tool.Commands;

/// <summary><c>check FILE --against OTHER</c>: whether two files hold the same function.</summary>
internal static class CheckCommand
{
    private const int UsualSteps = 2000;
    private const double UsualTolerance = 1e-6;

    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        Argument<string> file = CommandArguments.Path("FILE", "A model file.");
        var other = new Option<string>("--against") { Description = "The model file to compare it with.", HelpName = "OTHER", Required = true };
        Option<double> tolerance = CommandArguments.Number<double>(
            "--tolerance", UsualTolerance, "The largest difference of an output that counts as the same, 0 or more.", static value => value >= 0);
        Option<int> steps = CommandArguments.Number<int>(
            "--steps", UsualSteps, "How many steps of each signal, 1 to 1000000.", static value => value is >= 1 and <= 1_000_000);
        var command = new Command(
            "check",
            "Compares what two models compute, in double, from their initial states, over noise, a sine and silence. "
            + "Exit code 1 if they differ by more than the tolerance, or take or give other numbers of values.")
        {
            file, other, tolerance, steps,
        };
        command.SetAction(result => Check(
            ModelFile.Read(result.GetValue(file)!),
            ModelFile.Read(result.GetValue(other)!),
            result.GetValue(tolerance),
            result.GetValue(steps),
            output));
        return command;
    }

    private static int Check(ModelFile file, ModelFile other, double tolerance, int steps, TextWriter output)
    {
        Says(output, file);
        Says(output, other);
        if (file.Sizes != other.Sizes)
        {
            output.WriteLine($"The sizes differ: {file.Sizes} and {other.Sizes}.");
        }

        var ofFile = new ModelPlayer(file.Model);
        var ofOther = new ModelPlayer(other.Model);
        if (ofFile.Input != ofOther.Input || ofFile.Output != ofOther.Output)
        {
            output.WriteLine($"different: {ofFile.Input} values in and {ofFile.Output} out, against {ofOther.Input} and {ofOther.Output}");
            return Program.Different;
        }

        Table table = Screen.Table(1, "signal", "largest difference", "at step", "largest output");
        double worst = 0;
        foreach ((string name, Func<int, int, double[]> signal) in Compared)
        {
            double[] x = signal(steps, file.Model.Input);
            double[] y = new ModelPlayer(file.Model).Run(x);
            (double difference, int at, double largest) = Compare(y, new ModelPlayer(other.Model).Run(x));
            worst = Math.Max(worst, difference);
            Screen.Row(table, name, $"{difference:0.0e+0}", $"{at / ofFile.Output}", $"{largest:0.000}");
        }

        Screen.Of(output).Write(table);
        bool same = worst <= tolerance;
        output.WriteLine($"{(same ? "same" : "different")}: largest difference {worst:0.0e+0}, tolerance {tolerance:0.0e+0}");
        return same ? Program.Right : Program.Different;
    }

    private static (string Name, Func<int, int, double[]> Signal)[] Compared { get; } =
        [("noise", Signals.Noise), ("sine", Signals.Sine), ("silence", Signals.Silence)];

    private static void Says(TextWriter output, ModelFile file) => output.WriteLine($"{file.Path}: {file.FormatName}, {file.Sizes}");

    private static (double Difference, int At, double Largest) Compare(double[] a, double[] b)
    {
        double difference = 0;
        double largest = 0;
        int at = 0;
        for (int i = 0; i < a.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(a[i]));
            if (Math.Abs(a[i] - b[i]) > difference)
            {
                difference = Math.Abs(a[i] - b[i]);
                at = i;
            }
        }

        return (difference, at, largest);
    }
}
