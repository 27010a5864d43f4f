using System;
using System.Runtime.CompilerServices;

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
    /// <param name="dYHat">
    /// Receives the gradient, as long as <paramref name="yHat"/>; may be <paramref name="yHat"/> or <paramref name="y"/> itself; empty: not computed.
    /// </param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    public static float Squared(ReadOnlySpan<float> yHat, ReadOnlySpan<float> y, Span<float> dYHat = default) =>
        Losses<float>.Squared(yHat, y, dYHat);

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
    /// <param name="dYHat">
    /// Receives the gradient, as long as <paramref name="yHat"/>; may be <paramref name="yHat"/> or <paramref name="y"/> itself; empty: not computed.
    /// </param>
    /// <returns>The ratio.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    public static float ErrorToSignal(ReadOnlySpan<float> yHat, ReadOnlySpan<float> y, Span<float> dYHat = default) =>
        Losses<float>.ErrorToSignal(yHat, y, dYHat);

    /// <summary>
    /// Softmax cross-entropy <c>-sum_t log softmax(z_t)[target_t]</c> with one class per row, and gradient
    /// <c>softmax(z_t) - oneHot(target_t)</c>. Stable: each row's largest logit is taken out first.
    /// </summary>
    /// <param name="logits">z, T x <paramref name="classes"/>, row-major; an entry of negative infinity has probability 0.</param>
    /// <param name="classes">The number of classes, the length of a row; at least 1.</param>
    /// <param name="targets">The right class of each row, T of them, from 0 to <paramref name="classes"/> - 1.</param>
    /// <param name="dLogits">
    /// Receives the gradient, as long as <paramref name="logits"/>; may be <paramref name="logits"/> itself; empty: not computed.
    /// </param>
    /// <returns>The loss, summed over the rows.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not a class, or there are none; nothing is written.</exception>
    public static float SoftmaxCrossEntropy(ReadOnlySpan<float> logits, int classes, ReadOnlySpan<int> targets, Span<float> dLogits = default) =>
        Losses<float>.SoftmaxCrossEntropy(logits, classes, targets, dLogits);

    /// <summary>
    /// Softmax cross-entropy <c>-sum_t sum_k q_tk log softmax(z_t)[k]</c> against a distribution per row, and gradient
    /// <c>softmax(z_t) sum_k q_tk - q_t</c>. Stable: each row's largest logit is taken out first.
    /// </summary>
    /// <param name="logits">z, T x <paramref name="classes"/>, row-major; an entry of negative infinity has probability 0.</param>
    /// <param name="classes">The number of classes, the length of a row; at least 1.</param>
    /// <param name="targets">q, T x <paramref name="classes"/>, row-major; not negative, each row usually of sum 1. <c>0 log 0</c> is 0.</param>
    /// <param name="dLogits">
    /// Receives the gradient, as long as <paramref name="logits"/>; may be <paramref name="logits"/> or <paramref name="targets"/> itself;
    /// empty: not computed.
    /// </param>
    /// <returns>The loss, summed over the rows.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1; nothing is written.</exception>
    public static float SoftmaxCrossEntropy(ReadOnlySpan<float> logits, int classes, ReadOnlySpan<float> targets, Span<float> dLogits = default) =>
        Losses<float>.SoftmaxCrossEntropy(logits, classes, targets, dLogits);

    /// <inheritdoc cref="Squared(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double Squared(ReadOnlySpan<double> yHat, ReadOnlySpan<double> y, Span<double> dYHat = default) =>
        Losses<double>.Squared(yHat, y, dYHat);

    /// <inheritdoc cref="ErrorToSignal(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double ErrorToSignal(ReadOnlySpan<double> yHat, ReadOnlySpan<double> y, Span<double> dYHat = default) =>
        Losses<double>.ErrorToSignal(yHat, y, dYHat);

    /// <inheritdoc cref="SoftmaxCrossEntropy(ReadOnlySpan{float}, int, ReadOnlySpan{int}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double SoftmaxCrossEntropy(ReadOnlySpan<double> logits, int classes, ReadOnlySpan<int> targets, Span<double> dLogits = default) =>
        Losses<double>.SoftmaxCrossEntropy(logits, classes, targets, dLogits);

    /// <inheritdoc cref="SoftmaxCrossEntropy(ReadOnlySpan{float}, int, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double SoftmaxCrossEntropy(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<double> targets, Span<double> dLogits = default) =>
        Losses<double>.SoftmaxCrossEntropy(logits, classes, targets, dLogits);
}
