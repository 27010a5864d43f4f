using System;
using System.Linq;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>Losses, clipping and optimizers over doubles: the formulas of those over floats, with the digits of a double.</summary>
public sealed class DoubleTests
{
    /// <summary>A few roundings of 1.1e-16.</summary>
    private const double Tolerance = 1e-14;

    private static readonly double[] YHat = [1.0 / 3, -2.0 / 7, 0.1], Y = [0.25, 1.0 / 9, -0.3];

    [Fact]
    public void Squared_IsHalfTheSumOfSquares_WithTheDifferenceAsGradient()
    {
        double[] dYHat = new double[3];

        double loss = Loss.Squared(YHat, Y, dYHat);

        Assert.Equal(0.5 * YHat.Zip(Y, (a, b) => (a - b) * (a - b)).Sum(), loss, Tolerance);
        Assert.Equal(YHat.Zip(Y, (a, b) => a - b), dYHat);
        Assert.Throws<ArgumentException>("y", () => Loss.Squared(YHat, Y.AsSpan(1)));
    }

    [Fact]
    public void Gradients_AreTheDifferencesOfTheLoss()
    {
        const double H = 1e-6;
        int[] classes = [2];
        double[] q = [0.2, 0.5, 0.3];
        Check((x, d) => Loss.ErrorToSignal(x, Y, d));
        Check((x, d) => Loss.SoftmaxCrossEntropy(x, 3, classes, d));
        Check((x, d) => Loss.SoftmaxCrossEntropy(x, 3, q, d));

        static void Check(Func<double[], double[], double> loss)
        {
            double[] gradient = new double[3];
            loss(YHat, gradient);
            for (int i = 0; i < 3; i++)
            {
                double[] above = [.. YHat], below = [.. YHat];
                above[i] += H;
                below[i] -= H;

                // Central differences: h^2 of the third derivative and 1e-16 / h of rounding.
                Assert.Equal((loss(above, []) - loss(below, [])) / (2 * H), gradient[i], 1e-8);
            }
        }
    }

    /// <summary>Also where squares leave the range of double, on either side.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(4.9406564584124654e-324)]
    public void ByGlobalNorm_ScalesToTheLargestNorm(double scale)
    {
        double[] first = [3 * scale, 0], second = [-4 * scale];

        double norm = GradientClipping.ByGlobalNorm(first, second, 2.5 * scale);

        Assert.Equal(5, norm / scale, Tolerance);
        if (scale > 1e-310)
        {
            Assert.Equal([1.5, 0.0], first.Select(value => value / scale), (a, b) => Math.Abs(a - b) < Tolerance);
            Assert.Equal(-2, second[0] / scale, Tolerance);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void NonFiniteGradients_AreReportedAndChangeNothing(double bad)
    {
        double[] weights = [1, 2, 3], gradient = [0.5, bad, 0.5];
        Adam adam = new(3, scalar: Scalar.Double);
        Sgd sgd = new(3, 0.1, momentum: 0.5, scalar: Scalar.Double);

        Assert.False(double.IsFinite(GradientClipping.ByGlobalNorm(gradient, 1)));
        Assert.False(adam.Step(weights, gradient));
        Assert.False(sgd.Step(weights, gradient));

        Assert.Equal([1, 2, 3], weights);
        Assert.Equal([0.5, bad, 0.5], gradient);
    }

    [Fact]
    public void Adam_FollowsItsEquations_OverEveryLengthOfVector()
    {
        const int Length = 13;
        Adam adam = new(Length, learningRate: 0.01, beta1: 0.8, beta2: 0.9, epsilon: 1e-7, weightDecay: 0.1, scalar: Scalar.Double);
        double[] weights = [.. Enumerable.Range(0, Length).Select(i => 1.0 / (i + 1))], expected = [.. weights];
        double[] m = new double[Length], v = new double[Length];
        for (int t = 1; t <= 5; t++)
        {
            double[] gradient = [.. Enumerable.Range(0, Length).Select(i => Math.Sin(i + t))];
            Assert.True(adam.Step(weights, gradient));
            for (int i = 0; i < Length; i++)
            {
                m[i] = (0.8 * m[i]) + (0.2 * gradient[i]);
                v[i] = (0.9 * v[i]) + (0.1 * gradient[i] * gradient[i]);
                double mHat = m[i] / (1 - Math.Pow(0.8, t)), vHat = v[i] / (1 - Math.Pow(0.9, t));
                expected[i] = (expected[i] * (1 - 0.001)) - (0.01 * mHat / (Math.Sqrt(vHat) + 1e-7));
            }
        }

        Assert.Equal(expected, weights, (a, b) => Math.Abs(a - b) < Tolerance);
    }

    [Fact]
    public void Sgd_FollowsItsEquations_AndWithoutMomentumDescends()
    {
        Sgd plain = new(7, 0.1, scalar: Scalar.Double), heavy = new(7, 0.1, momentum: 0.9, scalar: Scalar.Double);
        double[] light = [.. Enumerable.Repeat(1.0, 7)], weights = [.. light], gradient = [.. Enumerable.Range(0, 7).Select(i => i / 7.0)];

        for (int t = 0; t < 2; t++)
        {
            Assert.True(plain.Step(light, gradient));
            Assert.True(heavy.Step(weights, gradient));
        }

        Assert.Equal(gradient.Select(g => 1 - (0.2 * g)), light, (a, b) => Math.Abs(a - b) < Tolerance);
        Assert.Equal(gradient.Select(g => 1 - (0.1 * g) - (0.19 * g)), weights, (a, b) => Math.Abs(a - b) < Tolerance);
    }

    [Fact]
    public void Optimizers_RefuseNumbersOfAnotherType()
    {
        Assert.Contains("scalar: Scalar.Double", Assert.Throws<InvalidOperationException>(() => new Adam(1).Step(new double[1], new double[1])).Message);
        Assert.Throws<InvalidOperationException>(() => new Sgd(1, 0.1, scalar: Scalar.Double).Step(new float[1], new float[1]));
    }

    /// <summary>A setting for floats is the float next to it, as before there were doubles.</summary>
    [Fact]
    public void Settings_HaveTheDigitsOfTheirNumbers()
    {
        Assert.Equal((0.1f, 0.9f), (new Adam(1, 0.1).LearningRate, new Adam(1).Beta1));
        Assert.Equal((0.1, 0.9), (new Adam(1, 0.1, scalar: Scalar.Double).LearningRate, new Adam(1, scalar: Scalar.Double).Beta1));
        Assert.Equal(0.3, new Sgd(1, 0.1, momentum: 0.3, scalar: Scalar.Double).Momentum);
    }

    [Fact]
    public void UnmovedWeights_AreThoseThatADoubleStepDoesNotChange()
    {
        bool[] unmoved = new bool[3];

        int count = ChainHealth.UnmovedWeights([1.0, 1.0, 1.0], [1e-9, 1e-17, 0.0], 1, unmoved);

        Assert.Equal(2, count);
        Assert.Equal([false, true, true], unmoved);
    }
}
