#if NET8_0_OR_GREATER
using System;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <content>One sequence: no weight is used twice, so it takes many columns side by side instead of many sequences.</content>
public static partial class ColumnProduct<TNumber, TVector, TLanes, TShape>
{
    /// <summary>Some columns of dL/dwm, for one sequence.</summary>
    /// <param name="transposed">U transposed.</param>
    /// <param name="dZ">dL/dz of all gates, <see cref="CellTiles.Lanes"/> numbers.</param>
    /// <param name="dWm">Gets dL/dwm, from unit 0 on.</param>
    /// <param name="first">The first column: the first unit of a tile.</param>
    /// <param name="end">The column behind the last; tiles up to there are equal.</param>
    /// <param name="reverse">
    /// Whether to take groups of columns, and their pairs of gates, from the last to the first. If every other step does, its first weights are
    /// still in the first-level cache. Results do not depend on it.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BackOne(ref TNumber transposed, ref TNumber dZ, ref TNumber dWm, int first, int end, bool reverse)
    {
        switch (CellTiles.UnitsOfTile(first, TShape.Padded))
        {
            case 16: BackTiles<Sixteen>(ref transposed, ref dZ, ref dWm, first, end, reverse); break;
            case 8: BackTiles<Eight>(ref transposed, ref dZ, ref dWm, first, end, reverse); break;
            default: BackTiles<Four>(ref transposed, ref dZ, ref dWm, first, end, reverse); break;
        }
    }

    /// <summary>The columns of equal tiles.</summary>
    /// <typeparam name="TUnits">Units of a tile.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackTiles<TUnits>(ref TNumber transposed, ref TNumber dZ, ref TNumber dWm, int first, int end, bool reverse)
        where TUnits : struct, ICount
    {
        // Scalar code takes one column at a time; else there are four vectors of columns side by side, from as many tiles as that takes.
        int group = TLanes.Count == 1 ? TUnits.Value : TUnits.Value * Math.Max(1, 4 / (TUnits.Value / TLanes.Count));
        int groups = (end - first) / group;
        for (int i = 0; i < groups; i++)
        {
            BackGroup<TUnits>(ref transposed, ref dZ, ref dWm, first + ((reverse ? groups - 1 - i : i) * group), group, reverse);
        }

        if (first + (groups * group) < end)
        {
            BackGroup<TUnits>(ref transposed, ref dZ, ref dWm, first + (groups * group), end - first - (groups * group), reverse);
        }
    }

    /// <summary>The columns of a tile, some vectors at a time, or those of several tiles at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackGroup<TUnits>(ref TNumber transposed, ref TNumber dZ, ref TNumber dWm, int column, int group, bool reverse)
        where TUnits : struct, ICount
    {
        int vectors = VectorsOfTile<TUnits>();
        int together = vectors * (group / TUnits.Value);
        ref TNumber columns = ref Unsafe.Add(ref transposed, (nint)column * 4 * TShape.Hidden);
        for (int part = 0; part < TUnits.Value; part += vectors * TLanes.Count)
        {
            ref TNumber from = ref Unsafe.Add(ref columns, part);
            ref TNumber to = ref Unsafe.Add(ref dWm, column + part);
            if (together == 4)
            {
                BackTwoGates<TUnits>(ref from, ref dZ, ref to, reverse ? 1 : 0, 0);
                BackTwoGates<TUnits>(ref from, ref dZ, ref to, reverse ? 0 : 1, 1);
            }
            else if (together == 3)
            {
                BackFourGates<TUnits, Three>(ref from, ref dZ, ref to);
            }
            else if (together == 2)
            {
                BackFourGates<TUnits, Two>(ref from, ref dZ, ref to);
            }
            else
            {
                BackFourGates<TUnits, One>(ref from, ref dZ, ref to);
            }
        }
    }

    /// <summary>Vectors of columns side by side that stand in one tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int VectorsOfTile<TUnits>()
        where TUnits : struct, ICount => TLanes.Count == 1 ? 1 : Math.Min(TUnits.Value / TLanes.Count, 4);

    // Two gates x four vectors of columns: 8 accumulators, as 2 FMA ports x 4 cycles of latency ask for. It takes fewer loads than four gates
    // x two vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackTwoGates<TUnits>(ref TNumber columns, ref TNumber dZ, ref TNumber dWm, int pair, int pass)
        where TUnits : struct, ICount
    {
        TVector a0 = TLanes.Zero, a1 = TLanes.Zero, a2 = TLanes.Zero, a3 = TLanes.Zero;
        TVector b0 = TLanes.Zero, b1 = TLanes.Zero, b2 = TLanes.Zero, b3 = TLanes.Zero;
        ref TNumber row0 = ref Unsafe.Add(ref columns, pair * 2 * TShape.Hidden * TUnits.Value);
        ref TNumber row1 = ref Unsafe.Add(ref row0, WeightOf<TUnits>(1));
        ref TNumber row2 = ref Unsafe.Add(ref row0, WeightOf<TUnits>(2));
        ref TNumber row3 = ref Unsafe.Add(ref row0, WeightOf<TUnits>(3));
        nint at = 0;
        for (int unit = 0, units; unit < TShape.Hidden; unit += units)
        {
            units = CellTiles.UnitsOfTile(unit, TShape.Padded);
            ref TNumber gates = ref Unsafe.Add(ref dZ, (4 * unit) + (pair * 2 * units));
            ref TNumber nextGates = ref Unsafe.Add(ref gates, units);
            int used = Math.Min(units, TShape.Hidden - unit);
            for (nint i = 0; i < used; i++)
            {
                TVector gate = TLanes.Broadcast(ref gates, i);
                a0 = TLanes.AddProduct(ref row0, at, gate, a0);
                a1 = TLanes.AddProduct(ref row1, at, gate, a1);
                a2 = TLanes.AddProduct(ref row2, at, gate, a2);
                a3 = TLanes.AddProduct(ref row3, at, gate, a3);
                gate = TLanes.Broadcast(ref nextGates, i);
                b0 = TLanes.AddProduct(ref row0, at + TUnits.Value, gate, b0);
                b1 = TLanes.AddProduct(ref row1, at + TUnits.Value, gate, b1);
                b2 = TLanes.AddProduct(ref row2, at + TUnits.Value, gate, b2);
                b3 = TLanes.AddProduct(ref row3, at + TUnits.Value, gate, b3);
                at += 2 * TUnits.Value;
            }
        }

        Store(ref dWm, 0, pass, TLanes.Add(a0, b0));
        Store(ref dWm, ColumnOf<TUnits>(1), pass, TLanes.Add(a1, b1));
        Store(ref dWm, ColumnOf<TUnits>(2), pass, TLanes.Add(a2, b2));
        Store(ref dWm, ColumnOf<TUnits>(3), pass, TLanes.Add(a3, b3));
    }

