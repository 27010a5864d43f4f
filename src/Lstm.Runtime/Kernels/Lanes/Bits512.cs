#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lstm.Kernels;

/// <summary>What the activations do with the bits of numbers. <see cref="BitsScalar"/> is the same for single numbers.</summary>
/// <remarks>Lanes.targets derives the other widths from this file.</remarks>
internal static class Bits512
{
    /// <summary>A zero with the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> SignedZero(Vector512<float> x) => Vector512.Xor(x, Vector512.Abs(x));

    /// <summary>A magnitude, which is not negative, with the sign of a zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> WithSignOfZero(Vector512<float> magnitude, Vector512<float> zero) => Vector512.BitwiseOr(magnitude, zero);

    /// <summary>A magnitude, which is not negative, with the sign of another number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> WithSign(Vector512<double> magnitude, Vector512<double> sign) =>
        Vector512.ConditionalSelect(Vector512.Create(-0.0), sign, magnitude);

    /// <summary><paramref name="then"/> where x is less than the limit, <paramref name="otherwise"/> elsewhere and for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Below(Vector512<double> x, Vector512<double> limit, Vector512<double> then, Vector512<double> otherwise) =>
        Vector512.ConditionalSelect(Vector512.LessThan(x, limit), then, otherwise);

    /// <summary>The power of two whose exponent, with its bias of 127, stands in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> PowerOfTwo(Vector512<float> shifted) => Vector512.AsSingle(Vector512.ShiftLeft(Vector512.AsInt32(shifted), 23));

    /// <summary>2^exponent, a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> PowerOfTwo(Vector512<long> exponent) =>
        Vector512.AsDouble(Vector512.ShiftLeft(exponent + Vector512.Create(1023L), 52));

    /// <summary>The integer to which adding 1.5 * 2^52 has rounded: it stands in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<long> Integer(Vector512<double> shifted) => Vector512.AsInt64(shifted) - Vector512.Create(0x4338000000000000L);
}
#endif
