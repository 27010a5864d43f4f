using System;

namespace Lstm.Benchmarks;

/// <summary>One cell as training runs it.</summary>
internal interface ITrainedCell
{
    /// <summary>
    /// Forward through <paramref name="x"/> (T x p) from the zero state and back again, with <paramref name="dWm"/>
    /// (T x d) the gradient of the loss at wm; leaves the gradient of the parameters.
    /// </summary>
    public void Train(ReadOnlySpan<float> x, ReadOnlySpan<float> dWm);

    /// <summary>The gradient that the last <see cref="Train"/> left.</summary>
    public CellParameters Gradient();
}
