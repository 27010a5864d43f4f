using System;
using System.Runtime.CompilerServices;
using Lstm.Kernels;

namespace Lstm;

/// <content>Losses of classes. exp and log are the project's own, so the bits are the same on every machine.</content>
public static partial class Loss
{
    /// <summary>
    /// Softmax cross-entropy <c>-sum_t log softmax(z_t)[target_t]</c> with one class per row, and gradient
    /// <c>softmax(z_t) - oneHot(target_t)</c>. Exact to the digits of its numbers where a probability is nearly 1, too.
    /// </summary>
    /// <param name="logits">z, T x <paramref name="classes"/>, row-major; an entry of negative infinity has probability 0.</param>
    /// <param name="classes">The number of classes, the length of a row; at least 1.</param>
    /// <param name="targets">
    /// The right class of each row, T of them, less than <paramref name="classes"/>. Below 0: no target. Such a row has loss 0 and gradient 0,
    /// whatever its logits; <see cref="Count"/> does not count it.
    /// </param>
    /// <param name="dLogits">
    /// Receives the gradient, as long as <paramref name="logits"/>; may be <paramref name="logits"/> itself; empty: not computed.
    /// </param>
    /// <returns>The loss, summed over the rows. NaN where some row's logits are all negative infinity, or one is NaN.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not a class, or there are no classes; nothing is written.</exception>
    public static float SoftmaxCrossEntropy(ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> targets, Span<float> dLogits = default) =>
        OfClasses(logits, classes, targets, dLogits);

    /// <summary>The same with a weight for each row, which its loss and its gradient are multiplied with.</summary>
    /// <param name="logits">z, T x <paramref name="classes"/>, row-major; an entry of negative infinity has probability 0.</param>
    /// <param name="classes">The number of classes, the length of a row; at least 1.</param>
    /// <param name="targets">The right class of each row, T of them, less than <paramref name="classes"/>. Below 0: no target.</param>
    /// <param name="weights">
    /// A weight for each row, T of them. 0 masks a row out, as no target does. Weights of 1 give the bits of no weights; negative ones make a class
    /// less likely.
    /// </param>
    /// <param name="dLogits">
    /// Receives the gradient, as long as <paramref name="logits"/>; may be <paramref name="logits"/> itself; empty: not computed.
    /// </param>
    /// <returns>The loss, summed over the rows.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not a class, or there are no classes; nothing is written.</exception>
    public static float SoftmaxCrossEntropy(
        ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> targets, ReadOnlySpan<float> weights, Span<float> dLogits) =>
        OfClasses(logits, classes, targets, weights, dLogits);

    /// <summary>
    /// Softmax cross-entropy <c>-sum_t sum_k q_tk log softmax(z_t)[k]</c> against a distribution per row, and gradient
    /// <c>softmax(z_t) sum_k q_tk - q_t</c>. Exact to the digits of its numbers where a probability is nearly 1, too.
    /// </summary>
    /// <param name="logits">z, T x <paramref name="classes"/>, row-major; an entry of negative infinity has probability 0.</param>
    /// <param name="classes">The number of classes, the length of a row; at least 1.</param>
    /// <param name="targets">
    /// q, T x <paramref name="classes"/>, row-major; not negative, each row usually of sum 1. <c>0 log 0</c> is 0. A row of zeros is no target: it
    /// has loss 0 and gradient 0, whatever its logits.
    /// </param>
    /// <param name="dLogits">
    /// Receives the gradient, as long as <paramref name="logits"/>; may be <paramref name="logits"/> or <paramref name="targets"/> itself;
    /// empty: not computed.
    /// </param>
    /// <returns>The loss, summed over the rows.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1; nothing is written.</exception>
    public static float SoftmaxCrossEntropy(ReadOnlySpan<float> logits, int classes, ReadOnlySpan<float> targets, Span<float> dLogits = default) =>
        OfDistributions(logits, classes, targets, dLogits);

    /// <inheritdoc cref="SoftmaxCrossEntropy(ReadOnlySpan{float}, int, ReadOnlySpan{int}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double SoftmaxCrossEntropy(ReadOnlySpan<double> logits, int classes, ReadOnlySpan<int> targets, Span<double> dLogits = default) =>
        OfClasses(logits, classes, targets, dLogits);

    /// <inheritdoc cref="SoftmaxCrossEntropy(ReadOnlySpan{float}, int, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double SoftmaxCrossEntropy(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<int> targets, ReadOnlySpan<double> weights, Span<double> dLogits) =>
        OfClasses(logits, classes, targets, weights, dLogits);

    /// <inheritdoc cref="SoftmaxCrossEntropy(ReadOnlySpan{float}, int, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double SoftmaxCrossEntropy(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<double> targets, Span<double> dLogits = default) =>
        OfDistributions(logits, classes, targets, dLogits);

    /// <summary>How many of some targets are targets, that is, not below 0: what a sum over rows is divided by for a mean.</summary>
    /// <param name="targets">The class of each row.</param>
    public static int Count(ReadOnlySpan<int> targets)
    {
        int count = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            count += targets.At(i) < 0 ? 0 : 1;
        }

        return count;
    }

    private static T OfClasses<T>(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<int> targets, Span<T> dLogits)
        where T : unmanaged
    {
        CrossEntropy<T>.Check(logits, classes, dLogits);
        CrossEntropy<T>.CheckTargets(targets, logits.Length / classes, classes);
        return CrossEntropy<T>.OfClasses(logits, classes, targets, default, dLogits);
    }

    private static T OfClasses<T>(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<int> targets, ReadOnlySpan<T> weights, Span<T> dLogits)
        where T : unmanaged
    {
        CrossEntropy<T>.Check(logits, classes, dLogits);
        CrossEntropy<T>.CheckTargets(targets, logits.Length / classes, classes);
        CrossEntropy<T>.CheckWeights(weights, logits.Length / classes, dLogits);
        return CrossEntropy<T>.OfClasses(logits, classes, targets, weights, dLogits);
    }

    private static T OfDistributions<T>(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<T> targets, Span<T> dLogits)
        where T : unmanaged
    {
        CrossEntropy<T>.Check(logits, classes, dLogits);
        CrossEntropy<T>.CheckTargets(targets, logits, dLogits);
        return CrossEntropy<T>.OfDistributions(logits, classes, targets, dLogits);
    }
}
