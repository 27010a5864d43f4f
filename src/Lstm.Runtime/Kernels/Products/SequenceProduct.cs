#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// b + W x + U wm of one tile of units, for sequences side by side, so that a weight is loaded once for all of them. For b + W x alone they may be
/// steps of one sequence.
/// </summary>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TVector">A vector of such numbers.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class SequenceProduct<TNumber, TVector, TLanes>
    where TNumber : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
{
    /// <summary>z = b + W x + U wm.</summary>
    /// <remarks>
    /// The first partial sum of a gate begins with b, the second with 0. Input k of x goes to partial sum k modulo their count, then input k of wm.
    /// The second partial sum is added to the first.
    /// </remarks>
    /// <param name="rows">The tile's row for b, followed by those of W and U.</param>
    /// <param name="rowStride">Numbers from one row to the next.</param>
    /// <param name="columns">Numbers of a row to compute, whole vectors.</param>
    /// <param name="x">The inputs of the first sequence.</param>
    /// <param name="xStride">Numbers from one sequence's inputs to the next.</param>
    /// <param name="input">p.</param>
    /// <param name="wm">wm of the first sequence; not read where <paramref name="hidden"/> is 0.</param>
    /// <param name="wmStride">Numbers from one sequence's wm to the next.</param>
    /// <param name="hidden">d, or 0: without U wm.</param>
    /// <param name="count">Sequences, a multiple of <paramref name="together"/>.</param>
    /// <param name="z">Gets the sums of the first sequence.</param>
    /// <param name="zStride">Numbers from one sequence's sums to the next.</param>
    /// <param name="partialSums">Partial sums of a gate: 1 or 2.</param>
    /// <param name="together">Sequences side by side: 2 or 3, at 512 bits 4.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sums(
        ref TNumber rows, nint rowStride, int columns, ref TNumber x, nint xStride, nint input, ref TNumber wm, nint wmStride, nint hidden,
        nint count, ref TNumber z, nint zStride, int partialSums, int together)
    {
        if (partialSums == 1)
        {
            Sequences<One>(ref rows, rowStride, columns, ref x, xStride, input, ref wm, wmStride, hidden, count, ref z, zStride, together);
        }
        else
        {
            Sequences<Two>(ref rows, rowStride, columns, ref x, xStride, input, ref wm, wmStride, hidden, count, ref z, zStride, together);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sequences<TPartialSums>(
        ref TNumber rows, nint rowStride, int columns, ref TNumber x, nint xStride, nint input, ref TNumber wm, nint wmStride, nint hidden,
        nint count, ref TNumber z, nint zStride, int together)
        where TPartialSums : struct, ICount
    {
        if (together == 4)
        {
            Columns<Four, TPartialSums>(ref rows, rowStride, columns, ref x, xStride, input, ref wm, wmStride, hidden, count, ref z, zStride);
        }
        else if (together == 3)
        {
            Columns<Three, TPartialSums>(ref rows, rowStride, columns, ref x, xStride, input, ref wm, wmStride, hidden, count, ref z, zStride);
        }
        else
        {
            Columns<Two, TPartialSums>(ref rows, rowStride, columns, ref x, xStride, input, ref wm, wmStride, hidden, count, ref z, zStride);
        }
    }

    /// <summary>Four vectors of columns side by side, or two, or one; each for all sequences, so that its weights stay in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<TSequences, TPartialSums>(
        ref TNumber rows, nint rowStride, int columns, ref TNumber x, nint xStride, nint input, ref TNumber wm, nint wmStride, nint hidden,
        nint count, ref TNumber z, nint zStride)
        where TSequences : struct, ICount
        where TPartialSums : struct, ICount
    {
        for (int column = 0, width; column < columns; column += width)
        {
            int left = columns - column;
            width = (left >= 4 * TLanes.Count ? 4 : left >= 2 * TLanes.Count ? 2 : 1) * TLanes.Count;
            for (nint partialSum = 0; partialSum < TPartialSums.Value; partialSum++)
            {
                if (width == 4 * TLanes.Count)
                {
                    Tiles<TSequences, Four, TPartialSums>(
                        ref Unsafe.Add(ref rows, column), rowStride, ref x, xStride, input, ref wm, wmStride, hidden,
                        count, ref Unsafe.Add(ref z, column), zStride, partialSum);
                }
                else if (width == 2 * TLanes.Count)
                {
                    Tiles<TSequences, Two, TPartialSums>(
                        ref Unsafe.Add(ref rows, column), rowStride, ref x, xStride, input, ref wm, wmStride, hidden,
                        count, ref Unsafe.Add(ref z, column), zStride, partialSum);
                }
                else
                {
                    Tiles<TSequences, One, TPartialSums>(
                        ref Unsafe.Add(ref rows, column), rowStride, ref x, xStride, input, ref wm, wmStride, hidden,
                        count, ref Unsafe.Add(ref z, column), zStride, partialSum);
                }
            }
        }
    }

    // 4 x 4 at 512 bits: 16 accumulators, 4 inputs and a weight are 21 of 32 registers. 3 x 4: 12, 3 and a weight are all 16. 2 x 4: 8 accumulators,
    // as 2 FMA ports x 4 cycles of latency ask for, with room for the products of portable arithmetic.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TSequences, TVectors, TPartialSums>(
        ref TNumber rows, nint rowStride, ref TNumber x, nint xStride, nint input, ref TNumber wm, nint wmStride, nint hidden,
        nint count, ref TNumber z, nint zStride, nint partialSum)
        where TSequences : struct, ICount
        where TVectors : struct, ICount
        where TPartialSums : struct, ICount
    {
        ref TNumber w = ref Unsafe.Add(ref rows, (1 + partialSum) * rowStride);
        ref TNumber u = ref Unsafe.Add(ref w, input * rowStride);
        for (nint n = 0; n < count; n += TSequences.Value)
        {
            TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero;
            if (partialSum == 0)
            {
                Load<TVectors>(ref rows, ref s00, ref s01, ref s02, ref s03);
            }

            TVector s10 = s00, s11 = s01, s12 = s02, s13 = s03, s20 = s00, s21 = s01, s22 = s02, s23 = s03;
            TVector s30 = s00, s31 = s01, s32 = s02, s33 = s03;
            AddInputs<TSequences, TVectors, TPartialSums>(
                ref w, rowStride, ref x, xStride, partialSum, input, ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            if (hidden > 0)
            {
                AddInputs<TSequences, TVectors, TPartialSums>(
                    ref u, rowStride, ref wm, wmStride, partialSum, hidden, ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                    ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
                wm = ref Unsafe.Add(ref wm, TSequences.Value * wmStride);
            }

            if (partialSum > 0)
            {
                AddTo<TSequences, TVectors>(
                    ref z, zStride, ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                    ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            }

            Store<TSequences, TVectors>(ref z, zStride, s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33);
            x = ref Unsafe.Add(ref x, TSequences.Value * xStride);
            z = ref Unsafe.Add(ref z, TSequences.Value * zStride);
        }
    }

    /// <summary>The products with the inputs of a partial sum: four per iteration, or one where four sequences make it long enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddInputs<TSequences, TVectors, TPartialSums>(
        ref TNumber row, nint rowStride, ref TNumber from, nint stride, nint k, nint count,
        ref TVector s00, ref TVector s01, ref TVector s02, ref TVector s03, ref TVector s10, ref TVector s11, ref TVector s12, ref TVector s13,
        ref TVector s20, ref TVector s21, ref TVector s22, ref TVector s23, ref TVector s30, ref TVector s31, ref TVector s32, ref TVector s33)
        where TSequences : struct, ICount
        where TVectors : struct, ICount
        where TPartialSums : struct, ICount
    {
        nint next = TPartialSums.Value * rowStride;
        ref TNumber from1 = ref Unsafe.Add(ref from, stride);
        ref TNumber from2 = ref Unsafe.Add(ref from1, stride);
        ref TNumber from3 = ref Unsafe.Add(ref from2, stride);
        for (; TSequences.Value < 4 && k < count - (3 * TPartialSums.Value); k += 4 * TPartialSums.Value)
        {
            ref TNumber row2 = ref Unsafe.Add(ref row, 2 * next);
            AddInput<TSequences, TVectors>(
                ref row, ref from, ref from1, ref from2, ref from3, k,
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            AddInput<TSequences, TVectors>(
                ref Unsafe.Add(ref row, next), ref from, ref from1, ref from2, ref from3, k + TPartialSums.Value,
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            AddInput<TSequences, TVectors>(
                ref row2, ref from, ref from1, ref from2, ref from3, k + (2 * TPartialSums.Value),
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            AddInput<TSequences, TVectors>(
                ref Unsafe.Add(ref row2, next), ref from, ref from1, ref from2, ref from3, k + (3 * TPartialSums.Value),
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            row = ref Unsafe.Add(ref row2, 2 * next);
        }

        for (; k < count; k += TPartialSums.Value)
        {
            AddInput<TSequences, TVectors>(
                ref row, ref from, ref from1, ref from2, ref from3, k,
                ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            row = ref Unsafe.Add(ref row, next);
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
