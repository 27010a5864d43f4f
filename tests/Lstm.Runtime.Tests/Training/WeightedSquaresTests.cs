using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public sealed class WeightedSquaresTestsOfFloats : WeightedSquaresTests<float>;

public sealed class WeightedSquaresTestsOfDoubles : WeightedSquaresTests<double>;

/// <summary><c>Loss.Squared</c> with row weights, and the error-to-signal ratio of what is nearly silent.</summary>
public abstract class WeightedSquaresTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void RowWeights_ScaleLossAndGradientOfTheirRows()
    {
        T[] yHat = Ns(2, 0, 1, 5), y = Ns(1, 2, 1, 2), dYHat = new T[4];
        Assert.Equal(N(0.5 * ((3 * (1 + 4)) + (0.5 * 9))), Overloads<T>.Squared(yHat, y, Ns(3, 0.5), dYHat));
        Assert.Equal(Ns(3, -6, 0, 1.5), dYHat);
        Assert.Equal(N(0.5 * (1 + 8 + 36)), Overloads<T>.Squared(yHat, y, Ns(1, 2, 3, 4), dYHat));
        Assert.Equal(Ns(1, -4, 0, 12), dYHat);
        Assert.Equal(N(0.5 * 2 * 14), Overloads<T>.Squared(yHat, y, Ns(2), default));
        Assert.Equal(T.Zero, Overloads<T>.Squared([], [], [], []));
    }

    [Fact]
    public void WeightsOfOne_HaveTheBitsOfNoWeights() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 30], Gen.Int).Sample((width, rows, seed) =>
        {
            var random = new Random(seed);
            T[] yHat = Draw(), y = Draw(), dYHat = new T[rows * width], plain = new T[rows * width];
            Assert.Equal(Overloads<T>.Squared(yHat, y, plain), Overloads<T>.Squared(yHat, y, Numbers.Repeated<T>(1, rows), dYHat));
            Numbers.AssertSameBits<T>(plain, dYHat, "dYHat");

            T[] Draw() => [.. Enumerable.Range(0, rows * width).Select(_ => N(random.NextDouble()))];
        });

    [Fact]
    public void RowOfWeightZero_IsNotLookedAt()
    {
        T[] yHat = [N(1), T.NaN, T.PositiveInfinity, N(4)], y = [N(2), N(0), T.NaN, N(2)], dYHat = Numbers.Repeated<T>(9, 4);
        Assert.Equal(N(2.5), Overloads<T>.Squared(yHat, y, Ns(1, 0, 0, 1), dYHat));
        Assert.Equal(Ns(-1, 0, 0, 2), dYHat);
        Assert.True(T.IsNaN(Overloads<T>.Squared(yHat, y, Ns(1, 1, 0, 1), dYHat)));
    }

    [Fact]
    public void InPlace_HasTheSameBits()
    {
        T[] yHat = Ns(1, 2, 3, 4), y = Ns(0, 5, 0.5, 1), expected = new T[4];
        T loss = Overloads<T>.Squared(yHat, y, Ns(0.3, 0.7), expected);
        Assert.Equal(loss, Overloads<T>.Squared(yHat, y, Ns(0.3, 0.7), y));
        Assert.Equal(expected, y);
    }

    [Fact]
    public void WrongWeights_AreNamedBeforeAnythingIsWritten()
    {
        T[] yHat = Ns(1, 2, 3, 4), y = Ns(0, 0, 0, 0), dYHat = Ns(5, 6, 7, 8);
        string message = Assert.Throws<ArgumentException>("weights", () => Overloads<T>.Squared(yHat, y, Ns(1, 1, 1), dYHat)).Message;
        Assert.StartsWith(
            "'weights' must have a length that divides 4, the length of 'yHat', but its length is 3. It has a weight for each row of 'yHat'.",
            message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("weights", () => Overloads<T>.Squared(yHat, y, default, dYHat));
        Assert.Throws<ArgumentException>("weights", () => Overloads<T>.Squared(yHat, y, new T[8], dYHat));
        Assert.Throws<ArgumentException>("dYHat", () => Overloads<T>.Squared(yHat, y, dYHat.AsSpan(0, 2), dYHat));
        Refused.Length("y", 4, 3, () => Overloads<T>.Squared(yHat, y.AsSpan(1), Ns(1), dYHat));
        Refused.Length("dYHat", 4, 3, () => Overloads<T>.Squared(yHat, y, Ns(1), dYHat.AsSpan(1)));
        Assert.Equal(Ns(5, 6, 7, 8), dYHat);
    }

    /// <summary>An energy of 1e-50, whose square root a float holds; of doubles 1e-320.</summary>
    [Fact]
    public void ErrorToSignal_OfWhatIsNearlySilentHasNoInfiniteGradient()
    {
        double quiet = Numbers.Choose<T, double>(1e-25, 1e-160);
        T[] dYHat = Ns(7, 7);
        Assert.Equal(T.PositiveInfinity, Overloads<T>.ErrorToSignal(Ns(0.5, 0), Ns(quiet, 0), dYHat));
        Assert.Equal(Ns(0, 0), dYHat);
        Assert.Equal(T.PositiveInfinity, Overloads<T>.ErrorToSignal(Ns(0.5, 0), Ns(quiet, 0)));

        // An error as small as the signal: both ratio and gradient are numbers.
        Assert.Equal(1, double.CreateTruncating(Overloads<T>.ErrorToSignal(Ns(2 * quiet, 0), Ns(quiet, 0), dYHat)), 1e-3);
        Assert.Equal(2, double.CreateTruncating(dYHat[0]) * quiet, 1e-3);
    }

    /// <summary>Of numbers whose squares a double cannot hold the ratio is that of the same numbers near 1, and so is the gradient.</summary>
    [Theory]
    [InlineData(1e-170, 1e-30)]
    [InlineData(5e-300, 1e-37)]
    [InlineData(1e160, 1e30)]
    [InlineData(1.5e308, 3e38)]
    public void ErrorToSignal_OfNumbersFarFromOneIsThatOfNumbersNearOne(double ofDoubles, double ofFloats)
    {
        double one = Numbers.Choose<T, double>(ofFloats, ofDoubles);
        T[] yHat = Ns(one, -one, one / 4), y = Ns(one / 2, one, -one / 8), dYHat = Ns(7, 7, 7);
        double ratio = double.CreateTruncating(Overloads<T>.ErrorToSignal(yHat, y, dYHat));
        const double Signal = 0.25 + 1 + (1.0 / 64);
        Assert.Equal((0.25 + 4 + (9.0 / 64)) / Signal, ratio, 1e-6);
        double[] gradient = dYHat.Select(d => double.CreateTruncating(d) * one * Signal).ToArray();
        Assert.Equal(1, gradient[0], 1e-5);
        Assert.Equal(-4, gradient[1], 1e-5);
        Assert.Equal(0.75, gradient[2], 1e-5);
    }

    private static T N(double value) => T.CreateTruncating(value);

    private static T[] Ns(params double[] values) => Numbers.Of<T>(values);
}
