using System;
using System.Linq;
using System.Numerics;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public sealed class SamplerTestsOfFloats : SamplerTests<float>;

public sealed class SamplerTestsOfDoubles : SamplerTests<double>;

/// <summary>Softmax, arg max and sampling.</summary>
public abstract class SamplerTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Infinity = T.PositiveInfinity;

    [Fact]
    public void Softmax_IsItsFormula()
    {
        // The exponential is within 2 ulp of a double, the quotient adds a few; a float rounds by 6e-8 once.
        double tolerance = Numbers.Choose<T, double>(floats: 7e-8, doubles: 1.5e-15);
        var random = new Random(1);
        for (int attempt = 0; attempt < 500; attempt++)
        {
            double scale = Math.Pow(10, random.Next(-3, 3)), temperature = double.CreateTruncating(N(0.1 + (3 * random.NextDouble())));
            T[] logits = [.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => N(scale * (random.NextDouble() - 0.5)))], p = new T[logits.Length];
            double[] z = Numbers.Widened<T>(logits), exponentials = [.. z.Select(value => Math.Exp((value - z.Max()) / temperature))];

            Overloads<T>.Softmax(logits, p, N(temperature));

            double sum = exponentials.Sum();
            double least = 10 * double.CreateTruncating(T.Epsilon);
            Assert.Equal(
                exponentials.Select(value => value / sum), Numbers.Widened<T>(p), (a, b) => Math.Abs(a - b) <= least + ((tolerance + 1e-14) * a));
            Overloads<T>.Softmax(logits, logits, N(temperature)); // in place
            Assert.Equal(p, logits);
        }
    }

    /// <summary>
    /// Computed with + - * / alone, so no platform differs. The floats are those next to the exact values, the doubles within 4 ulp.
    /// </summary>
    [Fact]
    public void Softmax_HasTheseBitsEverywhere()
    {
        T[] p = new T[4];
        Overloads<T>.Softmax(Ns(1, 2, 4, -3), p, N(1.25));
        Assert.Equal(
            Numbers.Choose<T, double[]>(
                [0.06998155266046524, 0.15574681758880615, 0.7714190483093262, 0.002852602396160364],
                [0.069981555247157295, 0.15574681544210531, 0.77141902688102948, 0.0028526024297079308]),
            Numbers.Widened<T>(p));
    }

    [Fact]
    public void Softmax_OfInfiniteLogitsIsALimit()
    {
        T[] p = new T[3];
        Overloads<T>.Softmax([T.One, -Infinity, T.One], p, T.One);
        Assert.Equal(Ns(0.5, 0, 0.5), p);
        Overloads<T>.Softmax([Infinity, T.One, Infinity], p, T.One);
        Assert.Equal(Ns(0.5, 0, 0.5), p);
        Overloads<T>.Softmax(Ns(3, 2, -1e30), p, T.Epsilon);
        Assert.Equal(Ns(1, 0, 0), p);
        Overloads<T>.Softmax([-Infinity, -Infinity, -Infinity], p, T.One);
        Assert.All(p, value => Assert.True(T.IsNaN(value)));
        Overloads<T>.Softmax([], [], T.One);
    }

    /// <summary>Logits whose difference no number of their type holds.</summary>
    [Fact]
    public void Softmax_OfLogitsFarApartDividesThemFirst()
    {
        T largest = T.CreateTruncating(Numbers.Choose<T, double>(float.MaxValue, double.MaxValue));
        T[] p = new T[2];
        Overloads<T>.Softmax([-largest, largest], p, temperature: largest);
        Assert.Equal(1 / (1 + Math.Exp(-2)), double.CreateTruncating(p[1]), 1e-7);
        Assert.Equal(1 / (1 + Math.Exp(2)), double.CreateTruncating(p[0]), 1e-7);
    }

    [Fact]
    public void ArgMax_IsTheFirstOfTheLargest()
    {
        Assert.Equal(1, Overloads<T>.ArgMax(Ns(-2, 5, 4, 5)));
        Assert.Equal(0, Overloads<T>.ArgMax([-Infinity, -Infinity]));
        Assert.Equal(2, Overloads<T>.ArgMax([-Infinity, T.One, Infinity]));
        Assert.Throws<ArgumentException>("values", () => Overloads<T>.ArgMax([]));
        string message = Assert.Throws<ArgumentException>("values", () => Overloads<T>.ArgMax([T.One, T.NaN])).Message;
        Assert.StartsWith("'values' must be numbers, but values[1] is NaN.", message, StringComparison.Ordinal);
    }

    /// <summary>The sequence belongs to the seed for ever.</summary>
    [Fact]
    public void Sampler_DrawsTheseClassesEverywhere()
    {
        var sampler = new Sampler(42);
        int[] expected = [2, 1, 1, 2, 0, 2, 1, 2, 2, 2, 1, 2, 2, 2, 2, 1, 1, 2, 1, 2, 3, 0, 2, 2]; // computed apart, in Python
        Assert.Equal(expected, Enumerable.Range(0, 24).Select(_ => Overloads<T>.Next(sampler, Ns(0, 1, 2, 0.5), T.One)));
    }

    [Fact]
    public void Sampler_DrawsWithTheProbabilitiesOfTheSoftmax()
    {
        const int Draws = 40_000;
        foreach (double temperature in new[] { 1, 0.5, 4 })
        {
            T[] logits = [N(0.5), -Infinity, N(2), N(-1), N(1)], p = new T[5];
            Overloads<T>.Softmax(logits, p, N(temperature));
            var sampler = new Sampler(3);
            var counts = new int[5];
            for (int i = 0; i < Draws; i++)
            {
                counts[Overloads<T>.Next(sampler, logits, N(temperature))]++;
            }

            Assert.Equal(0, counts[1]);
            for (int k = 0; k < 5; k++)
            {
                // Five standard deviations of the binomial distribution; the draws are fixed.
                double expected = double.CreateTruncating(p[k]);
                Assert.Equal(expected, counts[k] / (double)Draws, 5 * Math.Sqrt(expected * (1 - expected) / Draws));
            }
        }
    }

    [Fact]
    public void Sampler_TakesOneRandomNumberForEachDraw()
    {
        Sampler sampler = new(5), other = new(5);
        T[] many = new T[700];
        many.AsSpan(1).Fill(-Infinity);
        Assert.Equal(0, Overloads<T>.Next(sampler, many, T.One));
        Overloads<T>.Next(other, Ns(1, 2, 3), N(0.1));
        Assert.Throws<ArgumentException>("logits", () => Overloads<T>.Next(sampler, [], T.One));
        Assert.Throws<ArgumentException>("logits", () => Overloads<T>.Next(sampler, [T.One, T.NaN], T.One));
        Assert.Throws<ArgumentException>("logits", () => Overloads<T>.Next(sampler, [-Infinity, -Infinity], T.One));
        Assert.Equal(
            Enumerable.Range(0, 50).Select(_ => Overloads<T>.Next(other, Ns(1, 2, 1.5), T.One)),
            Enumerable.Range(0, 50).Select(_ => Overloads<T>.Next(sampler, Ns(1, 2, 1.5), T.One)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void TemperatureThatIsNone_IsRefused(double temperature)
    {
        T[] p = Ns(5, 5);
        Assert.Throws<ArgumentOutOfRangeException>("temperature", () => Overloads<T>.Softmax(Ns(1, 2), p, N(temperature)));
        Assert.Throws<ArgumentOutOfRangeException>("temperature", () => Overloads<T>.Next(new Sampler(1), Ns(1, 2), N(temperature)));
        Assert.Equal(Ns(5, 5), p);
    }

    [Fact]
    public void WrongSpans_AreNamedBeforeAnythingIsWritten()
    {
        T[] memory = Ns(1, 2, 3);
        Refused.Length("probabilities", 3, 2, () => Overloads<T>.Softmax(memory, new T[2], T.One));
        Assert.Throws<ArgumentException>("probabilities", () => Overloads<T>.Softmax(memory.AsSpan(0, 2), memory.AsSpan(1), T.One));
        Assert.Equal(Ns(1, 2, 3), memory);
    }

    private static T N(double value) => T.CreateTruncating(value);

    private static T[] Ns(params double[] values) => Numbers.Of<T>(values);
}
