#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LaneNumber = System.Int32;

namespace Lstm.Kernels;

/// <summary>
/// Vectors of 512 bits, multiply-add rounded as <see cref="Arithmetic.Fused"/> says. Only for machines for which <see cref="Width"/> chooses
/// 512 bits.
/// </summary>
/// <remarks>Written once: Lanes.targets derives the other widths, doubles and the other arithmetic from this file.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct FusedFloat512 : ILanes<float, Vector512<float>>
{
    /// <inheritdoc/>
    public static int Count => Vector512<float>.Count;

    /// <inheritdoc/>
    public static Vector512<float> Zero => Vector512<float>.Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float from, nint offset) => Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref from, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(ref float from, nint offset) => Vector512.Create(Unsafe.Add(ref from, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref float to, nint offset, Vector512<float> value) =>
        Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref to, offset)) = value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    /// <inheritdoc/>
    /// <remarks>Padding may hold anything: its weights are the user's, and 0 times an infinite input is NaN.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> WithoutPadding(Vector512<float> sums, nint firstUnit, nint hidden) =>
        Vector512.BitwiseAnd(sums, Vector512.AsSingle(Vector512.LessThan(
            Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) + Vector512.Create((LaneNumber)firstUnit),
            Vector512.Create((LaneNumber)hidden))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Masked(Vector512<float> a, ref float mask, nint offset) => Vector512.BitwiseAnd(a, Load(ref mask, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> a) => Simd.Sum(a);

    /// <summary>
    /// A vector of the state: for one step from memory, in a sequence <paramref name="kept"/> in a register since the step before. Reading
    /// from memory what was just written there would have to wait for the write.
    /// </summary>
    /// <typeparam name="TRun"><see cref="OneStep"/>, <see cref="Sequence"/> or <see cref="RecordedSequence"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Kept<TRun>(Vector512<float> kept, ref float from, nint offset)
        where TRun : struct => typeof(TRun) == typeof(OneStep) ? Load(ref from, offset) : kept;

    /// <summary>
    /// One number of the state in every lane: for one step from memory, in a sequence out of the <paramref name="lane"/> of a vector that is
    /// <paramref name="kept"/> in a register.
    /// </summary>
    /// <typeparam name="TRun"><see cref="OneStep"/>, <see cref="Sequence"/> or <see cref="RecordedSequence"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Lane<TRun>(Vector512<float> kept, LaneNumber lane, ref float from, nint offset)
        where TRun : struct => typeof(TRun) == typeof(OneStep) ? Broadcast(ref from, offset) : Vector512.Shuffle(kept, Vector512.Create(lane));
}
#endif
