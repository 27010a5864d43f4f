using System;
using System.Numerics.Tensors;
using CsCheck;
using Lstm.Reference;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

/// <summary>Generated chains against the reference in double, over random weights, on every shape.</summary>
public class ChainPropertyTests
{
    /// <summary>
    /// Products run in double and are rounded to float once, which is 6e-8 of the value; 2e-7 leaves room for the
    /// order of the reference's sums.
    /// </summary>
    private const double Tolerance = 2e-7;

    /// <summary>A thousand products and sums of 1e-16 each leave 1e-13 of the value, 5e-14 in its log10; 1e-9 is generous.</summary>
    private const double LogTolerance = 1e-9;

    public static TheoryData<string> Names => ChainUnderTest.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void ForwardBackwardAndMagnitudes_AgreeWithTheReference(string name) =>
        Gen.Int.Sample(
            seed =>
            {
                ChainUnderTest chain = ChainUnderTest.Fresh(name);
                (float[] x, float y) = Randomize(chain, new Random(seed));
                ReferenceChain<double> reference = new(chain.Kind, chain.Layers, chain.Width);
                TensorPrimitives.ConvertTruncating<float, double>(chain.Parameters, reference.Values);
                ChainGradient<double> expected = reference.Backward(Array.ConvertAll(x, value => (double)value), y);

                float[] dX = new float[chain.Width];
                float loss = chain.Backward(x, y, dX);
                double[] log10 = chain.GradientMagnitudes(x, y);

                Close.Relative([expected.YHat], [chain.Forward(x)], Tolerance, "yHat");
                Close.Relative([expected.Loss], [loss], Tolerance, "loss");
                Close.Relative(expected.DX, dX, Tolerance, "dX");
                for (int layer = 0; layer < chain.Layers; layer++)
                {
                    ReadOnlySpan<double> gradient = expected.Layer(layer + 1);
                    Close.Relative(gradient, chain.Gradient[chain.Layer(layer)], Tolerance, $"gradient of layer {layer + 1}");
                    Assert.Equal(Math.Log10(TensorPrimitives.Norm(gradient)), log10[layer], LogTolerance);
                }
            },
            iter: Iterations(name),
            threads: 1);

    /// <summary>With y = 0, weights 2^8 times as large scale the gradient of each layer by 2^(8 (2L - 1)), which is far beyond double.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void GradientMagnitudes_FollowAPowerOfTwoBeyondDouble(string name) =>
        Gen.Select(Gen.Int, Gen.Bool).Sample(
            (seed, up) =>
            {
                int power = up ? 8 : -8;
                ChainUnderTest chain = ChainUnderTest.Fresh(name);
                (float[] x, _) = Randomize(chain, new Random(seed));
                double[] before = chain.GradientMagnitudes(x, 0);
                foreach (ref float weight in chain.Parameters)
                {
                    weight = MathF.ScaleB(weight, power);
                }

                double[] after = chain.GradientMagnitudes(x, 0);
                double shift = power * ((2 * chain.Layers) - 1) * Math.Log10(2);
                for (int layer = 0; layer < chain.Layers; layer++)
                {
                    Assert.Equal(before[layer] + shift, after[layer], LogTolerance);
                }
            },
            iter: Iterations(name),
            threads: 1);

    /// <summary>The unrolled and the looped form of a shape compute the same operations in the same order.</summary>
    [Theory]
    [InlineData(nameof(Diagonal2x2))]
    [InlineData(nameof(Diagonal3x2))]
    [InlineData(nameof(Diagonal7x5))]
    [InlineData(nameof(Diagonal10x2))]
    [InlineData(nameof(Diagonal50x2))]
    [InlineData(nameof(Dense3x2))]
    [InlineData(nameof(Dense6x4))]
    [InlineData(nameof(Dense12x2))]
    [InlineData(nameof(Dense1x16))]
    public void UnrolledAndLooped_GiveEqualBits(string name) =>
        Gen.Int.Sample(
            seed =>
            {
                ChainUnderTest unrolled = ChainUnderTest.Fresh(name), looped = ChainUnderTest.Fresh("Looped+" + name);
                (float[] x, float y) = Randomize(unrolled, new Random(seed));
                unrolled.Parameters.CopyTo(looped.Parameters);
                float[] dX = new float[unrolled.Width], dXLooped = new float[unrolled.Width];

                Assert.Equal(unrolled.Forward(x), looped.Forward(x));
                Assert.Equal(unrolled.Backward(x, y, dX), looped.Backward(x, y, dXLooped));
                Assert.Equal(unrolled.Gradient.ToArray(), looped.Gradient.ToArray());
                Assert.Equal(dX, dXLooped);
                Assert.Equal(unrolled.GradientMagnitudes(x, y), looped.GradientMagnitudes(x, y));
            },
            threads: 1);

    /// <summary>Random weights whose product over all layers stays within a few decades of 1, whatever the depth.</summary>
    private static (float[] X, float Y) Randomize(ChainUnderTest chain, Random random)
    {
        double spread = 1 / Math.Sqrt(chain.Layers);
        Span<float> weights = chain.Parameters;
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            Span<float> values = weights[chain.Layer(layer)];
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = chain.Kind == ChainKind.Dense && layer < chain.Layers - 1
                    ? (float)((k / chain.Width == k % chain.Width ? 1 : 0) + (spread / chain.Width * Normal(random)))
                    : (float)(Math.Exp(spread * Normal(random)) * (random.Next(2) == 0 ? 1 : -1));
            }
        }

        float[] x = new float[chain.Width];
        for (int j = 0; j < x.Length; j++)
        {
            x[j] = (float)Normal(random);
        }

        return (x, (float)Normal(random));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The reference takes O(L^2).</summary>
    private static int Iterations(string name) => name.Contains("1000") ? 1 : name.Contains("00") ? 20 : 100;
}
