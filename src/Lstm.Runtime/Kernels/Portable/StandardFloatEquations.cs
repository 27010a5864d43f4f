using System.Runtime.CompilerServices;
using static Lstm.Kernels.TanhCoefficients;

namespace Lstm.Kernels;

/// <summary>
/// Equations (1) to (6) of <c>PortableStandardFloatScalar</c> for runtimes that compute floats in double: the same operations in the same order, each
/// with a cast, which rounds there. A gate is carried as 2 sigma - 1 and a tanh as half of it.
/// </summary>
internal static class StandardFloatEquations
{
    /// <summary>Multiplies both sides of a quotient: x times its first coefficient is not subnormal then where that would count.</summary>
    private const float Scale = 16777216f;

    /// <summary>Whether the tape holds sigma' and tanh'; else they follow from the values on it.</summary>
    internal static bool RecordsSlopes => false;

    /// <summary>2 sigma(z) - 1 = tanh(z/2) = z P(z^2/4) / Q(z^2/4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Gate(float z, out float slope)
    {
        slope = 0;
        float x = Limited(z, Most * 2);
        float u = (float)(x * x);
        float u2 = (float)(u * u);
        float p = Polynomial(u, u2, P4 / 256 * Scale, P3 / 64 * Scale, P2 / 16 * Scale, P1 / 4 * Scale, P0 * Scale);
        float q = Polynomial(u, u2, Q4 / 256 * Scale, Q3 / 64 * Scale, Q2 / 16 * Scale, Q1 / 4 * Scale, Q0 * Scale);
        return (float)((float)(x * p) / q);
    }

    /// <summary>tanh(z) / 2 = z P(z^2) / Q(z^2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Tanh(float z, out float slope)
    {
        slope = 0;
        float x = Limited(z, Most);
        float u = (float)(x * x);
        float u2 = (float)(u * u);
        float p = Polynomial(u, u2, P4 * Scale, P3 * Scale, P2 * Scale, P1 * Scale, P0 * Scale);
        float q = Polynomial(u, u2, Q4 * Scale, Q3 * Scale, Q2 * Scale, Q1 * Scale, Q0 * Scale);
        return (float)((float)(x * p) / q);
    }

    /// <summary>(4) ltm = rem * ltm + save * ltm': ((save cand) + ((rem half + half) + cand)), half = ltm / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float LongTermMemory(float rem, float save, float cand, float before)
    {
        float half = (float)(before * 0.5f);
        return (float)((float)(save * cand) + (float)((float)((float)(rem * half) + half) + cand));
    }

    /// <summary>(6) wm = focus * tanh(ltm).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float WorkingMemory(float focus, float tanh) => (float)((float)(focus * tanh) + tanh);

    /// <summary>sigma of a carried gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float GateValue(float gate) => (float)((float)(gate * 0.5f) + 0.5f);

    /// <summary>tanh of a carried tanh.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float TanhValue(float tanh) => (float)(tanh + tanh);

    /// <summary>x limited to [-limit, limit]; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Limited(float x, float limit) => x < -limit ? -limit : x > limit ? limit : x;

    /// <summary>((a4 u2 + (a3 u + a2)) u2 + (a1 u + a0)), u2 = u^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Polynomial(float u, float u2, float a4, float a3, float a2, float a1, float a0)
    {
        float upper = (float)((float)(a4 * u2) + (float)((float)(a3 * u) + a2));
        return (float)((float)(upper * u2) + (float)((float)(a1 * u) + a0));
    }
}
