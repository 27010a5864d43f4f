using System;
using System.Linq;

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
        fixed (float* w = Flat(parameters.W), u = Flat(parameters.U), b = Flat(parameters.B))
        {
            cell = NativeCells.Create(size.Input, size.Hidden, w, u, b);
        }

        if (cell == 0)
        {
            throw new ArgumentException($"benchmarks/native/cells.cpp has no cell of {size}.", nameof(parameters));
        }
    }

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
        float[] w = new float[4 * size.Hidden * size.Input];
        float[] u = new float[4 * size.Hidden * size.Hidden];
        float[] b = new float[4 * size.Hidden];
        fixed (float* toW = w, toU = u, toB = b)
        {
            NativeCells.Gradient(cell, toW, toU, toB);
        }

        return CellParameters.From<float>(
            size,
            (gate, row, column) => ref w[((((int)gate * size.Hidden) + row) * size.Input) + column],
            (gate, row, column) => ref u[((((int)gate * size.Hidden) + row) * size.Hidden) + column],
            (gate, row) => ref b[((int)gate * size.Hidden) + row]);
    }

    public void Dispose() => NativeCells.Destroy(cell);

    private static float[] Flat(float[][] byGate) => [.. byGate.SelectMany(static values => values)];
}
