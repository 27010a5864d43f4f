using System;

namespace Lstm.Benchmarks;

/// <summary>A cell whose stream is its sequence call.</summary>
internal sealed class CellInBlocks(IBlockedCell cell) : IStreamedCell, IDisposable
{
    public ReadOnlySpan<float> WorkingMemory => cell.WorkingMemory;

    public void Stream(ReadOnlySpan<float> x) => cell.StreamAtOnce(x);

    public void Dispose() => (cell as IDisposable)?.Dispose();
}
