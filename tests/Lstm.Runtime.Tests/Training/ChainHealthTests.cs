using System;
using Lstm.Reference;
using Xunit;

namespace Lstm.Runtime.Tests;

public class ChainHealthTests
{
    [Theory]
    [InlineData(0.5, 50, GradientHealth.Vanishing)]
    [InlineData(0.5, 1000, GradientHealth.Vanishing)]
    [InlineData(3, 50, GradientHealth.Exploding)]
    [InlineData(3, 1000, GradientHealth.Exploding)]
    [InlineData(1, 1000, GradientHealth.Healthy)]
    [InlineData(0.95, 10, GradientHealth.Healthy)]
    [InlineData(0.95, 1000, GradientHealth.Vanishing)]
    public void DecadesPerLayer_AreTheLogarithmOfTheWeight(double weight, int layers, GradientHealth health)
    {
        var chain = new ReferenceChain<double>(ChainKind.Diagonal, layers, 1);
        chain.Values.Fill(weight);
        var log10 = new double[layers];
        chain.GradientMagnitudes([0.25], 1, log10);

        // The scale is log10 of |error| |x|, the error taken in logarithms too: 0.25 * 3^1000 - 1 is no double.
        double yHat = Math.Log10(0.25) + (layers * Math.Log10(weight));
        double error = yHat > 10 ? yHat : Math.Log10(Math.Abs(Math.Pow(10, yHat) - 1));
        ChainDiagnosis diagnosis = ChainHealth.Diagnose(log10, error + Math.Log10(0.25));

        Assert.Equal(health, diagnosis.Health);
        Assert.Equal(Math.Log10(weight), diagnosis.DecadesPerLayer, 1e-9);
        Assert.Equal((layers - 1) * Math.Log10(weight), diagnosis.Decades, 1e-9);
    }

    [Fact]
    public void Thresholds_AreMetAtTheirValue()
    {
        Assert.Equal(GradientHealth.Vanishing, ChainHealth.Diagnose([-2, -2, -2]).Health);
        Assert.Equal(GradientHealth.Healthy, ChainHealth.Diagnose([-1.99, -1.99, -1.99]).Health);
        Assert.Equal(GradientHealth.Healthy, ChainHealth.Diagnose([1.99, 1.99, 1.99]).Health);
        Assert.Equal(GradientHealth.Exploding, ChainHealth.Diagnose([2, 2, 2]).Health);
        Assert.Equal(GradientHealth.Vanishing, ChainHealth.Diagnose([-0.5, -0.5], vanishing: -0.5, exploding: 0.5).Health);
        Assert.Equal(GradientHealth.Healthy, ChainHealth.Diagnose([-5, -5], log10Scale: -5).Health);
    }

    [Fact]
    public void FewOddLayers_DoNotDecide()
    {
        double[] log10 = [0, 0, 0, -40, double.NegativeInfinity, 0, 0];
        ChainDiagnosis diagnosis = ChainHealth.Diagnose(log10);
        Assert.Equal(GradientHealth.Healthy, diagnosis.Health);
        Assert.Equal(0, diagnosis.DecadesPerLayer);
    }

    [Fact]
    public void EvenNumberOfLayers_TakesTheMiddleOfTheMiddleTwo() =>
        Assert.Equal(-1.5 / 3, ChainHealth.Diagnose([-1, -9, -2, 0]).DecadesPerLayer, 1e-15);

    [Fact]
    public void HalfOfTheLayersWithoutGradient_IsNoSignal()
    {
        double none = double.NegativeInfinity;
        Assert.Equal(GradientHealth.NoSignal, ChainHealth.Diagnose([none, none, none]).Health);
        Assert.Equal(GradientHealth.NoSignal, ChainHealth.Diagnose([none, none, 1, none]).Health);
        Assert.Equal(GradientHealth.NoSignal, ChainHealth.Diagnose([none, 1]).Health);
        Assert.Equal(none, ChainHealth.Diagnose([none]).DecadesPerLayer);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void OneLayerNotFinite_IsNotFinite(double odd)
    {
        ChainDiagnosis diagnosis = ChainHealth.Diagnose([0, odd, 0, 0]);
        Assert.Equal(GradientHealth.NotFinite, diagnosis.Health);
        Assert.True(double.IsNaN(diagnosis.DecadesPerLayer));
    }

    [Fact]
    public void OneLayer_HasNothingToVanish()
    {
        ChainDiagnosis diagnosis = ChainHealth.Diagnose([-30]);
        Assert.Equal(GradientHealth.Healthy, diagnosis.Health);
        Assert.Equal(0, diagnosis.DecadesPerLayer);
        Assert.Equal(-30, diagnosis.Decades);
    }

    [Fact]
    public void Diagnose_RefusesWhatItCannotJudge()
    {
        Assert.Throws<ArgumentException>("log10", () => ChainHealth.Diagnose([]));
        Assert.Throws<ArgumentOutOfRangeException>("log10Scale", () => ChainHealth.Diagnose([0], log10Scale: double.NaN));
        Assert.Throws<ArgumentException>("vanishing", () => ChainHealth.Diagnose([0], vanishing: 1, exploding: 1));
    }
}
