#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>Equations (1) to (6) for one vector of units, and their derivatives.</summary>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TVector">A vector of such numbers, no longer than the tile of its units.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TEquations">The activations, in one accuracy.</typeparam>
/// <typeparam name="TShape">Sizes and places of the cell.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class UnitVectors<TNumber, TVector, TLanes, TEquations, TShape>
    where TNumber : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
    where TEquations : struct, ICellEquations<TVector>
    where TShape : struct, ICellShape
{
    /// <summary>Gates, ltm and wm of a vector of units, and their record, for many sequences.</summary>
    /// <typeparam name="TRun"><see cref="RecordedSequence"/>, or <see cref="OneStep"/>: without a record.</typeparam>
    /// <typeparam name="TUnits">Units of the tile.</typeparam>
    /// <param name="z">The first sequence's z of the vector's remember gates, those of the next behind it; is overwritten.</param>
    /// <param name="unit">The vector's first unit.</param>
    /// <param name="lane">Where its remember gate stands in a row of all gates.</param>
    /// <param name="count">Sequences.</param>
    /// <param name="states">ltm of the first sequence, of the step before and then of this one.</param>
    /// <param name="memories">Gets wm of the first sequence.</param>
    /// <param name="memoriesStride">Numbers from one sequence's new wm to the next.</param>
    /// <param name="records">The first sequence's record.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gates<TRun, TUnits>(
        ref TNumber z, nint unit, nint lane, int count, ref TNumber states, ref TNumber memories, nint memoriesStride, ref TNumber records)
        where TRun : struct
        where TUnits : struct, ICount
    {
        int tileUnits = TUnits.Value;
        bool pads = Pads(unit);
        if (!TEquations.RecordsSlopes)
        {
            Activate(ref z, 4 * tileUnits, tileUnits, unit, count, pads);
        }

        for (nint n = 0; n < count; n++)
        {
            ref TNumber sums = ref Unsafe.Add(ref z, n * 4 * tileUnits);
            TVector rem = TLanes.Load(ref sums, 0);
            TVector save = TLanes.Load(ref sums, tileUnits);
            TVector focus = TLanes.Load(ref sums, 2 * tileUnits);
            TVector cand = TLanes.Load(ref sums, 3 * tileUnits);
            TVector remSlope = default, saveSlope = default, focusSlope = default, candSlope = default;
            if (TEquations.RecordsSlopes)
            {
                rem = TEquations.Gate(Existing(rem, unit, pads), out remSlope);       // (1) rem = sigma(z_rem)
                save = TEquations.Gate(Existing(save, unit, pads), out saveSlope);    // (3) save = sigma(z_save)
                focus = TEquations.Gate(Existing(focus, unit, pads), out focusSlope); // (5) focus = sigma(z_focus)
                cand = TEquations.Tanh(Existing(cand, unit, pads), out candSlope);    // (2) ltm' = tanh(z_cand)
            }

            Remember<TRun>(
                rem, save, focus, cand, remSlope, saveSlope, focusSlope, candSlope, tileUnits, unit, lane,
                ref Unsafe.Add(ref states, n * TShape.StateStride), ref Unsafe.Add(ref memories, n * memoriesStride),
                ref Unsafe.Add(ref records, n * TShape.Record));
        }
    }

    /// <summary>The gates of all sequences in their places, one after the other: constants stay in registers, divisions overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Activate(ref TNumber z, nint zStride, int tileUnits, nint unit, int count, bool pads)
    {
        nint end = count * zStride;

        // (1) (3) (5) rem, save, focus = sigma(z)
        for (nint gate = 0; gate < 3 * tileUnits; gate += tileUnits)
        {
            for (nint at = gate; at < end; at += zStride)
            {
                TLanes.Store(ref z, at, TEquations.Gate(Existing(TLanes.Load(ref z, at), unit, pads), out _));
            }
        }

        // (2) ltm' = tanh(z)
        for (nint at = 3 * tileUnits; at < end; at += zStride)
        {
            TLanes.Store(ref z, at, TEquations.Tanh(Existing(TLanes.Load(ref z, at), unit, pads), out _));
        }
    }

    /// <summary>ltm and wm from the gates, and the record of all.</summary>
    /// <typeparam name="TRun"><see cref="RecordedSequence"/>, or another: without a record.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Remember<TRun>(
        TVector rem, TVector save, TVector focus, TVector cand, TVector remSlope, TVector saveSlope, TVector focusSlope, TVector candSlope,
        nint tileUnits, nint unit, nint lane, ref TNumber state, ref TNumber memory, ref TNumber record)
        where TRun : struct
    {
        // (4) newLtm = rem * ltm + save * ltm'
        TVector newLtm = TEquations.LongTermMemory(rem, save, cand, TLanes.Load(ref state, unit));

        // ltm and tanh(ltm) are 0 where |newLtm| is less than LeastMemory. tanh does not wait for that comparison.
        TVector tanh = TLanes.Flush(TEquations.Tanh(newLtm, out TVector tanhSlope), newLtm);
        TVector ltm = TLanes.Flush(newLtm, newLtm);
        TLanes.Store(ref state, unit, ltm);
        TVector wm = TEquations.WorkingMemory(focus, tanh); // (6) wm = focus * tanh(ltm)
        TLanes.Store(ref memory, unit, wm);
        if (typeof(TRun) != typeof(RecordedSequence))
        {
            return;
        }

        TLanes.Store(ref record, lane, TEquations.GateValue(rem));
        TLanes.Store(ref record, lane + tileUnits, TEquations.GateValue(save));
        TLanes.Store(ref record, lane + (2 * tileUnits), TEquations.GateValue(focus));
        TLanes.Store(ref record, lane + (3 * tileUnits), TEquations.TanhValue(cand));
        if (TEquations.RecordsSlopes)
        {
            ref TNumber slopes = ref Unsafe.Add(ref record, TShape.Slopes);
            TLanes.Store(ref slopes, lane, remSlope);
            TLanes.Store(ref slopes, lane + tileUnits, saveSlope);
            TLanes.Store(ref slopes, lane + (2 * tileUnits), focusSlope);
            TLanes.Store(ref slopes, lane + (3 * tileUnits), candSlope);
            TLanes.Store(ref record, TShape.TanhLtmSlope + unit, tanhSlope);
        }

        TLanes.Store(ref record, TShape.TanhLtm + unit, TEquations.TanhValue(tanh));
        TLanes.Store(ref record, TShape.Ltm + unit, ltm);
        TLanes.Store(ref record, TShape.Wm + unit, wm);
    }

    /// <summary>
    /// dZ of a vector of units, and dL/dltm of the step before; of padding both are 0, whatever stands in the padding of what is read.
    /// </summary>
    /// <param name="now">The step's record.</param>
    /// <param name="before">ltm of the step before, from unit 0 on.</param>
    /// <param name="dMemory">dL/dwm of the step, without what flows through later steps.</param>
    /// <param name="dState">dL/dltm and dL/dwm through later steps; dL/dltm of the step before takes the place of the first.</param>
    /// <param name="dGates">Gets dZ of all gates.</param>
    /// <param name="tileUnits">Numbers from one gate to the next: units of the tile.</param>
    /// <param name="unit">The vector's first unit.</param>
    /// <param name="lane">Where its remember gate stands in a row of all gates.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GateGradients(
        ref TNumber now, ref TNumber before, ref TNumber dMemory, ref TNumber dState, ref TNumber dGates, int tileUnits, nint unit, nint lane)
    {
        bool pads = Pads(unit);
        TVector dWm = TLanes.Add(TLanes.Load(ref dMemory, unit), TLanes.Load(ref dState, TShape.Padded + unit));
        TVector tanh = TLanes.Load(ref now, TShape.TanhLtm + unit);
        TVector focus = TLanes.Load(ref now, lane + (2 * tileUnits));

        // (6) wm = focus * tanh(ltm): dL/dltm = dLtm + dWm * focus * tanh'(ltm)
        TVector tanhSlope = TEquations.RecordsSlopes ? TLanes.Load(ref now, TShape.TanhLtmSlope + unit) : TEquations.TanhSlope(tanh);
        TVector dLtm = TLanes.MultiplyAdd(TLanes.Multiply(dWm, focus), tanhSlope, TLanes.Load(ref dState, unit));

        // (5) focus = sigma(z_focus): dZ_focus = dWm * tanh(ltm) * sigma'(z_focus)
        TVector focusSlope = GateSlope(focus, ref now, lane + (2 * tileUnits));
        TLanes.Store(ref dGates, lane + (2 * tileUnits), Existing(TLanes.Multiply(TLanes.Multiply(dWm, tanh), focusSlope), unit, pads));

        // (4) ltm = rem * ltm + save * ltm': the step before gets dLtm * rem
        TVector rem = TLanes.Load(ref now, lane);
        TVector save = TLanes.Load(ref now, lane + tileUnits);
        TVector cand = TLanes.Load(ref now, lane + (3 * tileUnits));
        TLanes.Store(ref dState, unit, Existing(TLanes.Multiply(dLtm, rem), unit, pads));

        // (3) save = sigma(z_save): dZ_save = dLtm * ltm' * sigma'(z_save)
        TVector saveSlope = GateSlope(save, ref now, lane + tileUnits);
        TLanes.Store(ref dGates, lane + tileUnits, Existing(TLanes.Multiply(TLanes.Multiply(dLtm, cand), saveSlope), unit, pads));

        // (2) ltm' = tanh(z_cand): dZ_cand = dLtm * save * tanh'(z_cand)
        TVector candSlope = TEquations.RecordsSlopes ? TLanes.Load(ref now, TShape.Slopes + lane + (3 * tileUnits)) : TEquations.TanhSlope(cand);
        TLanes.Store(ref dGates, lane + (3 * tileUnits), Existing(TLanes.Multiply(TLanes.Multiply(dLtm, save), candSlope), unit, pads));

        // (1) rem = sigma(z_rem): dZ_rem = dLtm * (ltm of the step before) * sigma'(z_rem)
        TVector remSlope = GateSlope(rem, ref now, lane);
        TLanes.Store(ref dGates, lane, Existing(TLanes.Multiply(TLanes.Multiply(dLtm, TLanes.Load(ref before, unit)), remSlope), unit, pads));
    }

    /// <summary>sigma' of a gate: from its record, or from sigma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector GateSlope(TVector sigma, ref TNumber now, nint lane) =>
        TEquations.RecordsSlopes ? TLanes.Load(ref now, TShape.Slopes + lane) : TEquations.GateSlope(sigma);

    /// <summary>Whether the vector that begins with a unit reaches into the padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Pads(nint unit) => TShape.Padded > TShape.Hidden && unit + TLanes.Count > TShape.Hidden;

    /// <summary>Values of the units that exist, and 0 for padding, whose weights may be anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Existing(TVector z, nint unit, bool pads) => pads ? TLanes.WithoutPadding(z, unit, TShape.Hidden) : z;
}
#endif
