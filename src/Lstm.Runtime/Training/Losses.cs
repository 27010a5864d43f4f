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

    internal static T ErrorToSignal(ReadOnlySpan<T> yHat, ReadOnlySpan<T> y, Span<T> dYHat)
    {
        Check(yHat, y, dYHat);
        double error = FixedOrder.SumOfSquaredDifferences(yHat, y);
        double signal = FixedOrder.SumOfSquares(y);
        if (signal == 0)
        {
            dYHat.Clear();
            return Number.FromDouble<T>(error == 0 ? 0 : double.IsNaN(error) ? double.NaN : double.PositiveInfinity);
        }

        for (int i = 0; i < dYHat.Length; i++)
        {
            dYHat[i] = Number.FromDouble<T>(2 * (Number.ToDouble(yHat[i]) - Number.ToDouble(y[i])) / signal);
        }

        return Number.FromDouble<T>(error / signal);
    }

    internal static T SoftmaxCrossEntropy(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<int> targets, Span<T> dLogits)
    {
        CheckRows(logits, classes, dLogits);
        CheckTargets(targets, logits.Length / classes, classes);
        double loss = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            int start = row * classes;
            ReadOnlySpan<T> z = logits.Slice(start, classes);
            double targetLogit = Number.ToDouble(z[targets[row]]);
            (double largest, double sum) = SumOfExponentials(z);
            loss += largest + Math.Log(sum) - targetLogit;
            for (int k = 0; k < classes && !dLogits.IsEmpty; k++)
            {
                double probability = Math.Exp(Number.ToDouble(z[k]) - largest) / sum;
                dLogits[start + k] = Number.FromDouble<T>(probability - (k == targets[row] ? 1 : 0));
            }
        }

        return Number.FromDouble<T>(loss);
    }

    internal static T SoftmaxCrossEntropy(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<T> targets, Span<T> dLogits)
    {
        CheckRows(logits, classes, dLogits);
        CheckTargets(logits, targets, dLogits);
        double loss = 0;
        for (int start = 0; start < logits.Length; start += classes)
        {
            ReadOnlySpan<T> z = logits.Slice(start, classes);
            ReadOnlySpan<T> q = targets.Slice(start, classes);
            (double largest, double sum) = SumOfExponentials(z);
            double logSum = largest + Math.Log(sum);
            double total = 0;
            for (int k = 0; k < classes; k++)
            {
                double target = Number.ToDouble(q[k]);
                total += target;
                loss += target == 0 ? 0 : target * (logSum - Number.ToDouble(z[k]));
            }

            for (int k = 0; k < classes && !dLogits.IsEmpty; k++)
            {
                double probability = Math.Exp(Number.ToDouble(z[k]) - largest) / sum;
                dLogits[start + k] = Number.FromDouble<T>((probability * total) - Number.ToDouble(q[k]));
            }
        }

        return Number.FromDouble<T>(loss);
    }

    // In double, by Math.Exp: TensorPrimitives.SoftMax does not take out the largest logit and adds in an order that
    // depends on the vector width. Math.Exp differs between platforms in the last bit of a double, far below a float's.
    private static (double Largest, double Sum) SumOfExponentials(ReadOnlySpan<T> z)
    {
        double largest = double.NegativeInfinity; // NaN if some logit is
        foreach (T logit in z)
        {
            largest = Math.Max(largest, Number.ToDouble(logit));
        }

        double sum = 0;
        foreach (T logit in z)
        {
            sum += Math.Exp(Number.ToDouble(logit) - largest);
        }

        return (largest, sum);
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

    private static void CheckTargets(ReadOnlySpan<int> targets, int rows, int classes)
    {
        if (targets.Length != rows)
        {
            Throw.Length(nameof(targets), rows, targets.Length, "It has the class of each row of 'logits'.");
        }

        for (int row = 0; row < targets.Length; row++)
        {
            if ((uint)targets[row] >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(targets),
                    FormattableString.Invariant($"Each of 'targets' must be at least 0 and less than {classes}, the number of 'classes', ")
                        + FormattableString.Invariant($"but targets[{row}] is {targets[row]}."));
            }
        }
    }

    private static void CheckTargets(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, ReadOnlySpan<T> dLogits)
    {
        if (targets.Length != logits.Length)
        {
            Throw.OtherLength(nameof(targets), "'logits'", logits.Length, targets.Length);
        }

        Overlap.RefuseUnlessSame(nameof(dLogits), dLogits, nameof(targets), targets);
    }

    private static void CheckRows(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<T> dLogits)
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
}
