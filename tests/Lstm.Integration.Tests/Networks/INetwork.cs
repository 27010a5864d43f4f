using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Tests.Networks;

/// <summary>What every generated network offers; that the networks compile against it is itself a test of their signatures.</summary>
public interface INetwork<TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged
{
    [UnscopedRef]
    public Span<float> Parameters { get; }

    public static abstract int TapeLength(int steps);

    [UnscopedRef]
    public ref float W(int layer, Gate gate, int row, int column);

    [UnscopedRef]
    public ref float U(int layer, Gate gate, int row, int column);

    [UnscopedRef]
    public ref float B(int layer, Gate gate, int row);

    [UnscopedRef]
    public ref float V(int row, int column);

    [UnscopedRef]
    public ref float C(int row);

    public void Initialize(ulong seed, float rememberBias = 1f);

    public void Step(ReadOnlySpan<float> x, ref TState state, Span<float> y);

    public void Forward(ReadOnlySpan<float> x, ref TState state, Span<float> y);

    public void Forward(ReadOnlySpan<float> x, ref TState state, Span<float> y, Span<float> tape);

    public void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dY, ref TState dState, ref TGradient gradient, Span<float> dX = default);

    public static abstract int TapeLength(int steps, int sequences);

    public void Step(ReadOnlySpan<float> x, Span<TState> states, Span<float> y);

    public void Forward(ReadOnlySpan<float> x, Span<TState> states, Span<float> y);

    public void Forward(ReadOnlySpan<float> x, Span<TState> states, Span<float> y, Span<float> tape);

    public void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> tape, ReadOnlySpan<float> dY, Span<TState> dStates, ref TGradient gradient, Span<float> dX = default);

    public void Descend(in TGradient gradient, float learningRate);
}
