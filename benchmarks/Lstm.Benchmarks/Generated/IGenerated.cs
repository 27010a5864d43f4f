using System;
using System.Numerics;

namespace Lstm.Benchmarks;

/// <summary>What the generator writes into a cell of floats.</summary>
internal interface IGenerated<TSelf, TState, TGradient> : IGenerated<TSelf, float, TState, TGradient>
    where TSelf : unmanaged, IGenerated<TSelf, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<float>;

/// <summary>What is measured of a cell besides the members of its own interface: single steps, and the working memory of a state.</summary>
internal interface IGenerated<TSelf, T, TState, TGradient> : ITrainableLstm<TSelf, T, TState, TGradient>
    where TSelf : unmanaged, IGenerated<TSelf, T, TState, TGradient>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<T>
{
    public static abstract ReadOnlySpan<T> WorkingMemory(ref TState state);

    public void Step(ReadOnlySpan<T> x, ref TState state);

    public void Step(ReadOnlySpan<T> x, Span<TState> states);
}
