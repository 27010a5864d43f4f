using Lstm.Tasks.Learning;

namespace Lstm.Tasks.Report;

/// <summary>How each task is learned. Found on seeds from 101 on, so that the seeds of a report had no part in it.</summary>
internal static class Settings
{
    /// <summary>After so many sequences the copy task gives up.</summary>
    public const long CopyLimit = 200_000;

    /// <summary>Temporal order, of two and three symbols.</summary>
    public static LearningSettings TemporalOrder { get; } = new(BatchSize: 8, LearningRate: 0.01, Decay: 0.9997, LargestNorm: 1, MemorySpan: 110);

    /// <summary>The embedded Reber grammar.</summary>
    public static LearningSettings Reber { get; } = new(BatchSize: 8, LearningRate: 0.01, Decay: 0.9998, LargestNorm: 1, MemorySpan: 0);

    /// <summary>The adding problem of T steps.</summary>
    public static LearningSettings Adding(int steps) => new(BatchSize: 16, LearningRate: 0.02, Decay: 0.9990, LargestNorm: 1, MemorySpan: steps);

    /// <summary>Copy memory with a delay of T steps.</summary>
    public static LearningSettings Copy(int delay) =>
        new(BatchSize: 16, LearningRate: 0.005, Decay: 0.9999, LargestNorm: 1, MemorySpan: delay + 20);
}
