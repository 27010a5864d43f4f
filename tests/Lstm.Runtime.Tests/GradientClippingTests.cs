using System;
using System.Linq;
using CsCheck;
using Xunit;

namespace Lstm.Runtime.Tests;

public class GradientClippingTests
{
    [Fact]
    public void LongGradient_IsScaledToTheLargestNorm()
    {
        float[] g = [3, -4];
        Assert.Equal(5, GradientClipping.ByGlobalNorm(g, 1));
        Assert.Equal([0.6f, -0.8f], g);
    }

    [Fact]
    public void ShortGradient_IsLeftBitForBit()
    {
        float[] g = [3, -4, -0.0f];
        Assert.Equal(5, GradientClipping.ByGlobalNorm(g, 5));
        Assert.Equal([3, -4, -0.0f], g);
        Assert.Equal(5, GradientClipping.ByGlobalNorm(g, float.PositiveInfinity));
        Assert.Equal([3, -4, -0.0f], g);
    }

    [Fact]
    public void Norm_IsThatOfTheOracleAndTheClippedOneIsTheLimit() =>
        Gen.Select(Gen.Float[-10, 10].Array[1, 100], Gen.Float[0.01f, 5]).Sample((g, maxNorm) =>
        {
            double expected = Norm(g);
            float[] clipped = [.. g];
            Assert.Equal(expected, GradientClipping.ByGlobalNorm(clipped, maxNorm), expected * 1e-14);

            // Each value rounds to float once: 6e-8.
            Assert.Equal(Math.Min(expected, maxNorm), Norm(clipped), 1e-7 * Math.Max(1, maxNorm));
            Assert.All(g.Zip(clipped), pair => Assert.True(Math.Abs(pair.First - (pair.Second * Math.Max(1, expected / maxNorm))) <= 1e-5));
        });

    [Fact]
    public void HugeFiniteValues_DoNotOverflowTheNorm()
    {
        float[] g = [.. Enumerable.Repeat(float.MaxValue, 100)];
        Assert.Equal(10 * (double)float.MaxValue, GradientClipping.ByGlobalNorm(g, 1), 1e25);
        Assert.All(g, value => Assert.Equal(0.1f, value));

        float[] tiny = [3 * float.Epsilon, 4 * float.Epsilon];
        Assert.Equal(5 * (double)float.Epsilon, GradientClipping.ByGlobalNorm(tiny, 1));
        Assert.Equal([3 * float.Epsilon, 4 * float.Epsilon], tiny);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void NotFiniteGradient_IsReportedAndLeftUntouched(float bad)
    {
        for (int at = 0; at < 37; at++)
        {
            float[] g = [.. Enumerable.Repeat(9f, 37)];
            g[at] = bad;
            float[] before = [.. g], other = [9, 9];
            Assert.False(double.IsFinite(GradientClipping.ByGlobalNorm(g, 1)));
            Assert.False(double.IsFinite(GradientClipping.ByGlobalNorm(other, g, 1)));
            Assert.Equal(before, g);
            Assert.Equal([9, 9], other);
        }
    }

    [Fact]
    public void TwoGradients_AreClippedAsOne() =>
        Gen.Select(Gen.Float[-10, 10].Array[0, 50], Gen.Float[-10, 10].Array[0, 50]).Sample((first, second) =>
        {
            float[] joined = [.. first, .. second];
            double norm = Norm(joined);
            Assert.Equal(norm, GradientClipping.ByGlobalNorm(first, second, 0.5f), 1e-14 * norm);
            GradientClipping.ByGlobalNorm(joined, 0.5f);
            Assert.All(joined.Zip(first.Concat(second)), pair => Assert.Equal(pair.First, pair.Second, 1e-7f));
        });

    [Fact]
    public void Norm_SumsInAnOrderThatIsFixed()
    {
        // The exact squares, lane by lane and then as a tree: whatever the machine, these are the bits.
        var random = new Random(5);
        float[] g = [.. Enumerable.Range(0, 1000).Select(_ => random.NextSingle() * MathF.Pow(10, random.Next(-8, 8)))];
        var lanes = new double[16];
        for (int i = 0; i < g.Length; i++)
        {
            lanes[i % 16] += (double)g[i] * g[i];
        }

        for (int half = 8; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        Assert.Equal(Math.Sqrt(lanes[0]), GradientClipping.ByGlobalNorm(g, float.PositiveInfinity));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void LargestNormNotAboveZero_IsRefused(float maxNorm)
    {
        float[] g = [3, 4];
        Assert.Throws<ArgumentOutOfRangeException>("maxNorm", () => GradientClipping.ByGlobalNorm(g, maxNorm));
        Assert.Equal([3, 4], g);
    }

    [Fact]
    public void EmptyGradient_HasNormZero() => Assert.Equal(0, GradientClipping.ByGlobalNorm([], 1));

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));
}
