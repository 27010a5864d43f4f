using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Tasks.Sunspots;

/// <summary>
/// Intervals for numbers made of the errors of a time series: blocks of neighbouring months are drawn with replacement, from a circle, so that what
/// neighbours have in common stays.
/// </summary>
internal static class BlockBootstrap
{
    private const int Samples = 2000;

    /// <summary>The 95 % interval of a statistic.</summary>
    /// <param name="length">Months.</param>
    /// <param name="block">Months of a block.</param>
    /// <param name="statistic">Computes it from the places of months, some of which occur more than once.</param>
    public static (double Low, double High) Interval(int length, int block, Func<IReadOnlyList<int>, double> statistic)
    {
        var random = new Random(1);
        int[] places = new int[length];
        double[] values = new double[Samples];
        for (int sample = 0; sample < Samples; sample++)
        {
            for (int i = 0, start = 0; i < length; i++)
            {
                start = i % block == 0 ? random.Next(length) : start;
                places[i] = (start + (i % block)) % length;
            }

            values[sample] = statistic(places);
        }

        Array.Sort(values);
        return (values[(int)(0.025 * Samples)], values[(int)(0.975 * Samples) - 1]);
    }

    /// <summary>The root of the mean of squares.</summary>
    public static double Rms(IReadOnlyList<double> errors, IReadOnlyList<int> places)
    {
        double sum = 0;
        foreach (int place in places)
        {
            sum += errors[place] * errors[place];
        }

        return Math.Sqrt(sum / places.Count);
    }

    /// <summary>All months, each once.</summary>
    public static IReadOnlyList<int> All(int length) => [.. Enumerable.Range(0, length)];
}
