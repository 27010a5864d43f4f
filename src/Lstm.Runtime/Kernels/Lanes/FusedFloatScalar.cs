#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>Numbers one by one, for machines without vectors. Multiply-add rounds as <see cref="Arithmetic.Fused"/> says.</summary>
/// <remarks>Written once: Lanes.targets derives doubles and the other arithmetic from this file.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct FusedFloatScalar : ILanes<float, float>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static float Zero => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(ref float from, nint offset) => Unsafe.Add(ref from, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(ref float from, nint offset) => Unsafe.Add(ref from, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref float to, nint offset, float value) => Unsafe.Add(ref to, offset) = value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float a, float b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float a, float b) => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float WithoutPadding(float sums, nint firstUnit, nint hidden) => firstUnit < hidden ? sums : 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Masked(float a, ref float mask, nint offset) => Unsafe.Add(ref mask, offset) == 0 ? 0 : a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(float a) => a;
}
#endif
