using System;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Losses over spans, each with its gradient in what the network put out. They sum, and do not average, over steps and
/// rows; sums run in double and in a fixed order. Nothing is allocated, and an empty gradient span is not computed.
/// </summary>
public static class Loss
{
    /// <summary><c>0.5 sum (y - yHat)^2</c>, with gradient <c>yHat - y</c>.</summary>
    /// <param name="yHat">What the network put out.</param>
    /// <param name="y">What it should have put out, as long as <paramref name="yHat"/>.</param>
    /// <param name="dYHat">Receives the gradient, as long as <paramref name="yHat"/>; may be <paramref name="yHat"/> or <paramref name="y"/> itself; empty: not computed.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    public static float Squared(ReadOnlySpan<float> yHat, ReadOnlySpan<float> y, Span<float> dYHat = default)
    {
        Check<float>(yHat, y, dYHat);
        double loss = 0.5 * FixedOrder.SumOfSquaredDifferences(yHat, y);
        if (!dYHat.IsEmpty)
        {
            TensorPrimitives.Subtract(yHat, y, dYHat);
        }

        return (float)loss;
    }

    /// <summary>
    /// Error-to-signal ratio <c>sum (y - yHat)^2 / sum y^2</c>, with gradient <c>2 (yHat - y) / sum y^2</c>; 1 is what a
    /// network reaches by keeping silent.
    /// </summary>
    /// <remarks>
    /// Silence, that is y = 0 throughout, has no such ratio. The loss is then positive infinity, or 0 if yHat is silent too,
    /// and the gradient is 0, so that no training step follows from it. A segment that is all but silent has a very large ratio and
    /// gradient; use <see cref="Squared(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>, or a longer segment, where that can occur.
    /// </remarks>
    /// <param name="yHat">What the network put out.</param>
    /// <param name="y">What it should have put out, the signal, as long as <paramref name="yHat"/>.</param>
    /// <param name="dYHat">Receives the gradient, as long as <paramref name="yHat"/>; may be <paramref name="yHat"/> or <paramref name="y"/> itself; empty: not computed.</param>
    /// <returns>The ratio.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    public static float ErrorToSignal(ReadOnlySpan<float> yHat, ReadOnlySpan<float> y, Span<float> dYHat = default)
    {
        Check<float>(yHat, y, dYHat);
        double error = FixedOrder.SumOfSquaredDifferences(yHat, y);
        double signal = FixedOrder.SumOfSquares(y);
        if (signal == 0)
        {
            dYHat.Clear();
            return error == 0 ? 0 : double.IsNaN(error) ? float.NaN : float.PositiveInfinity;
        }

        for (int i = 0; i < dYHat.Length; i++)
        {
            dYHat[i] = (float)(2 * ((double)yHat[i] - y[i]) / signal);
        }

        return (float)(error / signal);
    }

    /// <summary>
    /// Softmax cross-entropy <c>-sum_t log softmax(z_t)[target_t]</c> with one class per row, and gradient
    /// <c>softmax(z_t) - oneHot(target_t)</c>. Stable: each row's largest logit is taken out first.
    /// </summary>
    /// <param name="logits">z, T x <paramref name="classes"/>, row-major; an entry of negative infinity has probability 0.</param>
    /// <param name="classes">The number of classes, the length of a row; at least 1.</param>
    /// <param name="targets">The right class of each row, T of them, from 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="dLogits">Receives the gradient, as long as <paramref name="logits"/>; may be <paramref name="logits"/> itself; empty: not computed.</param>
    /// <returns>The loss, summed over the rows.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not a class, or there are none; nothing is written.</exception>
    public static float SoftmaxCrossEntropy(ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> targets, Span<float> dLogits = default)
    {
        CheckRows<float>(logits, classes, dLogits);
        CheckTargets(targets, logits.Length / classes, classes);
        double loss = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            ReadOnlySpan<float> z = logits.Slice(row * classes, classes);
            float targetLogit = z[targets[row]];
            (double largest, double sum) = SumOfExponentials(z);
            loss += largest + Math.Log(sum) - targetLogit;
            if (!dLogits.IsEmpty)
            {
                Span<float> dZ = dLogits.Slice(row * classes, classes);
                for (int k = 0; k < classes; k++)
                {
                    dZ[k] = (float)((Math.Exp(z[k] - largest) / sum) - (k == targets[row] ? 1 : 0));
                }
            }
        }

