using System;
using Lstm.Reference;

namespace Lstm.Benchmarks;

/// <summary>The textbook cell of <c>Lstm.Runtime</c>, which allocates every matrix it returns.</summary>
internal sealed class ReferencePeer(CellParameters parameters, int sequences = 1) : IStreamedCell, ITrainedCell
{
    private readonly CellSize size = parameters.Size;
    private readonly ReferenceTraining<float> training = new(parameters, sequences);
    private readonly ReferenceCell<float> cell = parameters.ToReference<float>();
    private readonly float[] ltm = new float[parameters.Size.Hidden];
    private readonly float[] wm = new float[parameters.Size.Hidden];

    public ReadOnlySpan<float> WorkingMemory => wm;

    public void Stream(ReadOnlySpan<float> x)
    {
        for (int start = 0; start < x.Length; start += size.Input)
        {
            CellTrace<float> trace = cell.Forward(x.Slice(start, size.Input), ltm, wm);
            trace.Ltm.Values.CopyTo(ltm);
            trace.Wm.Values.CopyTo(wm);
        }
    }

    public void Train(ReadOnlySpan<float> x, ReadOnlySpan<float> dWm) => training.Train(x, dWm);

    public CellParameters Gradient() => training.Gradient();
}
