#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lstm.Kernels;

/// <summary>
/// The operations that generated code needs and that no single cross-platform intrinsic gives: a multiply-add
/// that is fused where the hardware can and never a software routine, and limits that keep NaN.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Simd
{
    /// <summary><c>a * b + c</c> with one rounding where the hardware fuses, else with two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAdd(a, b, c)
            : Vector512.Create(
                MultiplyAdd(a.GetLower(), b.GetLower(), c.GetLower()),
                MultiplyAdd(a.GetUpper(), b.GetUpper(), c.GetUpper()));

    /// <summary><c>a * b + c</c> with one rounding where the hardware fuses, else with two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c)
    {
        if (Fma.IsSupported)
        {
            return Fma.MultiplyAdd(a, b, c);
        }

        return AdvSimd.IsSupported
            ? Vector256.Create(
                AdvSimd.FusedMultiplyAdd(c.GetLower(), a.GetLower(), b.GetLower()),
                AdvSimd.FusedMultiplyAdd(c.GetUpper(), a.GetUpper(), b.GetUpper()))
            : (a * b) + c;
    }

    /// <summary><c>a * b + c</c> with one rounding where the hardware fuses, else with two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        if (Fma.IsSupported)
        {
            return Fma.MultiplyAdd(a, b, c);
        }

        return AdvSimd.IsSupported ? AdvSimd.FusedMultiplyAdd(c, a, b) : (a * b) + c;
    }

    /// <summary><c>a * b + c</c> with one rounding where the hardware fuses, else with two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) =>
        Fma.IsSupported || AdvSimd.IsSupported ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    /// <summary>x, or the limit where x is more; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AtMost(Vector512<float> x, Vector512<float> limit) =>
        Avx512F.IsSupported
            ? Avx512F.Min(limit, x) // minps gives its second operand where one is NaN
            : Vector512.Create(AtMost(x.GetLower(), limit.GetLower()), AtMost(x.GetUpper(), limit.GetUpper()));

    /// <summary>x, or the limit where x is more; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AtMost(Vector256<float> x, Vector256<float> limit) =>
        Avx.IsSupported
            ? Avx.Min(limit, x)
            : Vector256.Create(AtMost(x.GetLower(), limit.GetLower()), AtMost(x.GetUpper(), limit.GetUpper()));

    /// <summary>x, or the limit where x is more; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AtMost(Vector128<float> x, Vector128<float> limit) =>
        Sse.IsSupported
            ? Sse.Min(limit, x)
            : Vector128.ConditionalSelect(Vector128.GreaterThan(x, limit), limit, x);

    /// <summary>x, or the limit where x is more; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AtMost(float x, float limit) => x > limit ? limit : x;

    /// <summary>x, or the limit where x is less; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AtLeast(Vector512<float> x, Vector512<float> limit) =>
        Avx512F.IsSupported
            ? Avx512F.Max(limit, x) // maxps gives its second operand where one is NaN
            : Vector512.Create(AtLeast(x.GetLower(), limit.GetLower()), AtLeast(x.GetUpper(), limit.GetUpper()));

    /// <summary>x, or the limit where x is less; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AtLeast(Vector256<float> x, Vector256<float> limit) =>
        Avx.IsSupported
            ? Avx.Max(limit, x)
            : Vector256.Create(AtLeast(x.GetLower(), limit.GetLower()), AtLeast(x.GetUpper(), limit.GetUpper()));

    /// <summary>x, or the limit where x is less; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AtLeast(Vector128<float> x, Vector128<float> limit) =>
        Sse.IsSupported
            ? Sse.Max(limit, x)
            : Vector128.ConditionalSelect(Vector128.LessThan(x, limit), limit, x);

    /// <summary>x, or the limit where x is less; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AtLeast(float x, float limit) => x < limit ? limit : x;

    /// <summary>x limited to [-limit, limit], limit being positive; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clamp(Vector512<float> x, Vector512<float> limit) =>
        Avx512F.IsSupported
            ? Avx512F.Min(limit, Avx512F.Max(-limit, x)) // minps and maxps give their second operand where one is NaN
            : Vector512.Create(Clamp(x.GetLower(), limit.GetLower()), Clamp(x.GetUpper(), limit.GetUpper()));

    /// <summary>x limited to [-limit, limit], limit being positive; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Clamp(Vector256<float> x, Vector256<float> limit) =>
        Avx.IsSupported
            ? Avx.Min(limit, Avx.Max(-limit, x))
            : Vector256.Create(Clamp(x.GetLower(), limit.GetLower()), Clamp(x.GetUpper(), limit.GetUpper()));

    /// <summary>x limited to [-limit, limit], limit being positive; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Clamp(Vector128<float> x, Vector128<float> limit)
    {
        if (Sse.IsSupported)
        {
            return Sse.Min(limit, Sse.Max(-limit, x));
        }

        Vector128<float> low = Vector128.ConditionalSelect(Vector128.LessThan(x, -limit), -limit, x);
        return Vector128.ConditionalSelect(Vector128.GreaterThan(low, limit), limit, low);
    }

    /// <summary>x limited to [-limit, limit], limit being positive; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Clamp(float x, float limit) => x < -limit ? -limit : x > limit ? limit : x;
}
#endif
