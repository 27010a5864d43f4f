using System;
using System.Collections.Generic;
using System.Linq;
using Lstm;

namespace VanishingGradients;

/// <summary>What steepest descent did.</summary>
internal enum Outcome
{
    /// <summary>The loss is below a hundredth of that of the output 0.</summary>
    Learns,

    /// <summary>The loss falls, but not so far.</summary>
    Improves,

    /// <summary>The loss is at least 99 % of the first one.</summary>
    DoesNotMove,

    /// <summary>The loss is larger than the first one, or no number.</summary>
    Diverges,
}

/// <summary>A chain of one depth with one kind of weights.</summary>
/// <param name="Weights">How the weights begin.</param>
/// <param name="Layers">L.</param>
/// <param name="Log10">For each layer log10 of the norm of its gradient, of the generated code.</param>
/// <param name="ClosedForm">The same, of the formula.</param>
/// <param name="Losses">The loss before each update, and after the last.</param>
/// <param name="Unmoved">How many of the 2 L weights the first update leaves as they are.</param>
internal sealed record ChainResult(
    ChainWeights Weights, int Layers, double[] Log10, double[] ClosedForm, double[] Losses, int Unmoved)
{
    /// <summary>What the last loss says.</summary>
    public Outcome Outcome => Losses[^1] switch
    {
        < 0.01 * ChainExperiment.LossOfZero => Outcome.Learns,
        double last when last < 0.99 * Losses[0] => Outcome.Improves,
        double last when last <= Losses[0] => Outcome.DoesNotMove,
        _ => Outcome.Diverges, // NaN too
    };

    /// <summary>The middle one of the layers' magnitudes.</summary>
    public double Median => Log10.Order().ElementAt(Layers / 2);
}

/// <summary>Gradients of deep linear chains, yHat = W^(L) ... W^(1) x with two paths, and what steepest descent makes of them.</summary>
internal static class ChainExperiment
{
    public const int Updates = 200;

    /// <summary>
    /// The learning rate is this divided by L. At w = 1 the first update then takes yHat a fifth of the way to the target, at every depth.
    /// </summary>
    public const double RateTimesLayers = 0.1;

    /// <summary>The target; with w = 1 the chain begins at yHat = 2.</summary>
    public const float Target = 1;

    /// <summary>The loss of a chain whose output is 0.</summary>
    public const double LossOfZero = 0.5 * Target * Target;

    /// <summary>Every depth with every kind of weights.</summary>
    public static IReadOnlyList<ChainResult> Run(int seed) =>
    [
        .. ChainWeights.All.SelectMany<ChainWeights, ChainResult>(weights =>
        [
            Run<Chain2, Chain2.Gradient>(weights, Chain2.LayerCount, seed),
            Run<Chain5, Chain5.Gradient>(weights, Chain5.LayerCount, seed),
            Run<Chain10, Chain10.Gradient>(weights, Chain10.LayerCount, seed),
            Run<Chain20, Chain20.Gradient>(weights, Chain20.LayerCount, seed),
            Run<Chain50, Chain50.Gradient>(weights, Chain50.LayerCount, seed),
            Run<Chain100, Chain100.Gradient>(weights, Chain100.LayerCount, seed),
            Run<Chain200, Chain200.Gradient>(weights, Chain200.LayerCount, seed),
            Run<Chain500, Chain500.Gradient>(weights, Chain500.LayerCount, seed),
            Run<Chain1000, Chain1000.Gradient>(weights, Chain1000.LayerCount, seed),
        ]),
    ];

    private static ChainResult Run<TChain, TGradient>(ChainWeights weights, int layers, int seed)
        where TChain : unmanaged, IChain<TGradient>
        where TGradient : unmanaged, IGradient<float>
    {
        TChain chain = default;
        weights.Fill(chain.Parameters, seed);
        ReadOnlySpan<float> x = [1, 1];
        double[] log10 = new double[layers];
        chain.GradientMagnitudes(x, Target, log10);
        double[] closedForm = ClosedForm.Log10(chain.Parameters, x, Target);

        float rate = (float)(RateTimesLayers / layers);
        TGradient gradient = default;
        double[] losses = new double[Updates + 1];
        int unmoved = 0;
        for (int update = 0; update <= Updates; update++)
        {
            gradient.Clear();
            losses[update] = chain.Backward(x, Target, ref gradient);
            unmoved = update == 0 ? ChainHealth.UnmovedWeights(chain.Parameters, gradient.Values, rate) : unmoved;
            if (update < Updates)
            {
                chain.Descend(gradient, rate);
            }
        }

        return new ChainResult(weights, layers, log10, closedForm, losses, unmoved);
    }
}
