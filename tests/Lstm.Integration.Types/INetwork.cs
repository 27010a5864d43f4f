using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Types;

/// <summary>
/// What a generated network offers besides <see cref="ITrainableLstm{TSelf, TNumber, TState, TGradient}"/>; that the networks compile against it
/// is itself a test of their signatures.
/// </summary>
public interface INetwork<T, TState>
    where T : unmanaged
    where TState : unmanaged
{
    public static abstract int TapeLength(int steps);

    [UnscopedRef]
    public ref T V(int row, int column);

    [UnscopedRef]
    public ref T C(int row);

    public void Initialize(int seed, T rememberBias);

    public void Load(LstmModel model);

    public LstmModel ToModel();

    public void Step(ReadOnlySpan<T> x, ref TState state, Span<T> y);

    public void Step(ReadOnlySpan<T> x, Span<TState> states, Span<T> y);
}
