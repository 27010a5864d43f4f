using System;
using System.Linq;
using System.Numerics;
using Lstm.Integration.Types;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

public sealed class ChainRangeTestsOfFloats : ChainRangeTests<float>;

public sealed class ChainRangeTestsOfDoubles : ChainRangeTests<double>
{
    /// <summary>Weights and inputs at the ends of the range of double, subnormals included.</summary>
    [Fact]
    public void ExtremeWeights_KeepTheirMagnitudes()
    {
        ChainUnderTest<double> chain = ChainUnderTest<double>.Fresh(nameof(Diagonal3x2));
        double[] weights = [1e-300, 0, 1e-310, 0, 1e300, 0];
        weights.CopyTo(chain.Parameters);

        double[] log10 = chain.GradientMagnitudes([1e-320, 1], 1);

        // e = -1: each the product of the other weights and x_1; subnormals are given to fewer digits, and taken as they are.
        double x = Math.Log10(1e-320), tiny = Math.Log10(1e-310);
        Assert.Equal([tiny + 300 + x, -300 + 300 + x, -300 + tiny + x], log10, (expected, actual) => Math.Abs(expected - actual) < Tolerance);
    }
}

/// <summary>Depth: what vanishes, what explodes, and zero weights.</summary>
public abstract class ChainRangeTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The values below are near 1000 and carry 1e-13 of rounding.</summary>
    protected const double Tolerance = 1e-9;

    public static TheoryData<string> Deep => [.. ChainUnderTest<T>.All.Where(chain => chain.Layers == 1000).Select(chain => chain.Name)];

    public static TheoryData<string> Names => ChainUnderTest<T>.Names;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void EqualWeightsDiagonal_MagnitudesAreTheClosedForm(double about)
    {
        T number = T.CreateTruncating(about);
        double weight = double.CreateTruncating(number);
        // Every lane is w^1000 x_j, so with x = 1 the error is 2 w^1000 - y and each of a layer's two gradients is e w^999.
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(nameof(Diagonal1000x2));
        chain.Parameters.Fill(number);
        double power = Math.Log10(weight);
        double error = weight < 1 ? Math.Log10(4) : Math.Log10(2) + (1000 * power);

        double[] log10 = chain.GradientMagnitudes([T.One, T.One], T.CreateTruncating(4));

        Assert.All(log10, value => Assert.Equal(error + (999 * power) + Math.Log10(Math.Sqrt(2)), value, Tolerance));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void EqualWeightsDense_MagnitudesAreTheClosedForm(double about)
    {
        T number = T.CreateTruncating(about);
        double weight = double.CreateTruncating(number);
        // w I in every layer but the last, which is (w, 0): yHat = w^1000 x_1, s^(i) = (w^(1000-i), 0), x^(i-1) = w^(i-1) (1, 1).
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(nameof(Dense1000x2));
        for (int layer = 0; layer < 999; layer++)
        {
            chain.Parameters[4 * layer] = chain.Parameters[(4 * layer) + 3] = number;
        }

        chain.Parameters[4 * 999] = number;
        double power = Math.Log10(weight);
        double error = weight < 1 ? Math.Log10(4) : 1000 * power;

        double[] log10 = chain.GradientMagnitudes([T.One, T.One], T.CreateTruncating(4));

        Assert.All(log10, value => Assert.Equal(error + (999 * power) + Math.Log10(Math.Sqrt(2)), value, Tolerance));
    }

    [Theory]
    [InlineData(nameof(Diagonal1000x2))]
    [InlineData(nameof(Dense1000x2))]
    public void MixedWeights_ThePrefixOverflowsFloat_TheGradientDoesNot(string name)
    {
        // 500 layers of 3 reach 3.6e238 and 500 of 1/3 come back to 1.
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(name);
        for (int layer = 0; layer < 1000; layer++)
        {
            FillDiagonal(chain, layer, layer < 500 ? 3 : 1.0 / 3);
        }

        double third = double.CreateTruncating(T.CreateTruncating(1.0 / 3));
        double decades = 500 * Math.Log10(3 * third);
        double loss = double.CreateTruncating(chain.Backward([T.One, T.Zero], T.Zero, default));
        double[] log10 = chain.GradientMagnitudes([T.One, T.Zero], T.Zero);

        Assert.Equal(0.5 * Math.Pow(10, 2 * decades), loss, 1e-6);
        for (int layer = 0; layer < 1000; layer++)
        {
            // e times the product over every layer but this one: 10^decades * 10^decades / w.
            double expected = (2 * decades) - Math.Log10(layer < 500 ? 3 : third);
            Assert.Equal(expected, log10[layer], Tolerance);
            Assert.Equal(Math.Pow(10, expected), double.CreateTruncating(chain.Gradient[layer * chain.LayerSize]), 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Deep))]
    public void AlternatingWeights_StayHealthy(string name)
    {
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(name);
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            FillDiagonal(chain, layer, layer % 2 == 0 ? 4 : 0.25);
        }

        T[] x = new T[chain.Width];
        x[0] = T.One;

        // e = 1 - 3; the product over every layer but one is 1 / w.
        T yHat = chain.Forward(x);
        double[] log10 = chain.GradientMagnitudes(x, T.CreateTruncating(3));

        Assert.Equal(T.One, yHat);
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            Assert.Equal(Math.Log10(layer % 2 == 0 ? 0.5 : 8), log10[layer], Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Deep))]
    public void ZeroWeightsInOneLayer_OnlyThatLayerHasAGradient(string name)
    {
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(name);
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            FillDiagonal(chain, layer, layer == 700 ? 0 : 1.001);
        }

        T[] x = Numbers.Repeated<T>(1, chain.Width);
        double[] log10 = chain.GradientMagnitudes(x, T.One);
        chain.Backward(x, T.One, default);

        for (int layer = 0; layer < chain.Layers; layer++)
        {
            bool zero = layer != 700;
            Assert.Equal(zero, double.IsNegativeInfinity(log10[layer]));
            Assert.Equal(zero, chain.Gradient[chain.Layer(layer)].IndexOfAnyExcept(T.Zero) < 0);
        }

        // yHat = 0, so e = -1, and the diagonal of the layer's gradient is -1.001^999 in each lane.
        double weight = double.CreateTruncating(T.CreateTruncating(1.001));
        Assert.Equal(Math.Pow(weight, 999), -double.CreateTruncating(chain.Gradient[700 * chain.LayerSize]), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Deep))]
    public void ZeroWeightsInTwoLayers_NoLayerHasAGradient(string name)
    {
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(name);
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            FillDiagonal(chain, layer, layer is 3 or 700 ? 0 : 1.001);
        }

        T[] x = Numbers.Repeated<T>(1, chain.Width);

        Assert.All(chain.GradientMagnitudes(x, T.One), value => Assert.Equal(double.NegativeInfinity, value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TargetMet_NoLayerHasAGradient(string name)
    {
        // Powers of two, so that yHat is exact.
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(name);
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            FillDiagonal(chain, layer, layer % 2 == 0 ? 2 : 0.5);
        }

        T[] x = Numbers.Repeated<T>(1, chain.Width);
        T y = chain.Forward(x);

        Assert.All(chain.GradientMagnitudes(x, y), value => Assert.Equal(double.NegativeInfinity, value));
        Assert.Equal(T.Zero, chain.Backward(x, y, default));
        Assert.Equal(-1, chain.Gradient.IndexOfAnyExcept(T.Zero));
    }

    [Theory]
    [InlineData(nameof(Diagonal50x2))]
    [InlineData(nameof(Dense12x2))]
    [InlineData(nameof(Diagonal1000x2))]
    [InlineData(nameof(Dense1000x2))]
    public void NotANumber_ReachesEveryResult(string name)
    {
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(name);
        chain.Parameters.Fill(T.NaN);
        T[] x = [T.One, T.One];

        Assert.Equal(T.NaN, chain.Forward(x));
        Assert.Equal(T.NaN, chain.Backward(x, T.Zero, default));
        Assert.All(chain.GradientMagnitudes(x, T.Zero), value => Assert.Equal(double.NaN, value));
    }

    /// <summary>Sets a layer to weight times the identity; the last, 1 x N, to weight in every column (diagonal) or the first (dense).</summary>
    private static void FillDiagonal(ChainUnderTest<T> chain, int layer, double weight)
    {
        Span<T> values = chain.Parameters[chain.Layer(layer)];
        for (int k = 0; k < values.Length; k += chain.Kind == ChainKind.Dense ? chain.Width + 1 : 1)
        {
            values[k] = T.CreateTruncating(weight);
        }
    }
}
