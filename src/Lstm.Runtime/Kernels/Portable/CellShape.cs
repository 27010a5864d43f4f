using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>
/// Sizes and places of one cell, for the kernels of the portable profile: what <c>ICellShape</c> has as constants, which take a newer runtime. Every
/// place counts numbers.
/// </summary>
/// <param name="partialSums">Partial sums of each gate: 1 or 2.</param>
/// <param name="stateStride">From the ltm and wm of one sequence to those of the next.</param>
/// <param name="record">From one step's record on the tape to the next.</param>
/// <param name="slopes">Where a record holds sigma' and tanh' of the gates; negative where it does not.</param>
/// <param name="tanhLtm">Where a record holds tanh(ltm).</param>
/// <param name="tanhLtmSlope">Where a record holds tanh'(ltm); negative where it does not.</param>
/// <param name="ltm">Where a record holds ltm.</param>
/// <param name="wm">Where a record holds wm.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CellShape(int partialSums, int stateStride, int record, int slopes, int tanhLtm, int tanhLtmSlope, int ltm, int wm)
{
    /// <summary>Partial sums of each gate: 1 or 2.</summary>
    public int PartialSums => partialSums;

    /// <summary>From the ltm and wm of one sequence to those of the next.</summary>
    public int StateStride => stateStride;

    /// <summary>From one step's record on the tape to the next.</summary>
    public int Record => record;

    /// <summary>Where a record holds sigma' and tanh' of the gates; negative where it does not.</summary>
    public int Slopes => slopes;

    /// <summary>Where a record holds tanh(ltm).</summary>
    public int TanhLtm => tanhLtm;

    /// <summary>Where a record holds tanh'(ltm); negative where it does not.</summary>
    public int TanhLtmSlope => tanhLtmSlope;

    /// <summary>Where a record holds ltm.</summary>
    public int Ltm => ltm;

    /// <summary>Where a record holds wm.</summary>
    public int Wm => wm;
}
