using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
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

        WavFile dry = Read(result.GetValue(Input)!);
        float[] wet = new float[dry.Samples.Length];
        using var state = new AlignedMemory<Pedal.State>();
        state.Value = Pedal.TrainedState;
        double seconds = Stream(dry.Samples, wet, ref state.Value, block);
        string path = result.GetValue(Output)!;
        try
        {
            new WavFile(wet, dry.Format).Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{path} cannot be written: {e.Message} Give another file with --output.");
        }

        output.WriteLine($"{Pedal.HiddenSize} units, {Pedal.ParameterCount} weights in read-only data, blocks of {block} samples");
        if (dry.Format.SampleRate != Pedal.SampleRate)
        {
            output.WriteLine($"the pedal was learned at {Pedal.SampleRate} Hz; at {dry.Format.SampleRate} Hz it sounds different");
        }

        double audio = (double)wet.Length / dry.Format.SampleRate;
        output.WriteLine($"{audio:0.0} s of audio are in {path}");
        output.WriteLine($"{1e9 * seconds / wet.Length:0} ns a sample, real time x {audio / seconds:0}");
    }

    private static WavFile Read(string path)
    {
        try
        {
            WavFile file = WavFile.Read(path);
            return (file.Format.Channels, file.Samples.Length) switch
            {
                ( > 1, _) => throw new InputException($"{path} has {file.Format.Channels} channels: export one of them as a mono WAV file."),
                (_, 0) => throw new InputException($"{path} has no samples."),
                _ => file,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException($"{path} cannot be read: {e.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Plays block after block.</summary>
    /// <param name="dry">What goes in.</param>
    /// <param name="wet">Receives what comes out, as long as <paramref name="dry"/>.</param>
    /// <param name="state">What the pedal remembers from block to block.</param>
    /// <param name="block">Samples of a block.</param>
    /// <returns>How long it took, in seconds.</returns>
    private static double Stream(ReadOnlySpan<float> dry, Span<float> wet, ref Pedal.State state, int block)
    {
        // A plugin is loaded before it plays: the JIT compiles at the first call.
        Pedal.State unused = Pedal.TrainedState;
        Pedal.Trained.Forward(dry[..1], ref unused, wet[..1]);

        long start = Stopwatch.GetTimestamp();
        for (int t = 0; t < dry.Length; t += block)
        {
            int length = Math.Min(block, dry.Length - t);
            Pedal.Trained.Forward(dry.Slice(t, length), ref state, wet.Slice(t, length));
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
