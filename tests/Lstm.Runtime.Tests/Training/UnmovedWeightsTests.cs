using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public sealed class UnmovedWeightsTestsOfFloats : UnmovedWeightsTests<float>;

public sealed class UnmovedWeightsTestsOfDoubles : UnmovedWeightsTests<double>;

public abstract class UnmovedWeightsTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>2^-digits is half the distance from 1 to the next larger number.</summary>
    private static readonly int Digits = Numbers.Choose<T, int>(floats: 24, doubles: 53);

    [Fact]
    public void UnmovedWeights_AreThoseThatDescendLeavesAlone() =>
        Gen.Select(Gen.Double[-2, 2].Array[0, 40], Gen.Int, Gen.Double[0, 1]).Sample((values, seed, rate) =>
        {
            var random = new Random(seed);
            T[] weights = Numbers.Of<T>(values);
            T[] gradient = [.. weights.Select(w => random.Next(5) == 0 ? T.Zero : T.ScaleB(w, -random.Next(2 * Digits)))];
            T learningRate = T.CreateTruncating(rate);
            var unmoved = new bool[weights.Length];
            int count = Overloads<T>.UnmovedWeights(weights, gradient, learningRate, unmoved);

            T[] stepped = [.. weights];
            Overloads<T>.Descend(stepped, gradient, learningRate);
            Assert.Equal(weights.Zip(stepped, (before, after) => before == after), unmoved);
            Assert.Equal(unmoved.Count(stays => stays), count);
            Assert.Equal(count, Overloads<T>.UnmovedWeights(weights, gradient, learningRate));
        });

    [Fact]
    public void UnmovedWeights_TellsHalfALastPlaceFromMore()
    {
        // Below 1 numbers are 2^-digits apart: a step down by half of that is a tie and goes to even, to 1.
        T[] weights = [T.One, T.One, T.One, T.Zero, T.NaN, T.One];
        T[] gradient = [T.ScaleB(T.One, -Digits - 1), T.ScaleB(T.One, -Digits), T.Zero, T.Zero, T.Zero, T.NaN];
        var unmoved = new bool[6];
        Assert.Equal(3, Overloads<T>.UnmovedWeights(weights, gradient, T.One, unmoved));
        Assert.Equal([true, false, true, true, false, false], unmoved);
    }

    [Fact]
    public void UnmovedWeights_RefusesWrongLengthsBeforeWriting()
    {
        bool[] unmoved = [true, true, true];
        Assert.Throws<ArgumentException>("gradient", () => Overloads<T>.UnmovedWeights(new T[3], new T[2], T.One, unmoved));
        Assert.Throws<ArgumentException>("unmoved", () => Overloads<T>.UnmovedWeights(new T[4], new T[4], T.One, unmoved));
        Assert.Equal([true, true, true], unmoved);
    }
}
