using System;
using System.CommandLine;
using System.IO;
using System.Runtime.InteropServices;
using Lstm.Tool.Bench;
using Lstm.Tool.Files;
using Lstm.Tool.Computing;
using Spectre.Console;

namespace Lstm.Tool.Commands;

/// <summary><c>bench FILE</c>: what a step of the model takes here.</summary>
internal static class BenchCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        Argument<string> file = CommandArguments.Path("FILE", "The model file.");
        Option<double> seconds = CommandArguments.Number<double>(
            "--seconds", 2, "How long to measure, above 0, at most 600.", static value => value is > 0 and <= 600);
        var command = new Command(
            "bench",
            "Generates the network of the file's sizes, compiles it, loads the model and times a step on one core. "
            + "It is the code that [LstmNetwork] gives in a project for .NET 8 or later.")
        {
            file, seconds,
        };
        command.SetAction(result => Measure(ModelFile.Read(result.GetValue(file)!), result.GetValue(seconds), output));
        return command;
    }

    private static int Measure(ModelFile file, double seconds, TextWriter output)
    {
        GeneratedNetwork network = GeneratedNetwork.Of(file.Model);
        double error = network.LargestError();
        Timing steps = Stopwatches.Measure(network.Steps, seconds / 2);
        Timing blocks = Stopwatches.Measure(network.Blocks, seconds / 2);
        double? peak = PeakArithmetic.Measure();
        long products = StepCost.Of(file.Model).MultiplyAdds;

        Screen.Fact(output, "model", $"{file.Path}: {file.FormatName}, {file.Sizes}");
        Screen.Fact(output, "measured", $"{network.Attribute}, generated and compiled for these sizes");
        Screen.Fact(
            output,
            "machine",
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {PeakArithmetic.VectorText}, one core");
        Screen.Fact(output, "outputs", $"within {error:0.0e+0} of the textbook's in double, over {GeneratedNetwork.CheckedSteps} steps of noise");
        output.WriteLine();
        Screen.Of(output).Write(Times(steps, blocks));
        output.WriteLine();
        output.WriteLine(peak is { } rate
            ? $"Bound: {products / rate:0.0} ns for {products:#,0} multiply-adds at this core's peak, {rate:0.0} a nanosecond."
            : "Bound: not known, since this machine has no fused multiply-add.");
        output.WriteLine("Small networks wait for the chain from sums to wm instead, large ones for their weights: docs/benchmarks.md.");
        string realTime = $"real time x {RealTime(steps.Median, 44_100):0} at 44100 Hz, x {RealTime(steps.Median, 48_000):0} at 48000 Hz";
        output.WriteLine($"{steps.Median:0.0} ns a step, {realTime}");
        return Program.Right;
    }

    private static Table Times(Timing steps, Timing blocks)
    {
        Table table = Screen.Table(1, "ns a step", "median", "fastest", "x real time, 44.1 kHz", "48 kHz");
        Add("Step, a call for each step", steps);
        Add($"Forward, {GeneratedNetwork.StepsInABlock} steps a call", blocks);
        return table;

        void Add(string name, Timing timing) => Screen.Row(
            table,
            name,
            $"{timing.Median:0.0}",
            $"{timing.Fastest:0.0}",
            $"{RealTime(timing.Median, 44_100):#,0}",
            $"{RealTime(timing.Median, 48_000):#,0}");
    }

    private static double RealTime(double nanoseconds, int rate) => 1e9 / rate / nanoseconds;
}
