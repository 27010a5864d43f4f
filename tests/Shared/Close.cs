using System;
using System.Globalization;
using System.Numerics;
using Xunit;

namespace Lstm.Testing;

/// <summary>Comparisons of tensors.</summary>
internal static class Close
{
    /// <summary>
    /// Every value of <paramref name="actual"/> is within <paramref name="tolerance"/> times the largest expected magnitude,
    /// which counts as <paramref name="atLeast"/> where the expected values cancel to less.
    /// </summary>
    /// <returns>The largest error, as a part of that magnitude.</returns>
    public static double Relative<T>(ReadOnlySpan<double> expected, ReadOnlySpan<T> actual, double tolerance, string name, double atLeast = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.True(expected.Length == actual.Length, $"{name}: {expected.Length} values expected, {actual.Length} found");
        double largest = atLeast;
        foreach (double value in expected)
        {
            Assert.True(double.IsFinite(value), $"{name}: an expected value is not finite");
            largest = Math.Max(largest, Math.Abs(value));
        }

        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - double.CreateTruncating(actual[i]));
            Assert.True(
                error <= tolerance * largest,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}[{i}]: expected {expected[i]:R}, found {actual[i]:R}; off by {error / largest:0.0e0} of the largest"));
            worst = Math.Max(worst, error);
        }

        return worst == 0 ? 0 : worst / largest;
    }
}
