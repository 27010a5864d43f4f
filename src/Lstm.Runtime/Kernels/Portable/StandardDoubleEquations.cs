using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>Equations (1) to (6) of doubles, of which the tape holds no slopes: those of <c>PortableStandardDoubleScalar</c>.</summary>
internal static class StandardDoubleEquations
{
    /// <summary>Whether the tape holds sigma' and tanh'; else they follow from the values on it.</summary>
    internal static bool RecordsSlopes => false;

    /// <summary>sigma(z).</summary>
    internal static double Gate(double z, out double slope)
    {
        slope = 0;
        return DoubleExponential.Sigma(z, out _);
    }

    /// <summary>tanh(z).</summary>
    internal static double Tanh(double z, out double slope)
    {
        slope = 0;
        return DoubleExponential.Tanh(z, out _);
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
