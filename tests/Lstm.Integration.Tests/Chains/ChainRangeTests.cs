using System;
using System.Linq;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

/// <summary>Depth: what vanishes, what explodes, and zero weights.</summary>
public class ChainRangeTests
{
    /// <summary>The values below are near 1000 and carry 1e-13 of rounding.</summary>
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Deep => [nameof(Diagonal1000x2), nameof(Diagonal1000x16), nameof(Dense1000x2), nameof(Dense1000x16)];

    public static TheoryData<string> Names => ChainUnderTest.Names;

    [Theory]
    [InlineData(0.5f)]
    [InlineData(3f)]
    public void EqualWeightsDiagonal_MagnitudesAreTheClosedForm(float weight)
    {
        // Every lane is w^1000 x_j, so with x = 1 the error is 2 w^1000 - y and each of a layer's two gradients is e w^999.
        ChainUnderTest chain = ChainUnderTest.Fresh(nameof(Diagonal1000x2));
        chain.Parameters.Fill(weight);
        double power = Math.Log10(weight);
        double error = weight < 1 ? Math.Log10(4) : Math.Log10(2) + (1000 * power);

        double[] log10 = chain.GradientMagnitudes([1, 1], 4);

        Assert.All(log10, value => Assert.Equal(error + (999 * power) + Math.Log10(Math.Sqrt(2)), value, Tolerance));
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(3f)]
    public void EqualWeightsDense_MagnitudesAreTheClosedForm(float weight)
    {
        // w I in every layer but the last, which is (w, 0): yHat = w^1000 x_1, s^(i) = (w^(1000-i), 0), x^(i-1) = w^(i-1) (1, 1).
        ChainUnderTest chain = ChainUnderTest.Fresh(nameof(Dense1000x2));
        for (int layer = 0; layer < 999; layer++)
        {
            chain.Parameters[4 * layer] = chain.Parameters[(4 * layer) + 3] = weight;
        }

        chain.Parameters[4 * 999] = weight;
        double power = Math.Log10(weight);
        double error = weight < 1 ? Math.Log10(4) : 1000 * power;

        double[] log10 = chain.GradientMagnitudes([1, 1], 4);

        Assert.All(log10, value => Assert.Equal(error + (999 * power) + Math.Log10(Math.Sqrt(2)), value, Tolerance));
    }

    [Theory]
    [InlineData(nameof(Diagonal1000x2))]
    [InlineData(nameof(Dense1000x2))]
    public void MixedWeights_ThePrefixOverflowsFloat_TheGradientDoesNot(string name)
    {
        // 500 layers of 3 reach 3.6e238 and 500 of 1/3 come back to 1.
        ChainUnderTest chain = ChainUnderTest.Fresh(name);
        for (int layer = 0; layer < 1000; layer++)
        {
            FillDiagonal(chain, layer, layer < 500 ? 3f : 1f / 3f);
        }

        float third = 1f / 3f;
        double decades = 500 * Math.Log10(3.0 * third);
        float loss = chain.Backward([1, 0], 0, default);
        double[] log10 = chain.GradientMagnitudes([1, 0], 0);

        Assert.Equal(0.5 * Math.Pow(10, 2 * decades), loss, 1e-6);
        for (int layer = 0; layer < 1000; layer++)
        {
            // e times the product over every layer but this one: 10^decades * 10^decades / w.
            double expected = (2 * decades) - Math.Log10(layer < 500 ? 3 : third);
            Assert.Equal(expected, log10[layer], Tolerance);
            Assert.Equal(Math.Pow(10, expected), chain.Gradient[layer * chain.LayerSize], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Deep))]
    public void AlternatingWeights_StayHealthy(string name)
    {
        ChainUnderTest chain = ChainUnderTest.Fresh(name);
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            FillDiagonal(chain, layer, layer % 2 == 0 ? 4f : 0.25f);
        }

        float[] x = new float[chain.Width];
        x[0] = 1;

        // e = 1 - 3; the product over every layer but one is 1 / w.
        float yHat = chain.Forward(x);
        double[] log10 = chain.GradientMagnitudes(x, 3);

        Assert.Equal(1f, yHat);
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            Assert.Equal(Math.Log10(layer % 2 == 0 ? 0.5 : 8), log10[layer], Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Deep))]
    public void ZeroWeightsInOneLayer_OnlyThatLayerHasAGradient(string name)
    {
        ChainUnderTest chain = ChainUnderTest.Fresh(name);
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            FillDiagonal(chain, layer, layer == 700 ? 0 : 1.001f);
        }

        float[] x = Enumerable.Repeat(1f, chain.Width).ToArray();
        double[] log10 = chain.GradientMagnitudes(x, 1);
        chain.Backward(x, 1, default);

        for (int layer = 0; layer < chain.Layers; layer++)
        {
            bool zero = layer != 700;
            Assert.Equal(zero, double.IsNegativeInfinity(log10[layer]));
            Assert.Equal(zero, chain.Gradient[chain.Layer(layer)].IndexOfAnyExcept(0f) < 0);
        }

        // yHat = 0, so e = -1, and the diagonal of the layer's gradient is -1.001^999 in each lane.
        Assert.Equal(Math.Pow(1.001f, 999), -chain.Gradient[700 * chain.LayerSize], 1e-5);
    }

    [Theory]
    [MemberData(nameof(Deep))]
    public void ZeroWeightsInTwoLayers_NoLayerHasAGradient(string name)
    {
        ChainUnderTest chain = ChainUnderTest.Fresh(name);
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            FillDiagonal(chain, layer, layer is 3 or 700 ? 0 : 1.001f);
        }

        float[] x = Enumerable.Repeat(1f, chain.Width).ToArray();

        Assert.All(chain.GradientMagnitudes(x, 1), value => Assert.Equal(double.NegativeInfinity, value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TargetMet_NoLayerHasAGradient(string name)
    {
        // Powers of two, so that yHat is exact.
        ChainUnderTest chain = ChainUnderTest.Fresh(name);
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            FillDiagonal(chain, layer, layer % 2 == 0 ? 2 : 0.5f);
        }

        float[] x = Enumerable.Repeat(1f, chain.Width).ToArray();
        float y = chain.Forward(x);

        Assert.All(chain.GradientMagnitudes(x, y), value => Assert.Equal(double.NegativeInfinity, value));
        Assert.Equal(0, chain.Backward(x, y, default));
        Assert.Equal(-1, chain.Gradient.IndexOfAnyExcept(0f));
    }

    [Theory]
    [InlineData(nameof(Diagonal50x2))]
    [InlineData(nameof(Dense12x2))]
    [InlineData(nameof(Diagonal1000x2))]
    [InlineData(nameof(Dense1000x2))]
    public void NotANumber_ReachesEveryResult(string name)
    {
        ChainUnderTest chain = ChainUnderTest.Fresh(name);
        chain.Parameters.Fill(float.NaN);

        Assert.Equal(float.NaN, chain.Forward([1, 1]));
        Assert.Equal(float.NaN, chain.Backward([1, 1], 0, default));
        Assert.All(chain.GradientMagnitudes([1, 1], 0), value => Assert.Equal(double.NaN, value));
    }

    /// <summary>Sets a layer to weight times the identity; the last, 1 x N, to weight in every column (diagonal) or the first (dense).</summary>
    private static void FillDiagonal(ChainUnderTest chain, int layer, float weight)
    {
        Span<float> values = chain.Parameters[chain.Layer(layer)];
        for (int k = 0; k < values.Length; k += chain.Kind == ChainKind.Dense ? chain.Width + 1 : 1)
        {
            values[k] = weight;
        }
    }
}
