#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// b + W x + U wm of one tile of units, for sequences side by side, so that a weight is loaded once for all of them. Steps of one sequence may stand
/// in their place where only b + W x is asked for.
/// </summary>
/// <remarks>
/// The first partial sum of a gate begins with b, the second with 0. Input k of x goes to partial sum k modulo their count, then that of wm; the
/// second is added to the first.
/// </remarks>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TVector">A vector of such numbers.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TShape">Sizes and places of the cell.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class SequenceProduct<TNumber, TVector, TLanes, TShape>
    where TNumber : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
    where TShape : struct, ICellShape
{
    /// <summary>z = b + W x + U wm.</summary>
    /// <typeparam name="TUnits">Units of the tile.</typeparam>
    /// <typeparam name="TSequences">Sequences side by side: 2 or 3, at 512 bits 4.</typeparam>
    /// <param name="rows">The tile's row for b, followed by those of W and U.</param>
    /// <param name="x">The inputs of the first sequence.</param>
    /// <param name="xStride">Numbers from one sequence's inputs to the next.</param>
    /// <param name="wm">wm of the first sequence.</param>
    /// <param name="count">Sequences, a multiple of those side by side.</param>
    /// <param name="z">Gets the sums of the first sequence, and those of the next behind them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sums<TUnits, TSequences>(ref TNumber rows, ref TNumber x, nint xStride, ref TNumber wm, nint count, ref TNumber z)
        where TUnits : struct, ICount
        where TSequences : struct, ICount =>
        Columns<TUnits, TSequences, One>(ref rows, ref x, xStride, ref wm, count, ref z, 4 * TUnits.Value);

    /// <summary>z = b + W x, of some steps of one sequence.</summary>
    /// <typeparam name="TUnits">Units of the tile.</typeparam>
    /// <typeparam name="TSequences">Steps side by side.</typeparam>
    /// <param name="rows">The tile's row for b, followed by those of W.</param>
    /// <param name="x">The inputs of the first step.</param>
    /// <param name="xStride">Numbers from one step's inputs to the next.</param>
    /// <param name="steps">Steps, a multiple of those side by side.</param>
    /// <param name="z">Gets the sums of the first step.</param>
    /// <param name="zStride">Numbers from one step's sums to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputSums<TUnits, TSequences>(ref TNumber rows, ref TNumber x, nint xStride, nint steps, ref TNumber z, nint zStride)
        where TUnits : struct, ICount
        where TSequences : struct, ICount =>
        Columns<TUnits, TSequences, Zero>(ref rows, ref x, xStride, ref x, steps, ref z, zStride);

    /// <summary>Four vectors of columns side by side, or two, or one; each for all sequences, so that its weights stay in the cache.</summary>
    /// <typeparam name="TUnits">Units of the tile.</typeparam>
    /// <typeparam name="TSequences">Sequences side by side.</typeparam>
    /// <typeparam name="TMemories">1: with U wm; 0: without.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<TUnits, TSequences, TMemories>(
        ref TNumber rows, ref TNumber x, nint xStride, ref TNumber wm, nint count, ref TNumber z, nint zStride)
        where TUnits : struct, ICount
        where TSequences : struct, ICount
        where TMemories : struct, ICount
    {
        for (int column = 0; column < 4 * TUnits.Value; column += 4 * TLanes.Count)
        {
            ref TNumber tile = ref Unsafe.Add(ref rows, column);
            ref TNumber sums = ref Unsafe.Add(ref z, column);
            if (TUnits.Value >= TLanes.Count)
            {
                PartialSums<TUnits, TSequences, Four, TMemories>(ref tile, ref x, xStride, ref wm, count, ref sums, zStride);
            }
            else if (2 * TUnits.Value >= TLanes.Count)
            {
                PartialSums<TUnits, TSequences, Two, TMemories>(ref tile, ref x, xStride, ref wm, count, ref sums, zStride);
            }
            else
            {
                PartialSums<TUnits, TSequences, One, TMemories>(ref tile, ref x, xStride, ref wm, count, ref sums, zStride);
            }
        }
    }

    /// <summary>The first partial sum of all sequences, then the second: both in one loop would be more than the JIT inlines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PartialSums<TUnits, TSequences, TVectors, TMemories>(
        ref TNumber rows, ref TNumber x, nint xStride, ref TNumber wm, nint count, ref TNumber z, nint zStride)
        where TUnits : struct, ICount
        where TSequences : struct, ICount
        where TVectors : struct, ICount
        where TMemories : struct, ICount
    {
        Tiles<TUnits, TSequences, TVectors, TMemories, Zero>(ref rows, ref x, xStride, ref wm, count, ref z, zStride);
        if (TShape.PartialSums > 1)
        {
            Tiles<TUnits, TSequences, TVectors, TMemories, One>(ref rows, ref x, xStride, ref wm, count, ref z, zStride);
        }
    }

    /// <summary>Register tiles of the sequences.</summary>
    // 4 x 4 at 512 bits: 16 accumulators, 4 inputs and a weight are 21 of 32 registers. 3 x 4: 12, 3 and a weight are all 16. 2 x 4: 8 accumulators,
    // as 2 FMA ports x 4 cycles of latency ask for, with room for the products of portable arithmetic.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TUnits, TSequences, TVectors, TMemories, TFirst>(
        ref TNumber rows, ref TNumber x, nint xStride, ref TNumber wm, nint count, ref TNumber z, nint zStride)
        where TUnits : struct, ICount
        where TSequences : struct, ICount
        where TVectors : struct, ICount
        where TMemories : struct, ICount
        where TFirst : struct, ICount
    {
        for (nint n = 0; n < count; n += TSequences.Value)
        {
            PartialSum<TUnits, TSequences, TVectors, TMemories, TFirst>(ref rows, ref x, xStride, ref wm, ref z, zStride);
            x = ref Unsafe.Add(ref x, TSequences.Value * xStride);
            wm = ref Unsafe.Add(ref wm, TSequences.Value * TShape.StateStride);
            z = ref Unsafe.Add(ref z, TSequences.Value * zStride);
        }
    }

    /// <summary>One partial sum of a register tile: its inputs of x, then of wm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PartialSum<TUnits, TSequences, TVectors, TMemories, TFirst>(
        ref TNumber rows, ref TNumber x, nint xStride, ref TNumber wm, ref TNumber z, nint zStride)
        where TUnits : struct, ICount
        where TSequences : struct, ICount
        where TVectors : struct, ICount
        where TMemories : struct, ICount
        where TFirst : struct, ICount
    {
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero;
        if (TFirst.Value == 0)
        {
            Load<TVectors>(ref rows, ref s00, ref s01, ref s02, ref s03);
        }

        TVector s10 = s00, s11 = s01, s12 = s02, s13 = s03, s20 = s00, s21 = s01, s22 = s02, s23 = s03;
        TVector s30 = s00, s31 = s01, s32 = s02, s33 = s03;
        ref TNumber w = ref Unsafe.Add(ref rows, 4 * TUnits.Value * (1 + TFirst.Value));
        AddInputs<TUnits, TSequences, TVectors>(
            ref w, ref x, xStride, TShape.Input - TFirst.Value, TFirst.Value,
            ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
            ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
        if (TMemories.Value > 0)
        {
            AddInputs<TUnits, TSequences, TVectors>(
                ref Unsafe.Add(ref w, 4 * TUnits.Value * TShape.Input), ref wm, TShape.StateStride, TShape.Hidden - TFirst.Value, TFirst.Value,
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
        }

        if (TFirst.Value > 0)
        {
            AddTo<TSequences, TVectors>(
                ref z, zStride, ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
        }

        Store<TSequences, TVectors>(ref z, zStride, s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33);
    }

    /// <summary>The products with the inputs of a partial sum: four per iteration, or one where four sequences make it long enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddInputs<TUnits, TSequences, TVectors>(
        ref TNumber row, ref TNumber from, nint stride, int left, nint k,
        ref TVector s00, ref TVector s01, ref TVector s02, ref TVector s03, ref TVector s10, ref TVector s11, ref TVector s12, ref TVector s13,
        ref TVector s20, ref TVector s21, ref TVector s22, ref TVector s23, ref TVector s30, ref TVector s31, ref TVector s32, ref TVector s33)
        where TUnits : struct, ICount
        where TSequences : struct, ICount
        where TVectors : struct, ICount
    {
        int inputs = (left + TShape.PartialSums - 1) / TShape.PartialSums;
        ref TNumber from1 = ref Unsafe.Add(ref from, stride);
        ref TNumber from2 = ref Unsafe.Add(ref from1, stride);
        ref TNumber from3 = ref Unsafe.Add(ref from2, stride);
        int i = 0;
        for (; TSequences.Value < 4 && i <= inputs - 4; i += 4)
        {
            AddInput<TSequences, TVectors>(
                ref row, ref from, ref from1, ref from2, ref from3, k,
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            AddInput<TSequences, TVectors>(
                ref Unsafe.Add(ref row, 4 * TUnits.Value * TShape.PartialSums), ref from, ref from1, ref from2, ref from3, k + TShape.PartialSums,
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            AddInput<TSequences, TVectors>(
                ref Unsafe.Add(ref row, 8 * TUnits.Value * TShape.PartialSums), ref from, ref from1, ref from2, ref from3,
                k + (2 * TShape.PartialSums),
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            AddInput<TSequences, TVectors>(
                ref Unsafe.Add(ref row, 12 * TUnits.Value * TShape.PartialSums), ref from, ref from1, ref from2, ref from3,
                k + (3 * TShape.PartialSums),
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            row = ref Unsafe.Add(ref row, 16 * TUnits.Value * TShape.PartialSums);
            k += 4 * TShape.PartialSums;
        }

        for (; i < inputs; i++)
        {
            AddInput<TSequences, TVectors>(
                ref row, ref from, ref from1, ref from2, ref from3, k,
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            row = ref Unsafe.Add(ref row, 4 * TUnits.Value * TShape.PartialSums);
            k += TShape.PartialSums;
        }
    }

    /// <summary>The products of an input of each sequence with its row of weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddInput<TSequences, TVectors>(
        ref TNumber row, ref TNumber from0, ref TNumber from1, ref TNumber from2, ref TNumber from3, nint k,
        ref TVector s00, ref TVector s01, ref TVector s02, ref TVector s03, ref TVector s10, ref TVector s11, ref TVector s12, ref TVector s13,
        ref TVector s20, ref TVector s21, ref TVector s22, ref TVector s23, ref TVector s30, ref TVector s31, ref TVector s32, ref TVector s33)
        where TSequences : struct, ICount
        where TVectors : struct, ICount
    {
        TVector input0 = TLanes.Broadcast(ref from0, k);
        TVector input1 = TLanes.Broadcast(ref from1, k);
        TVector input2 = TSequences.Value > 2 ? TLanes.Broadcast(ref from2, k) : default;
        TVector input3 = TSequences.Value > 3 ? TLanes.Broadcast(ref from3, k) : default;
        AddWeights<TSequences>(TLanes.Load(ref row, 0), input0, input1, input2, input3, ref s00, ref s10, ref s20, ref s30);
        if (TVectors.Value > 1)
        {
            AddWeights<TSequences>(TLanes.Load(ref row, TLanes.Count), input0, input1, input2, input3, ref s01, ref s11, ref s21, ref s31);
        }

        if (TVectors.Value > 2)
        {
            AddWeights<TSequences>(TLanes.Load(ref row, 2 * TLanes.Count), input0, input1, input2, input3, ref s02, ref s12, ref s22, ref s32);
            AddWeights<TSequences>(TLanes.Load(ref row, 3 * TLanes.Count), input0, input1, input2, input3, ref s03, ref s13, ref s23, ref s33);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWeights<TSequences>(
        TVector weight, TVector input0, TVector input1, TVector input2, TVector input3,
        ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TSequences : struct, ICount
    {
        s0 = TLanes.MultiplyAdd(weight, input0, s0);
        s1 = TLanes.MultiplyAdd(weight, input1, s1);
        if (TSequences.Value > 2)
        {
            s2 = TLanes.MultiplyAdd(weight, input2, s2);
        }

        if (TSequences.Value > 3)
        {
            s3 = TLanes.MultiplyAdd(weight, input3, s3);
        }
    }
}
#endif
