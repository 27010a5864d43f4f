using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>Equations (1) to (6) of doubles, with slopes from the same exponential: those of <c>PortableStrictDoubleScalar</c>.</summary>
internal static class StrictDoubleEquations
{
    /// <summary>Whether the tape holds sigma' and tanh'; else they follow from the values on it.</summary>
    internal static bool RecordsSlopes => true;

    /// <summary>sigma(z) and sigma'(z) = e / (1 + e)^2, e = exp(-|z|).</summary>
    internal static double Gate(double z, out double slope)
    {
        double sigma = DoubleExponential.Sigma(z, out double e);
        slope = e / ((e + 1) * (e + 1));
        return sigma;
    }

    /// <summary>tanh(z) and tanh'(z) = 4 e / (1 + e)^2, e = exp(-2 |z|).</summary>
    internal static double Tanh(double z, out double slope)
    {
        double tanh = DoubleExponential.Tanh(z, out double e);
        slope = (e * 4) / ((e + 1) * (e + 1));
        return tanh;
    }

    /// <summary>(4) ltm = rem * ltm + save * ltm'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double LongTermMemory(double rem, double save, double cand, double before) => (rem * before) + (save * cand);

    /// <summary>(6) wm = focus * tanh(ltm).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double WorkingMemory(double focus, double tanh) => focus * tanh;

    /// <summary>sigma of a gate, which is carried as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double GateValue(double gate) => gate;

    /// <summary>tanh, which is carried as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double TanhValue(double tanh) => tanh;
}
