using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public sealed class OptimizerTestsOfFloats : OptimizerTests<float>;

public sealed class OptimizerTestsOfDoubles : OptimizerTests<double>;

public abstract class OptimizerTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// A step of Adam is at most a few times eta = 0.01, exact to some 1e-6 of itself, and a weight rounds by 6e-8 each step; over doubles
    /// both are 1e-15 and less.
    /// </summary>
    private static readonly double AdamTolerance = Numbers.Choose<T, double>(floats: 2e-6, doubles: 1e-14);

    /// <summary>Weights, and then gradients, all of one length.</summary>
    private static readonly Gen<T[][]> Vectors =
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 12], Gen.Int).Select((length, steps, seed) =>
        {
            var random = new Random(seed);
            return Enumerable.Range(0, steps + 1).Select(_ =>
                Enumerable.Range(0, length).Select(_ => N((2 * random.NextDouble()) - 1)).ToArray()).ToArray();
        });

    private delegate bool Step(Span<T> parameters, ReadOnlySpan<T> gradient);

    [Fact]
    public void Descent_IsTwoRoundingsPerWeight() =>
        Vectors.Sample(vectors =>
        {
            T[] w = [.. vectors[0]];
            Overloads<T>.Descend(w, vectors[1], N(0.3));
            Assert.Equal(vectors[0].Zip(vectors[1], (before, g) => before - (N(0.3) * g)), w);
        });

    [Fact]
    public void Descent_RefusesAnotherLengthBeforeWriting()
    {
        T[] w = Ns(1, 2, 3);
        string message = Assert.Throws<ArgumentException>("gradient", () => Overloads<T>.Descend(w, new T[4], T.One)).Message;
        Assert.Contains("length 3, but its length is 4", message, StringComparison.Ordinal);
        Assert.Equal(Ns(1, 2, 3), w);
    }

    [Fact]
    public void Sgd_WithoutMomentumIsDescent() =>
        Vectors.Sample(vectors =>
        {
            T[] w = [.. vectors[0]], expected = [.. vectors[0]];
            Step sgd = Sgd(w.Length, 0.1);
            foreach (T[] g in vectors.Skip(1))
            {
                Assert.True(sgd(w, g));
                Overloads<T>.Descend(expected, g, N(0.1));
            }

            Assert.Equal(expected, w);
        });

    [Fact]
    public void Sgd_WithMomentumIsItsFormula() =>
        Vectors.Sample(vectors =>
        {
            T[] w = [.. vectors[0]], expected = [.. vectors[0]], velocity = new T[w.Length];
            Step sgd = Sgd(w.Length, 0.1, momentum: 0.9);
            foreach (T[] g in vectors.Skip(1))
            {
                Assert.True(sgd(w, g));
                for (int i = 0; i < w.Length; i++)
                {
                    velocity[i] = (velocity[i] * N(0.9)) + g[i];
                    expected[i] -= N(0.1) * velocity[i];
                }
            }

            Assert.Equal(expected, w);
        });

    [Fact]
    public void Sgd_ByHand()
    {
        T[] w = Ns(1);
        var sgd = new Sgd(1, learningRate: 0.5, momentum: 0.5, Overloads<T>.Scalar);
        Overloads<T>.Step(sgd, w, Ns(1)); // velocity 1
        Assert.Equal(N(0.5), w[0]);
        Overloads<T>.Step(sgd, w, Ns(1)); // velocity 1.5
        Assert.Equal(N(-0.25), w[0]);
        sgd.LearningRate = 1;
        Overloads<T>.Step(sgd, w, Ns(0)); // velocity 0.75
        Assert.Equal(N(-1), w[0]);
        sgd.Reset();
        Overloads<T>.Step(sgd, w, Ns(0));
        Assert.Equal(N(-1), w[0]);
    }

    [Fact]
    public void Adam_IsItsFormulaInDouble() =>
        Vectors.Sample(vectors =>
        {
            T[] w = [.. vectors[0]];
            var adam = new Adam(w.Length, 0.01, 0.8, 0.95, 1e-6, weightDecay: 0.1, Overloads<T>.Scalar);
            var oracle = new AdamInDouble(Numbers.Widened<T>(w), adam);
            foreach (T[] g in vectors.Skip(1))
            {
                Assert.True(Overloads<T>.Step(adam, w, g));
                oracle.Step(Numbers.Widened<T>(g));
            }

            Assert.Equal(oracle.W, Numbers.Widened<T>(w), (a, b) => Math.Abs(a - b) <= AdamTolerance);
        });

    [Fact]
    public void Adam_FirstStepIsTheLearningRateWhateverTheScaleOfTheGradient()
    {
        T[] w = new T[4];
        Adam(4, learningRate: 0.25)(w, Ns(1e-3, -5, 1e10, 0));
        double[] steps = Numbers.Widened<T>(w);
        Assert.Equal(-0.25, steps[0], 1e-5); // epsilon is 1e-5 of 1e-3
        Assert.Equal(0.25, steps[1], 1e-6);
        Assert.Equal(-0.25, steps[2], 1e-6);
        Assert.Equal(0, steps[3]);
    }

    [Fact]
    public void Adam_ResetStartsOver()
    {
        T[] first = Ns(1, 2, 3), again = Ns(1, 2, 3);
        var adam = new Adam(3, 0.1, scalar: Overloads<T>.Scalar);
        Overloads<T>.Step(adam, first, Ns(1, -2, 3));
        adam.Reset();
        Overloads<T>.Step(adam, again, Ns(1, -2, 3));
        Assert.Equal(first, again);
    }

    [Fact]
    public void Adam_EveryValueIsSteppedAlikeWhereverItStands()
    {
        // Vectors and remainder must do the same arithmetic: one value at every place, at every length.
        for (int length = 1; length <= 40; length++)
        {
            T[] w = Numbers.Repeated<T>(0.7, length);
            Step adam = Adam(length, 0.01, weightDecay: 0.01);
            for (int step = 1; step <= 3; step++)
            {
                Assert.True(adam(w, Numbers.Repeated<T>(0.3 / step, length)));
            }

            Assert.All(w, value => Assert.Equal(w[0], value));
            Assert.NotEqual(N(0.7), w[0]);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void NotFiniteGradient_IsRefusedAndLeavesParametersAndStateUntouched(double bad)
    {
        foreach (int at in new[] { 0, 15, 18 })
        {
            Untouched(() => Sgd(19, 0.1), N(bad), at);
            Untouched(() => Sgd(19, 0.1, momentum: 0.9), N(bad), at);
            Untouched(() => Adam(19), N(bad), at);
        }
    }

    [Fact]
    public void Adam_RefusesAGradientWhoseSquareOverflows()
    {
        double largest = Numbers.Choose<T, double>(floats: 1e19, doubles: 1e154);
        Untouched(() => Adam(19), N(2 * largest), 7);
        T[] w = [T.Zero];
        Assert.True(Adam(1, 1)(w, [N(-largest)]));
        Assert.Equal(1, double.CreateTruncating(w[0]), 1e-5);
    }

    [Fact]
    public void PaddingAtZeroWithGradientZero_StaysZeroBitForBit()
    {
        Stays(Sgd(20, 0.1));
        Stays(Sgd(20, 0.1, momentum: 0.9));
        Stays(Adam(20, weightDecay: 0.1));

        static void Stays(Step step)
        {
            T[] w = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? T.Zero : N(i))];
            T[] g = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? T.Zero : N(-i))];
            for (int t = 0; t < 5; t++)
            {
                Assert.True(step(w, g));
                Numbers.AssertSameBits<T>(new T[10], [.. w.Where((_, i) => i % 2 == 0)], "padding");
                Assert.All(w.Where((_, i) => i % 2 == 1), value => Assert.NotEqual(T.Zero, value));
            }
        }
    }

    [Fact]
    public void WrongLengths_AreNamedAndChangeNothing()
    {
        T[] w = Ns(1, 2, 3);
        foreach (Step step in new[] { Sgd(3, 1), Sgd(3, 1, momentum: 0.5), Adam(3) })
        {
            Assert.Contains(
                "length 3, but its length is 2",
                Assert.Throws<ArgumentException>("parameters", () => step(w.AsSpan(0, 2), Ns(1, 1, 1))).Message,
                StringComparison.Ordinal);
            Assert.Contains(
                "length 3, but its length is 4",
                Assert.Throws<ArgumentException>("gradient", () => step(w, Ns(1, 1, 1, 1))).Message,
                StringComparison.Ordinal);
        }

        Assert.Equal(Ns(1, 2, 3), w);
    }

    /// <summary>Parameters and gradient agree: it is the optimizer that has another length, as where it was created for ParameterCount.</summary>
    [Fact]
    public void OptimizerOfAnotherLength_SaysForWhichItIs_AndForWhichToCreateIt()
    {
        foreach (Step step in new[] { Sgd(3, 1), Adam(3) })
        {
            string message = Assert.Throws<ArgumentException>("parameters", () => step(new T[4], Ns(1, 1, 1, 1))).Message;
            Assert.StartsWith(
                "'parameters' must have length 3, but its length is 4. The optimizer was created for 3 numbers and 'gradient' has 4 too: "
                    + "create it for 4, the length of Parameters, which can be more than ParameterCount.",
                message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RefusedStep_LeavesAveragesVelocityAndStepCount()
    {
        foreach (Func<Step> make in new Func<Step>[] { () => Sgd(3, 0.1, momentum: 0.5), () => Adam(3) })
        {
            Step refused = make(), fresh = make();
            Assert.Throws<ArgumentException>(() => refused(new T[2], Ns(9, 9, 9)));
            Assert.Throws<ArgumentException>(() => refused(new T[3], Ns(9, 9)));
            T[] first = Ns(1, 2, 3), second = Ns(1, 2, 3);

            Assert.True(refused(first, Ns(1, -1, 2)) && fresh(second, Ns(1, -1, 2)));

            Assert.Equal(second, first);
        }
    }

    // Two equal optimizers; one is offered the bad gradient in between. Both must then go on alike.
    private static void Untouched(Func<Step> make, T bad, int at)
    {
        Step disturbed = make(), calm = make();
        T[] w = [.. Enumerable.Range(0, 19).Select(i => N(i))], expected = [.. w];
        T[] g = [.. Enumerable.Range(0, 19).Select(i => N(1.0 / (i + 1)))], spoiled = [.. g];
        spoiled[at] = bad;
        Assert.True(disturbed(w, g));
        Assert.True(calm(expected, g));
        Assert.False(disturbed(w, spoiled));
        Assert.Equal(expected, w);
        Assert.True(disturbed(w, g));
        Assert.True(calm(expected, g));
        Assert.Equal(expected, w);
    }

    private static Step Sgd(int length, double learningRate, double momentum = 0)
    {
        var sgd = new Sgd(length, learningRate, momentum, Overloads<T>.Scalar);
        return (parameters, gradient) => Overloads<T>.Step(sgd, parameters, gradient);
    }

    private static Step Adam(int length, double learningRate = 1e-3, double weightDecay = 0)
    {
        var adam = new Adam(length, learningRate, weightDecay: weightDecay, scalar: Overloads<T>.Scalar);
        return (parameters, gradient) => Overloads<T>.Step(adam, parameters, gradient);
    }

    private static T N(double value) => T.CreateTruncating(value);

    private static T[] Ns(params double[] values) => Numbers.Of<T>(values);
}
