using System;
using System.Collections.Generic;

namespace Lstm.Benchmarks;

/// <summary>The size of one cell.</summary>
/// <param name="Input">p, the length of x.</param>
/// <param name="Hidden">d, the length of ltm and wm.</param>
public readonly record struct CellSize(int Input, int Hidden) : IComparable
{
    /// <summary>The sizes of the full run, from one that fits in registers to one that leaves the first-level cache.</summary>
    public static IReadOnlyList<CellSize> All { get; } =
    [
        new(1, 8), new(1, 16), new(1, 20), new(1, 32), new(1, 40), new(1, 64),
        new(4, 16), new(16, 64), new(1, 128), new(8, 128),
    ];

    /// <summary>Those of training, on any number of sequences.</summary>
    public static IReadOnlyList<CellSize> Trained { get; } = [new(1, 16), new(4, 16), new(1, 32), new(16, 64), new(8, 128)];

    /// <summary>Those that the report trains on N sequences: on one of them all, for cost against d.</summary>
    public static IReadOnlyList<CellSize> TrainedOn(int sequences) => sequences == 1 ? All : Trained;

    /// <summary>Those of the quick table.</summary>
    public static IReadOnlyList<CellSize> Quick { get; } = [new(1, 8), new(4, 16), new(1, 32), new(16, 64)];

    /// <summary>By the number of weights: the order of the tables.</summary>
    public int CompareTo(object? other) => other is CellSize size ? Weights.CompareTo(size.Weights) : 1;

    /// <summary>The notation of the docs: <c>(p,d)</c>.</summary>
    public override string ToString() => $"({Input},{Hidden})";

    private int Weights => 4 * Hidden * (Input + Hidden);
}
