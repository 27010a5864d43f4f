using System;

namespace Lstm.Benchmarks;

/// <summary>One cell with its state, as a program that receives its input over time runs it.</summary>
internal interface IStreamedCell
{
    /// <summary>wm after the last step, d values.</summary>
    public ReadOnlySpan<float> WorkingMemory { get; }

    /// <summary>
    /// Goes on from the present state through the steps in <paramref name="x"/> (T x p), one call of the peer's step
    /// each. The loop is inside, so that this interface costs nothing measurable per step.
    /// </summary>
    public void Stream(ReadOnlySpan<float> x);
}
