using System;

namespace Lstm.Benchmarks;

/// <summary>The cell in oneDNN, on one thread. Its weights are reordered at every call, as in training, where they change.</summary>
internal sealed unsafe class OneDnnCell : ITrainedCell, IDisposable
{
    private readonly CellSize size;
    private readonly nint cell;

    /// <param name="parameters">Its size and values.</param>
    /// <param name="sequences">N, how many sequences <see cref="Train"/> takes at once.</param>
    public OneDnnCell(CellParameters parameters, int sequences)
    {
        size = parameters.Size;
        PlainArrays plain = new(parameters);
        fixed (float* w = plain.W, u = plain.U, b = plain.B)
        {
            cell = OneDnnCells.Create(size.Input, size.Hidden, Sequence.Steps, sequences, w, u, b);
        }
    }

    public void Train(ReadOnlySpan<float> x, ReadOnlySpan<float> dWm)
    {
        fixed (float* from = x, gradient = dWm)
        {
            OneDnnCells.Train(cell, from, gradient);
        }
    }

    public CellParameters Gradient()
    {
        PlainArrays plain = new(size);
        fixed (float* w = plain.W, u = plain.U, b = plain.B)
        {
            OneDnnCells.Gradient(cell, w, u, b);
        }

        return plain.ToParameters();
    }

    public void Dispose() => OneDnnCells.Destroy(cell);
}
