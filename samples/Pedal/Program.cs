using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using AmpModel;
using Lstm;

namespace PedalSample;

/// <summary>Plays a WAV file through a trained network, a small block of samples at a time, as an audio plugin does.</summary>
internal static class Program
{
    private static readonly Argument<string> Input = new("dry")
    {
        Description = "What to play: a mono WAV file. Default: the guitar that comes with the sample.",
        DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "dry.wav"),
    };

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "The WAV file to write.",
        DefaultValueFactory = _ => "pedal.wav",
    };

    private static readonly Option<int> Block = new("--block")
    {
        Description = "Samples of a block, 1 to 4096.",
        DefaultValueFactory = _ => 64,
    };

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The program, with its two streams.</summary>
    /// <returns>0, or 1 after a line on <paramref name="error"/>.</returns>
    private static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var command = new RootCommand("Plays a WAV file through a distortion pedal that a small LSTM has learned.") { Input, Output, Block };
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

    private static void Play(ParseResult result, TextWriter output)
    {
        int block = result.GetValue(Block);
        if (block is < 1 or > 4096)
        {
            throw new InputException($"--block {block} will not do: give 1 to 4096.");
        }

        WavFile dry = Playback.Read(result.GetValue(Input)!);
        float[] wet = new float[dry.Samples.Length];
        using var state = new AlignedMemory<Pedal.State>();
        state.Value = Pedal.TrainedState;
        double seconds = Playback.Stream(dry.Samples, wet, ref state.Value, block);
        string path = result.GetValue(Output)!;
        var played = new WavFile(wet, dry.Format);
        Playback.Write(path, played, "Give another file with --output.");
        output.WriteLine($"{Pedal.HiddenSize} units, {Pedal.ParameterCount} weights in read-only data, blocks of {block} samples");
        Playback.Report(output, played, path, seconds);
    }
}