    // Four gates x as many vectors of columns as are left, up to three: 12 accumulators.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackFourGates<TUnits, TVectors>(ref TNumber columns, ref TNumber dZ, ref TNumber dWm)
        where TUnits : struct, ICount
        where TVectors : struct, ICount
    {
        TVector rem0 = TLanes.Zero, rem1 = TLanes.Zero, rem2 = TLanes.Zero, save0 = TLanes.Zero, save1 = TLanes.Zero, save2 = TLanes.Zero;
        TVector focus0 = TLanes.Zero, focus1 = TLanes.Zero, focus2 = TLanes.Zero, cand0 = TLanes.Zero, cand1 = TLanes.Zero, cand2 = TLanes.Zero;
        nint second = WeightOf<TUnits>(1);
        nint third = WeightOf<TUnits>(2);
        ref TNumber remSave = ref columns;
        ref TNumber focusCand = ref Unsafe.Add(ref columns, 2 * TShape.Hidden * TUnits.Value);
        for (int unit = 0, units; unit < TShape.Hidden; unit += units)
        {
            units = CellTiles.UnitsOfTile(unit, TShape.Padded);
            ref TNumber rem = ref Unsafe.Add(ref dZ, 4 * unit);
            ref TNumber save = ref Unsafe.Add(ref rem, units);
            ref TNumber focus = ref Unsafe.Add(ref save, units);
            ref TNumber cand = ref Unsafe.Add(ref focus, units);
            int used = Math.Min(units, TShape.Hidden - unit);
            for (nint i = 0; i < used; i++)
            {
                AddGate<TVectors>(ref remSave, 0, second, third, TLanes.Broadcast(ref rem, i), ref rem0, ref rem1, ref rem2);
                AddGate<TVectors>(ref remSave, TUnits.Value, second, third, TLanes.Broadcast(ref save, i), ref save0, ref save1, ref save2);
                AddGate<TVectors>(ref focusCand, 0, second, third, TLanes.Broadcast(ref focus, i), ref focus0, ref focus1, ref focus2);
                AddGate<TVectors>(ref focusCand, TUnits.Value, second, third, TLanes.Broadcast(ref cand, i), ref cand0, ref cand1, ref cand2);
                remSave = ref Unsafe.Add(ref remSave, 2 * TUnits.Value);
                focusCand = ref Unsafe.Add(ref focusCand, 2 * TUnits.Value);
            }
        }

        TLanes.Store(ref dWm, 0, TLanes.Add(TLanes.Add(rem0, save0), TLanes.Add(focus0, cand0)));
        if (TVectors.Value > 1)
        {
            TLanes.Store(ref dWm, ColumnOf<TUnits>(1), TLanes.Add(TLanes.Add(rem1, save1), TLanes.Add(focus1, cand1)));
        }

        if (TVectors.Value > 2)
        {
            TLanes.Store(ref dWm, ColumnOf<TUnits>(2), TLanes.Add(TLanes.Add(rem2, save2), TLanes.Add(focus2, cand2)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddGate<TVectors>(
        ref TNumber row, nint offset, nint second, nint third, TVector gate, ref TVector s0, ref TVector s1, ref TVector s2)
        where TVectors : struct, ICount
    {
        s0 = TLanes.AddProduct(ref row, offset, gate, s0);
        if (TVectors.Value > 1)
        {
            s1 = TLanes.AddProduct(ref row, offset + second, gate, s1);
        }

        if (TVectors.Value > 2)
        {
            s2 = TLanes.AddProduct(ref row, offset + third, gate, s2);
        }
    }

    /// <summary>The first weight of a vector of columns, counted from the first vector's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint WeightOf<TUnits>(int vector)
        where TUnits : struct, ICount
    {
        int vectors = VectorsOfTile<TUnits>();
        return (vector / vectors * 4 * TShape.Hidden * TUnits.Value) + (vector % vectors * TLanes.Count);
    }

    /// <summary>The first column of a vector, counted from the first vector's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint ColumnOf<TUnits>(int vector)
        where TUnits : struct, ICount
    {
        int vectors = VectorsOfTile<TUnits>();
        return (vector / vectors * TUnits.Value) + (vector % vectors * TLanes.Count);
    }
}
#endif
