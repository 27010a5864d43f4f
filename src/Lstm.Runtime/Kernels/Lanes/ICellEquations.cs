#if NET8_0_OR_GREATER
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>
/// Equations (1) to (6) on vectors of units, in one accuracy. Gates and tanh are carried from equation to equation in a form of the accuracy's own:
/// <see cref="Accuracy.Standard"/> floats carry a gate as 2 sigma - 1 and a tanh as half of it, all others carry the values themselves.
/// </summary>
/// <typeparam name="TVector">A vector of units.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICellEquations<TVector>
    where TVector : struct
{
    /// <summary>Whether the tape holds sigma' and tanh'; else they follow from the values on it.</summary>
    static abstract bool RecordsSlopes { get; }

    /// <summary>sigma(z), as it is carried, and sigma'(z) where slopes are recorded.</summary>
    static abstract TVector Gate(TVector z, out TVector slope);

    /// <summary>tanh(z), as it is carried, and tanh'(z) where slopes are recorded.</summary>
    static abstract TVector Tanh(TVector z, out TVector slope);

    /// <summary>(4) ltm = rem * ltm + save * ltm', of carried gates and the ltm of the step before.</summary>
    static abstract TVector LongTermMemory(TVector rem, TVector save, TVector cand, TVector before);

    /// <summary>(6) wm = focus * tanh(ltm), of a carried gate and a carried tanh.</summary>
    static abstract TVector WorkingMemory(TVector focus, TVector tanh);

    /// <summary>sigma of a carried gate: what the tape gets.</summary>
    static abstract TVector GateValue(TVector gate);

    /// <summary>tanh of a carried tanh: what the tape gets.</summary>
    static abstract TVector TanhValue(TVector tanh);

    /// <summary>sigma' = sigma (1 - sigma), of a value on the tape.</summary>
    static abstract TVector GateSlope(TVector sigma);

    /// <summary>tanh' = (1 - tanh) (1 + tanh), of a value on the tape.</summary>
    static abstract TVector TanhSlope(TVector tanh);
}
#endif
