using System;
using System.Diagnostics;
using System.IO;
using AmpModel;

namespace PedalSample;

/// <summary>What the programs that play the pedal share: files, and the loop over blocks.</summary>
internal static class Playback
{
    /// <summary>Reads what is to be played.</summary>
    /// <exception cref="InputException">It cannot be read, is empty or has more than one channel.</exception>
    public static WavFile Read(string path)
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
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path} does not exist: check the path.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException($"{path} cannot be read: {e.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Writes what was played.</summary>
    /// <param name="whatToDo">How to give another path.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Write(string path, WavFile wet, string whatToDo)
    {
        try
        {
            wet.Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{path} cannot be written: {e.Message} {whatToDo}");
        }
    }

    /// <summary>Plays block after block.</summary>
    /// <param name="dry">What goes in.</param>
    /// <param name="wet">Receives what comes out, as long as <paramref name="dry"/>.</param>
    /// <param name="state">What the pedal remembers from block to block.</param>
    /// <param name="block">Samples of a block.</param>
    /// <returns>How long it took, in seconds.</returns>
    public static double Stream(ReadOnlySpan<float> dry, Span<float> wet, ref Pedal.State state, int block)
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

    /// <summary>What was played, and how fast: the last lines of the programs.</summary>
    public static void Report(TextWriter output, WavFile wet, string path, double seconds)
    {
        if (wet.Format.SampleRate != Pedal.SampleRate)
        {
            output.WriteLine($"the pedal was learned at {Pedal.SampleRate} Hz; at {wet.Format.SampleRate} Hz it sounds different");
        }

        double audio = (double)wet.Samples.Length / wet.Format.SampleRate;
        output.WriteLine($"{audio:0.0} s of audio are in {path}");
        output.WriteLine($"{1e9 * seconds / wet.Samples.Length:0} ns a sample, real time x {audio / seconds:0}");
    }
}
