using System;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// The softmax cross-entropies of <see cref="Loss"/> over either type of numbers. Everything is computed in double and rounded once.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal static class CrossEntropy<T>
    where T : unmanaged
{
    /// <summary>One class for each row; empty weights are all 1.</summary>
    internal static T OfClasses(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<int> targets, ReadOnlySpan<T> weights, Span<T> dLogits)
    {
        double loss = 0;
        Span<double> room = stackalloc double[SoftmaxRow<T>.KeptClasses];
        for (int row = 0; row < targets.Length; row++)
        {
            Span<T> dZ = dLogits.IsEmpty ? default : dLogits.Slice(row * classes, classes);
            double weight = WeightOf(weights, row);
            int target = targets.At(row);
            if (target < 0 || weight == 0)
            {
                dZ.Clear();
                continue;
            }

            var softmax = new SoftmaxRow<T>(logits.Slice(row * classes, classes), temperature: 1, room);
            loss += weight * softmax.NegativeLog(target);
            for (int k = 0; k < dZ.Length; k++)
            {
                double p = softmax.Probability(k);
                dZ[k] = Number.FromDouble<T>(weight * (k == target ? 0 - softmax.Complement(k, p) : p));
            }
        }

        return Number.FromDouble<T>(loss);
    }

    /// <summary>A distribution for each row.</summary>
    internal static T OfDistributions(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<T> targets, Span<T> dLogits)
    {
        double loss = 0;
        Span<double> room = stackalloc double[SoftmaxRow<T>.KeptClasses];
        for (int row = 0; row < logits.Length / classes; row++)
        {
            ReadOnlySpan<T> q = targets.Slice(row * classes, classes);
            Span<T> dZ = dLogits.IsEmpty ? default : dLogits.Slice(row * classes, classes);
            if (Guard.AllWithin(q, default))
            {
                dZ.Clear();
                continue;
            }

            var softmax = new SoftmaxRow<T>(logits.Slice(row * classes, classes), temperature: 1, room);
            double total = 0;
            for (int k = 0; k < classes; k++)
            {
                double target = Number.ToDouble(q.At(k));
                total += target;
                loss += target == 0 ? 0 : target * softmax.NegativeLog(k);
            }

            for (int k = 0; k < dZ.Length; k++)
            {
                dZ[k] = Number.FromDouble<T>(Slope(softmax, k, Number.ToDouble(q.At(k)), total));
            }
        }

        return Number.FromDouble<T>(loss);
    }

    internal static void Check(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<T> dLogits)
    {
        if (classes < 1)
        {
            Throw.OutOfRange(nameof(classes), "at least 1", classes);
        }

        if (logits.Length % classes != 0)
        {
            Throw.Multiple(nameof(logits), classes, logits.Length, "A row has a logit for each of the 'classes'.");
        }

        if (!dLogits.IsEmpty && dLogits.Length != logits.Length)
        {
            Throw.OtherLength(nameof(dLogits), "'logits'", logits.Length, dLogits.Length, optional: true);
        }

        Overlap.RefuseUnlessSame(nameof(dLogits), dLogits, nameof(logits), logits);
    }

    internal static void CheckTargets(ReadOnlySpan<int> targets, int rows, int classes)
    {
        if (targets.Length != rows)
        {
            Throw.Length(nameof(targets), rows, targets.Length, "It has the class of each row of 'logits'.");
        }

        for (int row = 0; row < targets.Length; row++)
        {
            if (targets.At(row) >= classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(targets),
                    FormattableString.Invariant($"Each of 'targets' must be less than {classes}, the number of 'classes', or negative for no target,")
                        + FormattableString.Invariant($" but targets[{row}] is {targets.At(row)}."));
            }
        }
    }

    internal static void CheckTargets(ReadOnlySpan<T> targets, ReadOnlySpan<T> logits, ReadOnlySpan<T> dLogits)
    {
        if (targets.Length != logits.Length)
        {
            Throw.OtherLength(nameof(targets), "'logits'", logits.Length, targets.Length);
        }

        Overlap.RefuseUnlessSame(nameof(dLogits), dLogits, nameof(targets), targets);
    }

    internal static void CheckWeights(ReadOnlySpan<T> weights, int rows, ReadOnlySpan<T> dLogits)
    {
        if (weights.Length != rows)
        {
            Throw.Length(nameof(weights), rows, weights.Length, "It has a weight for each row of 'logits'.");
        }

        Overlap.Refuse(nameof(dLogits), dLogits, nameof(weights), weights);
    }

    private static double WeightOf(ReadOnlySpan<T> weights, int row) => weights.IsEmpty ? 1 : Number.ToDouble(weights.At(row));

    // p_k sum_j q_j - q_k. Of the likeliest class both terms may be nearly equal: with 1 - p_k it is p_k sum_(j != k) q_j - q_k (1 - p_k).
    private static double Slope(in SoftmaxRow<T> softmax, int k, double target, double total)
    {
        double p = softmax.Probability(k);
        return k == softmax.Likeliest ? (p * (total - target)) - (target * softmax.Complement(k, p)) : (p * total) - target;
    }
}
