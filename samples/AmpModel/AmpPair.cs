using System;
using System.IO;
using System.Numerics.Tensors;
using NAudio.Wave;

namespace AmpModel;

/// <summary>
/// What went into a pedal or amplifier and what came out, sample by sample, in two parts: one to train on, and the end, to test on.
/// </summary>
internal sealed class AmpPair
{
    private const double TestSeconds = 5;
    private const double LargestTestShare = 0.27;
    private const double ShortestSeconds = 2;
    private const int FewestSamples = 16_384;

    // -80 dBFS: nobody plays that softly, and an unplugged input hums below it.
    private const float SilentRms = 1e-4f;

    private readonly float[] dry;
    private readonly float[] wet;
    private readonly int trainLength;

    private AmpPair(WavFile dryFile, WavFile wetFile)
    {
        dry = dryFile.Samples;
        wet = wetFile.Samples;
        Format = wetFile.Format;
        trainLength = dry.Length - TestLength(dry.Length, SampleRate);
    }

    /// <summary>How the wet file stores its samples.</summary>
    public WaveFormat Format { get; }

    /// <summary>Samples per second.</summary>
    public int SampleRate => Format.SampleRate;

    /// <summary>The input, training part.</summary>
    public ReadOnlySpan<float> TrainDry => dry.AsSpan(0, trainLength);

    /// <summary>The output, training part.</summary>
    public ReadOnlySpan<float> TrainWet => wet.AsSpan(0, trainLength);

    /// <summary>The input, test part.</summary>
    public ReadOnlySpan<float> TestDry => dry.AsSpan(trainLength);

    /// <summary>The output, test part.</summary>
    public ReadOnlySpan<float> TestWet => wet.AsSpan(trainLength);

    /// <summary>How many samples at the end are kept for testing: 5 s, or 27 % of a recording too short for that.</summary>
    public static int TestLength(int length, int sampleRate) =>
        (int)Math.Min(TestSeconds * sampleRate, LargestTestShare * length);

    /// <summary>Reads two files that belong together.</summary>
    /// <exception cref="InputException">A file cannot be read, or the two cannot be trained on.</exception>
    public static AmpPair Load(string dryPath, string wetPath)
    {
        WavFile dry = ReadMono(dryPath);
        WavFile wet = ReadMono(wetPath);
        int sampleRate = dry.Format.SampleRate;
        if (sampleRate != wet.Format.SampleRate)
        {
            throw new InputException(
                $"{dryPath} has {sampleRate} samples a second and {wetPath} has {wet.Format.SampleRate}: convert one to the rate of the other.");
        }

        if (dry.Samples.Length != wet.Samples.Length)
        {
            throw new InputException(
                $"{dryPath} has {dry.Samples.Length} samples and {wetPath} has {wet.Samples.Length}: "
                + "trim them to the same length, starting at the same moment.");
        }

        double shortest = Math.Max(ShortestSeconds, (double)FewestSamples / sampleRate);
        if (dry.Samples.Length < shortest * sampleRate)
        {
            throw new InputException(
                $"{dryPath} and {wetPath} are {(double)dry.Samples.Length / sampleRate:0.##} s long: "
                + $"record at least {shortest:0.##} s, better 20 s or more.");
        }

        var pair = new AmpPair(dry, wet);
        RefuseSilence(dryPath, pair.TrainDry, pair.TestDry, pair.SampleRate);
        RefuseSilence(wetPath, pair.TrainWet, pair.TestWet, pair.SampleRate);
        return pair;
    }

    /// <summary>Root mean square.</summary>
    public static float Rms(ReadOnlySpan<float> samples) =>
        (float)Math.Sqrt((double)TensorPrimitives.SumOfSquares(samples) / samples.Length);

    private static WavFile ReadMono(string path)
    {
        WavFile file;
        try
        {
            file = WavFile.Read(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path} does not exist: check the path.");
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path} cannot be used: {e.Message}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {e.Message}");
        }

        if (file.Format.Channels != 1)
        {
            throw new InputException($"{path} has {file.Format.Channels} channels: mix it down to one (mono) first.");
        }

        if (file.Samples.Length == 0)
        {
            throw new InputException($"{path} has no samples in it: record it again.");
        }

        int bad = Array.FindIndex(file.Samples, sample => !float.IsFinite(sample));
        if (bad >= 0)
        {
            throw new InputException($"{path} is damaged: sample {bad} is not a finite number; export it again.");
        }

        return file;
    }

    private static void RefuseSilence(string path, ReadOnlySpan<float> train, ReadOnlySpan<float> test, int sampleRate)
    {
        bool trainSilent = Rms(train) < SilentRms;
        bool testSilent = Rms(test) < SilentRms;
        if (trainSilent || testSilent)
        {
            string where = (trainSilent, testSilent) switch
            {
                (true, true) => "from end to end",
                (true, false) => $"up to its last {(double)test.Length / sampleRate:0.##} s, the part to train on",
                _ => $"in its last {(double)test.Length / sampleRate:0.##} s, the part to test on",
            };
            throw new InputException($"{path} is silent {where}: record or trim it so that there is sound.");
        }
    }
}
