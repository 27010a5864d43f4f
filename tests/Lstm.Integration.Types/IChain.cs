using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Types;

/// <summary>What every generated chain offers; that the chains compile against it is itself a test of their signatures.</summary>
public interface IChain<T, TGradient>
    where T : unmanaged
    where TGradient : unmanaged
{
    [UnscopedRef]
    public Span<T> Parameters { get; }

    public void ExportParameters(Span<T> destination);

    public void ImportParameters(ReadOnlySpan<T> source);

    public T Forward(ReadOnlySpan<T> x);

    public T Backward(ReadOnlySpan<T> x, T y, ref TGradient gradient, Span<T> dX = default);

    public void GradientMagnitudes(ReadOnlySpan<T> x, T y, Span<double> log10);

    public void Descend(in TGradient gradient, T learningRate);
}
