using System;
using System.Linq;
using System.Numerics;
using Lstm.Testing;
using Xunit;
using static Lstm.Runtime.Tests.OptimizerStates;

namespace Lstm.Runtime.Tests;

public sealed class OptimizerRangeTestsOfFloats : OptimizerRangeTests<float>;

public sealed class OptimizerRangeTestsOfDoubles : OptimizerRangeTests<double>;

/// <summary>Steps at the ends of the range of numbers: past the largest one, and below the least.</summary>
public abstract class OptimizerRangeTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Most = T.CreateTruncating(Numbers.Choose<T, double>(float.MaxValue, double.MaxValue));
    private static readonly double LeastNormal = Numbers.Choose<T, double>(floats: 1.1754943508222875e-38, doubles: 2.2250738585072014e-308);

    [Fact]
    public void Sgd_RefusesAVelocityBeyondTheLargestNumber()
    {
        Sgd Make() => new(17, 0.1, 0.9, Overloads<T>.Scalar);
        for (int at = 0; at < 17; at++)
        {
            T[] large = Numbers.Repeated<T>(1, 17);
            large[at] = Most;
            Refuses(Make, (sgd, w, g) => Overloads<T>.Step(sgd, w, g), sgd => State(sgd), large, large);
        }
    }

    [Fact]
    public void Sgd_RefusesAParameterBeyondTheLargestNumber()
    {
        var sgd = new Sgd(2, 1, scalar: Overloads<T>.Scalar);
        T[] w = [N(1), -Most];
        Assert.False(Overloads<T>.Step(sgd, w, [N(1), Most]));
        Assert.Equal([N(1), -Most], w);
        Assert.True(Overloads<T>.Step(sgd, w, [N(1), -Most])); // back to 0
        Assert.Equal([N(0), N(0)], w);
        sgd.LearningRate = Numbers.Choose<T, double>(3e38, 1e308);
        Assert.False(Overloads<T>.Step(sgd, w, Ns(0, 4)));
        Assert.Equal(Ns(0, 0), w);
    }

    [Fact]
    public void Adam_RefusesAParameterBeyondTheLargestNumber()
    {
        double rate = Numbers.Choose<T, double>(3e38, 1.7e308);
        for (int at = 0; at < 17; at++)
        {
            T[] first = new T[17], second = Numbers.Repeated<T>(1, 17);
            second[at] = N(-1);
            var adam = new Adam(17, rate / 20, scalar: Overloads<T>.Scalar);
            T[] w = new T[17];
            Assert.True(Overloads<T>.Step(adam, w, first));
            w[at] = Most;
            T[] before = [.. w];
            double[] state = State(adam);
            Assert.False(Overloads<T>.Step(adam, w, second));
            Assert.Equal(before, w);
            Assert.Equal(state, State(adam));
            adam.LearningRate = 0.5;
            Assert.True(Overloads<T>.Step(adam, w, second));
        }

        T[] one = new T[1];
        Assert.False(Overloads<T>.Step(new Adam(1, rate, scalar: Overloads<T>.Scalar), one, Ns(1))); // eta / (1 - beta1) is no number
        Assert.Equal(N(0), one[0]);
        Assert.False(Overloads<T>.Step(new Adam(1, 1e30, weightDecay: rate, scalar: Overloads<T>.Scalar), Ns(1), Ns(1)));
    }

    /// <summary>With beta2 = 0, v forgets at once: of a gradient that stops, m / epsilon remains.</summary>
    [Fact]
    public void Adam_RefusesAStepThatATinyEpsilonMakesTooLarge()
    {
        (double epsilon, double large) = Numbers.Choose<T, (double, double)>((1e-30, 1e15), (1e-300, 1e150));
        Refuses(
            () => new Adam(1, 1, beta2: 0, epsilon: epsilon, scalar: Overloads<T>.Scalar), (adam, w, g) => Overloads<T>.Step(adam, w, g),
            adam => State(adam), Ns(large), Ns(0));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ParameterThatIsNotFinite_IsRefused(double bad)
    {
        T[] w = Ns(1, bad, 2), before = [.. w];
        Assert.False(Overloads<T>.Step(new Adam(3, scalar: Overloads<T>.Scalar), w, Ns(1, 1, 1)));
        Assert.False(Overloads<T>.Step(new Sgd(3, 1, scalar: Overloads<T>.Scalar), w, Ns(1, 1, 1)));
        Assert.Equal(before, w);
    }

    /// <summary>The largest gradient whose square is a number, and the next one.</summary>
    [Fact]
    public void Adam_TakesGradientsUpToItsLimit()
    {
        T limit = N(Numbers.Choose<T, double>(floats: 1e19, doubles: 1e154));
        var adam = new Adam(1, 0.5, scalar: Overloads<T>.Scalar);
        T[] w = new T[1];
        Assert.True(Overloads<T>.Step(adam, w, [limit]));
        Assert.Equal(-0.5, double.CreateTruncating(w[0]), 1e-6);
        Assert.False(Overloads<T>.Step(adam, w, [T.BitIncrement(limit)]));
        Assert.False(Overloads<T>.Step(adam, w, [-T.BitIncrement(limit)]));
        for (int t = 0; t < 3_000; t++)
        {
            Assert.True(Overloads<T>.Step(adam, w, [limit]));
        }

        Assert.All(State(adam), number => Assert.True(double.IsFinite(number)));
        Assert.Equal(-1500.5, double.CreateTruncating(w[0]), 0.1); // each step is 0.5
    }

    /// <summary>v is far below the least number, its root is not: a step is what the equations give, and never m / epsilon.</summary>
    [Theory]
    [InlineData(1e-22, 1e-30)]
    [InlineData(3e-20, 1e-25)]
    [InlineData(1e-30, 1e-38)]
    [InlineData(1e-34, 1e-44)]
    [InlineData(1e-12, 1e-20)]
    public void Adam_OfTinyGradients_IsItsFormula(double gradient, double epsilon)
    {
        // The same distance from the end of the range of doubles.
        gradient = Numbers.Choose<T, double>(gradient, gradient * 1e-269);
        epsilon = Numbers.Choose<T, double>(epsilon, Math.Max(epsilon * 1e-269, 1e-312));
        var random = new Random(7);
        var adam = new Adam(20, 0.01, epsilon: epsilon, scalar: Overloads<T>.Scalar);
        T[] w = new T[20];
        double[] expected = new double[20], m = new double[20], v = new double[20];
        for (int t = 1; t <= 200; t++)
        {
            // Some gradients all but stop after half of the steps, some begin there, some are a million times as large now and then.
            T[] g = [.. Enumerable.Range(0, 20).Select(i => N(gradient * (random.NextDouble() - 0.3) * ((i % 4) switch
            {
                1 => t > 100 ? 1e-2 : 1,
                2 => t > 100 ? 1 : 0,
                3 => t % 9 == 0 ? 1e6 : 1,
                _ => 1,
            })))];
            Assert.True(Overloads<T>.Step(adam, w, g));
            for (int i = 0; i < g.Length; i++)
            {
                // Scaled: doubles have no room for the squares of doubles.
                double scaled = double.CreateTruncating(g[i]) / gradient;
                m[i] = (adam.Beta1 * m[i]) + ((1 - adam.Beta1) * scaled);
                v[i] = (adam.Beta2 * v[i]) + ((1 - adam.Beta2) * scaled * scaled);
                double mHat = m[i] / (1 - Math.Pow(adam.Beta1, t)), vHat = v[i] / (1 - Math.Pow(adam.Beta2, t));
                expected[i] -= adam.LearningRate * mHat / (Math.Sqrt(vHat) + (adam.Epsilon / gradient));
            }
        }

        // Floats: 200 steps of 0.01 rounded by 1e-7 each.
        Assert.Equal(expected, Numbers.Widened<T>(w), (a, b) => Math.Abs(a - b) <= Numbers.Choose<T, double>(2e-5, 1e-11));
        Assert.Contains(expected, value => Math.Abs(value) > 0.1);
    }

    /// <summary>v halves from above 2^-60 (of doubles 2^-400), where it is stored as it is, to below, where it is stored scaled.</summary>
    [Fact]
    public void Adam_KeepsAVThatBecomesSmall()
    {
        double gradient = Numbers.Choose<T, double>(4e-8, 1e-59);
        var adam = new Adam(1, 1e-3, beta2: 0.5, epsilon: gradient * 1e-20, scalar: Overloads<T>.Scalar);
        AdamInDouble expected = new([0], adam);
        T[] w = new T[1];
        for (int t = 0; t < 20; t++)
        {
            double g = t == 0 ? gradient : 0;
            Assert.True(Overloads<T>.Step(adam, w, Ns(g)));
            expected.Step([double.CreateTruncating(N(g))]);
        }

        // Floats: 20 steps rounded by 1e-7 each.
        Assert.Equal(1, double.CreateTruncating(w[0]) / expected.W[0], Numbers.Choose<T, double>(1e-5, 1e-12));
    }

    /// <summary>Down to the least number m is lost at some point; a step is eta or nothing.</summary>
    [Fact]
    public void Adam_OfGradientsDownToTheLeastNumber_NeverTakesAHugeStep()
    {
        double epsilon = double.CreateTruncating(T.Epsilon);
        for (double gradient = Numbers.Choose<T, double>(1e-33, 1e-303); gradient > 4 * epsilon; gradient /= 1.7)
        {
            var adam = new Adam(1, 1e-3, epsilon: epsilon, scalar: Overloads<T>.Scalar);
            T[] w = new T[1];
            for (int t = 0; t < 50; t++)
            {
                T before = w[0];
                Assert.True(Overloads<T>.Step(adam, w, [N(gradient)]));
                Assert.InRange(double.CreateTruncating(before - w[0]), 0, 1.01e-3);
            }
        }
    }

    /// <summary>When gradients stop, averages fall to exactly 0, and no number on the way is subnormal.</summary>
    [Fact]
    public void Averages_NeverLieAmongTheSubnormals()
    {
        var adam = new Adam(3, 1e-3, beta2: 0.9, scalar: Overloads<T>.Scalar);
        var sgd = new Sgd(3, 1e-3, 0.9, Overloads<T>.Scalar);
        T[] w = Ns(1, 2, 3), g = Ns(1, -1e-3, 1e-12);
        for (int t = 0; t < 40_000; t++)
        {
            Assert.True(Overloads<T>.Step(adam, w, g) & Overloads<T>.Step(sgd, w, g));
            g = new T[3];
            Assert.All(State(adam).Skip(2).Concat(State(sgd)), number => Assert.True(number == 0 || Math.Abs(number) >= LeastNormal));
            Assert.All(State(adam).Take(2), power => Assert.True(power == 0 || double.IsNormal(power)));
        }

        Assert.Equal(new double[8], State(adam));
        Assert.Equal(new double[3], State(sgd));
    }

    /// <summary>In place is one thing; a step that reads what it has just written is another.</summary>
    [Fact]
    public void PartialOverlap_IsRefusedBeforeAnythingIsWritten()
    {
        T[] memory = Ns(1, 2, 3, 4);
        var adam = new Adam(3, scalar: Overloads<T>.Scalar);
        var sgd = new Sgd(3, 0.1, 0.9, Overloads<T>.Scalar);
        foreach ((int first, int second) in new[] { (0, 1), (1, 0) })
        {
            string message = Assert.Throws<ArgumentException>(
                "parameters", () => Overloads<T>.Step(adam, memory.AsSpan(first, 3), memory.AsSpan(second, 3))).Message;
            Assert.StartsWith("'parameters' overlaps 'gradient'", message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>("parameters", () => Overloads<T>.Step(sgd, memory.AsSpan(first, 3), memory.AsSpan(second, 3)));
        }

        Assert.Equal(Ns(1, 2, 3, 4), memory);
        Assert.Equal(State(new Adam(3, scalar: Overloads<T>.Scalar)), State(adam));
        Assert.Equal(new double[3], State(sgd));
    }

    private static void Refuses<TOptimizer>(
        Func<TOptimizer> make, Func<TOptimizer, T[], T[], bool> step, Func<TOptimizer, double[]> state, T[] first, T[] second)
    {
        TOptimizer optimizer = make();
        T[] w = new T[first.Length];
        Assert.True(step(optimizer, w, first));
        T[] before = [.. w];
        double[] stateBefore = state(optimizer);
        Assert.False(step(optimizer, w, second));
        Assert.Equal(before, w);
        Assert.Equal(stateBefore, state(optimizer));
    }

    private static T N(double value) => T.CreateTruncating(value);

    private static T[] Ns(params double[] values) => Numbers.Of<T>(values);
}
