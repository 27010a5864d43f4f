using System;
using System.Runtime.CompilerServices;

namespace Lstm;

/// <summary>
/// Losses over spans, each with its gradient in what the network put out. They sum, and do not average, over steps and
/// rows; sums run in double and in a fixed order. Nothing is allocated, and an empty gradient span is not computed.
/// </summary>
/// <remarks>
/// For a mean, give each row the weight 1 / n, with n the number of rows that count (<see cref="Count"/>, where targets are classes): loss and
/// gradient are those of the mean then. Or divide the loss by n, and the learning rate of <see cref="Sgd"/>; <see cref="Adam"/> does not depend on
/// the scale of the gradient.
/// </remarks>
public static partial class Loss
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
    /// and the gradient is 0, so that no training step follows from it. So it is where y is so nearly 0 that the gradient would leave the range of
    /// its numbers. A segment that is all but silent has a very large ratio and gradient; use
    /// <see cref="Squared(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>, or a longer segment, where that can occur.
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

    /// <summary><c>0.5 sum_t c_t |y_t - yHat_t|^2</c> with a weight for each row, and gradient <c>c_t (yHat_t - y_t)</c>.</summary>
    /// <param name="yHat">What the network put out, row-major.</param>
    /// <param name="y">What it should have put out, as long as <paramref name="yHat"/>.</param>
    /// <param name="weights">
    /// c: a weight for each row, such as each step of each sequence. Its length divides that of <paramref name="yHat"/>; equally long, it has a
    /// weight for each number. 0 masks a row out: its loss and gradient are 0 whatever stands there, NaN too. Weights of 1 give the bits of no
    /// weights.
    /// </param>
    /// <param name="dYHat">
    /// Receives the gradient, as long as <paramref name="yHat"/>; may be <paramref name="yHat"/> or <paramref name="y"/> itself; empty: not computed.
    /// </param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    public static float Squared(ReadOnlySpan<float> yHat, ReadOnlySpan<float> y, ReadOnlySpan<float> weights, Span<float> dYHat) =>
        Losses<float>.Squared(yHat, y, weights, dYHat);

    /// <inheritdoc cref="Squared(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double Squared(ReadOnlySpan<double> yHat, ReadOnlySpan<double> y, Span<double> dYHat = default) =>
        Losses<double>.Squared(yHat, y, dYHat);

    /// <inheritdoc cref="Squared(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double Squared(ReadOnlySpan<double> yHat, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Span<double> dYHat) =>
        Losses<double>.Squared(yHat, y, weights, dYHat);

    /// <inheritdoc cref="ErrorToSignal(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    [OverloadResolutionPriority(-1)]
    public static double ErrorToSignal(ReadOnlySpan<double> yHat, ReadOnlySpan<double> y, Span<double> dYHat = default) =>
        Losses<double>.ErrorToSignal(yHat, y, dYHat);
}
