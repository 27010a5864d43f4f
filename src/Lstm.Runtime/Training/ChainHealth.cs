using System;
using System.Runtime.CompilerServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>Says whether the gradients of a deep chain vanish or explode, and which weights they no longer move.</summary>
public static class ChainHealth
{
    /// <summary>Judges a chain by the magnitudes of its layers' gradients.</summary>
    /// <remarks>
    /// <para>
    /// The gradient of layer i is the error times x times the product of the weights of the other L - 1 layers. So with
    /// m_i the log10 of its norm and s that of |error| |x|,
    /// <c>decades = median over i of (m_i - s)</c>, <c>decades per layer = decades / (L - 1)</c>.
    /// The median, in which layers without any gradient count as negative infinity, keeps a few odd layers from deciding.
    /// </para>
    /// <para>
    /// The verdict goes by the decades over the whole chain, since that is what reaches the weights: 0.95 per layer is harmless
    /// over 10 layers and takes 22 decades over 1000. When the chain explodes, the error contains the product
    /// too; with <paramref name="log10Scale"/> left at 0 the decades are then up to twice those of the weights.
    /// </para>
    /// </remarks>
    /// <param name="log10">Per layer, log10 of the gradient's norm, as a generated <c>GradientMagnitudes</c> writes it; L >= 1 values.</param>
    /// <param name="log10Scale">log10 of |error| |x|, what the gradient is before any weight; 0 by default.</param>
    /// <param name="vanishing">At or below this many decades the gradient vanishes; -2 by default, a hundredth.</param>
    /// <param name="exploding">At or above this many decades the gradient explodes; 2 by default, a hundredfold.</param>
    /// <returns>The verdict, with the decades it rests on.</returns>
    /// <exception cref="ArgumentException"><paramref name="log10"/> is empty, or the scale or the thresholds are not in order.</exception>
    public static ChainDiagnosis Diagnose(ReadOnlySpan<double> log10, double log10Scale = 0, double vanishing = -2, double exploding = 2)
    {
        if (log10.IsEmpty)
        {
            Throw.AtLeast(nameof(log10), 1, 0, "It holds a magnitude for each layer.");
        }

        if (!double.IsFinite(log10Scale))
        {
            Throw.OutOfRange(nameof(log10Scale), "finite", log10Scale);
        }

        if (!(vanishing < exploding))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'vanishing' must be less than 'exploding', but they are {vanishing} and {exploding}."),
                nameof(vanishing));
        }

        for (int layer = 0; layer < log10.Length; layer++)
        {
            if (double.IsNaN(log10.At(layer)) || double.IsPositiveInfinity(log10.At(layer)))
            {
                return new ChainDiagnosis(GradientHealth.NotFinite, double.NaN, double.NaN);
            }
        }

        double decades = Median(log10) - log10Scale;
        double perLayer = log10.Length > 1 ? decades / (log10.Length - 1) : double.IsNegativeInfinity(decades) ? decades : 0;
        GradientHealth health =
            double.IsNegativeInfinity(decades) ? GradientHealth.NoSignal
            : log10.Length == 1 ? GradientHealth.Healthy
            : decades <= vanishing ? GradientHealth.Vanishing
            : decades >= exploding ? GradientHealth.Exploding
            : GradientHealth.Healthy;
        return new ChainDiagnosis(health, decades, perLayer);
    }

    /// <summary>
    /// Finds the weights that a step <c>w - eta dL/dw</c> leaves exactly as they are in float: those whose step is below half
    /// of their last place, and those whose gradient is 0. The rounding is that of a generated <c>Descend</c>.
    /// </summary>
    /// <param name="weights">w.</param>
    /// <param name="gradient">dL/dw, as long as <paramref name="weights"/>.</param>
    /// <param name="learningRate">eta.</param>
    /// <param name="unmoved">Receives, per weight, whether it stays, as long as <paramref name="weights"/>; empty: only counted.</param>
    /// <returns>How many weights stay. A weight that would become NaN, or is, does not count as staying.</returns>
    /// <exception cref="ArgumentException">A length is wrong; nothing is written.</exception>
    public static int UnmovedWeights(ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient, float learningRate, Span<bool> unmoved = default) =>
        UnmovedWeights<float>(weights, gradient, learningRate, unmoved);

    /// <inheritdoc cref="UnmovedWeights(ReadOnlySpan{float}, ReadOnlySpan{float}, float, Span{bool})"/>
    [OverloadResolutionPriority(-1)]
    public static int UnmovedWeights(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> gradient, double learningRate, Span<bool> unmoved = default) =>
        UnmovedWeights<double>(weights, gradient, learningRate, unmoved);

    private static int UnmovedWeights<T>(ReadOnlySpan<T> weights, ReadOnlySpan<T> gradient, double learningRate, Span<bool> unmoved)
        where T : unmanaged
    {
        CheckLengths(weights.Length, gradient.Length, unmoved.Length);
        int count = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = Number.ToDouble(weights.At(i));
            T step = Number.FromDouble<T>(learningRate * Number.ToDouble(gradient.At(i)));
            T moved = Number.FromDouble<T>(weight - Number.ToDouble(step));
            bool stays = Number.ToDouble(moved) == weight;
            count += stays ? 1 : 0;
            if (!unmoved.IsEmpty)
            {
                unmoved[i] = stays;
            }
        }

        return count;
    }

    private static void CheckLengths(int weights, int gradient, int unmoved)
    {
        if (gradient != weights)
        {
            Throw.OtherLength(nameof(gradient), "'weights'", weights, gradient);
        }

        if (unmoved != 0 && unmoved != weights)
        {
            Throw.OtherLength(nameof(unmoved), "'weights'", weights, unmoved, optional: true);
        }
    }

    private static double Median(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
    }
}
