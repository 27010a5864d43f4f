using System;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// Equations (1) to (6) of <c>PortableStrictFloatScalar</c>, where the formulas are explained, for runtimes that compute floats in double: the same
/// operations in the same order, each with a cast, which rounds there.
/// </summary>
internal static class StrictFloatEquations
{
    /// <summary>s and u of sigma are multiplied by it, so that the division alone rounds where the result is subnormal.</summary>
    private const float Up = 1L << 38;

    // Adding one of these rounds n to an integer, and leaves it in the low bits with the exponent's bias of 127; sigma's with 38 more.
    private const float ShiftOfSigma = 12583077f;
    private const float ShiftOfTanh = 12583039f;

    /// <summary>Whether the tape holds sigma' and tanh'; else they follow from the values on it.</summary>
    internal static bool RecordsSlopes => true;

    /// <summary>sigma(z) and sigma'(z).</summary>
    internal static float Gate(float z, out float slope)
    {
        float x = z < -104.00000762939453f ? -104.00000762939453f : z;
        x = x > 61f ? 61f : x;

        // x = n ln 2 + r
        float shifted = (float)((float)(x * 1.442695f) + ShiftOfSigma);
        float n = (float)(shifted - ShiftOfSigma);
        float r = (float)((float)(n * 2.12194440e-4f) + (float)((float)(n * -0.693359375f) + x));
        float s = PowerOfTwo(shifted);

        // u = 1 - exp(-r) = r + r^2 q
        float r2 = (float)(r * r);
        float q = Polynomial(r, r2, Up * -0.00138773804f, Up * 0.00836643949f, Up * -0.0416668989f, Up * 0.166665405f, Up * -0.5f);
        float u = (float)((float)(r2 * q) + (float)(r * Up));
        float sum = (float)((float)(s - u) + Up);
        slope = (float)((float)(s / sum) * (float)((float)(Up - u) / sum));
        return (float)(s / sum);
    }

    /// <summary>tanh(z) and tanh'(z).</summary>
    internal static float Tanh(float z, out float slope)
    {
        float a = Math.Abs(z);
        a = a > 34f ? 34f : a;

        // -2 |x| = n ln 2 - r
        float shifted = (float)((float)(a * -2.88539f) + ShiftOfTanh);
        float n = (float)(shifted - ShiftOfTanh);
        float r = (float)((float)(n * 0.6931472f) + (float)(a * 2f));
        float s = PowerOfTwo(shifted);

        // u = 1 - exp(-r) = r + r^2 q
        float r2 = (float)(r * r);
        float q = Polynomial(r, r2, -0.00138773804f, 0.00836643949f, -0.0416668989f, 0.166665405f, -0.5f);
        float u = (float)((float)(r2 * q) + r);
        float sum = (float)((float)(-s * u) + (float)(1f + s));
        slope = (float)((float)((float)(s - (float)(s * u)) * 4f) / (float)(sum * sum));
        return (float)((float)((float)(WithSign(s, z) * u) + WithSign((float)(1f - s), z)) / sum);
    }

    /// <summary>(4) ltm = rem * ltm + save * ltm'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float LongTermMemory(float rem, float save, float cand, float before) => (float)((float)(rem * before) + (float)(save * cand));

    /// <summary>(6) wm = focus * tanh(ltm).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float WorkingMemory(float focus, float tanh) => (float)(focus * tanh);

    /// <summary>sigma of a gate, which is carried as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float GateValue(float gate) => gate;

    /// <summary>tanh, which is carried as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float TanhValue(float tanh) => tanh;

    /// <summary>((a4 r2 + (a3 r + a2)) r2 + (a1 r + a0)), r2 = r^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Polynomial(float r, float r2, float a4, float a3, float a2, float a1, float a0)
    {
        float upper = (float)((float)(a4 * r2) + (float)((float)(a3 * r) + a2));
        return (float)((float)(upper * r2) + (float)((float)(a1 * r) + a0));
    }

    /// <summary>The power of two whose exponent, with its bias of 127, stands in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float PowerOfTwo(float shifted) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(shifted) << 23);

    /// <summary>A magnitude, which is not negative, with the sign of another number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float WithSign(float magnitude, float sign) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(magnitude) | (BitConverter.SingleToInt32Bits(sign) & int.MinValue));
}
