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
public static class SequenceProduct<TNumber, TVector, TLanes>
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
        if (together == 4)
        {
            Columns<Four>(ref rows, rowStride, columns, ref x, xStride, input, ref wm, wmStride, hidden, count, ref z, zStride, partialSums);
        }
        else if (together == 3)
        {
            Columns<Three>(ref rows, rowStride, columns, ref x, xStride, input, ref wm, wmStride, hidden, count, ref z, zStride, partialSums);
        }
        else
        {
            Columns<Two>(ref rows, rowStride, columns, ref x, xStride, input, ref wm, wmStride, hidden, count, ref z, zStride, partialSums);
        }
    }

    /// <summary>Four vectors of columns side by side, or two, or one; each for all sequences, so that its weights stay in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns<TSequences>(
        ref TNumber rows, nint rowStride, int columns, ref TNumber x, nint xStride, nint input, ref TNumber wm, nint wmStride, nint hidden,
        nint count, ref TNumber z, nint zStride, int partialSums)
        where TSequences : struct, ICount
    {
        int column = 0;
        for (; column <= columns - (4 * TLanes.Count); column += 4 * TLanes.Count)
        {
            Tiles<TSequences, Four>(
                ref Unsafe.Add(ref rows, column), rowStride, ref x, xStride, input, ref wm, wmStride, hidden,
                count, ref Unsafe.Add(ref z, column), zStride, partialSums);
        }

        if (column <= columns - (2 * TLanes.Count))
        {
            Tiles<TSequences, Two>(
                ref Unsafe.Add(ref rows, column), rowStride, ref x, xStride, input, ref wm, wmStride, hidden,
                count, ref Unsafe.Add(ref z, column), zStride, partialSums);
            column += 2 * TLanes.Count;
        }

        if (column < columns)
        {
            Tiles<TSequences, One>(
                ref Unsafe.Add(ref rows, column), rowStride, ref x, xStride, input, ref wm, wmStride, hidden,
                count, ref Unsafe.Add(ref z, column), zStride, partialSums);
        }
    }

    // 4 x 4 at 512 bits: 16 accumulators, 4 inputs and a weight are 21 of 32 registers. 3 x 4: 12, 3 and a weight are all 16. 2 x 4: 8 accumulators,
    // as 2 FMA ports x 4 cycles of latency ask for, with room for the products of portable arithmetic.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TSequences, TVectors>(
        ref TNumber rows, nint rowStride, ref TNumber x, nint xStride, nint input, ref TNumber wm, nint wmStride, nint hidden,
        nint count, ref TNumber z, nint zStride, int partialSums)
        where TSequences : struct, ICount
        where TVectors : struct, ICount
    {
        for (nint n = 0; n < count; n += TSequences.Value)
        {
            for (nint first = 0; first < partialSums; first++)
            {
                TVector s00 = Begin<TVectors>(ref rows, 0, first), s01 = Begin<TVectors>(ref rows, 1, first);
                TVector s02 = Begin<TVectors>(ref rows, 2, first), s03 = Begin<TVectors>(ref rows, 3, first);
                TVector s10 = s00, s11 = s01, s12 = s02, s13 = s03, s20 = s00, s21 = s01, s22 = s02, s23 = s03;
                TVector s30 = s00, s31 = s01, s32 = s02, s33 = s03;
                ref TNumber w = ref Unsafe.Add(ref rows, (1 + first) * rowStride);
                AddInputs<TSequences, TVectors>(
                    ref w, rowStride, ref Unsafe.Add(ref x, n * xStride), xStride, first, input, partialSums, ref s00, ref s01, ref s02, ref s03,
                    ref s10, ref s11, ref s12, ref s13, ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
                if (hidden > 0)
                {
                    AddInputs<TSequences, TVectors>(
                        ref Unsafe.Add(ref w, input * rowStride), rowStride, ref Unsafe.Add(ref wm, n * wmStride), wmStride,
                        first, hidden, partialSums, ref s00, ref s01, ref s02, ref s03, ref s10, ref s11, ref s12, ref s13,
                        ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
                }

                ref TNumber sums = ref Unsafe.Add(ref z, n * zStride);
                Store<TVectors>(ref sums, first, s00, s01, s02, s03);
                Store<TVectors>(ref Unsafe.Add(ref sums, zStride), first, s10, s11, s12, s13);
                if (TSequences.Value > 2)
                {
                    Store<TVectors>(ref Unsafe.Add(ref sums, 2 * zStride), first, s20, s21, s22, s23);
                }

                if (TSequences.Value > 3)
                {
                    Store<TVectors>(ref Unsafe.Add(ref sums, 3 * zStride), first, s30, s31, s32, s33);
                }
            }
        }
    }

    /// <summary>What a partial sum begins with: b in the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Begin<TVectors>(ref TNumber rows, int vector, nint partialSum)
        where TVectors : struct, ICount => vector < TVectors.Value && partialSum == 0 ? TLanes.Load(ref rows, vector * TLanes.Count) : TLanes.Zero;

    /// <summary>The products with the inputs of a partial sum: four per iteration, or one where four sequences make it long enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddInputs<TSequences, TVectors>(
        ref TNumber row, nint rowStride, ref TNumber from, nint stride, nint k, nint count, nint partialSums,
        ref TVector s00, ref TVector s01, ref TVector s02, ref TVector s03, ref TVector s10, ref TVector s11, ref TVector s12, ref TVector s13,
        ref TVector s20, ref TVector s21, ref TVector s22, ref TVector s23, ref TVector s30, ref TVector s31, ref TVector s32, ref TVector s33)
        where TSequences : struct, ICount
        where TVectors : struct, ICount
    {
        nint next = partialSums * rowStride;
        ref TNumber from1 = ref Unsafe.Add(ref from, stride);
        ref TNumber from2 = ref Unsafe.Add(ref from1, stride);
        ref TNumber from3 = ref Unsafe.Add(ref from2, stride);
        for (; TSequences.Value < 4 && k < count - (3 * partialSums); k += 4 * partialSums)
        {
            ref TNumber row2 = ref Unsafe.Add(ref row, 2 * next);
            AddInput<TSequences, TVectors>(
                ref row, ref from, ref from1, ref from2, ref from3, k, ref s00, ref s01, ref s02, ref s03,
                ref s10, ref s11, ref s12, ref s13, ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            AddInput<TSequences, TVectors>(
                ref Unsafe.Add(ref row, next), ref from, ref from1, ref from2, ref from3, k + partialSums, ref s00, ref s01, ref s02, ref s03,
                ref s10, ref s11, ref s12, ref s13, ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            AddInput<TSequences, TVectors>(
                ref row2, ref from, ref from1, ref from2, ref from3, k + (2 * partialSums), ref s00, ref s01, ref s02, ref s03,
                ref s10, ref s11, ref s12, ref s13, ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            AddInput<TSequences, TVectors>(
                ref Unsafe.Add(ref row2, next), ref from, ref from1, ref from2, ref from3, k + (3 * partialSums), ref s00, ref s01, ref s02, ref s03,
                ref s10, ref s11, ref s12, ref s13, ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
            row = ref Unsafe.Add(ref row2, 2 * next);
        }

        for (; k < count; k += partialSums)
        {
            AddInput<TSequences, TVectors>(
                ref row, ref from, ref from1, ref from2, ref from3, k, ref s00, ref s01, ref s02, ref s03,
                ref s10, ref s11, ref s12, ref s13, ref s20, ref s21, ref s22, ref s23, ref s30, ref s31, ref s32, ref s33);
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

    /// <summary>A sequence's partial sum: in its place, or onto the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(ref TNumber z, nint partialSum, TVector s0, TVector s1, TVector s2, TVector s3)
        where TVectors : struct, ICount
    {
        Store(ref z, 0, partialSum, s0);
        if (TVectors.Value > 1)
        {
            Store(ref z, TLanes.Count, partialSum, s1);
        }

        if (TVectors.Value > 2)
        {
            Store(ref z, 2 * TLanes.Count, partialSum, s2);
            Store(ref z, 3 * TLanes.Count, partialSum, s3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref TNumber z, nint offset, nint partialSum, TVector sum) =>
        TLanes.Store(ref z, offset, partialSum == 0 ? sum : TLanes.Add(TLanes.Load(ref z, offset), sum));
}
#endif
