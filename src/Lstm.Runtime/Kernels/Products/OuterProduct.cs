#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>The product behind every weight gradient: outer products of inputs and values, summed over steps.</summary>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TVector">A vector of such numbers.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OuterProduct<TNumber, TVector, TLanes>
    where TNumber : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
{
    private static bool Is512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Count * Unsafe.SizeOf<TNumber>() == 64;
    }

    /// <summary>
    /// sums[row, column] += sum over steps of input[step, row] * values[step, column]. The sum runs over the steps in order, from zero, and is then
    /// added.
    /// </summary>
    /// <param name="sums">The first number of rows x columns.</param>
    /// <param name="sumsStride">Numbers from one row of <paramref name="sums"/> to the next.</param>
    /// <param name="input">The inputs of the first step.</param>
    /// <param name="inputStride">Numbers from one step's inputs to the next; 0 where all steps share one.</param>
    /// <param name="rows">Inputs of a step.</param>
    /// <param name="values">The values of the first step.</param>
    /// <param name="valuesStride">Numbers from one step's values to the next.</param>
    /// <param name="columns">Values of a step, whole vectors.</param>
    /// <param name="steps">Steps.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(
        ref TNumber sums, nint sumsStride, ref TNumber input, nint inputStride, int rows, ref TNumber values, nint valuesStride, int columns,
        int steps)
    {
        int row = 0;

        // 512 bits: 6 x 4 and 6 x 1. Less: 6 x 2 and 6 x 1, then 4 x 2 and 4 x 1. Then single rows.
        for (; row <= rows - 6; row += 6)
        {
            AddRows<Six>(ref sums, sumsStride, ref Unsafe.Add(ref input, row), inputStride, ref values, valuesStride, columns, steps);
            sums = ref Unsafe.Add(ref sums, 6 * sumsStride);
        }

        if (!Is512 && row <= rows - 4)
        {
            AddRows<Four>(ref sums, sumsStride, ref Unsafe.Add(ref input, row), inputStride, ref values, valuesStride, columns, steps);
            sums = ref Unsafe.Add(ref sums, 4 * sumsStride);
            row += 4;
        }

        for (; row < rows; row++)
        {
            AddRow(ref sums, ref Unsafe.Add(ref input, row), inputStride, ref values, valuesStride, columns, steps);
            sums = ref Unsafe.Add(ref sums, sumsStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRows<TRows>(
        ref TNumber sums, nint sumsStride, ref TNumber input, nint inputStride, ref TNumber values, nint valuesStride, int columns, int steps)
        where TRows : struct, ICount
    {
        int column = 0;
        int width = (Is512 ? 4 : 2) * TLanes.Count;
        for (; column <= columns - width; column += width)
        {
            ref TNumber to = ref Unsafe.Add(ref sums, column);
            ref TNumber from = ref Unsafe.Add(ref values, column);
            if (Is512)
            {
                AddSixByFour(ref to, sumsStride, ref input, inputStride, ref from, valuesStride, steps);
            }
            else
            {
                AddTile<TRows, Two>(ref to, sumsStride, ref input, inputStride, ref from, valuesStride, steps);
            }
        }

        for (; column < columns; column += TLanes.Count)
        {
            AddTile<TRows, One>(
                ref Unsafe.Add(ref sums, column), sumsStride, ref input, inputStride, ref Unsafe.Add(ref values, column), valuesStride, steps);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        ref TNumber sums, ref TNumber input, nint inputStride, ref TNumber values, nint valuesStride, int columns, int steps)
    {
        int column = 0;
        for (; !Is512 && column <= columns - (8 * TLanes.Count); column += 8 * TLanes.Count)
        {
            AddVectors<Eight>(ref Unsafe.Add(ref sums, column), ref input, inputStride, ref Unsafe.Add(ref values, column), valuesStride, steps);
        }

        for (; Is512 && column <= columns - (4 * TLanes.Count); column += 4 * TLanes.Count)
        {
            AddVectors<Four>(ref Unsafe.Add(ref sums, column), ref input, inputStride, ref Unsafe.Add(ref values, column), valuesStride, steps);
        }

        for (; !Is512 && column <= columns - (2 * TLanes.Count); column += 2 * TLanes.Count)
        {
            AddVectors<Two>(ref Unsafe.Add(ref sums, column), ref input, inputStride, ref Unsafe.Add(ref values, column), valuesStride, steps);
        }

        for (; column < columns; column += TLanes.Count)
        {
            AddVectors<One>(ref Unsafe.Add(ref sums, column), ref input, inputStride, ref Unsafe.Add(ref values, column), valuesStride, steps);
        }
    }

    // 6 x 4: 24 accumulators, 4 values and an input are 29 of 32 registers. 10 loads serve 24 multiply-adds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSixByFour(
        ref TNumber sums, nint sumsStride, ref TNumber input, nint inputStride, ref TNumber values, nint valuesStride, int steps)
    {
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero, s13 = TLanes.Zero;
        TVector s20 = TLanes.Zero, s21 = TLanes.Zero, s22 = TLanes.Zero, s23 = TLanes.Zero;
        TVector s30 = TLanes.Zero, s31 = TLanes.Zero, s32 = TLanes.Zero, s33 = TLanes.Zero;
        TVector s40 = TLanes.Zero, s41 = TLanes.Zero, s42 = TLanes.Zero, s43 = TLanes.Zero;
        TVector s50 = TLanes.Zero, s51 = TLanes.Zero, s52 = TLanes.Zero, s53 = TLanes.Zero;
        for (int step = 0; step < steps; step++)
        {
            TVector value0 = TLanes.Load(ref values, 0);
            TVector value1 = TLanes.Load(ref values, TLanes.Count);
            TVector value2 = TLanes.Load(ref values, 2 * TLanes.Count);
            TVector value3 = TLanes.Load(ref values, 3 * TLanes.Count);
            MultiplyAdd(TLanes.Broadcast(ref input, 0), value0, value1, value2, value3, ref s00, ref s01, ref s02, ref s03);
            MultiplyAdd(TLanes.Broadcast(ref input, 1), value0, value1, value2, value3, ref s10, ref s11, ref s12, ref s13);
            MultiplyAdd(TLanes.Broadcast(ref input, 2), value0, value1, value2, value3, ref s20, ref s21, ref s22, ref s23);
            MultiplyAdd(TLanes.Broadcast(ref input, 3), value0, value1, value2, value3, ref s30, ref s31, ref s32, ref s33);
            MultiplyAdd(TLanes.Broadcast(ref input, 4), value0, value1, value2, value3, ref s40, ref s41, ref s42, ref s43);
            MultiplyAdd(TLanes.Broadcast(ref input, 5), value0, value1, value2, value3, ref s50, ref s51, ref s52, ref s53);
            input = ref Unsafe.Add(ref input, inputStride);
            values = ref Unsafe.Add(ref values, valuesStride);
        }

        AddTo(ref sums, s00, s01, s02, s03);
        AddTo(ref Unsafe.Add(ref sums, sumsStride), s10, s11, s12, s13);
        AddTo(ref Unsafe.Add(ref sums, 2 * sumsStride), s20, s21, s22, s23);
        AddTo(ref Unsafe.Add(ref sums, 3 * sumsStride), s30, s31, s32, s33);
        AddTo(ref Unsafe.Add(ref sums, 4 * sumsStride), s40, s41, s42, s43);
        AddTo(ref Unsafe.Add(ref sums, 5 * sumsStride), s50, s51, s52, s53);
    }

    // 6 x 2 and 4 x 2: 12 or 8 accumulators, 2 values and an input are 15 of 16 registers. 2 FMA ports x 4 cycles of latency ask for 8 accumulators.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile<TRows, TVectors>(
        ref TNumber sums, nint sumsStride, ref TNumber input, nint inputStride, ref TNumber values, nint valuesStride, int steps)
        where TRows : struct, ICount
        where TVectors : struct, ICount
    {
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s10 = TLanes.Zero, s11 = TLanes.Zero;
        TVector s20 = TLanes.Zero, s21 = TLanes.Zero, s30 = TLanes.Zero, s31 = TLanes.Zero;
        TVector s40 = TLanes.Zero, s41 = TLanes.Zero, s50 = TLanes.Zero, s51 = TLanes.Zero;
        for (int step = 0; step < steps; step++)
        {
            TVector value0 = TLanes.Load(ref values, 0);
            TVector value1 = TVectors.Value > 1 ? TLanes.Load(ref values, TLanes.Count) : default;
            MultiplyAdd<TVectors>(TLanes.Broadcast(ref input, 0), value0, value1, ref s00, ref s01);
            MultiplyAdd<TVectors>(TLanes.Broadcast(ref input, 1), value0, value1, ref s10, ref s11);
            MultiplyAdd<TVectors>(TLanes.Broadcast(ref input, 2), value0, value1, ref s20, ref s21);
            MultiplyAdd<TVectors>(TLanes.Broadcast(ref input, 3), value0, value1, ref s30, ref s31);
            if (TRows.Value > 4)
            {
                MultiplyAdd<TVectors>(TLanes.Broadcast(ref input, 4), value0, value1, ref s40, ref s41);
                MultiplyAdd<TVectors>(TLanes.Broadcast(ref input, 5), value0, value1, ref s50, ref s51);
            }

            input = ref Unsafe.Add(ref input, inputStride);
            values = ref Unsafe.Add(ref values, valuesStride);
        }

        AddTo<TVectors>(ref sums, s00, s01);
        AddTo<TVectors>(ref Unsafe.Add(ref sums, sumsStride), s10, s11);
        AddTo<TVectors>(ref Unsafe.Add(ref sums, 2 * sumsStride), s20, s21);
        AddTo<TVectors>(ref Unsafe.Add(ref sums, 3 * sumsStride), s30, s31);
        if (TRows.Value > 4)
        {
            AddTo<TVectors>(ref Unsafe.Add(ref sums, 4 * sumsStride), s40, s41);
            AddTo<TVectors>(ref Unsafe.Add(ref sums, 5 * sumsStride), s50, s51);
        }
    }

    // 1 x 8: 8 accumulators, as 2 FMA ports x 4 cycles of latency ask for. 1 x 4 where a row of a tile is no longer.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddVectors<TVectors>(
        ref TNumber sums, ref TNumber input, nint inputStride, ref TNumber values, nint valuesStride, int steps)
        where TVectors : struct, ICount
    {
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        TVector s4 = TLanes.Zero, s5 = TLanes.Zero, s6 = TLanes.Zero, s7 = TLanes.Zero;
        for (int step = 0; step < steps; step++)
        {
            TVector factor = TLanes.Broadcast(ref input, 0);
            s0 = TLanes.AddProduct(ref values, 0, factor, s0);
            if (TVectors.Value > 1)
            {
                s1 = TLanes.AddProduct(ref values, TLanes.Count, factor, s1);
            }

            if (TVectors.Value > 2)
            {
                s2 = TLanes.AddProduct(ref values, 2 * TLanes.Count, factor, s2);
                s3 = TLanes.AddProduct(ref values, 3 * TLanes.Count, factor, s3);
            }

            if (TVectors.Value > 4)
            {
                s4 = TLanes.AddProduct(ref values, 4 * TLanes.Count, factor, s4);
                s5 = TLanes.AddProduct(ref values, 5 * TLanes.Count, factor, s5);
                s6 = TLanes.AddProduct(ref values, 6 * TLanes.Count, factor, s6);
                s7 = TLanes.AddProduct(ref values, 7 * TLanes.Count, factor, s7);
            }

            input = ref Unsafe.Add(ref input, inputStride);
            values = ref Unsafe.Add(ref values, valuesStride);
        }

        if (TVectors.Value <= 2)
        {
            AddTo<TVectors>(ref sums, s0, s1);
            return;
        }

        AddTo(ref sums, s0, s1, s2, s3);
        if (TVectors.Value > 4)
        {
            AddTo(ref Unsafe.Add(ref sums, 4 * TLanes.Count), s4, s5, s6, s7);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(
        TVector input, TVector value0, TVector value1, TVector value2, TVector value3, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
    {
        s0 = TLanes.MultiplyAdd(input, value0, s0);
        s1 = TLanes.MultiplyAdd(input, value1, s1);
        s2 = TLanes.MultiplyAdd(input, value2, s2);
        s3 = TLanes.MultiplyAdd(input, value3, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd<TVectors>(TVector input, TVector value0, TVector value1, ref TVector s0, ref TVector s1)
        where TVectors : struct, ICount
    {
        s0 = TLanes.MultiplyAdd(input, value0, s0);
        if (TVectors.Value > 1)
        {
            s1 = TLanes.MultiplyAdd(input, value1, s1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ref TNumber sums, TVector s0, TVector s1, TVector s2, TVector s3)
    {
        AddTo<Two>(ref sums, s0, s1);
        AddTo<Two>(ref Unsafe.Add(ref sums, 2 * TLanes.Count), s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<TVectors>(ref TNumber sums, TVector s0, TVector s1)
        where TVectors : struct, ICount
    {
        TLanes.Store(ref sums, 0, TLanes.Add(TLanes.Load(ref sums, 0), s0));
        if (TVectors.Value > 1)
        {
            TLanes.Store(ref sums, TLanes.Count, TLanes.Add(TLanes.Load(ref sums, TLanes.Count), s1));
        }
    }
}
#endif
