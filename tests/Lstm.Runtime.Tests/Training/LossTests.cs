using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public sealed class LossTestsOfFloats : LossTests<float>;

public sealed class LossTestsOfDoubles : LossTests<double>;

public abstract class LossTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Losses sum in double and round once: to float by 6e-8, doubled for the oracle's own order; to double by a few of 1.1e-16.</summary>
    private static readonly double Tolerance = Numbers.Choose<T, double>(floats: 1.2e-7, doubles: 1e-14);

    /// <summary>Where a loss cancels to nearly 0, the oracle's own rounding is left: thirty logarithms of order 10 are off by 1e-15 each.</summary>
    private const double CancelledTolerance = 1e-12;

    private static readonly Gen<T[]> Pair =
        Gen.Double[-3, 3].Array[2, 90].Where(values => values.Length % 2 == 0).Select(values => Numbers.Of<T>(values));

    private delegate T LossFunction(ReadOnlySpan<T> yHat, ReadOnlySpan<T> y, Span<T> dYHat);

    [Fact]
    public void Squared_IsHalfTheSumOfSquaresByHand()
    {
        var dYHat = new T[3];
        Assert.Equal(N(0.5 * (1 + 4 + 0.25)), Overloads<T>.Squared(Ns(2, 0, 1.5), Ns(1, 2, 1), dYHat));
        Assert.Equal(Ns(1, -2, 0.5), dYHat);
    }

    [Fact]
    public void ErrorToSignal_IsErrorEnergyOverSignalEnergyByHand()
    {
        var dYHat = new T[2];
        Assert.Equal(N(1.25 / 5), Overloads<T>.ErrorToSignal(Ns(2, 1.5), Ns(1, 2), dYHat));
        Assert.Equal(Ns(2 * 1.0 / 5, 2 * -0.5 / 5), dYHat);
        Assert.Equal(T.One, Overloads<T>.ErrorToSignal(Ns(0, 0), Ns(1, 2)));
    }

    [Fact]
    public void Squared_GradientIsTheDifferenceOfTheLoss() =>
        Pair.Sample(values =>
        {
            CheckDifferences(values, Overloads<T>.Squared, SquaredInDouble);

            int half = values.Length / 2;
            T[] yHat = values[..half], y = values[half..], dYHat = new T[half];
            Overloads<T>.Squared(yHat, y, dYHat);
            Assert.Equal(yHat.Zip(y, (a, b) => a - b), dYHat);
        });

    [Fact]
    public void ErrorToSignal_GradientIsTheDifferenceOfTheLoss() =>
        Pair.Where(values => values.Skip(values.Length / 2).Any(y => T.Abs(y) > N(0.5)))
            .Sample(values => CheckDifferences(values, Overloads<T>.ErrorToSignal, ErrorToSignalInDouble));

    [Fact]
    public void ErrorToSignal_OfSilenceIsInfiniteWithZeroGradient()
    {
        T[] dYHat = Ns(7, 7);
        Assert.Equal(T.PositiveInfinity, Overloads<T>.ErrorToSignal(Ns(0, 0.5), Ns(0, 0), dYHat));
        Assert.Equal(Ns(0, 0), dYHat);
        Assert.Equal(T.Zero, Overloads<T>.ErrorToSignal(Ns(0, 0), Ns(0, 0)));
        Assert.Equal(T.NaN, Overloads<T>.ErrorToSignal([T.Zero, T.NaN], Ns(0, 0)));
        Assert.Equal(T.Zero, Overloads<T>.ErrorToSignal([], []));
    }

    [Fact]
    public void NaN_ShowsInEveryLoss()
    {
        T[] yHat = [T.One, T.NaN];
        Assert.True(T.IsNaN(Overloads<T>.Squared(yHat, Ns(1, 2))));
        Assert.True(T.IsNaN(Overloads<T>.ErrorToSignal(yHat, Ns(1, 2))));
        Assert.True(T.IsNaN(Overloads<T>.SoftmaxCrossEntropy(yHat, 2, [0])));
        Assert.True(T.IsNaN(Overloads<T>.SoftmaxCrossEntropy(yHat, 2, Ns(0.5, 0.5))));
    }

    [Fact]
    public void SoftmaxCrossEntropy_OfEqualLogitsIsTheLogarithmOfTheClasses()
    {
        var dLogits = new T[8];
        T loss = Overloads<T>.SoftmaxCrossEntropy(Ns(3, 3, 3, 3, -5, -5, -5, -5), 4, [0, 2], dLogits);
        Near(2 * Math.Log(4), loss);
        Assert.Equal(Ns(-0.75, 0.25, 0.25, 0.25, 0.25, 0.25, -0.75, 0.25), dLogits);
    }

    [Fact]
    public void SoftmaxCrossEntropy_GradientIsTheDifferenceOfTheLoss() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 6], Gen.Int).Sample((classes, rows, seed) =>
        {
            // Targets are not normalised: the formula holds for any weights.
            var random = new Random(seed);
            T[] z = Random(random, rows * classes, -8, 8), q = Random(random, rows * classes, 0, 1);
            int[] targets = [.. Enumerable.Range(0, rows).Select(_ => random.Next(classes))];
            T[] oneHot = new T[z.Length], dZ = new T[z.Length];
            for (int row = 0; row < rows; row++)
            {
                oneHot[(row * classes) + targets[row]] = T.One;
            }

            Near(CrossEntropyInDouble(Numbers.Widened<T>(z), q, classes), Overloads<T>.SoftmaxCrossEntropy(z, classes, q, dZ));
            CheckGradient(z, dZ, logits => CrossEntropyInDouble(logits, q, classes));

            Near(CrossEntropyInDouble(Numbers.Widened<T>(z), oneHot, classes), Overloads<T>.SoftmaxCrossEntropy(z, classes, targets, dZ));
            CheckGradient(z, dZ, logits => CrossEntropyInDouble(logits, oneHot, classes));
        });

    [Fact]
    public void SoftmaxCrossEntropy_IsStableForHugeLogits()
    {
        var dLogits = new T[3];
        Assert.Equal(N(2e30), Overloads<T>.SoftmaxCrossEntropy(Ns(1e30, -1e30, 0), 3, [1], dLogits));
        Assert.Equal(Ns(1, -1, 0), dLogits);
        Assert.Equal(T.Zero, Overloads<T>.SoftmaxCrossEntropy(Ns(1000, -1000), 2, [0]));

        // The logarithm of the sum is added to 1e8, where doubles are 1.5e-8 apart; a float rounds by 3e-8.
        Assert.Equal(Math.Log(2), double.CreateTruncating(Overloads<T>.SoftmaxCrossEntropy(Ns(-1e8, -1e8), 2, Ns(1, 0))), 5e-8);
    }

    [Fact]
    public void SoftmaxCrossEntropy_TakesMaskedClasses()
    {
        var dLogits = new T[3];
        T[] logits = [T.One, T.NegativeInfinity, T.One];
        Near(Math.Log(2), Overloads<T>.SoftmaxCrossEntropy(logits, 3, Ns(1, 0, 0), dLogits));
        Assert.Equal(Ns(-0.5, 0, 0.5), dLogits);
        Assert.Equal(T.PositiveInfinity, Overloads<T>.SoftmaxCrossEntropy(logits, 3, [1]));
    }

    [Fact]
    public void NoSteps_IsNoLoss()
    {
        Assert.Equal(T.Zero, Overloads<T>.Squared([], []));
        Assert.Equal(T.Zero, Overloads<T>.SoftmaxCrossEntropy([], 3, ReadOnlySpan<int>.Empty));
        Assert.Equal(T.Zero, Overloads<T>.SoftmaxCrossEntropy([], 3, ReadOnlySpan<T>.Empty));
    }

    [Fact]
    public void WrongLengths_AreNamedBeforeAnythingIsWritten()
    {
        T[] two = Ns(5, 5), three = Ns(5, 5, 5), six = Ns(1, 1, 1, 1, 1, 1), written = Ns(5, 5, 5, 5, 5, 5);
        Refused.Length("y", 3, 2, () => Overloads<T>.Squared(three, two, written.AsSpan(0, 3)));
        Refused.Length("dYHat", 3, 2, () => Overloads<T>.Squared(three, three, written.AsSpan(0, 2)));
        Refused.Length("y", 3, 2, () => Overloads<T>.ErrorToSignal(three, two, written.AsSpan(0, 3)));
        Refused.Length("dYHat", 3, 6, () => Overloads<T>.ErrorToSignal(three, three, written));
        Refused.Length("targets", 2, 3, () => Overloads<T>.SoftmaxCrossEntropy(six, 3, [0, 1, 2], written));
        Refused.Length("targets", 6, 3, () => Overloads<T>.SoftmaxCrossEntropy(six, 3, three, written));
        Refused.Length("dLogits", 6, 3, () => Overloads<T>.SoftmaxCrossEntropy(six, 3, [0, 1], written.AsSpan(0, 3)));
        Refused.Length("dLogits", 6, 3, () => Overloads<T>.SoftmaxCrossEntropy(six, 3, six, written.AsSpan(0, 3)));
        Refused.Length("logits", 4, 6, () => Overloads<T>.SoftmaxCrossEntropy(six, 4, [0], written));
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => Overloads<T>.SoftmaxCrossEntropy(six, 0, six, written));
        Assert.Throws<ArgumentOutOfRangeException>("targets", () => Overloads<T>.SoftmaxCrossEntropy(six, 3, [0, 3], written));
        Assert.Equal(Ns(5, 5, 5, 5, 5, 5), written);
    }

    /// <summary>Every value is read before it is written: the gradient may take the place of output or target.</summary>
    [Fact]
    public void GradientInPlace_HasTheBitsOfASpanOfItsOwn() =>
        Pair.Sample(values =>
        {
            int half = values.Length / 2;
            T[] yHat = values[..half], y = values[half..];
            Same(Overloads<T>.Squared);
            Same(Overloads<T>.ErrorToSignal);
            Same((output, target, gradient) => Overloads<T>.SoftmaxCrossEntropy(output, Math.Max(1, half), target, gradient));

            void Same(LossFunction loss)
            {
                T[] expected = new T[half], output = [.. yHat], target = [.. y];
                T value = loss(yHat, y, expected);
                Assert.Equal(value, loss(output, y, output));
                Assert.Equal(expected, output);
                Assert.Equal(value, loss(yHat, target, target));
                Assert.Equal(expected, target);
            }
        });

    [Fact]
    public void GradientThatOverlapsAnotherSpanInPart_IsRefusedBeforeAnythingIsWritten()
    {
        T[] memory = Ns(1, 2, 3, 4), own = Ns(5, 6, 7);
        Assert.Throws<ArgumentException>("dYHat", () => Overloads<T>.Squared(memory.AsSpan(0, 3), own, memory.AsSpan(1)));
        Assert.Throws<ArgumentException>("dYHat", () => Overloads<T>.ErrorToSignal(own, memory.AsSpan(1), memory.AsSpan(0, 3)));
        Assert.Throws<ArgumentException>("dLogits", () => Overloads<T>.SoftmaxCrossEntropy(memory.AsSpan(0, 3), 3, [1], memory.AsSpan(1)));
        Assert.Throws<ArgumentException>("dLogits", () => Overloads<T>.SoftmaxCrossEntropy(own, 3, memory.AsSpan(0, 3), memory.AsSpan(1)));
        Assert.Equal(Ns(1, 2, 3, 4), memory);
    }

    /// <summary>A caller's own y is often the output: the message says which argument is meant, and what it is.</summary>
    [Fact]
    public void TargetOfAnotherLength_IsSaidToBeTheTarget()
    {
        string message = Assert.Throws<ArgumentException>("y", () => Overloads<T>.Squared(Ns(1, 2, 3), Ns(1, 2))).Message;
        Assert.StartsWith(
            "'y' must have length 3, but its length is 2. It must be as long as 'yHat': 'y' is the target, 'yHat' what the network put out.",
            message,
            StringComparison.Ordinal);
        message = Assert.Throws<ArgumentOutOfRangeException>("targets", () => Overloads<T>.SoftmaxCrossEntropy(Ns(1, 2, 3, 4), 2, [1, 5])).Message;
        Assert.StartsWith(
            "Each of 'targets' must be less than 2, the number of 'classes', or negative for no target, but targets[1] is 5.",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void GradientSpan_DoesNotChangeTheLoss() =>
        Pair.Sample(values =>
        {
            int half = values.Length / 2;
            T[] yHat = values[..half], y = values[half..], dYHat = new T[half];
            Assert.Equal(Overloads<T>.Squared(yHat, y), Overloads<T>.Squared(yHat, y, dYHat));
            Assert.Equal(Overloads<T>.ErrorToSignal(yHat, y), Overloads<T>.ErrorToSignal(yHat, y, dYHat));
            Assert.Equal(Overloads<T>.SoftmaxCrossEntropy(yHat, half, y), Overloads<T>.SoftmaxCrossEntropy(yHat, half, y, dYHat));
        });

    private static void CheckDifferences(T[] values, LossFunction loss, Func<double[], double[], double> inDouble)
    {
        int half = values.Length / 2;
        T[] yHat = values[..half], y = values[half..], dYHat = new T[half];
        Near(inDouble(Numbers.Widened<T>(yHat), Numbers.Widened<T>(y)), loss(yHat, y, dYHat));
        CheckGradient(yHat, dYHat, changed => inDouble(changed, Numbers.Widened<T>(y)));
    }

    // Central differences in double with h = 1e-4 are off by h^2 f'''/6 < 1e-8 and eps L / h < 1e-10 for losses of order 100;
    // gradients are one operation of T or one rounding from double.
    private static void CheckGradient(T[] at, T[] gradient, Func<double[], double> loss)
    {
        const double Step = 1e-4;
        double[] wide = Numbers.Widened<T>(at), slopes = Numbers.Widened<T>(gradient);
        double largest = slopes.Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < at.Length; i++)
        {
            double before = wide[i];
            wide[i] = before + Step;
            double above = loss(wide);
            wide[i] = before - Step;
            double below = loss(wide);
            wide[i] = before;
            Assert.Equal((above - below) / (2 * Step), slopes[i], 2e-8 + (Tolerance * Math.Max(1, largest)));
        }
    }

    private static double CrossEntropyInDouble(double[] z, T[] targets, int classes)
    {
        double[] q = Numbers.Widened<T>(targets);
        double loss = 0;
        for (int start = 0; start < z.Length; start += classes)
        {
            double sum = z.Skip(start).Take(classes).Sum(Math.Exp);
            for (int k = start; k < start + classes; k++)
            {
                loss -= q[k] * Math.Log(Math.Exp(z[k]) / sum);
            }
        }

        return loss;
    }

    private static double SquaredInDouble(double[] yHat, double[] y) => 0.5 * yHat.Zip(y, (a, b) => (a - b) * (a - b)).Sum();

    private static double ErrorToSignalInDouble(double[] yHat, double[] y) => 2 * SquaredInDouble(yHat, y) / y.Sum(b => b * b);

    private static void Near(double expected, T actual) =>
        Assert.Equal(expected, double.CreateTruncating(actual), CancelledTolerance + (Tolerance * Math.Abs(expected)));

    private static T[] Random(Random random, int length, double low, double high) =>
        [.. Enumerable.Range(0, length).Select(_ => N(low + ((high - low) * random.NextDouble())))];

    private static T N(double value) => T.CreateTruncating(value);

    private static T[] Ns(params double[] values) => Numbers.Of<T>(values);
}
