using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Numerics.Tensors;
using CsCheck;
using Lstm.Reference;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

public sealed class ChainPropertyTestsOfFloats : ChainPropertyTests<float>;

public sealed class ChainPropertyTestsOfDoubles : ChainPropertyTests<double>;

/// <summary>Generated chains against the reference in double, over random weights, on every shape.</summary>
public abstract class ChainPropertyTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Products run in double. Floats: they are rounded once, which is 6e-8 of the value; 2e-7 leaves room for the order of the reference's
    /// sums. Doubles: a thousand roundings of 1e-16, and sums that cancel a digit or two.
    /// </summary>
    private static readonly double Tolerance = Numbers.Choose<T, double>(floats: 2e-7, doubles: 1e-10);

    /// <summary>A thousand products and sums of 1e-16 each leave 1e-13 of the value, 5e-14 in its log10; 1e-9 is generous.</summary>
    private const double LogTolerance = 1e-9;

    public static TheoryData<string> Names => ChainUnderTest<T>.Names;

    /// <summary>The shapes that are declared unrolled and looped.</summary>
    public static TheoryData<string> Twice => [.. All.Where(name => All.Contains("Looped+" + name))];

    private static IEnumerable<string> All => ChainUnderTest<T>.All.Select(chain => chain.Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void ForwardBackwardAndMagnitudes_AgreeWithTheReference(string name) =>
        Gen.Int.Sample(
            seed =>
            {
                ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(name);
                (T[] x, T y) = Randomize(chain, new Random(seed));
                ReferenceChain<double> reference = new(chain.Kind, chain.Layers, chain.Width);
                Numbers.Widened<T>(chain.Parameters).CopyTo(reference.Values);
                ChainGradient<double> expected = reference.Backward(Numbers.Widened<T>(x), double.CreateTruncating(y));

                T[] dX = new T[chain.Width];
                T loss = chain.Backward(x, y, dX);
                double[] log10 = chain.GradientMagnitudes(x, y);

                Close.Relative<T>([expected.YHat], [chain.Forward(x)], Tolerance, "yHat");
                Close.Relative<T>([expected.Loss], [loss], Tolerance, "loss");
                Close.Relative<T>(expected.DX, dX, Tolerance, "dX");
                for (int layer = 0; layer < chain.Layers; layer++)
                {
                    ReadOnlySpan<double> gradient = expected.Layer(layer + 1);
                    Close.Relative<T>(gradient, chain.Gradient[chain.Layer(layer)], Tolerance, $"gradient of layer {layer + 1}");
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
                ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(name);
                (T[] x, _) = Randomize(chain, new Random(seed));
                double[] before = chain.GradientMagnitudes(x, T.Zero);
                foreach (ref T weight in chain.Parameters)
                {
                    weight = T.ScaleB(weight, power);
                }

                double[] after = chain.GradientMagnitudes(x, T.Zero);
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
    [MemberData(nameof(Twice))]
    public void UnrolledAndLooped_GiveEqualBits(string name) =>
        Gen.Int.Sample(
            seed =>
            {
                ChainUnderTest<T> unrolled = ChainUnderTest<T>.Fresh(name), looped = ChainUnderTest<T>.Fresh("Looped+" + name);
                (T[] x, T y) = Randomize(unrolled, new Random(seed));
                unrolled.Parameters.CopyTo(looped.Parameters);
                T[] dX = new T[unrolled.Width], dXLooped = new T[unrolled.Width];

                Assert.Equal(unrolled.Forward(x), looped.Forward(x));
                Assert.Equal(unrolled.Backward(x, y, dX), looped.Backward(x, y, dXLooped));
                Assert.Equal(unrolled.Gradient.ToArray(), looped.Gradient.ToArray());
                Assert.Equal(dX, dXLooped);
                Assert.Equal(unrolled.GradientMagnitudes(x, y), looped.GradientMagnitudes(x, y));
            },
            threads: 1);

    /// <summary>Random weights whose product over all layers stays within a few decades of 1, whatever the depth.</summary>
    private static (T[] X, T Y) Randomize(ChainUnderTest<T> chain, Random random)
    {
        double spread = 1 / Math.Sqrt(chain.Layers);
        Span<T> weights = chain.Parameters;
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            Span<T> values = weights[chain.Layer(layer)];
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = T.CreateTruncating(chain.Kind == ChainKind.Dense && layer < chain.Layers - 1
                    ? (k / chain.Width == k % chain.Width ? 1 : 0) + (spread / chain.Width * Normal(random))
                    : Math.Exp(spread * Normal(random)) * (random.Next(2) == 0 ? 1 : -1));
            }
        }

        T[] x = new T[chain.Width];
        for (int j = 0; j < x.Length; j++)
        {
            x[j] = T.CreateTruncating(Normal(random));
        }

        return (x, T.CreateTruncating(Normal(random)));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The reference takes O(L^2).</summary>
    private static int Iterations(string name) => name.Contains("1000") ? 1 : name.Contains("00") ? 20 : 100;
}
