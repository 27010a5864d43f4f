using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Benchmarks;

/// <summary>What the generator writes into a cell, so that one generic class measures every size without a virtual call.</summary>
internal interface IGenerated<TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged
{
    public static abstract ReadOnlySpan<float> WorkingMemory(ref TState state);

    public static abstract int TapeLength(int steps);

    public static abstract int TapeLength(int steps, int sequences);

    [UnscopedRef]
    public ref float W(Gate gate, int row, int column);

    [UnscopedRef]
    public ref float U(Gate gate, int row, int column);

    [UnscopedRef]
    public ref float B(Gate gate, int row);

    public void Step(ReadOnlySpan<float> x, ref TState state);

    public void Forward(ReadOnlySpan<float> x, ref TState state, Span<float> wm);

    public void Forward(ReadOnlySpan<float> x, ref TState state, Span<float> wm, Span<float> tape);

    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dWm, ref TState dState, ref TGradient gradient, Span<float> dX = default);

    public void Step(ReadOnlySpan<float> x, Span<TState> states);

    public void Forward(ReadOnlySpan<float> x, Span<TState> states, Span<float> wm, Span<float> tape);

    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dWm, Span<TState> dStates, ref TGradient gradient, Span<float> dX = default);

    public void Descend(in TGradient gradient, float learningRate);
}