        return (float)loss;
    }

    /// <summary>
    /// Softmax cross-entropy <c>-sum_t sum_k q_tk log softmax(z_t)[k]</c> against a distribution per row, and gradient
    /// <c>softmax(z_t) sum_k q_tk - q_t</c>. Stable: each row's largest logit is taken out first.
    /// </summary>
    /// <param name="logits">z, T x <paramref name="classes"/>, row-major; an entry of negative infinity has probability 0.</param>
    /// <param name="classes">The number of classes, the length of a row; at least 1.</param>
    /// <param name="targets">q, T x <paramref name="classes"/>, row-major; not negative, each row usually of sum 1. <c>0 log 0</c> is 0.</param>
    /// <param name="dLogits">Receives the gradient, as long as <paramref name="logits"/>; may be <paramref name="logits"/> or <paramref name="targets"/> itself; empty: not computed.</param>
    /// <returns>The loss, summed over the rows.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1; nothing is written.</exception>
    public static float SoftmaxCrossEntropy(ReadOnlySpan<float> logits, int classes, ReadOnlySpan<float> targets, Span<float> dLogits = default)
    {
        CheckRows<float>(logits, classes, dLogits);
        CheckTargets<float>(logits, targets, dLogits);

        double loss = 0;
        for (int start = 0; start < logits.Length; start += classes)
        {
            ReadOnlySpan<float> z = logits.Slice(start, classes);
            ReadOnlySpan<float> q = targets.Slice(start, classes);
            (double largest, double sum) = SumOfExponentials(z);
            double logSum = largest + Math.Log(sum);
            double total = 0;
            for (int k = 0; k < classes; k++)
            {
                total += q[k];
                loss += q[k] == 0 ? 0 : q[k] * (logSum - z[k]);
            }

            if (!dLogits.IsEmpty)
            {
                Span<float> dZ = dLogits.Slice(start, classes);
                for (int k = 0; k < classes; k++)
                {
                    dZ[k] = (float)((Math.Exp(z[k] - largest) / sum * total) - q[k]);
                }
            }
        }

        return (float)loss;
    }

    /// <inheritdoc cref="Squared(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double Squared(ReadOnlySpan<double> yHat, ReadOnlySpan<double> y, Span<double> dYHat = default)
    {
        Check<double>(yHat, y, dYHat);
        double loss = 0.5 * FixedOrder.SumOfSquaredDifferences(yHat, y);
        if (!dYHat.IsEmpty)
        {
            for (int i = 0; i < dYHat.Length; i++)
            {
                dYHat[i] = yHat[i] - y[i];
            }
        }

        return loss;
    }

    /// <inheritdoc cref="ErrorToSignal(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double ErrorToSignal(ReadOnlySpan<double> yHat, ReadOnlySpan<double> y, Span<double> dYHat = default)
    {
        Check<double>(yHat, y, dYHat);
        double error = FixedOrder.SumOfSquaredDifferences(yHat, y);
        double signal = FixedOrder.SumOfSquares(y);
        if (signal == 0)
        {
            dYHat.Clear();
            return error == 0 ? 0 : double.IsNaN(error) ? double.NaN : double.PositiveInfinity;
        }

        for (int i = 0; i < dYHat.Length; i++)
        {
            dYHat[i] = 2 * (yHat[i] - y[i]) / signal;
        }

        return error / signal;
    }

    /// <inheritdoc cref="SoftmaxCrossEntropy(ReadOnlySpan{float}, int, ReadOnlySpan{int}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double SoftmaxCrossEntropy(ReadOnlySpan<double> logits, int classes, ReadOnlySpan<int> targets, Span<double> dLogits = default)
    {
        CheckRows<double>(logits, classes, dLogits);
        CheckTargets(targets, logits.Length / classes, classes);
        double loss = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            ReadOnlySpan<double> z = logits.Slice(row * classes, classes);
            double targetLogit = z[targets[row]];
            (double largest, double sum) = SumOfExponentials(z);
            loss += largest + Math.Log(sum) - targetLogit;
            if (!dLogits.IsEmpty)
            {
                Span<double> dZ = dLogits.Slice(row * classes, classes);
                for (int k = 0; k < classes; k++)
                {
                    dZ[k] = (Math.Exp(z[k] - largest) / sum) - (k == targets[row] ? 1 : 0);
                }
            }
        }

        return loss;
    }

    /// <inheritdoc cref="SoftmaxCrossEntropy(ReadOnlySpan{float}, int, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double SoftmaxCrossEntropy(ReadOnlySpan<double> logits, int classes, ReadOnlySpan<double> targets, Span<double> dLogits = default)
    {
        CheckRows<double>(logits, classes, dLogits);
        CheckTargets<double>(logits, targets, dLogits);

        double loss = 0;
        for (int start = 0; start < logits.Length; start += classes)
        {
            ReadOnlySpan<double> z = logits.Slice(start, classes);
            ReadOnlySpan<double> q = targets.Slice(start, classes);
            (double largest, double sum) = SumOfExponentials(z);
            double logSum = largest + Math.Log(sum);
            double total = 0;
            for (int k = 0; k < classes; k++)
            {
                total += q[k];
                loss += q[k] == 0 ? 0 : q[k] * (logSum - z[k]);
            }

            if (!dLogits.IsEmpty)
            {
                Span<double> dZ = dLogits.Slice(start, classes);
                for (int k = 0; k < classes; k++)
                {
                    dZ[k] = (Math.Exp(z[k] - largest) / sum * total) - q[k];
                }
            }
        }

        return loss;
    }

    // In double, by Math.Exp: TensorPrimitives.SoftMax does not take out the largest logit and adds in an order that
    // depends on the vector width. Math.Exp differs between platforms in the last bit of a double, far below a float's.
    private static (double Largest, double Sum) SumOfExponentials(ReadOnlySpan<float> z)
    {
        double largest = TensorPrimitives.Max(z);
        double sum = 0;
        foreach (float logit in z)
        {
            sum += Math.Exp(logit - largest);
        }

        return (largest, sum);
    }

    private static (double Largest, double Sum) SumOfExponentials(ReadOnlySpan<double> z)
    {
        double largest = Largest(z);
        double sum = 0;
        foreach (double logit in z)
        {
            sum += Math.Exp(logit - largest);
        }

        return (largest, sum);
    }

    // As TensorPrimitives.Max: NaN if some value is.
    private static double Largest(ReadOnlySpan<double> z)
    {
        double largest = double.NegativeInfinity;
        foreach (double logit in z)
        {
            largest = Math.Max(largest, logit);
        }

        return largest;
    }

    private static void Check<T>(ReadOnlySpan<T> yHat, ReadOnlySpan<T> y, ReadOnlySpan<T> dYHat)
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
                    FormattableString.Invariant($"Each of 'targets' must be at least 0 and less than {classes}, the number of 'classes', but targets[{row}] is {targets[row]}."));
            }
        }
    }

    private static void CheckTargets<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, ReadOnlySpan<T> dLogits)
    {
        if (targets.Length != logits.Length)
        {
            Throw.OtherLength(nameof(targets), "'logits'", logits.Length, targets.Length);
        }

        Overlap.RefuseUnlessSame(nameof(dLogits), dLogits, nameof(targets), targets);
    }

    private static void CheckRows<T>(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<T> dLogits)
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
