using System;

namespace Lstm.Benchmarks;

/// <summary>What goes into a cell over time.</summary>
internal static class Sequence
{
    /// <summary>T, the steps of every sequence here, and of a block for the peers that take blocks.</summary>
    public const int Steps = 64;

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
}
