using System;
using System.IO;
using System.Security.Cryptography;
using AmpModel;
using Lstm;

namespace WebSample;

/// <summary>The pair of recordings, the trained pedal, and one that is learning. What the page shows and plays comes from here.</summary>
internal sealed class Workbench
{
    // Of the 64 hexadecimal digits of a hash, so many are shown.
    private const int FingerprintLength = 16;

    private readonly int trainLength;
    private Learner? learner;
    private WebPedal learned;
    private WebPedal.State state;
    private bool playsLearned;

    /// <summary>Reads a pair of mono WAV files.</summary>
    /// <exception cref="InvalidDataException">A file is damaged or in an unknown format, or the two do not fit together.</exception>
    public Workbench(byte[] dryFile, byte[] wetFile)
    {
        WavFile dry = WavFile.Read(new MemoryStream(dryFile));
        WavFile wet = WavFile.Read(new MemoryStream(wetFile));
        if (dry.Samples.Length != wet.Samples.Length || dry.Format.SampleRate != wet.Format.SampleRate)
        {
            throw new InvalidDataException("the two recordings differ in length or sample rate");
        }

        Dry = dry.Samples;
        Wet = wet.Samples;
        trainLength = Dry.Length - AmpPair.TestLength(Dry.Length, dry.Format.SampleRate);
    }

    /// <summary>What went into the pedal.</summary>
    public float[] Dry { get; }

    /// <summary>What came out.</summary>
    public float[] Wet { get; }

    /// <summary>The first sample of the test part, which no training hears.</summary>
    public int TestStart => trainLength;

    /// <summary>Starts a pedal from rest.</summary>
    /// <param name="ofLearner">Whether the one that is learning, as it is now; else the trained one.</param>
    public void Rewind(bool ofLearner)
    {
        playsLearned = ofLearner && learner is not null;
        if (playsLearned)
        {
            learner!.CopyTo(out learned);
            state = default;
        }
        else
        {
            state = WebPedal.TrainedState;
        }
    }

    /// <summary>The next samples through the pedal that <see cref="Rewind"/> chose.</summary>
    public void Play(ReadOnlySpan<float> dry, Span<float> wet)
    {
        if (playsLearned)
        {
            learned.Forward(dry, ref state, wet);
        }
        else
        {
            WebPedal.Trained.Forward(dry, ref state, wet);
        }
    }

    /// <summary>Begins to learn from random weights, on all but the test part.</summary>
    public void StartTraining(ulong seed)
    {
        var options = new TrainingOptions(Seconds: double.PositiveInfinity, Updates: long.MaxValue, LearningRate: 0.01f, seed, Threads: 1);
        learner = new Learner(Dry.AsSpan(0, trainLength), Wet.AsSpan(0, trainLength), options);
    }

    /// <summary>One update of the weights.</summary>
    /// <param name="done">How much of the training is done, 0 to 1.</param>
    /// <returns>The error-to-signal ratio of its batch.</returns>
    public double Update(double done) => learner is null ? throw new InvalidOperationException("No training was started.") : learner.Update(done);

    /// <summary>A few digits that two signals share only if every bit is equal.</summary>
    public static string Fingerprint(ReadOnlySpan<byte> samples) =>
        Convert.ToHexStringLower(SHA256.HashData(samples))[..FingerprintLength];
}
