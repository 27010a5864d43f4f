using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using Lstm.Reference;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>The magnitudes of the reference chain against exact arithmetic on integers of any length.</summary>
public class ChainMagnitudeTests
{
    // 53-bit arithmetic over up to 1000 factors is off by 1e-13 relative, 1e-13 in the logarithm; the sums of a dense
    // chain can cancel a few digits more.
    private const double Tolerance = 1e-9;

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    public void EqualWeights_GiveTheClosedFormFarOutsideDouble(double weight)
    {
        const int Layers = 1000;
        var chain = new ReferenceChain<double>(ChainKind.Diagonal, Layers, 1);
        chain.Values.Fill(weight);
        var log10 = new double[Layers];
        chain.GradientMagnitudes([2], 7, log10);

        // yHat = 2 w^1000: far above 7, or far below
        double error = weight > 1 ? Math.Log10(2) + (Layers * Math.Log10(weight)) : Math.Log10(7);
        double expected = error + ((Layers - 1) * Math.Log10(weight)) + Math.Log10(2);
        Assert.All(log10, value => Assert.Equal(expected, value, Tolerance));
    }

    [Fact]
    public void Magnitudes_AreThoseOfExactArithmetic() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 60], Gen.Int[1, 3], Gen.Int[-40, 40], Gen.Int).Sample(
            (dense, layers, width, power, seed) =>
            {
                var random = new Random(seed);
                var chain = new ReferenceChain<double>(dense ? ChainKind.Dense : ChainKind.Diagonal, layers, width);
                foreach (ref double weight in chain.Values)
                {
                    weight = random.Next(40) == 0 ? 0 : (random.NextDouble() - 0.5) * Math.Pow(2, power);
                }

                double[] x = [.. Enumerable.Range(0, width).Select(_ => random.NextDouble() - 0.5)];
                double y = random.NextDouble();
                var log10 = new double[layers];
                chain.GradientMagnitudes(x, y, log10);
                double[] expected = Exact(chain, x, y);
                for (int i = 0; i < layers; i++)
                {
                    Assert.True(
                        expected[i].Equals(log10[i]) || Math.Abs(expected[i] - log10[i]) <= Tolerance,
                        FormattableString.Invariant($"layer {i + 1}: expected {expected[i]:R}, found {log10[i]:R}"));
                }
            },
            iter: 100);

    [Fact]
    public void ZeroWeight_LeavesOnlyItsOwnLayerAGradient()
    {
        var chain = new ReferenceChain<double>(ChainKind.Diagonal, 5, 1);
        chain.Values.Fill(1);
        chain.Values[2] = 0;
        var log10 = new double[5];
        chain.GradientMagnitudes([1], 10, log10);
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity, 1, double.NegativeInfinity, double.NegativeInfinity], log10);
    }

    private static double[] Exact(ReferenceChain<double> chain, double[] x, double y)
    {
        int n = chain.Width, last = chain.Layers;
        Dyadic[][,] w = Weights(chain);
        var below = new Dyadic[last + 1][,];
        below[0] = new Dyadic[n, 1];
        for (int j = 0; j < n; j++)
        {
            below[0][j, 0] = new Dyadic(x[j]);
        }

        for (int i = 1; i <= last; i++)
        {
            below[i] = Product(w[i], below[i - 1]);
        }

        var above = new Dyadic[last + 1][,];
        above[last] = new[,] { { new Dyadic(1) } };
        for (int i = last; i > 1; i--)
        {
            above[i - 1] = Product(above[i], w[i]);
        }

        Dyadic error = below[last][0, 0] + (new Dyadic(-1) * new Dyadic(y));
        var log10 = new double[last];
        for (int i = 1; i <= last; i++)
        {
            Dyadic squares = default;
            for (int r = 0; r < w[i].GetLength(0); r++)
            {
                for (int s = 0; s < n; s++)
                {
                    if (i == last || chain.Kind == ChainKind.Dense || r == s)
                    {
                        Dyadic g = above[i][0, r] * error * below[i - 1][s, 0];
                        squares += g * g;
                    }
                }
            }

            log10[i - 1] = 0.5 * squares.Log10();
        }

        return log10;
    }

    /// <summary>The matrices of layers 1 to L, diagonal ones with their zeros.</summary>
    private static Dyadic[][,] Weights(ReferenceChain<double> chain)
    {
        int n = chain.Width, last = chain.Layers;
        Dyadic[][,] w = new Dyadic[last + 1][,];
        for (int i = 1; i <= last; i++)
        {
            Span<double> values = chain.Layer(i);
            w[i] = new Dyadic[i == last ? 1 : n, n];
            for (int r = 0; r < w[i].GetLength(0); r++)
            {
                for (int s = 0; s < n; s++)
                {
                    bool whole = i == last || chain.Kind == ChainKind.Dense;
                    w[i][r, s] = whole ? new Dyadic(values[(r * n) + s]) : r == s ? new Dyadic(values[r]) : default;
                }
            }
        }

        return w;
    }

    private static Dyadic[,] Product(Dyadic[,] a, Dyadic[,] b)
    {
        var product = new Dyadic[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < b.GetLength(1); j++)
            {
                for (int k = 0; k < b.GetLength(0); k++)
                {
                    product[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return product;
    }

    /// <summary>Integer times a power of two: every double, exactly, and every sum and product of them.</summary>
    private readonly struct Dyadic
    {
        private readonly BigInteger integer;
        private readonly int power;

        public Dyadic(double value)
        {
            long bits = BitConverter.DoubleToInt64Bits(value);
            int exponent = (int)((bits >> 52) & 0x7FF);
            long fraction = bits & 0xFFFFFFFFFFFFF;
            integer = value < 0 ? -Significand(exponent, fraction) : Significand(exponent, fraction);
            power = Math.Max(exponent, 1) - 1075;
        }

        private Dyadic(BigInteger integer, int power) => (this.integer, this.power) = (integer, power);

        public static Dyadic operator *(Dyadic a, Dyadic b) => new(a.integer * b.integer, a.power + b.power);

        public static Dyadic operator +(Dyadic a, Dyadic b)
        {
            int low = Math.Min(a.power, b.power);
            return new((a.integer << (a.power - low)) + (b.integer << (b.power - low)), low);
        }

        public double Log10() => BigInteger.Log10(integer) + (power * Math.Log10(2));

        private static BigInteger Significand(int exponent, long fraction) => exponent == 0 ? fraction : fraction | (1L << 52);
    }
}
