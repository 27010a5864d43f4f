using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public sealed class CrossEntropyTestsOfFloats : CrossEntropyTests<float>;

public sealed class CrossEntropyTestsOfDoubles : CrossEntropyTests<double>;

/// <summary>Cross-entropy where a probability is nearly 1 or 0, without targets, and with weights.</summary>
public abstract class CrossEntropyTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>One rounding of T; the rest is a few of 1.1e-16.</summary>
    private static readonly double Tolerance = Numbers.Choose<T, double>(floats: 1.2e-7, doubles: 1e-15);

    /// <summary>exp(-d) / (1 + exp(-d)) and log(1 + exp(-d)), computed to 60 digits: softmax of two logits at a distance of d.</summary>
    [Theory]
    [InlineData(21, 7.582560422162384e-10, 7.582560425037146e-10)]
    [InlineData(40, 4.2483542552915890e-18, 4.2483542552915890e-18)]
    [InlineData(80, 1.8048513878454153e-35, 1.8048513878454153e-35)]
    [InlineData(1, 0.26894142136999512, 0.31326168751822283)]
    [InlineData(0, 0.5, 0.69314718055994531)]
    public void NearProbabilityOne_LossAndGradientKeepTheirDigits(double distance, double complement, double loss)
    {
        foreach (T[] logits in new[] { Ns(distance / 2, -distance / 2), Ns(-distance / 2, distance / 2) })
        {
            int target = logits[0] >= logits[1] ? 0 : 1;
            T[] dLogits = new T[2], oneHot = new T[2];
            oneHot[target] = T.One;
            Near(loss, Overloads<T>.SoftmaxCrossEntropy(logits, 2, [target], dLogits));
            Near(-complement, dLogits[target]);
            Near(complement, dLogits[1 - target]);

            Near(loss, Overloads<T>.SoftmaxCrossEntropy(logits, 2, oneHot, dLogits));
            Near(-complement, dLogits[target]);
            Near(complement, dLogits[1 - target]);

            Near(loss + distance, Overloads<T>.SoftmaxCrossEntropy(logits, 2, [1 - target], dLogits));
            Near(1 - complement, dLogits[target]);
            Near(complement - 1, dLogits[1 - target]);
        }
    }

    /// <summary>Up to thirty classes, and logits up to 42: exp(-84) is a normal float.</summary>
    [Fact]
    public void Loss_IsThatOfExactLogarithms() =>
        Gen.Select(Gen.Double[-14, 14].Array[2, 30], Gen.Double[0.001, 3]).Sample((values, scale) =>
        {
            T[] logits = Ns([.. values.Select(value => value * scale)]);
            double[] z = Numbers.Widened<T>(logits);
            for (int target = 0; target < z.Length; target++)
            {
                // log(1 + s) = s log(u) / (u - 1) with the rounded sum u: what rounding does to one logarithm it does to the other.
                double s = z.Where((_, k) => k != target).Sum(other => Math.Exp(other - z[target]));
                double expected = 1 + s == 1 ? s : s * Math.Log(1 + s) / (1 + s - 1);
                T[] dLogits = new T[z.Length];
                T actual = Overloads<T>.SoftmaxCrossEntropy(logits, z.Length, [target], dLogits);
                Assert.Equal(1, double.CreateTruncating(actual) / expected, Tolerance + 2e-14);
                Assert.Equal(1, double.CreateTruncating(-dLogits[target]) / (s / (1 + s)), Tolerance + 2e-14);
            }
        }, iter: 200);

    [Fact]
    public void InfiniteLogits_AreLimits()
    {
        T inf = T.PositiveInfinity;
        Is(0, [0, 0, 0], [inf, T.One, -inf], 0);
        Is(double.PositiveInfinity, [1, -1, 0], [inf, T.One, -inf], 1);
        Is(double.PositiveInfinity, [1, 0, -1], [inf, T.One, -inf], 2);
        Is(Math.Log(2), [-0.5, 0.5, 0], [inf, inf, T.One], 0);
        Is(Math.Log(2), [-0.5, 0, 0.5], [T.One, -inf, T.One], 0);
        Is(double.NaN, [double.NaN, double.NaN, double.NaN], [-inf, -inf, -inf], 0);
        Is(double.NaN, [double.NaN, double.NaN, double.NaN], [inf, T.NaN, T.One], 0);

        static void Is(double loss, double[] gradient, T[] logits, int target)
        {
            T[] dLogits = new T[3], oneHot = new T[3];
            oneHot[target] = T.One;
            Assert.Equal(N(loss), Overloads<T>.SoftmaxCrossEntropy(logits, 3, [target], dLogits));
            Assert.Equal(gradient, Numbers.Widened<T>(dLogits));
            Assert.Equal(N(loss), Overloads<T>.SoftmaxCrossEntropy(logits, 3, oneHot, dLogits));
            Assert.Equal(gradient, Numbers.Widened<T>(dLogits));
        }
    }

    /// <summary>Whatever the logits of the row: nothing of it is looked at.</summary>
    [Fact]
    public void RowWithoutTarget_HasNoLossAndNoGradient()
    {
        foreach (T[] masked in new[] { Ns(1, 2), [T.NegativeInfinity, T.NegativeInfinity], [T.NaN, T.PositiveInfinity] })
        {
            T[] logits = [N(3), N(1), .. masked, N(0), N(4)], dLogits = Numbers.Repeated<T>(9, 6), expected = new T[4];
            T loss = Overloads<T>.SoftmaxCrossEntropy(Ns(3, 1, 0, 4), 2, [1, 0], expected);
            foreach (int none in new[] { -1, int.MinValue })
            {
                Assert.Equal(loss, Overloads<T>.SoftmaxCrossEntropy(logits, 2, [1, none, 0], dLogits));
                Numbers.AssertSameBits<T>([.. expected[..2], .. new T[2], .. expected[2..]], dLogits, "dLogits");
            }

            dLogits.AsSpan().Fill(N(9));
            Assert.Equal(loss, Overloads<T>.SoftmaxCrossEntropy(logits, 2, [1, 1, 0], Ns(1, 0, 1), dLogits));
            Numbers.AssertSameBits<T>([.. expected[..2], .. new T[2], .. expected[2..]], dLogits, "dLogits");

            loss = Overloads<T>.SoftmaxCrossEntropy(Ns(3, 1, 0, 4), 2, Ns(0, 1, 1, 0), expected);
            Assert.Equal(loss, Overloads<T>.SoftmaxCrossEntropy(logits, 2, Ns(0, 1, 0, 0, 1, 0), dLogits));
            Numbers.AssertSameBits<T>([.. expected[..2], .. new T[2], .. expected[2..]], dLogits, "dLogits");
        }

        Assert.Equal(2, Loss.Count([0, -1, 5, -7]));
        Assert.Equal(0, Loss.Count([]));
    }

    [Fact]
    public void RowWeights_ScaleLossAndGradientOfTheirRows()
    {
        T[] logits = Ns(3, 1, 0, 0, 4, -2), dLogits = new T[6], plain = new T[6];
        T[] losses = [.. Enumerable.Range(0, 3).Select(row => Overloads<T>.SoftmaxCrossEntropy(logits.AsSpan(row * 2, 2), 2, [1]))];
        T all = Overloads<T>.SoftmaxCrossEntropy(logits, 2, [1, 1, 1], plain);

        Assert.Equal(all, Overloads<T>.SoftmaxCrossEntropy(logits, 2, [1, 1, 1], Ns(1, 1, 1), dLogits));
        Numbers.AssertSameBits<T>(plain, dLogits, "weights of 1");

        T loss = Overloads<T>.SoftmaxCrossEntropy(logits, 2, [1, 1, 1], Ns(0.5, 4, -1), dLogits);
        Near((0.5 * double.CreateTruncating(losses[0])) + (4 * double.CreateTruncating(losses[1])) - double.CreateTruncating(losses[2]), loss);
        Assert.Equal([N(0.5) * plain[0], N(0.5) * plain[1], N(4) * plain[2], N(4) * plain[3], -plain[4], -plain[5]], dLogits);
        Assert.Equal(loss, Overloads<T>.SoftmaxCrossEntropy(logits, 2, [1, 1, 1], Ns(0.5, 4, -1), default));
    }

    [Fact]
    public void WrongWeights_AreNamedBeforeAnythingIsWritten()
    {
        T[] logits = Ns(1, 2, 3, 4), dLogits = Ns(5, 6, 7, 8);
        Refused.Length("weights", 2, 4, () => Overloads<T>.SoftmaxCrossEntropy(logits, 2, [0, 1], Ns(1, 1, 1, 1), dLogits));
        Refused.Length("weights", 2, 0, () => Overloads<T>.SoftmaxCrossEntropy(logits, 2, [0, 1], default, dLogits));
        Assert.Throws<ArgumentException>("dLogits", () => Overloads<T>.SoftmaxCrossEntropy(logits, 2, [0, 1], dLogits.AsSpan(1, 2), dLogits));
        Assert.Equal(Ns(5, 6, 7, 8), dLogits);
        Assert.Equal(T.Zero, Overloads<T>.SoftmaxCrossEntropy([], 2, [], [], []));
    }

    private static void Near(double expected, T actual) => Assert.Equal(1, double.CreateTruncating(actual) / expected, Tolerance);

    private static T N(double value) => T.CreateTruncating(value);

    private static T[] Ns(params double[] values) => Numbers.Of<T>(values);
}
