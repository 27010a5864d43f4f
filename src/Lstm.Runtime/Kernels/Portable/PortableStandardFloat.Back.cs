using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <content>The walk back.</content>
public static partial class PortableStandardFloat
{
    /// <summary>Walks back over some steps: dZ of each, and what flows to the step before.</summary>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="shape">Sizes and places.</param>
    /// <param name="transposed">U transposed, which opens the tape.</param>
    /// <param name="record">The first step's record; ltm and wm of the step before end in front of it.</param>
    /// <param name="dWm">dL/dwm of the first step, without what flows through later steps; padded rows.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="dState">dL/dltm and dL/dwm through later steps, and then of the step before the first.</param>
    /// <param name="dZ">Gets dL/dz of all gates, a row of <see cref="CellTiles.Lanes"/> numbers for each step.</param>
    public static void WalkBack(
        in CellTiles tiles, in CellShape shape, ref float transposed, ref float record, ref float dWm, int steps, ref float dState, ref float dZ)
    {
        for (int step = steps - 1; step >= 0; step--)
        {
            ref float now = ref Unsafe.Add(ref record, step * shape.Record);
            StepBack(
                in tiles, in shape, ref transposed, ref now, ref Unsafe.Subtract(ref now, 2 * tiles.Padded),
                ref Unsafe.Add(ref dWm, step * tiles.Padded), ref dState, ref Unsafe.Add(ref dZ, step * tiles.Lanes));
        }
    }

    /// <summary>One step back of some sequences, whose records stand side by side.</summary>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="shape">Sizes and places.</param>
    /// <param name="transposed">U transposed, which opens the tape.</param>
    /// <param name="record">The first sequence's record.</param>
    /// <param name="recordBefore">Where the first sequence's ltm of the step before stands.</param>
    /// <param name="dWm">dL/dwm of the first sequence, without what flows through later steps; padded rows.</param>
    /// <param name="count">Sequences.</param>
    /// <param name="dStates">dL/dltm and dL/dwm of each sequence through later steps, and then of the step before.</param>
    /// <param name="dZ">Gets dL/dz of all gates, a row of <see cref="CellTiles.Lanes"/> numbers for each sequence.</param>
    public static void StepManyBack(
        in CellTiles tiles, in CellShape shape, ref float transposed, ref float record, ref float recordBefore, ref float dWm, int count,
        ref float dStates, ref float dZ)
    {
        for (int n = 0; n < count; n++)
        {
            StepBack(
                in tiles, in shape, ref transposed, ref Unsafe.Add(ref record, n * shape.Record), ref Unsafe.Add(ref recordBefore, n * shape.Record),
                ref Unsafe.Add(ref dWm, n * tiles.Padded), ref Unsafe.Add(ref dStates, n * shape.StateStride),
                ref Unsafe.Add(ref dZ, n * tiles.Lanes));
        }
    }

    private static void StepBack(
        in CellTiles tiles, in CellShape shape, ref float transposed, ref float now, ref float before, ref float dMemory, ref float dState,
        ref float dGates)
    {
        for (int first = 0; first < tiles.Padded; first += tiles.Units(first))
        {
            GateGradients(in tiles, in shape, first, ref now, ref before, ref dMemory, ref dState, ref dGates);
        }

        // dL/dwm of the step before: U^T dZ
        for (int column = 0; column < tiles.Padded; column += tiles.Units(column))
        {
            ref float columns = ref Unsafe.Add(ref transposed, column * 4 * tiles.Hidden);
            ColumnsBack(in tiles, ref columns, tiles.Units(column), ref dGates, ref Unsafe.Add(ref dState, tiles.Padded + column));
        }
    }

