using System;
using System.Numerics;
using Lstm.Reference;

namespace Lstm.Benchmarks;

/// <summary>The textbook cell of <c>Lstm.Runtime</c>, which allocates every matrix it returns.</summary>
internal sealed class ReferencePeer : IStreamedCell, ITrainedCell
{
    private readonly CellSize size;
    private readonly ReferenceCell<float> cell;
    private readonly float[] ltm;
    private readonly float[] wm;
    private CellGradient<float>? gradient;

    public ReferencePeer(CellParameters parameters)
    {
        size = parameters.Size;
        cell = Create<float>(parameters);
        ltm = new float[size.Hidden];
        wm = new float[size.Hidden];
    }

    public ReadOnlySpan<float> WorkingMemory => wm;

    /// <summary>The reference with these parameters, in any type of number.</summary>
    public static ReferenceCell<T> Create<T>(CellParameters parameters)
        where T : IFloatingPointIeee754<T>
    {
        ReferenceCell<T> cell = new(parameters.Size.Input, parameters.Size.Hidden);
        parameters.CopyTo<T>(cell.W, cell.U, cell.B);
        return cell;
    }

    public void Stream(ReadOnlySpan<float> x)
    {
        for (int start = 0; start < x.Length; start += size.Input)
        {
            CellTrace<float> trace = cell.Forward(x.Slice(start, size.Input), ltm, wm);
            trace.Ltm.Values.CopyTo(ltm);
            trace.Wm.Values.CopyTo(wm);
        }
    }

    public void Train(ReadOnlySpan<float> x, ReadOnlySpan<float> dWm)
    {
        Array.Clear(ltm);
        Array.Clear(wm);
        gradient = cell.Backward(x, cell.Forward(x, ltm, wm), dWm);
    }

    public CellParameters Gradient() => gradient is null
        ? throw new InvalidOperationException("There is no gradient before training.")
        : CellParameters.From<float>(size, gradient.W, gradient.U, gradient.B);
}
