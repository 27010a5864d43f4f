#if NET8_0_OR_GREATER
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>Sizes and places of one cell, as constants that the JIT folds. Every place counts numbers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICellShape
{
    /// <summary>p.</summary>
    static abstract int Input { get; }

    /// <summary>d.</summary>
    static abstract int Hidden { get; }

    /// <summary>d rounded up to whole tiles.</summary>
    static abstract int Padded { get; }

    /// <summary>Partial sums of each gate: 1 or 2.</summary>
    static abstract int PartialSums { get; }

    /// <summary>From the ltm and wm of one sequence to those of the next.</summary>
    static abstract int StateStride { get; }

    /// <summary>From one step's record on the tape to the next.</summary>
    static abstract int Record { get; }

    /// <summary>Where a record holds sigma' and tanh' of the gates; negative where it does not.</summary>
    static abstract int Slopes { get; }

    /// <summary>Where a record holds tanh(ltm).</summary>
    static abstract int TanhLtm { get; }

    /// <summary>Where a record holds tanh'(ltm); negative where it does not.</summary>
    static abstract int TanhLtmSlope { get; }

    /// <summary>Where a record holds ltm.</summary>
    static abstract int Ltm { get; }

    /// <summary>Where a record holds wm.</summary>
    static abstract int Wm { get; }
}
#endif
