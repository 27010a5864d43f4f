#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>A cell of any size, one vector of units at a time: the path of scalar code, whose vectors are numbers.</summary>
/// <remarks>Every sum has the order of the generated kernels, so the bits are the same.</remarks>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TVector">A vector of such numbers, no longer than the narrowest tile.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TEquations">The activations, in one accuracy.</typeparam>
/// <typeparam name="TShape">Sizes and places of the cell.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LoopedCell<TNumber, TVector, TLanes, TEquations, TShape>
    where TNumber : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
    where TEquations : struct, ICellEquations<TVector>
    where TShape : struct, ICellShape
{
    /// <summary>Runs some steps.</summary>
    /// <typeparam name="TRun"><see cref="RecordedSequence"/>, or another: without a record.</typeparam>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="w">The weights.</param>
    /// <param name="x">The inputs of the first step.</param>
    /// <param name="xStride">Numbers from one step's inputs to the next.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="state">ltm and wm, before the first step and then after the last.</param>
    /// <param name="wm">Gets <paramref name="wmStride"/> numbers of wm a step; a null reference is not written.</param>
    /// <param name="wmStride">Numbers from one step's wm to the next.</param>
    /// <param name="record">The first step's record.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRun>(
        in CellTiles tiles, ref TNumber w, ref TNumber x, nint xStride, int steps, ref TNumber state, ref TNumber wm, nint wmStride,
        ref TNumber record)
        where TRun : struct
    {
        // All gates read the old wm before the new one takes its place.
        Span<TNumber> room = stackalloc TNumber[TShape.Padded];
        ref TNumber next = ref MemoryMarshal.GetReference(room);
        bool returned = !Unsafe.IsNullRef(ref wm);
        for (int step = 0; step < steps; step++)
        {
            for (int first = 0; first < TShape.Padded; first += tiles.Units(first))
            {
                RunTile<TRun>(ref Unsafe.Add(ref w, tiles.Tile(first)), tiles.Units(first), first, ref x, ref state, ref next, ref record);
            }

            Copy(ref next, ref Unsafe.Add(ref state, TShape.Padded), TShape.Padded);
            if (returned)
            {
                Copy(ref next, ref wm, wmStride);
                wm = ref Unsafe.Add(ref wm, wmStride);
            }

            x = ref Unsafe.Add(ref x, xStride);
            if (typeof(TRun) == typeof(RecordedSequence))
            {
                record = ref Unsafe.Add(ref record, TShape.Record);
            }
        }
    }

    /// <summary>Walks back over some steps: dZ of each, and what flows to the step before.</summary>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="transposed">U transposed, which opens the tape.</param>
    /// <param name="record">The first step's record; ltm and wm of the step before end in front of it.</param>
    /// <param name="dWm">dL/dwm of the first step, without what flows through later steps; padded rows.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="dState">dL/dltm and dL/dwm through later steps, and then of the step before the first.</param>
    /// <param name="dZ">Gets dL/dz of all gates, a row of <see cref="CellTiles.Lanes"/> numbers for each step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WalkBack(
        in CellTiles tiles, ref TNumber transposed, ref TNumber record, ref TNumber dWm, int steps, ref TNumber dState, ref TNumber dZ)
    {
        for (nint step = steps - 1; step >= 0; step--)
        {
            ref TNumber now = ref Unsafe.Add(ref record, step * TShape.Record);
            ref TNumber dMemory = ref Unsafe.Add(ref dWm, step * TShape.Padded);
            ref TNumber ltmBefore = ref Unsafe.Subtract(ref now, 2 * TShape.Padded);
            ref TNumber dGates = ref Unsafe.Add(ref dZ, step * 4 * TShape.Padded);
            GateGradients(in tiles, ref now, ref ltmBefore, ref dMemory, ref dState, ref dGates);

            // dL/dwm of the step before: U^T dZ, a partial sum for each gate
            for (int first = 0; first < TShape.Padded;)
            {
                int end = tiles.EndOfEqualTiles(first);
                ColumnProduct<TNumber, TVector, TLanes, TShape>.BackOne(
                    ref transposed, ref dGates, ref Unsafe.Add(ref dState, TShape.Padded), first, end, (step & 1) == 0);
                first = end;
            }
        }
    }

    /// <summary>One step back of some sequences, whose records stand side by side.</summary>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="transposed">U transposed, which opens the tape.</param>
    /// <param name="record">The first sequence's record.</param>
    /// <param name="recordBefore">Where the first sequence's ltm of the step before stands.</param>
    /// <param name="dWm">dL/dwm of the first sequence, without what flows through later steps; padded rows.</param>
    /// <param name="count">Sequences.</param>
    /// <param name="dStates">dL/dltm and dL/dwm of each sequence through later steps, and then of the step before.</param>
    /// <param name="dZ">Gets dL/dz of all gates, a row of <see cref="CellTiles.Lanes"/> numbers for each sequence.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StepManyBack(
        in CellTiles tiles, ref TNumber transposed, ref TNumber record, ref TNumber recordBefore, ref TNumber dWm, int count,
        ref TNumber dStates, ref TNumber dZ)
    {
        for (nint n = 0; n < count; n++)
        {
            GateGradients(
                in tiles, ref Unsafe.Add(ref record, n * TShape.Record), ref Unsafe.Add(ref recordBefore, n * TShape.Record),
                ref Unsafe.Add(ref dWm, n * TShape.Padded), ref Unsafe.Add(ref dStates, n * TShape.StateStride),
                ref Unsafe.Add(ref dZ, n * 4 * TShape.Padded));
        }

        for (int first = 0; first < TShape.Padded;)
        {
            int end = tiles.EndOfEqualTiles(first);
            ColumnProduct<TNumber, TVector, TLanes, TShape>.BackMany(
                ref transposed, ref dZ, count, ref Unsafe.Add(ref dStates, TShape.Padded), first, end);
            first = end;
        }
    }

    /// <summary>dZ and dLtm of all units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GateGradients(
        in CellTiles tiles, ref TNumber now, ref TNumber before, ref TNumber dMemory, ref TNumber dState, ref TNumber dGates)
    {
        for (int first = 0; first < TShape.Padded; first += tiles.Units(first))
        {
            int units = tiles.Units(first);
            for (int i = 0; i < units; i += TLanes.Count)
            {
                UnitVectors<TNumber, TVector, TLanes, TEquations, TShape>.GateGradients(
                    ref now, ref before, ref dMemory, ref dState, ref dGates, units, first + i, (4 * first) + i);
            }
        }
    }

    /// <summary>A tile of units.</summary>
    /// <typeparam name="TRun">As in <see cref="Run"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTile<TRun>(
        ref TNumber tile, nint units, nint first, ref TNumber x, ref TNumber state, ref TNumber next, ref TNumber record)
        where TRun : struct
    {
        bool pads = first + units > TShape.Hidden;
        for (nint i = 0; i < units; i += TLanes.Count)
        {
            // z = b + W x + U wm, for all four gates
            ref TNumber weights = ref Unsafe.Add(ref tile, i);
            TVector rem = TLanes.Load(ref weights, 0), rem2 = TLanes.Zero;
            TVector save = TLanes.Load(ref weights, units), save2 = TLanes.Zero;
            TVector focus = TLanes.Load(ref weights, 2 * units), focus2 = TLanes.Zero;
            TVector cand = TLanes.Load(ref weights, 3 * units), cand2 = TLanes.Zero;
            ref TNumber w = ref Unsafe.Add(ref weights, 4 * units);
            ref TNumber u = ref Unsafe.Add(ref w, TShape.Input * 4 * units);
            AddInputs(ref w, units, ref x, TShape.Input, ref rem, ref save, ref focus, ref cand, ref rem2, ref save2, ref focus2, ref cand2);
            AddInputs(
                ref u, units, ref Unsafe.Add(ref state, TShape.Padded), TShape.Hidden,
                ref rem, ref save, ref focus, ref cand, ref rem2, ref save2, ref focus2, ref cand2);
            if (TShape.PartialSums > 1)
            {
                rem = TLanes.Add(rem, rem2);
                save = TLanes.Add(save, save2);
                focus = TLanes.Add(focus, focus2);
                cand = TLanes.Add(cand, cand2);
            }

            nint unit = first + i;
            rem = TEquations.Gate(Existing(rem, unit, pads), out TVector remSlope);       // (1) rem = sigma(z_rem)
            save = TEquations.Gate(Existing(save, unit, pads), out TVector saveSlope);    // (3) save = sigma(z_save)
            focus = TEquations.Gate(Existing(focus, unit, pads), out TVector focusSlope); // (5) focus = sigma(z_focus)
            cand = TEquations.Tanh(Existing(cand, unit, pads), out TVector candSlope);    // (2) ltm' = tanh(z_cand)
            UnitVectors<TNumber, TVector, TLanes, TEquations, TShape>.Remember<TRun>(
                rem, save, focus, cand, remSlope, saveSlope, focusSlope, candSlope, units, unit, (4 * first) + i, ref state, ref next, ref record);
        }
    }

    /// <summary>The products with all inputs of a kind, four in an iteration; of two partial sums, each takes every other one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddInputs(
        ref TNumber row, nint units, ref TNumber from, nint count, ref TVector rem, ref TVector save, ref TVector focus, ref TVector cand,
        ref TVector rem2, ref TVector save2, ref TVector focus2, ref TVector cand2)
    {
        nint k = 0;
        for (; k <= count - 4; k += 4)
        {
            AddTwoInputs(ref row, units, ref from, k, ref rem, ref save, ref focus, ref cand, ref rem2, ref save2, ref focus2, ref cand2);
            row = ref Unsafe.Add(ref row, 8 * units);
            AddTwoInputs(ref row, units, ref from, k + 2, ref rem, ref save, ref focus, ref cand, ref rem2, ref save2, ref focus2, ref cand2);
            row = ref Unsafe.Add(ref row, 8 * units);
        }

        if (k <= count - 2)
        {
            AddTwoInputs(ref row, units, ref from, k, ref rem, ref save, ref focus, ref cand, ref rem2, ref save2, ref focus2, ref cand2);
            row = ref Unsafe.Add(ref row, 8 * units);
            k += 2;
        }

        if (k < count)
        {
            AddInput(ref row, units, TLanes.Broadcast(ref from, k), ref rem, ref save, ref focus, ref cand);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTwoInputs(
        ref TNumber row, nint units, ref TNumber from, nint k, ref TVector rem, ref TVector save, ref TVector focus, ref TVector cand,
        ref TVector rem2, ref TVector save2, ref TVector focus2, ref TVector cand2)
    {
        ref TNumber second = ref Unsafe.Add(ref row, 4 * units);
        AddInput(ref row, units, TLanes.Broadcast(ref from, k), ref rem, ref save, ref focus, ref cand);
        if (TShape.PartialSums == 1)
        {
            AddInput(ref second, units, TLanes.Broadcast(ref from, k + 1), ref rem, ref save, ref focus, ref cand);
        }
        else
        {
            AddInput(ref second, units, TLanes.Broadcast(ref from, k + 1), ref rem2, ref save2, ref focus2, ref cand2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddInput(
        ref TNumber row, nint units, TVector input, ref TVector rem, ref TVector save, ref TVector focus, ref TVector cand)
    {
        rem = TLanes.AddProduct(ref row, 0, input, rem);
        save = TLanes.AddProduct(ref row, units, input, save);
        focus = TLanes.AddProduct(ref row, 2 * units, input, focus);
        cand = TLanes.AddProduct(ref row, 3 * units, input, cand);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Existing(TVector z, nint unit, bool pads) =>
        UnitVectors<TNumber, TVector, TLanes, TEquations, TShape>.Existing(z, unit, pads);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ref TNumber from, ref TNumber to, nint count)
    {
        for (nint i = 0; i < count; i++)
        {
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
        }
    }
}
#endif
