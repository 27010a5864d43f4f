#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// dL/dwm of the step before, U^T dZ, with U transposed as it opens the tape: for each tile of columns and each pair of gates the rows of all
/// units. There is a partial sum for each gate, over units in order; the total is (rem + save) + (focus + cand).
/// </summary>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TVector">A vector of such numbers, no longer than the tiles of columns it is used for.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TShape">Sizes and places of the cell.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ColumnProduct<TNumber, TVector, TLanes, TShape>
    where TNumber : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
    where TShape : struct, ICellShape
{
    private static bool Is512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Count * Unsafe.SizeOf<TNumber>() == 64;
    }

    /// <summary>Some columns of dL/dwm, for many sequences.</summary>
    /// <param name="transposed">U transposed.</param>
    /// <param name="dZ">dL/dz of all gates, a row of <see cref="CellTiles.Lanes"/> numbers for each sequence.</param>
    /// <param name="count">Sequences.</param>
    /// <param name="dWm">Gets dL/dwm of the first sequence, from unit 0 on.</param>
    /// <param name="first">The first column: the first unit of a tile.</param>
    /// <param name="end">The column behind the last; tiles up to there are equal.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BackMany(ref TNumber transposed, ref TNumber dZ, int count, ref TNumber dWm, int first, int end)
    {
        switch (CellTiles.UnitsOfTile(first, TShape.Padded))
        {
            case 16: BackTiles<Sixteen>(ref transposed, ref dZ, count, ref dWm, first, end); break;
            case 8: BackTiles<Eight>(ref transposed, ref dZ, count, ref dWm, first, end); break;
            default: BackTiles<Four>(ref transposed, ref dZ, count, ref dWm, first, end); break;
        }
    }

    /// <summary>The columns of equal tiles.</summary>
    /// <typeparam name="TUnits">Units of a tile.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackTiles<TUnits>(ref TNumber transposed, ref TNumber dZ, int count, ref TNumber dWm, int first, int end)
        where TUnits : struct, ICount
    {
        for (int column = first; column < end; column += TUnits.Value)
        {
            ref TNumber columns = ref Unsafe.Add(ref transposed, (nint)column * 4 * TShape.Hidden);
            int part = 0;
            for (; TLanes.Count > 1 && part <= TUnits.Value - (2 * TLanes.Count); part += 2 * TLanes.Count)
            {
                BackVectors<TUnits, Two>(ref Unsafe.Add(ref columns, part), ref dZ, count, ref Unsafe.Add(ref dWm, column + part));
            }

            for (; part < TUnits.Value; part += TLanes.Count)
            {
                BackVectors<TUnits, One>(ref Unsafe.Add(ref columns, part), ref dZ, count, ref Unsafe.Add(ref dWm, column + part));
            }
        }
    }

    /// <summary>One or two vectors of columns: rem and save for all sequences, then focus and cand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackVectors<TUnits, TVectors>(ref TNumber columns, ref TNumber dZ, int count, ref TNumber dWm)
        where TUnits : struct, ICount
        where TVectors : struct, ICount
    {
        for (int pair = 0; pair < 2; pair++)
        {
            int n = 0;
            if (TVectors.Value == 1 && Is512)
            {
                n = BackPair<TUnits, Eight, TVectors>(ref columns, ref dZ, n, count, ref dWm, pair);
            }

            if (Is512)
            {
                n = BackPair<TUnits, Four, TVectors>(ref columns, ref dZ, n, count, ref dWm, pair);
            }
            else if (TVectors.Value == 2)
            {
                n = BackPair<TUnits, Three, TVectors>(ref columns, ref dZ, n, count, ref dWm, pair);
            }
            else if (TLanes.Count > 1)
            {
                n = BackPair<TUnits, Six, TVectors>(ref columns, ref dZ, n, count, ref dWm, pair);
            }

            BackPair<TUnits, One, TVectors>(ref columns, ref dZ, n, count, ref dWm, pair);
        }
    }

    // Two gates of 8 x 1 or 4 x 2 at 512 bits: 16 accumulators, weights and a dZ, of 32 registers. Two gates of 6 x 1 or 3 x 2: 12 accumulators, of
    // 16 registers. 2 FMA ports x 4 cycles of latency ask for 8; beyond, more sequences share each weight that is loaded.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int BackPair<TUnits, TSequences, TVectors>(ref TNumber columns, ref TNumber dZ, int n, int count, ref TNumber dWm, int pair)
        where TUnits : struct, ICount
        where TSequences : struct, ICount
        where TVectors : struct, ICount
    {
        for (; n <= count - TSequences.Value; n += TSequences.Value)
        {
            TVector a00 = TLanes.Zero, a01 = TLanes.Zero, a10 = TLanes.Zero, a11 = TLanes.Zero, a20 = TLanes.Zero, a21 = TLanes.Zero;
            TVector a30 = TLanes.Zero, a31 = TLanes.Zero, a40 = TLanes.Zero, a50 = TLanes.Zero, a60 = TLanes.Zero, a70 = TLanes.Zero;
            TVector b00 = TLanes.Zero, b01 = TLanes.Zero, b10 = TLanes.Zero, b11 = TLanes.Zero, b20 = TLanes.Zero, b21 = TLanes.Zero;
            TVector b30 = TLanes.Zero, b31 = TLanes.Zero, b40 = TLanes.Zero, b50 = TLanes.Zero, b60 = TLanes.Zero, b70 = TLanes.Zero;
            nint stride = 4 * TShape.Padded;
            ref TNumber row = ref Unsafe.Add(ref columns, pair * 2 * TShape.Hidden * TUnits.Value);
            for (int unit = 0, units; unit < TShape.Hidden; unit += units)
            {
                units = CellTiles.UnitsOfTile(unit, TShape.Padded);
                ref TNumber dZ0 = ref Unsafe.Add(ref dZ, (n * stride) + (4 * unit) + (pair * 2 * units));
                ref TNumber dZ4 = ref Unsafe.Add(ref dZ0, 4 * stride);
                int used = Math.Min(units, TShape.Hidden - unit);
                for (nint i = 0, second = units; i < used; i++, second++)
                {
                    AddGate<TSequences, TVectors>(
                        ref row, ref dZ0, ref dZ4, stride, i,
                        ref a00, ref a01, ref a10, ref a11, ref a20, ref a21, ref a30, ref a31, ref a40, ref a50, ref a60, ref a70);
                    AddGate<TSequences, TVectors>(
                        ref Unsafe.Add(ref row, TUnits.Value), ref dZ0, ref dZ4, stride, second,
                        ref b00, ref b01, ref b10, ref b11, ref b20, ref b21, ref b30, ref b31, ref b40, ref b50, ref b60, ref b70);
                    row = ref Unsafe.Add(ref row, 2 * TUnits.Value);
                }
            }

            ref TNumber to = ref Unsafe.Add(ref dWm, n * TShape.StateStride);
            if (pair == 0)
            {
                Store<TSequences, TVectors, One>(
                    ref to, TShape.StateStride, TLanes.Add(a00, b00), TLanes.Add(a01, b01), TLanes.Add(a10, b10), TLanes.Add(a11, b11),
                    TLanes.Add(a20, b20), TLanes.Add(a21, b21), TLanes.Add(a30, b30), TLanes.Add(a31, b31),
                    TLanes.Add(a40, b40), TLanes.Add(a50, b50), TLanes.Add(a60, b60), TLanes.Add(a70, b70));
            }
            else
            {
                Store<TSequences, TVectors, Two>(
                    ref to, TShape.StateStride, TLanes.Add(a00, b00), TLanes.Add(a01, b01), TLanes.Add(a10, b10), TLanes.Add(a11, b11),
                    TLanes.Add(a20, b20), TLanes.Add(a21, b21), TLanes.Add(a30, b30), TLanes.Add(a31, b31),
                    TLanes.Add(a40, b40), TLanes.Add(a50, b50), TLanes.Add(a60, b60), TLanes.Add(a70, b70));
            }
        }

        return n;
    }

    /// <summary>The products of a unit's weights with one gate of each sequence. More than four sequences have one vector of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddGate<TSequences, TVectors>(
        ref TNumber row, ref TNumber dZ0, ref TNumber dZ4, nint stride, nint lane, ref TVector s00, ref TVector s01, ref TVector s10, ref TVector s11,
        ref TVector s20, ref TVector s21, ref TVector s30, ref TVector s31, ref TVector s4, ref TVector s5, ref TVector s6, ref TVector s7)
        where TSequences : struct, ICount
        where TVectors : struct, ICount
    {
        TVector weight0 = TLanes.Load(ref row, 0);
        TVector weight1 = TVectors.Value > 1 ? TLanes.Load(ref row, TLanes.Count) : default;
        AddGate<TVectors>(ref dZ0, lane, weight0, weight1, ref s00, ref s01);
        if (TSequences.Value > 1)
        {
            AddGate<TVectors>(ref dZ0, lane + stride, weight0, weight1, ref s10, ref s11);
            AddGate<TVectors>(ref dZ0, lane + (2 * stride), weight0, weight1, ref s20, ref s21);
        }

        if (TSequences.Value > 3)
        {
            AddGate<TVectors>(ref Unsafe.Add(ref dZ0, stride), lane + (2 * stride), weight0, weight1, ref s30, ref s31);
        }

        if (TSequences.Value > 4)
        {
            s4 = TLanes.MultiplyAdd(weight0, TLanes.Broadcast(ref dZ4, lane), s4);
            s5 = TLanes.MultiplyAdd(weight0, TLanes.Broadcast(ref dZ4, lane + stride), s5);
        }

        if (TSequences.Value > 6)
        {
            s6 = TLanes.MultiplyAdd(weight0, TLanes.Broadcast(ref dZ4, lane + (2 * stride)), s6);
            s7 = TLanes.MultiplyAdd(weight0, TLanes.Broadcast(ref Unsafe.Add(ref dZ4, stride), lane + (2 * stride)), s7);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddGate<TVectors>(ref TNumber dZ, nint lane, TVector weight0, TVector weight1, ref TVector s0, ref TVector s1)
        where TVectors : struct, ICount
    {
        TVector gate = TLanes.Broadcast(ref dZ, lane);
        s0 = TLanes.MultiplyAdd(weight0, gate, s0);
        if (TVectors.Value > 1)
        {
            s1 = TLanes.MultiplyAdd(weight1, gate, s1);
        }
    }

    /// <summary>The first pass stores a pair of gates of each sequence, the second adds its pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSequences, TVectors, TPass>(
        ref TNumber dWm, nint stride, TVector s00, TVector s01, TVector s10, TVector s11, TVector s20, TVector s21, TVector s30, TVector s31,
        TVector s4, TVector s5, TVector s6, TVector s7)
        where TSequences : struct, ICount
        where TVectors : struct, ICount
        where TPass : struct, ICount
    {
        Store<TVectors, TPass>(ref dWm, s00, s01);
        if (TSequences.Value > 1)
        {
            Store<TVectors, TPass>(ref Unsafe.Add(ref dWm, stride), s10, s11);
            Store<TVectors, TPass>(ref Unsafe.Add(ref dWm, 2 * stride), s20, s21);
        }

        if (TSequences.Value > 3)
        {
            Store<TVectors, TPass>(ref Unsafe.Add(ref dWm, 3 * stride), s30, s31);
        }

        if (TSequences.Value > 4)
        {
            Store<One, TPass>(ref Unsafe.Add(ref dWm, 4 * stride), s4, s4);
            Store<One, TPass>(ref Unsafe.Add(ref dWm, 5 * stride), s5, s5);
        }

        if (TSequences.Value > 6)
        {
            Store<One, TPass>(ref Unsafe.Add(ref dWm, 6 * stride), s6, s6);
            Store<One, TPass>(ref Unsafe.Add(ref dWm, 7 * stride), s7, s7);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors, TPass>(ref TNumber dWm, TVector s0, TVector s1)
        where TVectors : struct, ICount
        where TPass : struct, ICount
    {
        Store(ref dWm, 0, TPass.Value - 1, s0);
        if (TVectors.Value > 1)
        {
            Store(ref dWm, TLanes.Count, TPass.Value - 1, s1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref TNumber dWm, nint offset, int pass, TVector pair) =>
        TLanes.Store(ref dWm, offset, pass == 0 ? pair : TLanes.Add(TLanes.Load(ref dWm, offset), pair));
}
#endif
