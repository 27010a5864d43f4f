#if NET8_0_OR_GREATER
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <content>Rows left over, and the padding of the last tile.</content>
public static partial class InputGradient<TNumber, TVector, TLanes>
{
    /// <summary>One output, for the rows left over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumOne<TTiles>(in CellTiles tiles, ref TNumber w, ref TNumber dZ, int input, ref TNumber partial)
        where TTiles : struct
    {
        for (nint part = 0; part < PartialSums; part += TLanes.Count)
        {
            ref TNumber mask = ref Unsafe.Add(ref partial, (MostOutputs * PartialSums) + part);
            TVector sum = TLanes.Zero;
            ref TNumber gates = ref Unsafe.Add(ref dZ, part);
            for (int unit = 0, units; unit < tiles.Padded; unit += units)
            {
                units = tiles.Units(unit);
                nint stride = 4 * units;
                bool pads = Pads<TTiles>(unit, units, in tiles);
                ref TNumber weights = ref Unsafe.Add(ref w, tiles.Tile(unit) + ((1 + input) * stride) + part);
                for (nint lane = 0; lane < stride; lane += PartialSums)
                {
                    sum = TLanes.MultiplyAdd(TLanes.Load(ref gates, 0), Weight(ref weights, lane, pads, ref mask), sum);
                    gates = ref Unsafe.Add(ref gates, PartialSums);
                }
            }

            TLanes.Store(ref partial, part, sum);
        }
    }

    /// <summary>Some weights, and 0 for padding: its dZ is 0, but its weights may be anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Weight(ref TNumber w, nint place, bool pads, ref TNumber mask)
    {
        TVector weight = TLanes.Load(ref w, place);
        return pads ? TLanes.Masked(weight, ref mask, 0) : weight;
    }

    /// <summary>Whether a tile has padding, which is known to be false for <see cref="Whole"/> tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Pads<TTiles>(int unit, int units, in CellTiles tiles)
        where TTiles : struct => typeof(TTiles) == typeof(Padded) && unit + units > tiles.Hidden;

    /// <summary>Sets all bits where units exist, in 16 neighbouring gates of the last tile: its 4, 8 or 16 units repeat in them.</summary>
    private static void FillMask(in CellTiles tiles, Span<TNumber> mask)
    {
        TNumber all = default;
        MemoryMarshal.AsBytes(new Span<TNumber>(ref all)).Fill(byte.MaxValue);
        int units = tiles.Units(tiles.Padded - 1);
        int used = units - (tiles.Padded - tiles.Hidden);
        for (int lane = 0; lane < mask.Length; lane++)
        {
            mask[lane] = (lane & (units - 1)) < used ? all : default;
        }
    }

    /// <summary>Type argument of a cell whose tiles have no padding: the JIT leaves out the masks.</summary>
    private readonly struct Whole;

    /// <summary>Type argument of a cell whose last tile has padding. Its mask stands behind the partial sums.</summary>
    private readonly struct Padded;
}
#endif
