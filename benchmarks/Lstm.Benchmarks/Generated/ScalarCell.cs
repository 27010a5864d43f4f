using System;
using System.Numerics;

namespace Lstm.Benchmarks;

/// <summary>A generated cell over floats or doubles, with one sequence to run on: what comparing the two takes.</summary>
internal sealed class ScalarCell<T, TCell, TState, TGradient> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TCell : unmanaged, IGenerated<TCell, T, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<T>
{
    private readonly CellSize size;
    private readonly AlignedMemory<TCell> cell = new();
    private readonly AlignedMemory<TState> state = new();
    private readonly AlignedMemory<TState> dState = new();
    private readonly AlignedMemory<TGradient> gradient = new();
    private readonly AlignedMemory<T> tape = new(TCell.TapeLength(Sequence.Steps, 1));
    private readonly AlignedMemory<T> wm;
    private readonly T[] x;
    private readonly T[] dWm;

    public ScalarCell(CellSize size)
    {
        this.size = size;
        wm = new AlignedMemory<T>(Sequence.Steps * size.Hidden);
        x = Array.ConvertAll(Sequence.Random(size.Input, seed: 2), T.CreateChecked);
        dWm = Array.ConvertAll(Sequence.Random(size.Hidden, seed: 3), T.CreateChecked);
        CellParameters.Random(size, seed: 1).CopyTo<T>(
            (gate, row, column) => ref cell.Value.W(0, gate, row, column),
            (gate, row, column) => ref cell.Value.U(0, gate, row, column),
            (gate, row) => ref cell.Value.B(0, gate, row));
    }

    /// <summary>One call a step, through the sequence.</summary>
    public void Stream()
    {
        ref TCell cell = ref this.cell.Value;
        ref TState state = ref this.state.Value;
        for (int start = 0; start < x.Length; start += size.Input)
        {
            cell.Step(x.AsSpan(start, size.Input), ref state);
        }
    }

    /// <summary>Forward from the zero state and back again.</summary>
    public void Train()
    {
        state.Value = default;
        dState.Value = default;
        gradient.Value = default;
        cell.Value.Forward(x, ref state.Value, wm.GetSpan(), tape.GetSpan());
        cell.Value.Backward(x, tape.GetSpan(), dWm, ref dState.Value, ref gradient.Value, dX: default);
    }

    public void Dispose()
    {
        foreach (IDisposable memory in (IDisposable[])[cell, state, dState, gradient, tape, wm])
        {
            memory.Dispose();
        }
    }
}
