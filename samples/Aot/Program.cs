using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AmpModel;
using Lstm;
using PedalSample;

namespace AotSample;

/// <summary>Plays a WAV file through a trained network in blocks of samples: a native program of one small file.</summary>
internal static class Program
{
    private const int Block = 64;

    private const string Usage = """
        Plays a WAV file through a distortion pedal that a small LSTM has learned.

        Aot [dry.wav [pedal.wav]]

          dry.wav    what to play, one channel; default: the guitar beside the program
          pedal.wav  the file to write; default: pedal.wav
          --help     prints this
        """;

    private static int Main(string[] args)
    {
        if (args.Length > 0 && args[0] is "--help" or "-h")
        {
            Console.WriteLine(Usage);
            return 0;
        }

        try
        {
            if (args.Length > 2)
            {
                throw new InputException($"{args.Length} arguments are too many. See --help.");
            }

            string input = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "dry.wav");
            Play(input, args.Length > 1 ? args[1] : "pedal.wav");
            return 0;
        }
        catch (InputException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Play(string input, string path)
    {
        WavFile dry = Playback.Read(input);
        float[] wet = new float[dry.Samples.Length];
        using var state = new AlignedMemory<Pedal.State>();
        state.Value = Pedal.TrainedState;
        double seconds = Playback.Stream(dry.Samples, wet, ref state.Value, Block);
        var played = new WavFile(wet, dry.Format);
        Playback.Write(path, played, "Give another file.");
        Console.WriteLine($"{Pedal.HiddenSize} units, {Pedal.ParameterCount} weights in read-only data, blocks of {Block} samples");
        Console.WriteLine($"{Vectors()}, {Size()}");
        Playback.Report(Console.Out, played, path, seconds);
    }

    /// <summary>What the kernels run on. In a native program this was decided when it was published.</summary>
    private static string Vectors()
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;
        return $"vectors of {bits} bits {(Fma.IsSupported || !X86Base.IsSupported ? "with" : "without")} fused multiply-add";
    }

    private static string Size() => RuntimeFeature.IsDynamicCodeSupported
        ? "compiled as it runs: dotnet publish makes one native file"
        : $"{new FileInfo(Environment.ProcessPath!).Length / 1e6:0.00} MB on disk";
}
