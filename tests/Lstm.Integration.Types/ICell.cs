using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm.Integration.Types;

/// <summary>
/// What a generated cell offers besides <see cref="ITrainableLstm{TSelf, TNumber, TState, TGradient}"/>; that the cells compile against it is
/// itself a test of their signatures.
/// </summary>
public interface ICell<T, TState>
    where T : unmanaged
    where TState : unmanaged
{
    public static abstract int TapeLength(int steps);

    [UnscopedRef]
    public ref T W(Gate gate, int row, int column);

    [UnscopedRef]
    public ref T U(Gate gate, int row, int column);

    [UnscopedRef]
    public ref T B(Gate gate, int row);

    public void Initialize(int seed, T rememberBias);

    public void Load(LstmModel model);

    public LstmModel ToModel();

    public void Step(ReadOnlySpan<T> x, ref TState state);

    public void Step(ReadOnlySpan<T> x, Span<TState> states);
}
