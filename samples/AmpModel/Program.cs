using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using Lstm;
using Lstm.Formats;
using static Samples.Interruption;
using static Samples.NumberOption;

namespace AmpModel;

/// <summary>
/// Learns what a guitar pedal or amplifier does from a recording of what went in and what came out.
/// </summary>
internal static class Program
{
    private static readonly string ShippedData = Path.Combine(AppContext.BaseDirectory, "data");

    private static readonly Option<string?> Dry = new("--dry")
    {
        Description = "What went in: a mono WAV file. Default: the recording that comes with the sample.",
    };

    private static readonly Option<string?> Wet = new("--wet") { Description = "What came out, of the same length." };

    private static readonly Option<int> Hidden = Number<int>(
        "--hidden", 16, "Units of the network: 8, 16, 24 or 32.", value => value is 8 or 16 or 24 or 32);

    private static readonly Option<double> Seconds = Number<double>("--seconds", 60, "How long to train.", value => value is > 0 and <= 1e6);

    private static readonly Option<long> Updates = Number<long>(
        "--updates", null, "Train for so many updates instead of --seconds: the same result every time.", value => value > 0);

    private static readonly Option<float> LearningRate = Number<float>(
        "--learning-rate", 0.01f, "The largest learning rate, above 0, at most 1.", value => value is > 0 and <= 1);

    private static readonly Option<ulong> Seed = Number<ulong>("--seed", 1, "Decides the first weights and the order of the segments.", _ => true);

    private static readonly Option<int> Threads = Number<int>(
        "--threads",
        Environment.ProcessorCount,
        "How many threads train, 1 to 64, all cores by default; an update gives the same weights with any number.",
        value => value is >= 1 and <= 64);

    private static readonly Option<string> Output = new("--output")
    {
        Description = "The folder for the results.",
        DefaultValueFactory = _ => "amp-model",
    };

    private static readonly Option<bool> Rates = new("--rates")
    {
        Description = "At the end, play the test part at other sample rates too, and print the error of each.",
    };

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The program, with its two streams.</summary>
    /// <returns>0, or 1 after a line on <paramref name="error"/>.</returns>
    internal static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        // Numbers are read and printed the same way everywhere.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var command = new RootCommand("Learns a guitar pedal or amplifier from a recording of what went in (dry) and what came out (wet).")
        {
            Dry, Wet, Hidden, Seconds, Updates, LearningRate, Seed, Threads, Output, Rates,
        };
        command.SetAction(result => Learn(result, output));
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

    private static int Learn(ParseResult result, TextWriter output)
    {
        string? dry = result.GetValue(Dry);
        string? wet = result.GetValue(Wet);
        if ((dry is null) != (wet is null))
        {
            throw new InputException("--dry and --wet belong together: give both, or neither for the recording that comes with the sample.");
        }

        bool counted = result.GetResult(Updates) is { Implicit: false };
        if (counted && result.GetResult(Seconds) is { Implicit: false })
        {
            throw new InputException("--seconds and --updates exclude each other: give one of them.");
        }

        var options = new TrainingOptions(
            counted ? double.PositiveInfinity : result.GetValue(Seconds),
            counted ? result.GetValue(Updates) : long.MaxValue,
            result.GetValue(LearningRate),
            result.GetValue(Seed),
            result.GetValue(Threads));
        AmpPair pair = AmpPair.Load(dry ?? Path.Combine(ShippedData, "dry.wav"), wet ?? Path.Combine(ShippedData, "wet.wav"));
        string folder = result.GetValue(Output)!;
        bool rates = result.GetValue(Rates);
        try
        {
            Directory.CreateDirectory(folder);
            switch (result.GetValue(Hidden))
            {
                case 8:
                    Learn<Amp8, Amp8.State, Amp8.Gradient>(pair, options, folder, rates, output);
                    break;
                case 16:
                    Learn<Amp16, Amp16.State, Amp16.Gradient>(pair, options, folder, rates, output);
                    break;
                case 24:
                    Learn<Amp24, Amp24.State, Amp24.Gradient>(pair, options, folder, rates, output);
                    break;
                default:
                    Learn<Amp32, Amp32.State, Amp32.Gradient>(pair, options, folder, rates, output);
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"The results cannot be written to {folder}: {e.Message} Give another folder with --output.");
        }

        return 0;
    }

    private static void Learn<TNetwork, TState, TGradient>(
        AmpPair pair, TrainingOptions options, string folder, bool rates, TextWriter output)
        where TNetwork : unmanaged, IAmpNetwork<TNetwork, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        output.WriteLine(
            $"{TNetwork.HiddenSize} units, {pair.TrainDry.Length} samples to train on, {pair.TestDry.Length} to test on, {pair.SampleRate} Hz; "
            + "Ctrl-C stops and keeps what is learned");
        using var trainer = new AmpTrainer<TNetwork, TState, TGradient>(pair, options);
        var curve = new List<TrainingStatus>();
        TrainingStatus end = ProgressView.Show(output, report => UntilInterrupted(stop => trainer.Train(
            status =>
            {
                if (status.Evaluated)
                {
                    curve.Add(status);
                }

                report(status);
            },
            stop)));

        // From here on the network takes and gives the signals as recorded.
        trainer.FoldScales();
        float[] prediction = new float[pair.TestDry.Length];
        double playSeconds = AmpPlayer.Play<TNetwork, TState, TGradient>(ref trainer.Network, pair.TestDry, prediction);
        double esr = Loss.ErrorToSignal(prediction, pair.TestWet);
        double audioSeconds = (double)prediction.Length / pair.SampleRate;

        new WavFile(prediction, pair.Format).Write(Path.Combine(folder, "predicted.wav"));
        LstmFile.Write(trainer.Network.ToModel(), Path.Combine(folder, "model.safetensors"));
        Plots.LossCurve(curve).Write(Path.Combine(folder, "loss.svg"));
        Plots.Excerpt(pair.TestWet, prediction, pair.SampleRate, esr).Write(Path.Combine(folder, "prediction.svg"));

        output.WriteLine($"test ESR {esr:0.0000} after {(end.Seconds < 10 ? $"{end.Seconds:0.#}" : $"{end.Seconds:0}")} s");
        output.WriteLine(
            $"real time x {audioSeconds / playSeconds:0}: {audioSeconds:0.0} s of audio in {1e3 * playSeconds:0} ms, "
            + $"{1e9 * playSeconds / prediction.Length:0} ns a sample");
        if (rates)
        {
            RateReport.Write<TNetwork, TState>(ref trainer.Network, pair, output);
        }

        output.WriteLine($"model.safetensors, predicted.wav, loss.svg and prediction.svg, and their numbers as CSV, are in {folder}");
    }
}
