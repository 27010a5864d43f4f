#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lstm.Kernels;

/// <content>Sums over lanes. The halves are added until two numbers are left, so that every width adds in the same order.</content>
public static partial class Simd
{
    /// <summary>The sum over lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> a) => Sum(Vector512.GetLower(a) + Vector512.GetUpper(a));

    /// <summary>The sum over lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> a) => Sum(Vector256.GetLower(a) + Vector256.GetUpper(a));

    /// <summary>The sum over lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> a) =>
        (Vector128.GetElement(a, 0) + Vector128.GetElement(a, 2)) + (Vector128.GetElement(a, 1) + Vector128.GetElement(a, 3));

    /// <summary>The sum over lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> a) => Sum(Vector512.GetLower(a) + Vector512.GetUpper(a));

    /// <summary>The sum over lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector256<double> a) => Sum(Vector256.GetLower(a) + Vector256.GetUpper(a));

    /// <summary>The sum over lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector128<double> a) => Vector128.GetElement(a, 0) + Vector128.GetElement(a, 1);
}
#endif
