using System;

namespace Lstm.Benchmarks;

/// <summary>The cell in hand-written C++ for its very size, compiled for this processor: what the generated code is held against.</summary>
internal sealed unsafe class NativeCell : IBlockedCell, ITrainedCell, IDisposable
{
    private readonly CellSize size;
    private readonly int sequences;
    private readonly nint cell;
    private readonly float[] block;
    private readonly float[] wm;

    /// <param name="parameters">Its size and values.</param>
    /// <param name="sequences">N, how many sequences <see cref="Train"/> takes at once.</param>
    public NativeCell(CellParameters parameters, int sequences = 1)
    {
        size = parameters.Size;
        this.sequences = sequences;
        block = GC.AllocateArray<float>(Sequence.Steps * size.Hidden, pinned: true);
        wm = new float[size.Hidden];
        PlainArrays plain = new(parameters);
        fixed (float* w = plain.W, u = plain.U, b = plain.B)
        {
            cell = NativeCells.Create(size.Input, size.Hidden, w, u, b);
        }

        if (cell == 0)
        {
            throw new ArgumentException($"benchmarks/native/cells.cpp has no cell of {size}.", nameof(parameters));
        }
    }

    private NativeCell(CellSize size, nint cell)
    {
        this.size = size;
        this.cell = cell;
        block = [];
        wm = [];
    }

    /// <summary>A cell whose step does nothing: what it costs to call one.</summary>
    public static NativeCell Empty() => new(new CellSize(1, 1), NativeCells.CreateEmpty());

    public ReadOnlySpan<float> WorkingMemory
    {
        get
        {
            fixed (float* to = wm)
            {
                NativeCells.WorkingMemory(cell, to);
            }

            return wm;
        }
    }

    public void Stream(ReadOnlySpan<float> x)
    {
        fixed (float* first = x)
        {
            for (int start = 0; start < x.Length; start += size.Input)
            {
                NativeCells.Step(cell, first + start);
            }
        }
    }

    public void StreamAtOnce(ReadOnlySpan<float> x)
    {
        fixed (float* first = x, to = block)
        {
            NativeCells.Forward(cell, first, x.Length / size.Input, to);
        }
    }

    public void Train(ReadOnlySpan<float> x, ReadOnlySpan<float> dWm)
    {
        fixed (float* from = x, gradient = dWm)
        {
            NativeCells.Train(cell, from, gradient, Sequence.Steps, sequences);
        }
    }

    public CellParameters Gradient()
    {
        PlainArrays plain = new(size);
        fixed (float* w = plain.W, u = plain.U, b = plain.B)
        {
            NativeCells.Gradient(cell, w, u, b);
        }

        return plain.ToParameters();
    }

    public void Dispose() => NativeCells.Destroy(cell);
}
