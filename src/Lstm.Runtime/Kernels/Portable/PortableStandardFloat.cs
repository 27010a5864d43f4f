using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>The forward pass of the portable profile: loops over the lanes of a tile, whose numbers are neighbours in memory.</summary>
/// <remarks>
/// Every sum has the order of the kernels of newer platforms, so the bits are those of <see cref="Arithmetic.Portable"/> there. Written once:
/// Lanes.targets derives doubles and the other accuracy from this file.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class PortableStandardFloat
{
    /// <summary>Lanes of the widest tile: four gates of 16 units.</summary>
    private const int MostLanes = 64;

    /// <summary>Runs some steps.</summary>
    /// <typeparam name="TRun"><see cref="RecordedSequence"/>, or another: without a record.</typeparam>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="shape">Sizes and places.</param>
    /// <param name="w">The weights.</param>
    /// <param name="x">The inputs of the first step.</param>
    /// <param name="xStride">Numbers from one step's inputs to the next.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="state">ltm and wm, before the first step and then after the last.</param>
    /// <param name="wm">Gets <paramref name="wmStride"/> numbers of wm a step; a null reference is not written.</param>
    /// <param name="wmStride">Numbers from one step's wm to the next.</param>
    /// <param name="record">The first step's record.</param>
    public static void Run<TRun>(
        in CellTiles tiles, in CellShape shape, ref float w, ref float x, int xStride, int steps, ref float state, ref float wm, int wmStride,
        ref float record)
        where TRun : struct
    {
        // All gates read the old wm before the new one takes its place. Behind it: two partial sums of a tile, and the slopes of its gates.
        int padded = tiles.Padded;
        Span<float> room = stackalloc float[padded + (3 * MostLanes)];
        ref float next = ref MemoryMarshal.GetReference(room);
        ref float sums = ref Unsafe.Add(ref next, padded);
        bool recorded = typeof(TRun) == typeof(RecordedSequence);
        for (int step = 0; step < steps; step++)
        {
            for (int first = 0; first < padded; first += tiles.Units(first))
            {
                Sum(in tiles, in shape, ref Unsafe.Add(ref w, tiles.Tile(first)), first, ref x, ref Unsafe.Add(ref state, padded), ref sums);
                Activate(in tiles, first, ref sums);
                Remember(in tiles, first, ref sums, ref state, ref next);
                if (recorded)
                {
                    Record(in tiles, in shape, first, ref sums, ref state, ref next, ref record);
                }
            }

            FloatRows.Copy(ref next, ref Unsafe.Add(ref state, padded), padded);
            if (!Unsafe.IsNullRef(ref wm))
            {
                FloatRows.Copy(ref next, ref wm, wmStride);
                wm = ref Unsafe.Add(ref wm, wmStride);
            }

            x = ref Unsafe.Add(ref x, xStride);
            if (recorded)
            {
                record = ref Unsafe.Add(ref record, shape.Record);
            }
        }
    }

    /// <summary>z = b + W x + U wm of a tile's gates. Of two partial sums, each takes every other input; the second is added to the first.</summary>
    private static void Sum(in CellTiles tiles, in CellShape shape, ref float tile, int first, ref float x, ref float wm, ref float sums)
    {
        int lanes = 4 * tiles.Units(first);
        FloatRows.Copy(ref tile, ref sums, lanes);
        ref float second = ref Unsafe.Add(ref sums, MostLanes);
        ref float w = ref Unsafe.Add(ref tile, lanes);
        ref float u = ref Unsafe.Add(ref w, tiles.Input * lanes);
        if (shape.PartialSums == 1)
        {
            FloatRows.AddAll(ref sums, ref w, lanes, ref x, 1, tiles.Input, lanes);
            FloatRows.AddAll(ref sums, ref u, lanes, ref wm, 1, tiles.Hidden, lanes);
            return;
        }

        FloatRows.Clear(ref second, lanes);
        FloatRows.AddAll(ref sums, ref w, 2 * lanes, ref x, 2, (tiles.Input + 1) / 2, lanes);
        FloatRows.AddAll(ref second, ref Unsafe.Add(ref w, lanes), 2 * lanes, ref Unsafe.Add(ref x, 1), 2, tiles.Input / 2, lanes);
        FloatRows.AddAll(ref sums, ref u, 2 * lanes, ref wm, 2, (tiles.Hidden + 1) / 2, lanes);
        FloatRows.AddAll(ref second, ref Unsafe.Add(ref u, lanes), 2 * lanes, ref Unsafe.Add(ref wm, 1), 2, tiles.Hidden / 2, lanes);
        FloatRows.Add(ref sums, ref second, lanes);
    }

    /// <summary>
    /// The gates, in the places of their z, and their slopes where they are recorded. z of padding, whose weights may be anything, is 0.
    /// </summary>
    private static void Activate(in CellTiles tiles, int first, ref float z)
    {
        int units = tiles.Units(first);
        for (int unit = tiles.Hidden - first; unit < units; unit++)
        {
            for (int gate = 0; gate < 4; gate++)
            {
                Unsafe.Add(ref z, (gate * units) + unit) = 0;
            }
        }

        // (1) (3) (5) rem, save, focus = sigma(z)
        ref float slopes = ref Unsafe.Add(ref z, 2 * MostLanes);
        for (int i = 0; i < 3 * units; i++)
        {
            Unsafe.Add(ref z, i) = StandardFloatEquations.Gate(Unsafe.Add(ref z, i), out Unsafe.Add(ref slopes, i));
        }

        // (2) ltm' = tanh(z)
        for (int i = 3 * units; i < 4 * units; i++)
        {
            Unsafe.Add(ref z, i) = StandardFloatEquations.Tanh(Unsafe.Add(ref z, i), out Unsafe.Add(ref slopes, i));
        }
    }

    /// <summary>ltm and wm from the gates, which tanh(ltm) and its slope replace in the second partial sum's place.</summary>
    private static void Remember(in CellTiles tiles, int first, ref float gates, ref float state, ref float next)
    {
        int units = tiles.Units(first);
        ref float ltm = ref Unsafe.Add(ref state, first);
        ref float wm = ref Unsafe.Add(ref next, first);
        ref float tanhs = ref Unsafe.Add(ref gates, MostLanes);
        for (int i = 0; i < units; i++)
        {
            ref float rem = ref Unsafe.Add(ref gates, i);
            ref float save = ref Unsafe.Add(ref rem, units);
            ref float focus = ref Unsafe.Add(ref save, units);

            // (4) newLtm = rem * ltm + save * ltm'
            float newLtm = StandardFloatEquations.LongTermMemory(rem, save, Unsafe.Add(ref focus, units), Unsafe.Add(ref ltm, i));

            // ltm and tanh(ltm) are 0 where |newLtm| is less than LeastMemory.
            float tanh = StandardFloatEquations.Tanh(newLtm, out Unsafe.Add(ref tanhs, units + i));
            bool vanishes = Math.Abs(newLtm) < LeastMemory.Float;
            tanh = vanishes ? 0 : tanh;
            Unsafe.Add(ref ltm, i) = vanishes ? 0 : newLtm;
            Unsafe.Add(ref tanhs, i) = tanh;
            Unsafe.Add(ref wm, i) = StandardFloatEquations.WorkingMemory(focus, tanh); // (6) wm = focus * tanh(ltm)
        }
    }

    /// <summary>The record of a tile.</summary>
    private static void Record(
        in CellTiles tiles, in CellShape shape, int first, ref float gates, ref float state, ref float next, ref float record)
    {
        int units = tiles.Units(first);
        ref float values = ref Unsafe.Add(ref record, 4 * first);
        for (int i = 0; i < 3 * units; i++)
        {
            Unsafe.Add(ref values, i) = StandardFloatEquations.GateValue(Unsafe.Add(ref gates, i));
        }

        for (int i = 3 * units; i < 4 * units; i++)
        {
            Unsafe.Add(ref values, i) = StandardFloatEquations.TanhValue(Unsafe.Add(ref gates, i));
        }

        ref float tanhs = ref Unsafe.Add(ref gates, MostLanes);
        for (int i = 0; i < units; i++)
        {
            Unsafe.Add(ref record, shape.TanhLtm + first + i) = StandardFloatEquations.TanhValue(Unsafe.Add(ref tanhs, i));
        }

        if (StandardFloatEquations.RecordsSlopes)
        {
            FloatRows.Copy(ref Unsafe.Add(ref gates, 2 * MostLanes), ref Unsafe.Add(ref values, shape.Slopes), 4 * units);
            FloatRows.Copy(ref Unsafe.Add(ref tanhs, units), ref Unsafe.Add(ref record, shape.TanhLtmSlope + first), units);
        }

        FloatRows.Copy(ref Unsafe.Add(ref state, first), ref Unsafe.Add(ref record, shape.Ltm + first), units);
        FloatRows.Copy(ref Unsafe.Add(ref next, first), ref Unsafe.Add(ref record, shape.Wm + first), units);
    }
}
