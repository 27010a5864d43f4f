#if NET8_0_OR_GREATER
using System;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <content>One sequence: no weight is used twice, so it takes many columns side by side instead of many sequences.</content>
public static partial class ColumnProduct<TNumber, TVector, TLanes>
{
    /// <summary>Some columns of dL/dwm, for one sequence.</summary>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="transposed">U transposed.</param>
    /// <param name="dZ">dL/dz of all gates, <see cref="CellTiles.Lanes"/> numbers.</param>
    /// <param name="dWm">Gets dL/dwm, from unit 0 on.</param>
    /// <param name="first">The first column: the first unit of a tile.</param>
    /// <param name="end">The column behind the last; tiles up to there are equal.</param>
    /// <param name="reverse">
    /// Whether to take groups of columns, and their pairs of gates, from the last to the first. If every other step does, its first weights are
    /// still in the first-level cache. Results do not depend on it.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackOne(
        in CellTiles tiles, ref TNumber transposed, ref TNumber dZ, ref TNumber dWm, int first, int end, bool reverse)
    {
        int width = tiles.Units(first);

        // Scalar code takes one column at a time; else there are four vectors of columns side by side, from as many tiles as that takes.
        int whole = width / TLanes.Count;
        int vectors = TLanes.Count == 1 ? 1 : Math.Min(whole, 4);
        int group = TLanes.Count == 1 ? width : width * Math.Max(1, 4 / whole);
        int groups = (end - first) / group;
        for (int i = 0; i < groups; i++)
        {
            BackGroup(in tiles, ref transposed, ref dZ, ref dWm, first + ((reverse ? groups - 1 - i : i) * group), group, vectors, reverse);
        }

        if (first + (groups * group) < end)
        {
            BackGroup(in tiles, ref transposed, ref dZ, ref dWm, first + (groups * group), end - first - (groups * group), vectors, reverse);
        }
    }

    /// <summary>The columns of a tile, <paramref name="vectors"/> vectors at a time, or those of several tiles at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BackGroup(
        in CellTiles tiles, ref TNumber transposed, ref TNumber dZ, ref TNumber dWm, int column, int group, int vectors, bool reverse)
    {
        int width = tiles.Units(column);
        int together = vectors * (group / width);
        ref TNumber columns = ref Unsafe.Add(ref transposed, (nint)column * 4 * tiles.Hidden);
        for (int part = 0; part < width; part += vectors * TLanes.Count)
        {
            ref TNumber from = ref Unsafe.Add(ref columns, part);
            ref TNumber to = ref Unsafe.Add(ref dWm, column + part);
            if (together == 4)
            {
                BackTwoGates(in tiles, ref from, width, vectors, ref dZ, ref to, reverse ? 1 : 0, 0);
                BackTwoGates(in tiles, ref from, width, vectors, ref dZ, ref to, reverse ? 0 : 1, 1);
            }
            else if (together == 3)
            {
                BackFourGates<Three>(in tiles, ref from, width, vectors, ref dZ, ref to);
            }
            else if (together == 2)
            {
                BackFourGates<Two>(in tiles, ref from, width, vectors, ref dZ, ref to);
            }
            else
            {
                BackFourGates<One>(in tiles, ref from, width, vectors, ref dZ, ref to);
            }
        }
    }

    // Two gates x four vectors of columns: 8 accumulators, as 2 FMA ports x 4 cycles of latency ask for. It takes fewer loads than four gates
    // x two vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackTwoGates(
        in CellTiles tiles, ref TNumber columns, nint width, int vectors, ref TNumber dZ, ref TNumber dWm, int pair, int pass)
    {
        TVector a0 = TLanes.Zero, a1 = TLanes.Zero, a2 = TLanes.Zero, a3 = TLanes.Zero;
        TVector b0 = TLanes.Zero, b1 = TLanes.Zero, b2 = TLanes.Zero, b3 = TLanes.Zero;
        ref TNumber row0 = ref Unsafe.Add(ref columns, pair * 2 * tiles.Hidden * width);
        ref TNumber row1 = ref Unsafe.Add(ref row0, WeightOf(in tiles, width, vectors, 1));
        ref TNumber row2 = ref Unsafe.Add(ref row0, WeightOf(in tiles, width, vectors, 2));
        ref TNumber row3 = ref Unsafe.Add(ref row0, WeightOf(in tiles, width, vectors, 3));
        nint at = 0;
        for (int unit = 0, units; unit < tiles.Hidden; unit += units)
        {
            units = tiles.Units(unit);
            ref TNumber gates = ref Unsafe.Add(ref dZ, (4 * unit) + (pair * 2 * units));
            ref TNumber nextGates = ref Unsafe.Add(ref gates, units);
            int used = Math.Min(units, tiles.Hidden - unit);
            for (nint i = 0; i < used; i++)
            {
                TVector gate = TLanes.Broadcast(ref gates, i);
                a0 = TLanes.AddProduct(ref row0, at, gate, a0);
                a1 = TLanes.AddProduct(ref row1, at, gate, a1);
                a2 = TLanes.AddProduct(ref row2, at, gate, a2);
                a3 = TLanes.AddProduct(ref row3, at, gate, a3);
                gate = TLanes.Broadcast(ref nextGates, i);
                b0 = TLanes.AddProduct(ref row0, at + width, gate, b0);
                b1 = TLanes.AddProduct(ref row1, at + width, gate, b1);
                b2 = TLanes.AddProduct(ref row2, at + width, gate, b2);
                b3 = TLanes.AddProduct(ref row3, at + width, gate, b3);
                at += 2 * width;
            }
        }

        Store(ref dWm, 0, pass, TLanes.Add(a0, b0));
        Store(ref dWm, ColumnOf(width, vectors, 1), pass, TLanes.Add(a1, b1));
        Store(ref dWm, ColumnOf(width, vectors, 2), pass, TLanes.Add(a2, b2));
        Store(ref dWm, ColumnOf(width, vectors, 3), pass, TLanes.Add(a3, b3));
    }

    // Four gates x as many vectors of columns as are left, up to three: 12 accumulators.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackFourGates<TVectors>(
        in CellTiles tiles, ref TNumber columns, nint width, int vectors, ref TNumber dZ, ref TNumber dWm)
        where TVectors : struct, ICount
    {
        TVector rem0 = TLanes.Zero, rem1 = TLanes.Zero, rem2 = TLanes.Zero, save0 = TLanes.Zero, save1 = TLanes.Zero, save2 = TLanes.Zero;
        TVector focus0 = TLanes.Zero, focus1 = TLanes.Zero, focus2 = TLanes.Zero, cand0 = TLanes.Zero, cand1 = TLanes.Zero, cand2 = TLanes.Zero;
        nint second = WeightOf(in tiles, width, vectors, 1);
        nint third = WeightOf(in tiles, width, vectors, 2);
        ref TNumber remSave = ref columns;
        ref TNumber focusCand = ref Unsafe.Add(ref columns, 2 * tiles.Hidden * width);
        for (int unit = 0, units; unit < tiles.Hidden; unit += units)
        {
            units = tiles.Units(unit);
            ref TNumber rem = ref Unsafe.Add(ref dZ, 4 * unit);
            ref TNumber save = ref Unsafe.Add(ref rem, units);
            ref TNumber focus = ref Unsafe.Add(ref save, units);
            ref TNumber cand = ref Unsafe.Add(ref focus, units);
            int used = Math.Min(units, tiles.Hidden - unit);
            for (nint i = 0; i < used; i++)
            {
                AddGate<TVectors>(ref remSave, 0, second, third, TLanes.Broadcast(ref rem, i), ref rem0, ref rem1, ref rem2);
                AddGate<TVectors>(ref remSave, width, second, third, TLanes.Broadcast(ref save, i), ref save0, ref save1, ref save2);
                AddGate<TVectors>(ref focusCand, 0, second, third, TLanes.Broadcast(ref focus, i), ref focus0, ref focus1, ref focus2);
                AddGate<TVectors>(ref focusCand, width, second, third, TLanes.Broadcast(ref cand, i), ref cand0, ref cand1, ref cand2);
                remSave = ref Unsafe.Add(ref remSave, 2 * width);
                focusCand = ref Unsafe.Add(ref focusCand, 2 * width);
            }
        }

        TLanes.Store(ref dWm, 0, TLanes.Add(TLanes.Add(rem0, save0), TLanes.Add(focus0, cand0)));
        if (TVectors.Value > 1)
        {
            TLanes.Store(ref dWm, ColumnOf(width, vectors, 1), TLanes.Add(TLanes.Add(rem1, save1), TLanes.Add(focus1, cand1)));
        }

        if (TVectors.Value > 2)
        {
            TLanes.Store(ref dWm, ColumnOf(width, vectors, 2), TLanes.Add(TLanes.Add(rem2, save2), TLanes.Add(focus2, cand2)));
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

    /// <summary>
    /// The first weight of a vector of columns, counted from the first vector's; <paramref name="vectors"/> of them stand in one tile.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint WeightOf(in CellTiles tiles, nint width, int vectors, int vector) =>
        (vector / vectors * 4 * tiles.Hidden * width) + (vector % vectors * TLanes.Count);

    /// <summary>The first column of a vector, counted from the first vector's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint ColumnOf(nint width, int vectors, int vector) => (vector / vectors * width) + (vector % vectors * TLanes.Count);
}
#endif
