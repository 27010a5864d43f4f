#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>dL/dx of a block of steps.</summary>
/// <remarks>
/// Each output is a dot product over all gates. A gate belongs to one of 16 partial sums, its place modulo 16. They are halved at the end: i is
/// added to i + 8, and so on. The order is the same at every width. A vector holds <see cref="ILanes{TNumber, TVector}.Count"/> partial sums; the
/// gates are read once for each vector of them.
/// </remarks>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TVector">A vector of at most 16 such numbers.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class InputGradient<TNumber, TVector, TLanes>
    where TNumber : unmanaged
    where TVector : struct
    where TLanes : struct, ILanes<TNumber, TVector>
{
    /// <summary>Partial sums of an output.</summary>
    private const int PartialSums = 16;

    /// <summary>Rows whose dZ stays in the first-level cache while all inputs pass.</summary>
    private const int RowsTogether = 8;

    /// <summary>The most outputs of a register tile.</summary>
    private const int MostOutputs = 24;

    private static bool Is512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Count * Unsafe.SizeOf<TNumber>() == 64;
    }

    /// <summary>dX = W^T dZ.</summary>
    /// <param name="tiles">Where the weights stand.</param>
    /// <param name="w">The weights.</param>
    /// <param name="dZ">dL/dz of all gates, a row of <see cref="CellTiles.Lanes"/> numbers for each step.</param>
    /// <param name="rows">Steps, or rows of many sequences.</param>
    /// <param name="dX">Gets p numbers a row.</param>
    /// <param name="dXStride">Numbers from one row of <paramref name="dX"/> to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(in CellTiles tiles, ref TNumber w, ref TNumber dZ, int rows, ref TNumber dX, nint dXStride)
    {
        if (tiles.Padded == tiles.Hidden)
        {
            Compute<Whole>(in tiles, ref w, ref dZ, rows, ref dX, dXStride);
        }
        else
        {
            Compute<Padded>(in tiles, ref w, ref dZ, rows, ref dX, dXStride);
        }
    }

    /// <typeparam name="TTiles"><see cref="Whole"/> or <see cref="Padded"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TTiles>(in CellTiles tiles, ref TNumber w, ref TNumber dZ, int rows, ref TNumber dX, nint dXStride)
        where TTiles : struct
    {
        Span<TNumber> room = stackalloc TNumber[(MostOutputs + 1) * PartialSums];
        ref TNumber partial = ref MemoryMarshal.GetReference(room);
        if (typeof(TTiles) == typeof(Padded))
        {
            FillMask(in tiles, room.Slice(MostOutputs * PartialSums));
        }

        for (int row = 0; row < rows; row += RowsTogether)
        {
            int count = Math.Min(RowsTogether, rows - row);
            ref TNumber gates = ref Unsafe.Add(ref dZ, (nint)row * tiles.Lanes);
            ref TNumber outputs = ref Unsafe.Add(ref dX, row * dXStride);
            int input = 0;
            for (; Is512 && input <= tiles.Input - 6; input += 6)
            {
                ComputeInputs<TTiles, Six>(in tiles, ref w, ref gates, count, input, ref outputs, dXStride, ref partial);
            }

            for (; input <= tiles.Input - 3; input += 3)
            {
                ComputeInputs<TTiles, Three>(in tiles, ref w, ref gates, count, input, ref outputs, dXStride, ref partial);
            }

            for (; input < tiles.Input; input++)
            {
                ComputeInputs<TTiles, One>(in tiles, ref w, ref gates, count, input, ref outputs, dXStride, ref partial);
            }
        }
    }

    /// <summary>Some neighbouring inputs of up to <see cref="RowsTogether"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeInputs<TTiles, TInputs>(
        in CellTiles tiles, ref TNumber w, ref TNumber dZ, int rows, int input, ref TNumber dX, nint dXStride, ref TNumber partial)
        where TTiles : struct
        where TInputs : struct, ICount
    {
        int together = TInputs.Value == 1 ? 8 : 4;
        int row = 0;
        for (; row <= rows - together; row += together)
        {
            ref TNumber gates = ref Unsafe.Add(ref dZ, (nint)row * tiles.Lanes);
            if (TInputs.Value == 6)
            {
                SumFourBySix<TTiles>(in tiles, ref w, ref gates, input, ref partial);
            }
            else if (TInputs.Value == 3)
            {
                SumFourByThree<TTiles>(in tiles, ref w, ref gates, input, ref partial);
            }
            else
            {
                SumEightByOne<TTiles>(in tiles, ref w, ref gates, input, ref partial);
            }

            ref TNumber sums = ref partial;
            for (nint r = row; r < row + together; r++)
            {
                ref TNumber outputs = ref Unsafe.Add(ref dX, (r * dXStride) + input);
                for (nint i = 0; i < TInputs.Value; i++)
                {
                    Unsafe.Add(ref outputs, i) = Total(ref sums);
                    sums = ref Unsafe.Add(ref sums, PartialSums);
                }
            }
        }

        for (; row < rows; row++)
        {
            for (int i = 0; i < TInputs.Value; i++)
            {
                SumOne<TTiles>(in tiles, ref w, ref Unsafe.Add(ref dZ, (nint)row * tiles.Lanes), input + i, ref partial);
                Unsafe.Add(ref dX, (row * dXStride) + input + i) = Total(ref partial);
            }
        }
    }

    // 4 x 6: 24 accumulators, 6 weights and a dZ are 31 of 32 registers. 10 loads serve 24 multiply-adds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumFourBySix<TTiles>(in CellTiles tiles, ref TNumber w, ref TNumber dZ, int input, ref TNumber partial)
        where TTiles : struct
    {
        nint lanes = tiles.Lanes;
        for (nint part = 0; part < PartialSums; part += TLanes.Count)
        {
            ref TNumber mask = ref Unsafe.Add(ref partial, (MostOutputs * PartialSums) + part);
            TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero, s04 = TLanes.Zero, s05 = TLanes.Zero;
            TVector s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero, s13 = TLanes.Zero, s14 = TLanes.Zero, s15 = TLanes.Zero;
            TVector s20 = TLanes.Zero, s21 = TLanes.Zero, s22 = TLanes.Zero, s23 = TLanes.Zero, s24 = TLanes.Zero, s25 = TLanes.Zero;
            TVector s30 = TLanes.Zero, s31 = TLanes.Zero, s32 = TLanes.Zero, s33 = TLanes.Zero, s34 = TLanes.Zero, s35 = TLanes.Zero;
            for (int unit = 0, units; unit < tiles.Padded; unit += units)
            {
                units = tiles.Units(unit);
                nint stride = 4 * units;
                bool pads = Pads<TTiles>(unit, units, in tiles);
                ref TNumber dZ0 = ref Unsafe.Add(ref dZ, (4 * unit) + part);
                ref TNumber dZ2 = ref Unsafe.Add(ref dZ0, 2 * lanes);
                ref TNumber w0 = ref Unsafe.Add(ref w, tiles.Tile(unit) + ((1 + input) * stride) + part);
                ref TNumber w3 = ref Unsafe.Add(ref w0, 3 * stride);
                for (nint lane = 0; lane < stride; lane += PartialSums)
                {
                    TVector weight0 = Weight(ref w0, lane, pads, ref mask);
                    TVector weight1 = Weight(ref w0, lane + stride, pads, ref mask);
                    TVector weight2 = Weight(ref w0, lane + (2 * stride), pads, ref mask);
                    TVector weight3 = Weight(ref w3, lane, pads, ref mask);
                    TVector weight4 = Weight(ref w3, lane + stride, pads, ref mask);
                    TVector weight5 = Weight(ref w3, lane + (2 * stride), pads, ref mask);
                    TVector gate = TLanes.Load(ref dZ0, lane);
                    MultiplyAdd(gate, weight0, weight1, weight2, ref s00, ref s01, ref s02);
                    MultiplyAdd(gate, weight3, weight4, weight5, ref s03, ref s04, ref s05);
                    gate = TLanes.Load(ref dZ0, lane + lanes);
                    MultiplyAdd(gate, weight0, weight1, weight2, ref s10, ref s11, ref s12);
                    MultiplyAdd(gate, weight3, weight4, weight5, ref s13, ref s14, ref s15);
                    gate = TLanes.Load(ref dZ2, lane);
                    MultiplyAdd(gate, weight0, weight1, weight2, ref s20, ref s21, ref s22);
                    MultiplyAdd(gate, weight3, weight4, weight5, ref s23, ref s24, ref s25);
                    gate = TLanes.Load(ref dZ2, lane + lanes);
                    MultiplyAdd(gate, weight0, weight1, weight2, ref s30, ref s31, ref s32);
                    MultiplyAdd(gate, weight3, weight4, weight5, ref s33, ref s34, ref s35);
                }
            }

            ref TNumber sums = ref Unsafe.Add(ref partial, part);
            Store(ref sums, 0, s00, s01, s02);
            Store(ref sums, 3, s03, s04, s05);
            Store(ref sums, 6, s10, s11, s12);
            Store(ref sums, 9, s13, s14, s15);
            Store(ref sums, 12, s20, s21, s22);
            Store(ref sums, 15, s23, s24, s25);
            Store(ref sums, 18, s30, s31, s32);
            Store(ref sums, 21, s33, s34, s35);
        }
    }

    // 4 x 3: 12 accumulators, 3 weights and a dZ are 16 registers, and more than the 8 accumulators that 2 FMA ports x 4 cycles of latency ask for.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumFourByThree<TTiles>(in CellTiles tiles, ref TNumber w, ref TNumber dZ, int input, ref TNumber partial)
        where TTiles : struct
    {
        for (nint part = 0; part < PartialSums; part += TLanes.Count)
        {
            ref TNumber mask = ref Unsafe.Add(ref partial, (MostOutputs * PartialSums) + part);
            TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero;
            TVector s20 = TLanes.Zero, s21 = TLanes.Zero, s22 = TLanes.Zero, s30 = TLanes.Zero, s31 = TLanes.Zero, s32 = TLanes.Zero;
            for (int unit = 0, units; unit < tiles.Padded; unit += units)
            {
                units = tiles.Units(unit);
                nint stride = 4 * units;
                bool pads = Pads<TTiles>(unit, units, in tiles);
                ref TNumber dZ0 = ref Unsafe.Add(ref dZ, (4 * unit) + part);
                ref TNumber dZ1 = ref Unsafe.Add(ref dZ0, tiles.Lanes);
                ref TNumber dZ2 = ref Unsafe.Add(ref dZ1, tiles.Lanes);
                ref TNumber dZ3 = ref Unsafe.Add(ref dZ2, tiles.Lanes);
                ref TNumber w0 = ref Unsafe.Add(ref w, tiles.Tile(unit) + ((1 + input) * stride) + part);
                for (nint lane = 0; lane < stride; lane += PartialSums)
                {
                    TVector weight0 = Weight(ref w0, lane, pads, ref mask);
                    TVector weight1 = Weight(ref w0, lane + stride, pads, ref mask);
                    TVector weight2 = Weight(ref w0, lane + (2 * stride), pads, ref mask);
                    MultiplyAdd(TLanes.Load(ref dZ0, lane), weight0, weight1, weight2, ref s00, ref s01, ref s02);
                    MultiplyAdd(TLanes.Load(ref dZ1, lane), weight0, weight1, weight2, ref s10, ref s11, ref s12);
                    MultiplyAdd(TLanes.Load(ref dZ2, lane), weight0, weight1, weight2, ref s20, ref s21, ref s22);
                    MultiplyAdd(TLanes.Load(ref dZ3, lane), weight0, weight1, weight2, ref s30, ref s31, ref s32);
                }
            }

            ref TNumber sums = ref Unsafe.Add(ref partial, part);
            Store(ref sums, 0, s00, s01, s02);
            Store(ref sums, 3, s10, s11, s12);
            Store(ref sums, 6, s20, s21, s22);
            Store(ref sums, 9, s30, s31, s32);
        }
    }

    // 8 x 1: 8 accumulators, as 2 FMA ports x 4 cycles of latency ask for. A weight is loaded once for 8 rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumEightByOne<TTiles>(in CellTiles tiles, ref TNumber w, ref TNumber dZ, int input, ref TNumber partial)
        where TTiles : struct
    {
        for (nint part = 0; part < PartialSums; part += TLanes.Count)
        {
            ref TNumber mask = ref Unsafe.Add(ref partial, (MostOutputs * PartialSums) + part);
            TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
            TVector s4 = TLanes.Zero, s5 = TLanes.Zero, s6 = TLanes.Zero, s7 = TLanes.Zero;
            nint lanes = tiles.Lanes;
            ref TNumber dZ0 = ref Unsafe.Add(ref dZ, part);
            ref TNumber dZ4 = ref Unsafe.Add(ref dZ0, 4 * lanes);
            for (int unit = 0, units; unit < tiles.Padded; unit += units)
            {
                units = tiles.Units(unit);
                nint stride = 4 * units;
                bool pads = Pads<TTiles>(unit, units, in tiles);
                ref TNumber weights = ref Unsafe.Add(ref w, tiles.Tile(unit) + ((1 + input) * stride) + part);
                for (nint lane = 0; lane < stride; lane += PartialSums)
                {
                    TVector weight = Weight(ref weights, lane, pads, ref mask);
                    s0 = TLanes.AddProduct(ref dZ0, 0, weight, s0);
                    s1 = TLanes.AddProduct(ref dZ0, lanes, weight, s1);
                    s2 = TLanes.AddProduct(ref dZ0, 2 * lanes, weight, s2);
                    s3 = TLanes.AddProduct(ref dZ0, 3 * lanes, weight, s3);
                    s4 = TLanes.AddProduct(ref dZ4, 0, weight, s4);
                    s5 = TLanes.AddProduct(ref dZ4, lanes, weight, s5);
                    s6 = TLanes.AddProduct(ref dZ4, 2 * lanes, weight, s6);
                    s7 = TLanes.AddProduct(ref dZ4, 3 * lanes, weight, s7);
                    dZ0 = ref Unsafe.Add(ref dZ0, PartialSums);
                    dZ4 = ref Unsafe.Add(ref dZ4, PartialSums);
                }
            }

            ref TNumber sums = ref Unsafe.Add(ref partial, part);
            Store(ref sums, 0, s0, s1, s2);
            Store(ref sums, 3, s3, s4, s5);
            TLanes.Store(ref sums, 6 * PartialSums, s6);
            TLanes.Store(ref sums, 7 * PartialSums, s7);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(
        TVector gate, TVector weight0, TVector weight1, TVector weight2, ref TVector s0, ref TVector s1, ref TVector s2)
    {
        s0 = TLanes.MultiplyAdd(weight0, gate, s0);
        s1 = TLanes.MultiplyAdd(weight1, gate, s1);
        s2 = TLanes.MultiplyAdd(weight2, gate, s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref TNumber partial, int output, TVector s0, TVector s1, TVector s2)
    {
        TLanes.Store(ref partial, output * PartialSums, s0);
        TLanes.Store(ref partial, (output + 1) * PartialSums, s1);
        TLanes.Store(ref partial, (output + 2) * PartialSums, s2);
    }
}
#endif
