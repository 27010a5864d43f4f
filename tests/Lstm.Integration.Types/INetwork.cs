using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Types;

/// <summary>What every generated network offers; that the networks compile against it is itself a test of their signatures.</summary>
public interface INetwork<T, TState, TGradient>
    where T : unmanaged
    where TState : unmanaged
    where TGradient : unmanaged
{
    [UnscopedRef]
    public Span<T> Parameters { get; }

    public static abstract int TapeLength(int steps);

    [UnscopedRef]
    public ref T W(int layer, Gate gate, int row, int column);

    [UnscopedRef]
    public ref T U(int layer, Gate gate, int row, int column);

    [UnscopedRef]
    public ref T B(int layer, Gate gate, int row);

    [UnscopedRef]
    public ref T V(int row, int column);

    [UnscopedRef]
    public ref T C(int row);

    public void Initialize(ulong seed, T rememberBias);

    public void Step(ReadOnlySpan<T> x, ref TState state, Span<T> y);

    public void Forward(ReadOnlySpan<T> x, ref TState state, Span<T> y);

    public void Forward(ReadOnlySpan<T> x, ref TState state, Span<T> y, Span<T> tape);

    public void Backward(
        ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dY, ref TState dState, ref TGradient gradient, Span<T> dX = default);

    public static abstract int TapeLength(int steps, int sequences);

    public void Step(ReadOnlySpan<T> x, Span<TState> states, Span<T> y);

    public void Forward(ReadOnlySpan<T> x, Span<TState> states, Span<T> y);

    public void Forward(ReadOnlySpan<T> x, Span<TState> states, Span<T> y, Span<T> tape);

    public void Backward(
        ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dY, Span<TState> dStates, ref TGradient gradient, Span<T> dX = default);

    public void Descend(in TGradient gradient, T learningRate);
}
