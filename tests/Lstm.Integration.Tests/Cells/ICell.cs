using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Tests.Cells;

/// <summary>What every generated cell offers; that the cells compile against it is itself a test of their signatures.</summary>
public interface ICell<TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged
{
    [UnscopedRef]
    public Span<float> Parameters { get; }

    public static abstract int TapeLength(int steps);

    [UnscopedRef]
    public ref float W(Gate gate, int row, int column);

    [UnscopedRef]
    public ref float U(Gate gate, int row, int column);

    [UnscopedRef]
    public ref float B(Gate gate, int row);

    public void Initialize(ulong seed, float rememberBias = 1f);

    public void Step(ReadOnlySpan<float> x, ref TState state);

    public void Forward(ReadOnlySpan<float> x, ref TState state, Span<float> wm);

    public void Forward(ReadOnlySpan<float> x, ref TState state, Span<float> wm, Span<float> tape);

    public void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dWm, ref TState dState, ref TGradient gradient, Span<float> dX = default);

    public static abstract int TapeLength(int steps, int sequences);

    public void Step(ReadOnlySpan<float> x, Span<TState> states);

    public void Forward(ReadOnlySpan<float> x, Span<TState> states, Span<float> wm);

    public void Forward(ReadOnlySpan<float> x, Span<TState> states, Span<float> wm, Span<float> tape);

    public void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dWm, Span<TState> dStates, ref TGradient gradient, Span<float> dX = default);

    public void Descend(in TGradient gradient, float learningRate);
}
