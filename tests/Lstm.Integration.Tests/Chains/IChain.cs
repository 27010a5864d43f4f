using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Tests.Chains;

/// <summary>What every generated chain offers; that the chains compile against it is itself a test of their signatures.</summary>
public interface IChain<TGradient>
    where TGradient : unmanaged
{
    [UnscopedRef]
    public Span<float> Parameters { get; }

    public float Forward(ReadOnlySpan<float> x);

    public float Backward(ReadOnlySpan<float> x, float y, ref TGradient gradient, Span<float> dX = default);

    public void GradientMagnitudes(ReadOnlySpan<float> x, float y, Span<double> log10);

    public void Descend(in TGradient gradient, float learningRate);
}
