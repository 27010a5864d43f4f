using System;
using System.Linq;
using CsCheck;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

public class OptimizerTests
{
    private static readonly float[] NotFinite = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    private static readonly Gen<float[][]> Gradients =
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 12], Gen.Int).Select((length, steps, seed) =>
        {
            var random = new Random(seed);
            return Enumerable.Range(0, steps + 1).Select(_ =>
                Enumerable.Range(0, length).Select(_ => (2 * random.NextSingle()) - 1).ToArray()).ToArray();
        });

    [Fact]
    public void Descent_IsTwoRoundingsPerWeight() =>
        Gradients.Sample(vectors =>
        {
            float[] w = [.. vectors[0]];
            Descent.Apply(w, vectors[1], 0.3f);
            Assert.Equal(vectors[0].Zip(vectors[1], (before, g) => before - (0.3f * g)), w);
        });

    [Fact]
    public void Descent_RefusesAnotherLengthBeforeWriting()
    {
        float[] w = [1, 2, 3];
        string message = Assert.Throws<ArgumentException>("gradient", () => Descent.Apply(w, new float[4], 1)).Message;
        Assert.Contains("length 3, but its length is 4", message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], w);
    }

    [Fact]
    public void Sgd_WithoutMomentumIsDescent() =>
        Gradients.Sample(vectors =>
        {
            float[] w = [.. vectors[0]], expected = [.. vectors[0]];
            var sgd = new Sgd(w.Length, 0.1f);
            foreach (float[] g in vectors.Skip(1))
            {
                Assert.True(sgd.Step(w, g));
                Descent.Apply(expected, g, 0.1f);
            }

            Assert.Equal(expected, w);
        });

    [Fact]
    public void Sgd_WithMomentumIsItsFormula() =>
        Gradients.Sample(vectors =>
        {
            float[] w = [.. vectors[0]], expected = [.. vectors[0]], velocity = new float[w.Length];
            var sgd = new Sgd(w.Length, 0.1f, momentum: 0.9f);
            foreach (float[] g in vectors.Skip(1))
            {
                Assert.True(sgd.Step(w, g));
                for (int i = 0; i < w.Length; i++)
                {
                    velocity[i] = (velocity[i] * 0.9f) + g[i];
                    expected[i] -= 0.1f * velocity[i];
                }
            }

            Assert.Equal(expected, w);
        });

    [Fact]
    public void Sgd_ByHand()
    {
        float[] w = [1];
        var sgd = new Sgd(1, learningRate: 0.5f, momentum: 0.5f);
        sgd.Step(w, [1]);    // velocity 1
        Assert.Equal(0.5f, w[0]);
        sgd.Step(w, [1]);    // velocity 1.5
        Assert.Equal(-0.25f, w[0]);
        sgd.LearningRate = 1;
        sgd.Step(w, [0]);    // velocity 0.75
        Assert.Equal(-1, w[0]);
        sgd.Reset();
        sgd.Step(w, [0]);
        Assert.Equal(-1, w[0]);
    }

    [Fact]
    public void Adam_IsItsFormulaInDouble() =>
        Gradients.Sample(vectors =>
        {
            float[] w = [.. vectors[0]];
            var adam = new Adam(w.Length, 0.01f, 0.8f, 0.95f, 1e-6f, weightDecay: 0.1f);
            var oracle = new AdamInDouble(w, 0.01f, 0.8f, 0.95f, 1e-6f, 0.1f);
            foreach (float[] g in vectors.Skip(1))
            {
                Assert.True(adam.Step(w, g));
                oracle.Step(g);
            }

            // A step is at most a few times eta = 0.01, exact to some 1e-6 of itself; the weight rounds to 6e-8 each step.
            for (int i = 0; i < w.Length; i++)
            {
                Assert.Equal(oracle.W[i], w[i], 2e-6);
            }
        });

    [Fact]
    public void Adam_FirstStepIsTheLearningRateWhateverTheScaleOfTheGradient()
    {
        float[] w = [0, 0, 0, 0];
        new Adam(4, learningRate: 0.25f).Step(w, [1e-3f, -5, 1e10f, 0]);
        Assert.Equal(-0.25, w[0], 1e-5); // epsilon is 1e-5 of 1e-3
        Assert.Equal(0.25, w[1], 1e-6);
        Assert.Equal(-0.25, w[2], 1e-6);
        Assert.Equal(0, w[3]);
    }

    [Fact]
    public void Adam_DefaultsAreThoseOfThePaper()
    {
        var adam = new Adam(1);
        Assert.Equal((1e-3f, 0.9f, 0.999f, 1e-8f, 0f), (adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon, adam.WeightDecay));
    }

    [Fact]
    public void Adam_ResetStartsOver()
    {
        float[] first = [1, 2, 3], again = [1, 2, 3];
        var adam = new Adam(3, 0.1f);
        adam.Step(first, [1, -2, 3]);
        adam.Reset();
        adam.Step(again, [1, -2, 3]);
        Assert.Equal(first, again);
    }

    [Fact]
    public void Adam_EveryValueIsSteppedAlikeWhereverItStands()
    {
        // Vectors and remainder must do the same arithmetic: one value at every place, at every length.
        for (int length = 1; length <= 40; length++)
        {
            float[] w = Enumerable.Repeat(0.7f, length).ToArray();
            var adam = new Adam(length, 0.01f, weightDecay: 0.01f);
            for (int step = 1; step <= 3; step++)
            {
                Assert.True(adam.Step(w, Enumerable.Repeat(0.3f / step, length).ToArray()));
            }

            Assert.All(w, value => Assert.Equal(w[0], value));
            Assert.NotEqual(0.7f, w[0]);
        }
    }

    [Fact]
    public void NotFiniteGradient_IsRefusedAndLeavesParametersAndStateUntouched()
    {
        foreach (float bad in NotFinite)
        {
            foreach (int at in new[] { 0, 15, 18 })
            {
                Untouched(new Sgd(19, 0.1f).Step, new Sgd(19, 0.1f).Step, bad, at);
                Untouched(new Sgd(19, 0.1f, 0.9f).Step, new Sgd(19, 0.1f, 0.9f).Step, bad, at);
                Untouched(new Adam(19).Step, new Adam(19).Step, bad, at);
            }
        }
    }

    [Fact]
    public void Adam_RefusesAGradientWhoseSquareOverflows()
    {
        Untouched(new Adam(19).Step, new Adam(19).Step, 2e19f, 7);
        float[] w = [0];
        var adam = new Adam(1, 1);
        Assert.True(adam.Step(w, [-1e19f]));
        Assert.Equal(1, w[0], 1e-5);
    }

    [Fact]
    public void PaddingAtZeroWithGradientZero_StaysZeroBitForBit()
    {
        Stays(new Sgd(20, 0.1f).Step);
        Stays(new Sgd(20, 0.1f, 0.9f).Step);
        Stays(new Adam(20, weightDecay: 0.1f).Step);

        static void Stays(Step step)
        {
            float[] w = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 0f : i)];
            float[] g = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 0f : -i)];
            for (int t = 0; t < 5; t++)
            {
                Assert.True(step(w, g));
                Assert.All(w.Where((_, i) => i % 2 == 0), value => Assert.Equal(0, BitConverter.SingleToInt32Bits(value)));
                Assert.All(w.Where((_, i) => i % 2 == 1), value => Assert.NotEqual(0, value));
            }
        }
    }

    [Fact]
    public void WrongLengths_AreNamedAndChangeNothing()
    {
        float[] w = [1, 2, 3];
        foreach (Step step in new Step[] { new Sgd(3, 1).Step, new Sgd(3, 1, 0.5f).Step, new Adam(3).Step })
        {
            Assert.Contains(
                "length 3, but its length is 2",
                Assert.Throws<ArgumentException>("parameters", () => step(w.AsSpan(0, 2), [1, 1, 1])).Message,
                StringComparison.Ordinal);
            Assert.Contains(
                "length 3, but its length is 4",
                Assert.Throws<ArgumentException>("gradient", () => step(w, [1, 1, 1, 1])).Message,
                StringComparison.Ordinal);
        }

        Assert.Equal([1, 2, 3], w);
    }

    /// <summary>Parameters and gradient agree: it is the optimizer that has another length, as where it was created for ParameterCount.</summary>
    [Fact]
    public void OptimizerOfAnotherLength_SaysForWhichItIs_AndForWhichToCreateIt()
    {
        foreach (Step step in new Step[] { new Sgd(3, 1).Step, new Adam(3).Step })
        {
            string message = Assert.Throws<ArgumentException>("parameters", () => step(new float[4], [1, 1, 1, 1])).Message;
            Assert.StartsWith(
                "'parameters' must have length 3, but its length is 4. The optimizer was created for 3 numbers and 'gradient' has 4 too: create it for 4, "
                    + "the length of Parameters, which can be more than ParameterCount.",
                message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RefusedStep_LeavesAveragesVelocityAndStepCount()
    {
        foreach (Func<Step> make in new Func<Step>[] { () => new Sgd(3, 0.1, 0.5).Step, () => new Adam(3).Step })
        {
            Step refused = make(), fresh = make();
            Assert.Throws<ArgumentException>(() => refused(new float[2], [9, 9, 9]));
            Assert.Throws<ArgumentException>(() => refused(new float[3], [9, 9]));
            float[] first = [1, 2, 3], second = [1, 2, 3];

            Assert.True(refused(first, [1, -1, 2]) && fresh(second, [1, -1, 2]));

            Assert.Equal(second, first);
        }
    }

    [Fact]
    public void RefusedRate_LeavesTheOneBefore()
    {
        Adam adam = new(3, learningRate: 0.5);
        string message = Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => adam.LearningRate = -2).Message;
        Assert.StartsWith("'LearningRate' must be finite and at least 0, but it is -2.", message, StringComparison.Ordinal);
        Assert.Equal(0.5, adam.LearningRate);
    }

    /// <summary>A setting for floats that only rounding takes out of its range.</summary>
    [Fact]
    public void SettingThatNoFloatHolds_IsNamedAsItWasGiven()
    {
        Assert.StartsWith(
            "'epsilon' must be finite and above 0, as a float too, but it is 1E-60.",
            Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new Adam(1, epsilon: 1e-60)).Message,
            StringComparison.Ordinal);
        Assert.Equal(1e-60, new Adam(1, epsilon: 1e-60, scalar: Scalar.Double).Epsilon);
        Assert.StartsWith(
            "'momentum' must be at least 0 and less than 1, as a float too, but it is 0.9999999999.",
            Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new Sgd(1, 1, 0.9999999999)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Rounding changes these too, but they are out of range before.</summary>
    [Fact]
    public void SettingOutOfRangeItself_IsNotBlamedOnRounding()
    {
        Assert.StartsWith(
            "'momentum' must be at least 0 and less than 1, but it is -0.1.",
            Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new Sgd(1, 1, -0.1)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'momentum' must be at least 0 and less than 1, but it is 1.1.",
            Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new Sgd(1, 1, 1.1)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'LearningRate' must be finite and at least 0, but it is -1E+300.",
            Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => new Sgd(1, -1e300)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'epsilon' must be finite and above 0, but it is NaN.",
            Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new Adam(1, epsilon: double.NaN)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ArgumentsOutsideTheirRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("length", () => new Sgd(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => new Sgd(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => new Sgd(1, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new Sgd(1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => new Adam(-1));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => new Adam(1, float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => new Adam(1, beta1: -0.1f));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new Adam(1, beta2: float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new Adam(1, epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => new Adam(1, weightDecay: -1));
    }

    private delegate bool Step(Span<float> parameters, ReadOnlySpan<float> gradient);

    // Two equal optimizers; one is offered the bad gradient in between. Both must then go on alike.
    private static void Untouched(Step disturbed, Step calm, float bad, int at)
    {
        float[] w = [.. Enumerable.Range(0, 19).Select(i => (float)i)], expected = [.. w];
        float[] g = [.. Enumerable.Range(0, 19).Select(i => 1f / (i + 1))], spoiled = [.. g];
        spoiled[at] = bad;
        Assert.True(disturbed(w, g));
        Assert.True(calm(expected, g));
        Assert.False(disturbed(w, spoiled));
        Assert.Equal(expected, w);
        Assert.True(disturbed(w, g));
        Assert.True(calm(expected, g));
        Assert.Equal(expected, w);
    }

    private sealed class AdamInDouble(float[] w, double eta, double beta1, double beta2, double epsilon, double decay)
    {
        private readonly double[] m = new double[w.Length];
        private readonly double[] v = new double[w.Length];
        private int t;

        public double[] W { get; } = Array.ConvertAll(w, value => (double)value);

        public void Step(float[] g)
        {
            t++;
            for (int i = 0; i < W.Length; i++)
            {
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
                double mHat = m[i] / (1 - Math.Pow(beta1, t));
                double vHat = v[i] / (1 - Math.Pow(beta2, t));
                W[i] = W[i] - (eta * decay * W[i]) - (eta * mHat / (Math.Sqrt(vHat) + epsilon));
            }
        }
    }
}
