#if NET8_0_OR_GREATER
using System;
using System.Numerics;

namespace Lstm;

/// <summary>
/// What every generated cell and network that can be trained offers, for code that is generic over them: all but those with <c>Backward = false</c>.
/// </summary>
/// <typeparam name="TSelf">The generated type.</typeparam>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TState">Its <c>State</c>. The default value is the zero state.</typeparam>
/// <typeparam name="TGradient">Its <c>Gradient</c>. The default value is 0.</typeparam>
public interface ITrainableLstm<TSelf, TNumber, TState, TGradient> : ILstm<TSelf, TNumber, TState>
    where TSelf : unmanaged, ITrainableLstm<TSelf, TNumber, TState, TGradient>
    where TNumber : unmanaged, IFloatingPointIeee754<TNumber>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<TNumber>
{
    /// <summary>Length of a tape, in numbers, of <paramref name="steps"/> steps of <paramref name="sequences"/> sequences.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than one tape can hold.</exception>
    static abstract int TapeLength(int steps, int sequences);

    /// <summary>T time steps, recorded for <c>Backward</c>; the same bits as without a tape.</summary>
    /// <param name="x">T x p.</param>
    /// <param name="state">ltm and wm: before the first step, then after the last.</param>
    /// <param name="y">Gets y_1 to y_T, T x K.</param>
    /// <param name="tape">Gets what Backward needs besides x; at least TapeLength(T, 1) numbers.</param>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
    void Forward(ReadOnlySpan<TNumber> x, ref TState state, Span<TNumber> y, Span<TNumber> tape);

    /// <summary>T time steps of N sequences, recorded for <c>Backward</c>; the same bits as N calls with one state.</summary>
    /// <param name="x">T x N x p.</param>
    /// <param name="states">ltm and wm of N sequences: before the first step, then after the last. N may be 0.</param>
    /// <param name="y">Gets T x N x K.</param>
    /// <param name="tape">Gets what Backward needs besides x; at least TapeLength(T, N) numbers.</param>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
    void Forward(ReadOnlySpan<TNumber> x, Span<TState> states, Span<TNumber> y, Span<TNumber> tape);

    /// <summary>Back through T recorded steps: adds dL/dw to <paramref name="gradient"/>.</summary>
    /// <param name="x">T x p, as given to Forward.</param>
    /// <param name="tape">As Forward left it.</param>
    /// <param name="dY">dL/dy_t of each step, T x K.</param>
    /// <param name="dState">In: dL/d(final state) besides dY. Out: dL/d(initial state).</param>
    /// <param name="gradient">Gets dL/dw added.</param>
    /// <param name="dX">Gets dL/dx, T x p; empty: it is not computed.</param>
    /// <exception cref="ArgumentException">
    /// A length is wrong, spans overlap, or the tape was not recorded with as many steps and sequences; nothing has been changed.
    /// </exception>
    void Backward(
        ReadOnlySpan<TNumber> x, ReadOnlySpan<TNumber> tape, ReadOnlySpan<TNumber> dY, ref TState dState, ref TGradient gradient, Span<TNumber> dX);

    /// <summary>
    /// Back through T recorded steps of N sequences: adds dL/dw, summed over all of them, to <paramref name="gradient"/>.
    /// </summary>
    /// <param name="x">T x N x p, as given to Forward.</param>
    /// <param name="tape">As Forward left it.</param>
    /// <param name="dY">dL/dy_t of each step, T x N x K.</param>
    /// <param name="dStates">Of each sequence, in: dL/d(final state) besides dY. Out: dL/d(initial state). N may be 0.</param>
    /// <param name="gradient">Gets dL/dw added.</param>
    /// <param name="dX">Gets dL/dx, T x N x p; empty: it is not computed.</param>
    /// <exception cref="ArgumentException">
    /// A length is wrong, spans overlap, or the tape was not recorded with as many steps and sequences; nothing has been changed.
    /// </exception>
    void Backward(
        ReadOnlySpan<TNumber> x, ReadOnlySpan<TNumber> tape, ReadOnlySpan<TNumber> dY, Span<TState> dStates, ref TGradient gradient,
        Span<TNumber> dX);

    /// <summary>w &lt;- w - eta dL/dw, for every parameter.</summary>
    /// <param name="gradient">dL/dw.</param>
    /// <param name="learningRate">eta.</param>
    void Descend(in TGradient gradient, TNumber learningRate);
}
#endif