    /// <summary>dZ of a tile, and dL/dltm of the step before; of padding both are 0.</summary>
    private static void GateGradients(
        in CellTiles tiles, in CellShape shape, int first, ref float now, ref float before, ref float dMemory, ref float dState, ref float dGates)
    {
        int units = tiles.Units(first);
        int used = Math.Min(units, tiles.Hidden - first);
        ref float gates = ref Unsafe.Add(ref now, 4 * first);
        ref float slopes = ref Unsafe.Add(ref gates, StandardFloatEquations.RecordsSlopes ? shape.Slopes : 0);
        ref float dZ = ref Unsafe.Add(ref dGates, 4 * first);
        if (used < units)
        {
            FloatRows.Clear(ref dZ, 4 * units);
            FloatRows.Clear(ref Unsafe.Add(ref dState, first + used), units - used);
        }

        for (int i = 0; i < used; i++)
        {
            int unit = first + i;
            float dWm = (float)(Unsafe.Add(ref dMemory, unit) + Unsafe.Add(ref dState, tiles.Padded + unit));
            float tanh = Unsafe.Add(ref now, shape.TanhLtm + unit);
            float rem = Unsafe.Add(ref gates, i), save = Unsafe.Add(ref gates, units + i);
            float focus = Unsafe.Add(ref gates, (2 * units) + i), cand = Unsafe.Add(ref gates, (3 * units) + i);

            // (6) wm = focus * tanh(ltm): dL/dltm = dLtm + dWm * focus * tanh'(ltm)
            float tanhSlope = StandardFloatEquations.RecordsSlopes ? Unsafe.Add(ref now, shape.TanhLtmSlope + unit) : TanhSlope(tanh);
            float dLtm = (float)((float)((float)(dWm * focus) * tanhSlope) + Unsafe.Add(ref dState, unit));

            // (5) focus = sigma(z_focus): dZ_focus = dWm * tanh(ltm) * sigma'(z_focus)
            float focusSlope = GateSlope(focus, ref slopes, (2 * units) + i);
            Unsafe.Add(ref dZ, (2 * units) + i) = (float)((float)(dWm * tanh) * focusSlope);

            // (4) ltm = rem * ltm + save * ltm': the step before gets dLtm * rem
            Unsafe.Add(ref dState, unit) = (float)(dLtm * rem);

            // (3) save = sigma(z_save): dZ_save = dLtm * ltm' * sigma'(z_save)
            Unsafe.Add(ref dZ, units + i) = (float)((float)(dLtm * cand) * GateSlope(save, ref slopes, units + i));

            // (2) ltm' = tanh(z_cand): dZ_cand = dLtm * save * tanh'(z_cand)
            float candSlope = StandardFloatEquations.RecordsSlopes ? Unsafe.Add(ref slopes, (3 * units) + i) : TanhSlope(cand);
            Unsafe.Add(ref dZ, (3 * units) + i) = (float)((float)(dLtm * save) * candSlope);

            // (1) rem = sigma(z_rem): dZ_rem = dLtm * (ltm of the step before) * sigma'(z_rem)
            Unsafe.Add(ref dZ, i) = (float)((float)(dLtm * Unsafe.Add(ref before, unit)) * GateSlope(rem, ref slopes, i));
        }
    }

    /// <summary>A tile of columns of U^T dZ: a partial sum for each gate, over units in order; the total is (rem + save) + (focus + cand).</summary>
    private static void ColumnsBack(in CellTiles tiles, ref float columns, int width, ref float dGates, ref float dWm)
    {
        Span<float> room = stackalloc float[MostLanes];
        room.Clear();
        ref float sums = ref MemoryMarshal.GetReference(room);
        for (int unit = 0, units; unit < tiles.Hidden; unit += units)
        {
            units = tiles.Units(unit);
            int used = Math.Min(units, tiles.Hidden - unit);
            for (int gate = 0; gate < 4; gate++)
            {
                // Two gates stand side by side, for all units, before the other two.
                int place = (gate / 2 * 2 * tiles.Hidden * width) + (gate % 2 * width) + (unit * 2 * width);
                FloatRows.AddAll(
                    ref Unsafe.Add(ref sums, gate * width), ref Unsafe.Add(ref columns, place), 2 * width,
                    ref Unsafe.Add(ref dGates, (4 * unit) + (gate * units)), 1, used, width);
            }
        }

        FloatRows.Add(ref sums, ref Unsafe.Add(ref sums, width), width);
        FloatRows.Add(ref Unsafe.Add(ref sums, 2 * width), ref Unsafe.Add(ref sums, 3 * width), width);
        FloatRows.Add(ref sums, ref Unsafe.Add(ref sums, 2 * width), width);
        FloatRows.Copy(ref sums, ref dWm, width);
    }

    /// <summary>sigma' of a gate: from its record, or sigma (1 - sigma).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float GateSlope(float sigma, ref float slopes, int lane) =>
        StandardFloatEquations.RecordsSlopes ? Unsafe.Add(ref slopes, lane) : (float)(sigma * (float)(1 - sigma));

    /// <summary>tanh' = (1 - tanh) (1 + tanh).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float TanhSlope(float tanh) => (float)((float)(1 - tanh) * (float)(1 + tanh));
}
