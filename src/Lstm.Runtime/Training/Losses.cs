using System;
using Lstm.Kernels;

namespace Lstm;

/// <summary>The losses of <see cref="Loss"/> over either type of numbers. Everything is computed in double and rounded once.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal static class Losses<T>
    where T : unmanaged
{
    internal static T Squared(ReadOnlySpan<T> yHat, ReadOnlySpan<T> y, Span<T> dYHat)
    {
        Check(yHat, y, dYHat);
        double loss = 0.5 * FixedOrder.SumOfSquaredDifferences(yHat, y);
        if (!dYHat.IsEmpty)
        {
            // yHat + y * (-1) has the bits of yHat - y: a change of sign does not round.
            MultiplyAdd.Apply(y, Number.FromDouble<T>(-1), yHat, dYHat);
        }

        return Number.FromDouble<T>(loss);
    }

    /// <summary>
    /// <c>0.5 sum_t c_t |y_t - yHat_t|^2</c> and its gradient; each weight c_t belongs to yHat.Length / weights.Length numbers.
    /// </summary>
    internal static T Squared(ReadOnlySpan<T> yHat, ReadOnlySpan<T> y, ReadOnlySpan<T> weights, Span<T> dYHat)
    {
        Check(yHat, y, dYHat);
        CheckWeights(weights, yHat.Length, dYHat);
        double loss = 0.5 * FixedOrder.SumOfSquaredDifferences(yHat, y, weights);
        int row = weights.IsEmpty ? 0 : yHat.Length / weights.Length;
        for (int i = 0; i < dYHat.Length; i++)
        {
            // Of a row without weight nothing counts, NaN neither.
            double weight = Number.ToDouble(weights.At(i / row));
            dYHat[i] = Number.FromDouble<T>(weight == 0 ? 0 : weight * (Number.ToDouble(yHat.At(i)) - Number.ToDouble(y.At(i))));
        }

        return Number.FromDouble<T>(loss);
    }

    internal static T ErrorToSignal(ReadOnlySpan<T> yHat, ReadOnlySpan<T> y, Span<T> dYHat)
    {
        Check(yHat, y, dYHat);
        double scale = FixedOrder.ScaleFor<T>(FixedOrder.LargestMagnitude(y));
        double error = FixedOrder.SumOfSquaredDifferences(yHat, y, scale);
        double signal = FixedOrder.SumOfSquares(y, scale);

        // 2 sqrt(error) / signal is the norm of the gradient. An infinite yHat has an infinite gradient, and a finite one has none.
        if (signal == 0
            || (2 * Math.Sqrt(error) / signal * scale > Number.Largest<T>() && double.IsFinite(FixedOrder.LargestMagnitude(yHat))))
        {
            dYHat.Clear();
            return Number.FromDouble<T>(error == 0 ? 0 : double.IsNaN(error) ? double.NaN : double.PositiveInfinity);
        }

        for (int i = 0; i < dYHat.Length; i++)
        {
            double difference = (Number.ToDouble(yHat.At(i)) * scale) - (Number.ToDouble(y.At(i)) * scale);
            dYHat[i] = Number.FromDouble<T>(2 * difference / signal * scale);
        }

        return Number.FromDouble<T>(error / signal);
    }

    private static void Check(ReadOnlySpan<T> yHat, ReadOnlySpan<T> y, ReadOnlySpan<T> dYHat)
    {
        if (y.Length != yHat.Length)
        {
            Throw.OtherLength(nameof(y), "'yHat': 'y' is the target, 'yHat' what the network put out", yHat.Length, y.Length);
        }

        if (!dYHat.IsEmpty && dYHat.Length != yHat.Length)
        {
            Throw.OtherLength(nameof(dYHat), "'yHat'", yHat.Length, dYHat.Length, optional: true);
        }

        Overlap.RefuseUnlessSame(nameof(dYHat), dYHat, nameof(yHat), yHat);
        Overlap.RefuseUnlessSame(nameof(dYHat), dYHat, nameof(y), y);
    }

    private static void CheckWeights(ReadOnlySpan<T> weights, int length, ReadOnlySpan<T> dYHat)
    {
        if (weights.IsEmpty ? length != 0 : length % weights.Length != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'weights' must have a length that divides {length}, the length of 'yHat', ")
                    + FormattableString.Invariant($"but its length is {weights.Length}. It has a weight for each row of 'yHat'."),
                nameof(weights));
        }

        Overlap.Refuse(nameof(dYHat), dYHat, nameof(weights), weights);
    }
}
