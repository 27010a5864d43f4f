using System;
using CsCheck;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

public class WideFloatTests
{
    // 0, or 1e-97 to 1e97: products and sums of two stay normal doubles, so double arithmetic itself is the oracle.
    private static readonly Gen<double> Moderate =
        Gen.Select(Gen.Double[1, 2], Gen.Int[-320, 320], Gen.Int[-10, 10]).Select(
            (mantissa, power, sign) => Math.Sign(sign) * mantissa * Math.Pow(2, power));

    [Theory]
    [InlineData(0.5, 1000)]
    [InlineData(3, 1000)]
    [InlineData(-1.7, 999)]
    [InlineData(1e-300, 1000)]
    [InlineData(1e300, 100000)]
    [InlineData(double.Epsilon, 1000)]
    public void Log10OfAPower_HoldsFarOutsideTheRangeOfDouble(double factor, int power)
    {
        WideFloat product = 1;
        for (int i = 0; i < power; i++)
        {
            product *= factor;
        }

        // Rounding adds at most power * 1.1e-16 relative to the product, and half an ulp of the logarithm.
        double expected = power * Math.Log10(Math.Abs(factor));
        Assert.Equal(expected, WideFloat.Log10(WideFloat.Abs(product)), Math.Max(1e-9, Math.Abs(expected) * 1e-15));
        Assert.Equal(factor < 0 && power % 2 == 1 ? -1 : 1, Math.Sign(product.Mantissa));
    }

    [Fact]
    public void Operations_RoundExactlyAsDoubleDoes() =>
        Gen.Select(Moderate, Moderate).Sample((a, b) =>
        {
            Same(a * b, WideFloat.Multiply(a, b));
            Same(a + b, WideFloat.Add(a, b));
            Same(a - b, WideFloat.Subtract(a, b));
            Same(Math.Abs(a), WideFloat.Abs(a));
        });

    [Fact]
    public void SumsOfNeighbouringMagnitudes_RoundExactlyAsDoubleDoes() =>
        Gen.Select(Gen.Double[1, 2], Gen.Double[-2, 2], Gen.Int[0, 70]).Sample((a, b, shift) =>
        {
            b *= Math.Pow(2, -shift);
            Same(a + b, (WideFloat)a + b);
            Same(b - a, (WideFloat)b - a);
        });

    [Fact]
    public void ScalingBothTerms_ScalesTheSumExactly() =>
        Gen.Select(Moderate, Moderate, Gen.Int[1, 2000]).Sample((a, b, powers) =>
        {
            WideFloat scale = 1;
            for (int i = 0; i < powers; i++)
            {
                scale *= 1024;
            }

            WideFloat sum = (WideFloat)a + b, scaled = (scale * a) + (scale * b);
            Assert.Equal(sum.Mantissa, scaled.Mantissa);
            Assert.Equal(sum.Mantissa == 0 ? 0 : sum.Exponent + (10L * powers), scaled.Exponent);
        });

    [Theory]
    [InlineData(1.0, 1.0, 0)]
    [InlineData(-6.0, -1.5, 2)]
    [InlineData(double.Epsilon, 1.0, -1074)]
    [InlineData(3 * double.Epsilon, 1.5, -1073)]
    [InlineData(2.2250738585072014e-308, 1.0, -1022)]
    [InlineData(double.MaxValue, 1.9999999999999998, 1023)]
    [InlineData(0.0, 0.0, 0)]
    public void FromDouble_IsExactAndNormal(double value, double mantissa, long exponent)
    {
        WideFloat wide = WideFloat.FromDouble(value);
        Assert.Equal(mantissa, wide.Mantissa);
        Assert.Equal(exponent, wide.Exponent);
    }

    [Fact]
    public void FarSmallerTerm_IsRoundedAway()
    {
        WideFloat tiny = 1;
        for (int i = 0; i < 1000; i++)
        {
            tiny *= 1e-300;
        }

        Same(1, tiny + 1);
        Same(1, 1 - tiny);
        Same(-1, tiny - 1);
    }

    [Fact]
    public void Zero_AddsNothingAndHasLogarithmMinusInfinity()
    {
        WideFloat zero = default;
        Same(3, zero + 3);
        Same(-3, zero - 3);
        Same(0, (WideFloat)3 - 3);
        Same(0, zero * 3);
        Assert.False(double.IsNegative(WideFloat.FromDouble(-0.0).Mantissa));
        Assert.Equal(double.NegativeInfinity, WideFloat.Log10(zero));
        Assert.Equal(double.NegativeInfinity, WideFloat.Log10((WideFloat)(-3) * 0));
    }

    [Fact]
    public void NaNAndInfinities_PropagateAsInDouble()
    {
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, 1, -2.5, 1e300];
        foreach (double a in values)
        {
            foreach (double b in values)
            {
                if (double.IsFinite(a) && double.IsFinite(b))
                {
                    continue; // 1e300 twice is where the two differ
                }

                Same(a * b, (WideFloat)a * b);
                Same(a + b, (WideFloat)a + b);
                Same(a - b, (WideFloat)a - b);
            }
        }

        Assert.Equal(double.PositiveInfinity, WideFloat.Log10(double.PositiveInfinity));
        Assert.True(double.IsNaN(WideFloat.Log10(double.NaN)));
        Assert.True(double.IsNaN(WideFloat.Log10(-1)));
    }

    private static void Same(double expected, WideFloat actual)
    {
        WideFloat wide = WideFloat.FromDouble(expected);
        Assert.Equal(wide.Mantissa, actual.Mantissa);
        Assert.Equal(wide.Exponent, actual.Exponent);
    }
}
