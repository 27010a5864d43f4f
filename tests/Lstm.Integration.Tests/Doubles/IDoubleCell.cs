using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Tests.Doubles;

/// <summary>As <see cref="Cells.ICell{TState, TGradient}"/>, over doubles.</summary>
public interface IDoubleCell<TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged
{
    [UnscopedRef]
    public Span<double> Parameters { get; }

    public static abstract int TapeLength(int steps);

    [UnscopedRef]
    public ref double W(Gate gate, int row, int column);

    [UnscopedRef]
    public ref double U(Gate gate, int row, int column);

    [UnscopedRef]
    public ref double B(Gate gate, int row);

    public void Initialize(ulong seed, double rememberBias = 1.0);

    public void Step(ReadOnlySpan<double> x, ref TState state);

    public void Forward(ReadOnlySpan<double> x, ref TState state, Span<double> wm);

    public void Forward(ReadOnlySpan<double> x, ref TState state, Span<double> wm, Span<double> tape);

    public void Backward(
        ReadOnlySpan<double> x, ReadOnlySpan<double> tape, ReadOnlySpan<double> dWm, ref TState dState, ref TGradient gradient, Span<double> dX = default);

    public void Descend(in TGradient gradient, double learningRate);
}
