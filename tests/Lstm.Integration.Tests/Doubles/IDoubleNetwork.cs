using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Tests.Doubles;

/// <summary>As <see cref="Networks.INetwork{TState, TGradient}"/>, over doubles.</summary>
public interface IDoubleNetwork<TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged
{
    [UnscopedRef]
    public Span<double> Parameters { get; }

    public static abstract int TapeLength(int steps);

    [UnscopedRef]
    public ref double W(int layer, Gate gate, int row, int column);

    [UnscopedRef]
    public ref double U(int layer, Gate gate, int row, int column);

    [UnscopedRef]
    public ref double B(int layer, Gate gate, int row);

    [UnscopedRef]
    public ref double V(int row, int column);

    [UnscopedRef]
    public ref double C(int row);

    public void Initialize(ulong seed, double rememberBias = 1.0);

    public void Step(ReadOnlySpan<double> x, ref TState state, Span<double> y);

    public void Forward(ReadOnlySpan<double> x, ref TState state, Span<double> y);

    public void Forward(ReadOnlySpan<double> x, ref TState state, Span<double> y, Span<double> tape);

    public void Backward(
        ReadOnlySpan<double> x, ReadOnlySpan<double> tape, ReadOnlySpan<double> dY, ref TState dState, ref TGradient gradient, Span<double> dX = default);

    public void Descend(in TGradient gradient, double learningRate);
}
