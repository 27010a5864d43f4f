using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public sealed class GradientClippingTestsOfFloats : GradientClippingTests<float>;

public sealed class GradientClippingTestsOfDoubles : GradientClippingTests<double>;

public abstract class GradientClippingTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A clipped value rounds once: by 6e-8 to float, by a few of 1.1e-16 to double.</summary>
    private static readonly double Tolerance = Numbers.Choose<T, double>(floats: 1e-7, doubles: 1e-14);

    /// <summary>Powers of ten near the largest and the smallest number.</summary>
    public static TheoryData<double> Scales => [1, Numbers.Choose<T, double>(1e37, 1e300), Numbers.Choose<T, double>(1e-37, 1e-300)];

    [Fact]
    public void LongGradient_IsScaledToTheLargestNorm()
    {
        T[] g = Ns(3, -4);
        Assert.Equal(5, Overloads<T>.ByGlobalNorm(g, T.One));
        Assert.Equal(Ns(3 * 0.2, -4 * 0.2), g);
    }

    [Fact]
    public void ShortGradient_IsLeftBitForBit()
    {
        T[] g = Ns(3, -4, -0.0), before = [.. g];
        Assert.Equal(5, Overloads<T>.ByGlobalNorm(g, N(5)));
        Numbers.AssertSameBits<T>(before, g, "g");
        Assert.Equal(5, Overloads<T>.ByGlobalNorm(g, T.PositiveInfinity));
        Numbers.AssertSameBits<T>(before, g, "g");
    }

    [Fact]
    public void Norm_IsThatOfTheOracleAndTheClippedOneIsTheLimit() =>
        Gen.Select(Gen.Double[-10, 10].Array[1, 100], Gen.Double[0.01, 5]).Sample((values, limit) =>
        {
            T[] g = Ns(values), clipped = [.. g];
            double expected = Norm(g), maxNorm = double.CreateTruncating(N(limit));
            Assert.Equal(expected, Overloads<T>.ByGlobalNorm(clipped, N(limit)), expected * 1e-14);

            Assert.Equal(Math.Min(expected, maxNorm), Norm(clipped), Tolerance * Math.Max(1, maxNorm));
            double factor = Math.Max(1, expected / maxNorm);
            Assert.All(
                Numbers.Widened<T>(g).Zip(Numbers.Widened<T>(clipped)),
                pair => Assert.Equal(pair.First, pair.Second * factor, 100 * Tolerance));
        });

    /// <summary>Also where squares leave the range of the numbers, on either side.</summary>
    [Theory]
    [MemberData(nameof(Scales))]
    public void TwoGradients_AreScaledToTheLargestNorm(double scale)
    {
        T[] first = Ns(3 * scale, 0), second = Ns(-4 * scale);

        double norm = Overloads<T>.ByGlobalNorm(first, second, N(2.5 * scale));

        Assert.Equal(5, norm / scale, 5 * Tolerance);
        Assert.Equal([1.5, 0], Numbers.Widened<T>(first).Select(value => value / scale), (a, b) => Math.Abs(a - b) <= 5 * Tolerance);
        Assert.Equal(-2, double.CreateTruncating(second[0]) / scale, 5 * Tolerance);
    }

    [Fact]
    public void HugeAndTinyValues_NeitherOverNorUnderflowTheNorm()
    {
        // A double holds ten times the largest float, but not ten times the largest double.
        T huge = T.CreateTruncating(Numbers.Choose<T, double>(floats: float.MaxValue, doubles: double.MaxValue / 20));
        T[] g = [.. Enumerable.Repeat(huge, 100)];
        double expected = 10 * double.CreateTruncating(huge);
        Assert.Equal(1, Overloads<T>.ByGlobalNorm(g, T.One) / expected, 1e-14);
        Assert.All(Numbers.Widened<T>(g), value => Assert.Equal(0.1, value, Tolerance));

        T[] tiny = [N(3) * T.Epsilon, N(4) * T.Epsilon], before = [.. tiny];
        Assert.Equal(5 * double.CreateTruncating(T.Epsilon), Overloads<T>.ByGlobalNorm(tiny, T.One));
        Assert.Equal(before, tiny);
    }

    /// <summary>No double holds this norm. What is returned is finite, since all values are, and the gradient is clipped.</summary>
    [Fact]
    public void NormBeyondTheLargestNumber_IsClipped()
    {
        T most = T.CreateSaturating(Numbers.Choose<T, double>(float.MaxValue, double.MaxValue));
        foreach (double limit in new[] { 1, 1e-30, double.CreateTruncating(most), Numbers.Choose<T, double>(1e-38, 1e-307) })
        {
            T[] g = [most, T.Zero], other = [-most];

            double norm = Overloads<T>.ByGlobalNorm(g, other, N(limit));

            Assert.True(double.IsFinite(norm) && norm >= double.CreateTruncating(most));
            double each = double.CreateTruncating(N(limit)) * Math.Sqrt(0.5);
            Assert.Equal([each, 0, -each], Numbers.Widened<T>([.. g, .. other]), (a, b) => Math.Abs(a - b) <= 2 * Tolerance * each);
        }
    }

    /// <summary>A factor that no number holds: 1e-10 / 1e300, of floats 1e-30 / 1e30.</summary>
    [Fact]
    public void FactorBelowTheLeastNumber_ClipsExactly()
    {
        double huge = Numbers.Choose<T, double>(1e30, 1e300), limit = Numbers.Choose<T, double>(1e-30, 1e-20);
        T[] g = Ns(3 * huge, 4 * huge);
        Overloads<T>.ByGlobalNorm(g, N(limit));
        Assert.Equal([0.6, 0.8], Numbers.Widened<T>(g).Select(value => value / limit), (a, b) => Math.Abs(a - b) <= 3 * Tolerance);
    }

    [Fact]
    public void SubnormalGradient_IsClipped()
    {
        T[] g = [N(3000) * T.Epsilon, N(-4000) * T.Epsilon];
        Assert.Equal(5000 * double.CreateTruncating(T.Epsilon), Overloads<T>.ByGlobalNorm(g, N(50) * T.Epsilon));
        Assert.Equal([N(30) * T.Epsilon, N(-40) * T.Epsilon], g);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void NotFiniteGradient_IsReportedAndLeftUntouched(double bad)
    {
        for (int at = 0; at < 37; at++)
        {
            T[] g = Numbers.Repeated<T>(9, 37);
            g[at] = N(bad);
            T[] before = [.. g], other = Ns(9, 9);
            Assert.False(double.IsFinite(Overloads<T>.ByGlobalNorm(g, T.One)));
            Assert.False(double.IsFinite(Overloads<T>.ByGlobalNorm(other, g, T.One)));
            Assert.Equal(before, g);
            Assert.Equal(Ns(9, 9), other);
        }
    }

    [Fact]
    public void TwoGradients_AreClippedAsOne() =>
        Gen.Select(Gen.Double[-10, 10].Array[0, 50], Gen.Double[-10, 10].Array[0, 50]).Sample((values, others) =>
        {
            T[] first = Ns(values), second = Ns(others), joined = [.. first, .. second];
            double norm = Norm(joined);
            Assert.Equal(norm, Overloads<T>.ByGlobalNorm(first, second, N(0.5)), 1e-14 * norm);
            Overloads<T>.ByGlobalNorm(joined, N(0.5));
            Assert.Equal(Numbers.Widened<T>(joined), Numbers.Widened<T>([.. first, .. second]), (a, b) => Math.Abs(a - b) <= Tolerance);
        });

    [Fact]
    public void Norm_SumsInAnOrderThatIsFixed()
    {
        // The squares in double, in sixteen partial sums and then as a tree: whatever the machine, these are the bits.
        var random = new Random(5);
        T[] g = [.. Enumerable.Range(0, 1000).Select(_ => N(random.NextDouble() * Math.Pow(10, random.Next(-8, 8))))];
        double[] values = Numbers.Widened<T>(g), sums = new double[16];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i % 16] += values[i] * values[i];
        }

        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }

        Assert.Equal(Math.Sqrt(sums[0]), Overloads<T>.ByGlobalNorm(g, T.PositiveInfinity));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void LargestNormNotAboveZero_IsRefused(double maxNorm)
    {
        T[] g = Ns(3, 4);
        string message = Assert.Throws<ArgumentOutOfRangeException>("maxNorm", () => Overloads<T>.ByGlobalNorm(g, N(maxNorm))).Message;
        Assert.StartsWith(FormattableString.Invariant($"'maxNorm' must be above 0, but it is {maxNorm}."), message, StringComparison.Ordinal);
        Assert.Equal(Ns(3, 4), g);
    }

    [Fact]
    public void EmptyGradient_HasNormZero() => Assert.Equal(0, Overloads<T>.ByGlobalNorm([], T.One));

    private static double Norm(T[] values) => Math.Sqrt(Numbers.Widened<T>(values).Sum(value => value * value));

    private static T N(double value) => T.CreateTruncating(value);

    private static T[] Ns(params double[] values) => Numbers.Of<T>(values);
}
