using System;
using System.Collections.Generic;

namespace Lstm.Benchmarks;

/// <summary>What goes into a cell over time.</summary>
internal static class Sequence
{
    /// <summary>T, the steps of every sequence here, and of a block for the peers that take blocks.</summary>
    public const int Steps = 64;

    /// <summary>N, how many sequences are trained on at once.</summary>
    public static IReadOnlyList<int> Counts { get; } = [1, 16];

    /// <summary>T x width values, uniform in -1 to 1.</summary>
    public static float[] Random(int width, int seed)
    {
        Random random = new(seed);
        float[] values = new float[Steps * width];
        foreach (ref float value in values.AsSpan())
        {
            value = (2 * random.NextSingle()) - 1;
        }

        return values;
    }

    /// <summary>One sequence (T x width) of N in <paramref name="values"/> (T x N x width).</summary>
    public static void Extract<T>(ReadOnlySpan<T> values, int sequence, int sequences, Span<T> to)
    {
        int width = to.Length / Steps;
        for (int step = 0; step < Steps; step++)
        {
            values.Slice(((step * sequences) + sequence) * width, width).CopyTo(to[(step * width)..]);
        }
    }
}
