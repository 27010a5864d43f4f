using System;
using System.Linq;
using CsCheck;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public class LossTests
{
    // Losses sum in double and round once to float, so 6e-8; twice that leaves room for the oracle's own order.
    private const double LossTolerance = 1.2e-7;

    // Gradients are one float operation or one rounding from double.
    private const double GradientTolerance = 1.2e-7;

    private static readonly Gen<float[]> Pair = Gen.Float[-3, 3].Array[2, 90].Where(values => values.Length % 2 == 0);

    [Fact]
    public void Squared_IsHalfTheSumOfSquaresByHand()
    {
        var dYHat = new float[3];
        Assert.Equal(0.5f * (1 + 4 + 0.25f), Loss.Squared([2, 0, 1.5f], [1, 2, 1], dYHat));
        Assert.Equal([1, -2, 0.5f], dYHat);
    }

    [Fact]
    public void ErrorToSignal_IsErrorEnergyOverSignalEnergyByHand()
    {
        var dYHat = new float[2];
        Assert.Equal(1.25f / 5, Loss.ErrorToSignal([2, 1.5f], [1, 2], dYHat));
        Assert.Equal([2 * 1f / 5, 2 * -0.5f / 5], dYHat);
        Assert.Equal(1, Loss.ErrorToSignal([0, 0], [1, 2]));
    }

    [Fact]
    public void Squared_GradientIsTheDifferenceOfTheLoss() =>
        Pair.Sample(values => CheckDifferences(values, (yHat, y, dYHat) => Loss.Squared(yHat, y, dYHat), SquaredInDouble));

    [Fact]
    public void ErrorToSignal_GradientIsTheDifferenceOfTheLoss() =>
        Pair.Where(values => values.Skip(values.Length / 2).Any(y => Math.Abs(y) > 0.5f))
            .Sample(values => CheckDifferences(values, (yHat, y, dYHat) => Loss.ErrorToSignal(yHat, y, dYHat), ErrorToSignalInDouble));

    [Fact]
    public void ErrorToSignal_OfSilenceIsInfiniteWithZeroGradient()
    {
        float[] dYHat = [7, 7];
        Assert.Equal(float.PositiveInfinity, Loss.ErrorToSignal([0, 0.5f], [0, 0], dYHat));
        Assert.Equal([0, 0], dYHat);
        Assert.Equal(0, Loss.ErrorToSignal([0, 0], [0, 0]));
        Assert.Equal(float.NaN, Loss.ErrorToSignal([0, float.NaN], [0, 0]));
        Assert.Equal(0, Loss.ErrorToSignal([], []));
    }

    [Fact]
    public void NaN_ShowsInEveryLoss()
    {
        Assert.True(float.IsNaN(Loss.Squared([1, float.NaN], [1, 2])));
        Assert.True(float.IsNaN(Loss.ErrorToSignal([1, float.NaN], [1, 2])));
        Assert.True(float.IsNaN(Loss.SoftmaxCrossEntropy([1, float.NaN], 2, [0])));
        Assert.True(float.IsNaN(Loss.SoftmaxCrossEntropy([1, float.NaN], 2, [0.5f, 0.5f])));
    }

    [Fact]
    public void SoftmaxCrossEntropy_OfEqualLogitsIsTheLogarithmOfTheClasses()
    {
        var dLogits = new float[8];
        float loss = Loss.SoftmaxCrossEntropy([3, 3, 3, 3, -5, -5, -5, -5], 4, [0, 2], dLogits);
        Assert.Equal(2 * Math.Log(4), loss, 1e-6);
        Assert.Equal([-0.75f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, -0.75f, 0.25f], dLogits);
    }

    [Fact]
    public void SoftmaxCrossEntropy_GradientIsTheDifferenceOfTheLoss() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 6], Gen.Int).Sample((classes, rows, seed) =>
        {
            var random = new Random(seed);
            float[] z = Random(random, rows * classes, 8), q = Random(random, rows * classes, 1);
            int[] targets = [.. Enumerable.Range(0, rows).Select(_ => random.Next(classes))];
            float[] oneHot = new float[z.Length];
            for (int row = 0; row < rows; row++)
            {
                oneHot[(row * classes) + targets[row]] = 1;
            }

            for (int i = 0; i < q.Length; i++)
            {
                q[i] = Math.Abs(q[i]); // not normalised: the formula holds for any weights
            }

            var dZ = new float[z.Length];
            Near(CrossEntropyInDouble(z, q, classes), Loss.SoftmaxCrossEntropy(z, classes, q, dZ));
            CheckGradient(z, dZ, logits => CrossEntropyInDouble(logits, q, classes));

            Near(CrossEntropyInDouble(z, oneHot, classes), Loss.SoftmaxCrossEntropy(z, classes, targets, dZ));
            CheckGradient(z, dZ, logits => CrossEntropyInDouble(logits, oneHot, classes));
        });

    [Fact]
    public void SoftmaxCrossEntropy_IsStableForHugeLogits()
    {
        var dLogits = new float[3];
        Assert.Equal(2e30f, Loss.SoftmaxCrossEntropy([1e30f, -1e30f, 0], 3, [1], dLogits));
        Assert.Equal([1, -1, 0], dLogits);
        Assert.Equal(0, Loss.SoftmaxCrossEntropy([1000, -1000], 2, [0]));
        Assert.Equal(Math.Log(2), Loss.SoftmaxCrossEntropy([-1e8f, -1e8f], 2, [1f, 0f]), 1e-6);
    }

    [Fact]
    public void SoftmaxCrossEntropy_TakesMaskedClasses()
    {
        var dLogits = new float[3];
        Assert.Equal(Math.Log(2), Loss.SoftmaxCrossEntropy([1, float.NegativeInfinity, 1], 3, [1f, 0f, 0f], dLogits), 1e-6);
        Assert.Equal([-0.5f, 0, 0.5f], dLogits);
        Assert.Equal(float.PositiveInfinity, Loss.SoftmaxCrossEntropy([1, float.NegativeInfinity, 1], 3, [1]));
    }

    [Fact]
    public void NoSteps_IsNoLoss()
    {
        Assert.Equal(0, Loss.Squared([], []));
        Assert.Equal(0, Loss.SoftmaxCrossEntropy([], 3, ReadOnlySpan<int>.Empty));
        Assert.Equal(0, Loss.SoftmaxCrossEntropy([], 3, ReadOnlySpan<float>.Empty));
    }

    [Fact]
    public void WrongLengths_AreNamedBeforeAnythingIsWritten()
    {
        float[] two = [5, 5], three = [5, 5, 5], six = [1, 1, 1, 1, 1, 1], written = [5, 5, 5, 5, 5, 5];
        Throws("y", 3, 2, () => Loss.Squared(three, two, written.AsSpan(0, 3)));
        Throws("dYHat", 3, 2, () => Loss.Squared(three, three, written.AsSpan(0, 2)));
        Throws("y", 3, 2, () => Loss.ErrorToSignal(three, two, written.AsSpan(0, 3)));
        Throws("dYHat", 3, 6, () => Loss.ErrorToSignal(three, three, written));
        Throws("targets", 2, 3, () => Loss.SoftmaxCrossEntropy(six, 3, [0, 1, 2], written));
        Throws("targets", 6, 3, () => Loss.SoftmaxCrossEntropy(six, 3, three, written));
        Throws("dLogits", 6, 3, () => Loss.SoftmaxCrossEntropy(six, 3, [0, 1], written.AsSpan(0, 3)));
        Throws("dLogits", 6, 3, () => Loss.SoftmaxCrossEntropy(six, 3, six, written.AsSpan(0, 3)));
        Throws("logits", 4, 6, () => Loss.SoftmaxCrossEntropy(six, 4, [0], written));
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => Loss.SoftmaxCrossEntropy(six, 0, six, written));
        Assert.Throws<ArgumentOutOfRangeException>("targets", () => Loss.SoftmaxCrossEntropy(six, 3, [0, 3], written));
        Assert.Throws<ArgumentOutOfRangeException>("targets", () => Loss.SoftmaxCrossEntropy(six, 3, [0, -1], written));
        Assert.Equal([5, 5, 5, 5, 5, 5], written);
    }

    /// <summary>Every value is read before it is written: the gradient may take the place of output or target.</summary>
    [Fact]
    public void GradientInPlace_HasTheBitsOfASpanOfItsOwn() =>
        Pair.Sample(values =>
        {
            int half = values.Length / 2;
            float[] yHat = values[..half], y = values[half..];
            Same((output, target, gradient) => Loss.Squared(output, target, gradient));
            Same((output, target, gradient) => Loss.ErrorToSignal(output, target, gradient));
            Same((output, target, gradient) => Loss.SoftmaxCrossEntropy(output, Math.Max(1, half), target, gradient));

            void Same(LossFunction loss)
            {
                float[] expected = new float[half], output = [.. yHat], target = [.. y];
                float value = loss(yHat, y, expected);
                Assert.Equal(value, loss(output, y, output));
                Assert.Equal(expected, output);
                Assert.Equal(value, loss(yHat, target, target));
                Assert.Equal(expected, target);
            }
        });

    [Fact]
    public void GradientThatOverlapsAnotherSpanInPart_IsRefusedBeforeAnythingIsWritten()
    {
        float[] memory = [1, 2, 3, 4], before = [1, 2, 3, 4], own = [5, 6, 7];
        Assert.Throws<ArgumentException>("dYHat", () => Loss.Squared(memory.AsSpan(0, 3), own, memory.AsSpan(1)));
        Assert.Throws<ArgumentException>("dYHat", () => Loss.ErrorToSignal(own, memory.AsSpan(1), memory.AsSpan(0, 3)));
        Assert.Throws<ArgumentException>("dLogits", () => Loss.SoftmaxCrossEntropy(memory.AsSpan(0, 3), 3, [1], memory.AsSpan(1)));
        Assert.Throws<ArgumentException>("dLogits", () => Loss.SoftmaxCrossEntropy(own, 3, memory.AsSpan(0, 3), memory.AsSpan(1)));
        Assert.Equal(before, memory);
    }

    /// <summary>A caller's own y is often the output: the message says which argument is meant, and what it is.</summary>
    [Fact]
    public void TargetOfAnotherLength_IsSaidToBeTheTarget()
    {
        string message = Assert.Throws<ArgumentException>("y", () => Loss.Squared([1, 2, 3], [1, 2])).Message;
        Assert.StartsWith(
            "'y' must have length 3, but its length is 2. It must be as long as 'yHat': 'y' is the target, 'yHat' what the network put out.",
            message,
            StringComparison.Ordinal);
        message = Assert.Throws<ArgumentOutOfRangeException>("targets", () => Loss.SoftmaxCrossEntropy([1, 2, 3, 4], 2, [1, 5])).Message;
        Assert.StartsWith(
            "Each of 'targets' must be at least 0 and less than 2, the number of 'classes', but targets[1] is 5.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void GradientSpan_DoesNotChangeTheLoss() =>
        Pair.Sample(values =>
        {
            int half = values.Length / 2;
            float[] yHat = values[..half], y = values[half..], dYHat = new float[half];
            Assert.Equal(Loss.Squared(yHat, y), Loss.Squared(yHat, y, dYHat));
            Assert.Equal(Loss.ErrorToSignal(yHat, y), Loss.ErrorToSignal(yHat, y, dYHat));
            Assert.Equal(Loss.SoftmaxCrossEntropy(yHat, half, y), Loss.SoftmaxCrossEntropy(yHat, half, y, dYHat));
        });

    private delegate float LossFunction(ReadOnlySpan<float> yHat, ReadOnlySpan<float> y, Span<float> dYHat);

    private static void CheckDifferences(float[] values, LossFunction loss, Func<double[], double[], double> inDouble)
    {
        int half = values.Length / 2;
        float[] yHat = values[..half], y = values[half..], dYHat = new float[half];
        Near(inDouble(Wide(yHat), Wide(y)), loss(yHat, y, dYHat));
        CheckGradient(yHat, dYHat, changed => inDouble(changed, Wide(y)));
    }

    // Central differences in double with h = 1e-4 are off by h^2 f'''/6 < 1e-8 and eps L / h < 1e-10 for losses of order 100.
    private static void CheckGradient(float[] at, float[] gradient, Func<double[], double> loss)
    {
        const double Step = 1e-4;
        double[] wide = Wide(at);
        double largest = gradient.Select(g => (double)Math.Abs(g)).DefaultIfEmpty(0).Max();
        for (int i = 0; i < at.Length; i++)
        {
            double before = wide[i];
            wide[i] = before + Step;
            double above = loss(wide);
            wide[i] = before - Step;
            double below = loss(wide);
            wide[i] = before;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 2e-8 + (GradientTolerance * Math.Max(1, largest)));
        }
    }

    private static double CrossEntropyInDouble(float[] z, float[] q, int classes) => CrossEntropyInDouble(Wide(z), q, classes);

    private static double CrossEntropyInDouble(double[] z, float[] q, int classes)
    {
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

    private static void Near(double expected, float actual) =>
        Assert.Equal(expected, actual, 1e-9 + (LossTolerance * Math.Abs(expected)));

    private static void Throws(string parameter, int expected, int actual, Action act)
    {
        string message = Assert.Throws<ArgumentException>(parameter, act).Message;
        Assert.Contains(FormattableString.Invariant($" {expected},"), message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($" {actual}."), message, StringComparison.Ordinal);
    }

    private static float[] Random(Random random, int length, float range) =>
        [.. Enumerable.Range(0, length).Select(_ => ((2 * random.NextSingle()) - 1) * range)];

    private static double[] Wide(float[] values) => Array.ConvertAll(values, value => (double)value);
}
