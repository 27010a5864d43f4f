using System;

namespace Lstm.Benchmarks;

/// <summary>One cell as training runs it, over N sequences of <see cref="Sequence.Steps"/> steps.</summary>
internal interface ITrainedCell
{
    /// <summary>
    /// Forward through <paramref name="x"/> (T x N x p) from the zero state and back again, with <paramref name="dWm"/>
    /// (T x N x d) the gradient of the loss at wm; leaves the gradient of the parameters, summed over the sequences.
    /// </summary>
    public void Train(ReadOnlySpan<float> x, ReadOnlySpan<float> dWm);

    /// <summary>The gradient that the last <see cref="Train"/> left.</summary>
    public CellParameters Gradient();
}
