using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Tests.Doubles;

/// <summary>As <see cref="Chains.IChain{TGradient}"/>, over doubles.</summary>
public interface IDoubleChain<TGradient>
    where TGradient : unmanaged
{
    [UnscopedRef]
    public Span<double> Parameters { get; }

    public double Forward(ReadOnlySpan<double> x);

    public double Backward(ReadOnlySpan<double> x, double y, ref TGradient gradient, Span<double> dX = default);

    public void GradientMagnitudes(ReadOnlySpan<double> x, double y, Span<double> log10);

    public void Descend(in TGradient gradient, double learningRate);
}
