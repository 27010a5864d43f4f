using System;

namespace AmpModel;

/// <summary>How to train.</summary>
/// <param name="Seconds">Training stops after this time, evaluations on the test part included; infinity: never.</param>
/// <param name="Updates">Training stops after so many updates of the weights: slower or faster, it gives the same weights everywhere.</param>
/// <param name="LearningRate">Adam's, at the start.</param>
/// <param name="Seed">Decides the first weights and the order of the segments.</param>
/// <param name="Threads">How many threads train; an update gives the same weights with any number of them.</param>
internal sealed record TrainingOptions(double Seconds, long Updates, float LearningRate, ulong Seed, int Threads)
{
    /// <summary>Segments that make up one mini-batch.</summary>
    public const int BatchSize = 8;

    /// <summary>Segments that go through the network together on one thread.</summary>
    public const int ShardSize = 4;

    /// <summary>Steps of a segment; the state is carried through all of them.</summary>
    public const int SegmentLength = 8_192;

    /// <summary>Steps in front of each segment, from the zero state and without loss.</summary>
    /// <remarks>
    /// So few that the loss still sees the state settle. With 512 of them no training step ever saw it, and now and then a
    /// network that was right everywhere else began its playing with a thump.
    /// </remarks>
    public const int WarmUpLength = 64;

    /// <summary>Steps between two updates, and how far back a gradient reaches (truncated back-propagation).</summary>
    public const int WindowLength = 256;

    /// <summary>The largest norm of a gradient.</summary>
    public const float LargestNorm = 0.1f;

    /// <summary>The part of the training over which the learning rate rises from zero.</summary>
    public const double Rise = 0.02;

    /// <summary>The learning rate at the end, as a part of the largest.</summary>
    public const double Remainder = 0.01;

    /// <summary>The learning rate at a point of the training: a short rise, then half a cosine down.</summary>
    /// <param name="done">How much of the training is done, 0 to 1.</param>
    public float LearningRateAt(double done)
    {
        double part = done < Rise
            ? done / Rise
            : Remainder + ((1 - Remainder) * 0.5 * (1 + Math.Cos(Math.PI * (done - Rise) / (1 - Rise))));
        return (float)(LearningRate * part);
    }
}

/// <summary>Where a training stands.</summary>
/// <param name="Seconds">Since the start.</param>
/// <param name="Done">How much of the training is done, 0 to 1.</param>
/// <param name="Updates">Of the weights.</param>
/// <param name="Epoch">How often the training part has been heard, the current time included.</param>
/// <param name="TrainEsr">Error-to-signal ratio of the training segments since the last evaluation: the training loss.</param>
/// <param name="TestEsr">Error-to-signal ratio on the test part at the last evaluation; NaN before the first.</param>
/// <param name="Evaluated">Whether <paramref name="TestEsr"/> is new.</param>
internal readonly record struct TrainingStatus(
    double Seconds, double Done, long Updates, int Epoch, double TrainEsr, double TestEsr, bool Evaluated);
