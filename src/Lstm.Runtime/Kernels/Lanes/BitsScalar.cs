#if NET8_0_OR_GREATER
using System;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary><see cref="Bits512"/> for single numbers.</summary>
internal static class BitsScalar
{
    /// <summary>A zero with the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float SignedZero(float x) => MathF.CopySign(0f, x);

    /// <summary>A magnitude, which is not negative, with the sign of a zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float WithSignOfZero(float magnitude, float zero) => MathF.CopySign(magnitude, zero);

    /// <summary>A magnitude, which is not negative, with the sign of another number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double WithSign(double magnitude, double sign) => Math.CopySign(magnitude, sign);

    /// <summary><paramref name="then"/> where x is less than the limit, <paramref name="otherwise"/> elsewhere and for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Below(double x, double limit, double then, double otherwise) => x < limit ? then : otherwise;

    /// <summary>The power of two whose exponent, with its bias of 127, stands in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float PowerOfTwo(float shifted) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(shifted) << 23);

    /// <summary>2^exponent, a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double PowerOfTwo(long exponent) => BitConverter.Int64BitsToDouble((exponent + 1023L) << 52);

    /// <summary>The integer to which adding 1.5 * 2^52 has rounded: it stands in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Integer(double shifted) => BitConverter.DoubleToInt64Bits(shifted) - 0x4338000000000000L;
}
#endif
