using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Types;

/// <summary>What every generated cell offers; that the cells compile against it is itself a test of their signatures.</summary>
public interface ICell<T, TState, TGradient>
    where T : unmanaged
    where TState : unmanaged
    where TGradient : unmanaged
{
    [UnscopedRef]
    public Span<T> Parameters { get; }

    public static abstract int TapeLength(int steps);

    [UnscopedRef]
    public ref T W(Gate gate, int row, int column);

    [UnscopedRef]
    public ref T U(Gate gate, int row, int column);

    [UnscopedRef]
    public ref T B(Gate gate, int row);

    public void Initialize(ulong seed, T rememberBias);

    public void Step(ReadOnlySpan<T> x, ref TState state);

    public void Forward(ReadOnlySpan<T> x, ref TState state, Span<T> wm);

    public void Forward(ReadOnlySpan<T> x, ref TState state, Span<T> wm, Span<T> tape);

    public void Backward(
        ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dWm, ref TState dState, ref TGradient gradient, Span<T> dX = default);

    public static abstract int TapeLength(int steps, int sequences);

    public void Step(ReadOnlySpan<T> x, Span<TState> states);

    public void Forward(ReadOnlySpan<T> x, Span<TState> states, Span<T> wm);

    public void Forward(ReadOnlySpan<T> x, Span<TState> states, Span<T> wm, Span<T> tape);

    public void Backward(
        ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dWm, Span<TState> dStates, ref TGradient gradient, Span<T> dX = default);

    public void Descend(in TGradient gradient, T learningRate);
}
