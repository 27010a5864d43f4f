using System;

namespace Lstm.Benchmarks;

/// <summary>A cell that can also take all the steps of a sequence in one call.</summary>
internal interface IBlockedCell : IStreamedCell
{
    /// <summary>As <see cref="IStreamedCell.Stream"/>, in one call for up to <see cref="Sequence.Steps"/> steps.</summary>
    public void StreamAtOnce(ReadOnlySpan<float> x);
}
