using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Benchmarks;

/// <summary>What the generator writes into a cell of floats.</summary>
internal interface IGenerated<TState, TGradient> : IGenerated<float, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged;

/// <summary>What the generator writes into a cell, so that one generic class measures every size without a virtual call.</summary>
internal interface IGenerated<T, TState, TGradient>
    where T : unmanaged
    where TState : unmanaged
    where TGradient : unmanaged
{
    public static abstract ReadOnlySpan<T> WorkingMemory(ref TState state);

    public static abstract int TapeLength(int steps);

    public static abstract int TapeLength(int steps, int sequences);

    [UnscopedRef]
    public ref T W(Gate gate, int row, int column);

    [UnscopedRef]
    public ref T U(Gate gate, int row, int column);

    [UnscopedRef]
    public ref T B(Gate gate, int row);

    public void Step(ReadOnlySpan<T> x, ref TState state);

    public void Forward(ReadOnlySpan<T> x, ref TState state, Span<T> wm);

    public void Forward(ReadOnlySpan<T> x, ref TState state, Span<T> wm, Span<T> tape);

    public void Backward(
        ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dWm, ref TState dState, ref TGradient gradient, Span<T> dX = default);

    public void Step(ReadOnlySpan<T> x, Span<TState> states);

    public void Forward(ReadOnlySpan<T> x, Span<TState> states, Span<T> wm, Span<T> tape);

    public void Backward(
        ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dWm, Span<TState> dStates, ref TGradient gradient, Span<T> dX = default);

    public void Descend(in TGradient gradient, T learningRate);
}
