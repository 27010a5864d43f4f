using System;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>Rates, decays and the like: which are refused, and how they are rounded.</summary>
public class OptimizerSettingsTests
{
    [Fact]
    public void Adam_DefaultsAreThoseOfThePaper()
    {
        var adam = new Adam(1);
        Assert.Equal((1e-3f, 0.9f, 0.999f, 1e-8f, 0f), (adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon, adam.WeightDecay));
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

    [Fact]
    public void NumbersOfAnotherType_AreRefused()
    {
        Assert.Contains(
            "scalar: Scalar.Double",
            Assert.Throws<InvalidOperationException>(() => new Adam(1).Step(new double[1], new double[1])).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new Sgd(1, 0.1, scalar: Scalar.Double).Step(new float[1], new float[1]));
    }

    /// <summary>A setting for floats is the float next to it.</summary>
    [Fact]
    public void Settings_HaveTheDigitsOfTheirNumbers()
    {
        Assert.Equal((0.1f, 0.9f), (new Adam(1, 0.1).LearningRate, new Adam(1).Beta1));
        Assert.Equal((0.1, 0.9), (new Adam(1, 0.1, scalar: Scalar.Double).LearningRate, new Adam(1, scalar: Scalar.Double).Beta1));
        Assert.Equal(0.3, new Sgd(1, 0.1, momentum: 0.3, scalar: Scalar.Double).Momentum);
    }

    /// <summary>Collection expressions fit spans of either type: they are floats, and no call is ambiguous.</summary>
    [Fact]
    public void NumbersWithoutAType_AreFloats()
    {
        float[] weights = [1, 2], dYHat = new float[2];
        float squared = Loss.Squared([2, 0], [1, 2], dYHat), ratio = Loss.ErrorToSignal([2, 0], [1, 2]);
        float ofClasses = Loss.SoftmaxCrossEntropy([0, 0], 2, [1]), ofDistributions = Loss.SoftmaxCrossEntropy([0, 0], 2, [0.5f, 0.5f]);

        Assert.Equal((2.5f, 1f, MathF.Log(2), MathF.Log(2)), (squared, ratio, ofClasses, ofDistributions));
        Assert.True(new Adam(2).Step(weights, [1, 1]) && new Sgd(2, 1).Step(weights, [1, 1]));
        Assert.Equal(5, GradientClipping.ByGlobalNorm([3, 4], 1));
        Assert.Equal(5, GradientClipping.ByGlobalNorm([3], [4], 1));
        Assert.Equal(1, ChainHealth.UnmovedWeights([1, 1], [0, 1], 1));
    }
}
