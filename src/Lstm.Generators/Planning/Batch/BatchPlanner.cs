using System;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Plans the kernels that run many sequences at once: blocks and register tiles.</summary>
internal static class BatchPlanner
{
    /// <summary>The most sequences in a block: a whole number of register tiles at every width.</summary>
    private const int MostSequences = 12;

    /// <summary>Blocks are multiples of it, which leaves whole register tiles of 2 and of 3. Of 4, it leaves
    /// one and two sequences alone: in networks of more than 341 units at 512 bits. Cells cut a block down to whole tiles.</summary>
    private const int SequenceStep = 6;

    /// <summary>New wm of a block, where more than the fewest sequences would take more.</summary>
    private const int BlockBytes = 16 * 1024;

    /// <summary>Vectors of a row side by side, where it has as many.</summary>
    private const int MostVectors = 4;

    /// <summary>
    /// Weights that stay in a first-level cache of 32 KB beside the states and sums of a block: then it costs nothing to read them for two sequences
    /// at a time instead of three. At 83 KB that loses 2 %, at 280 KB 15 %.
    /// </summary>
    private const int CachedBytes = 24 * 1024;

    /// <summary>The most records in a block of the backward pass: beyond, the sums of the weight gradient cost little to begin.</summary>
    private const int MostRows = 96;

    /// <summary>dZ that the backward pass holds on the stack, where more than the fewest records would take more.</summary>
    private const int RowBytes = 64 * 1024;

    public static BatchPlan Plan(
        CellLayout layout, ScalarKind scalar, ArithmeticKind arithmetic, PlatformKind platform = PlatformKind.Modern)
    {
        int block = Math.Min(MostSequences, Math.Max(SequenceStep, BlockBytes / (scalar.Bytes() * layout.Padded) / SequenceStep * SequenceStep));
        int rows = Math.Min(MostRows, Math.Max(SequenceStep, RowBytes / (scalar.Bytes() * layout.GatesLength)));
        if (platform == PlatformKind.Portable)
        {
            return new BatchPlan(block, Scratch: 0, Least: int.MaxValue, rows, layout.StateLength, default);
        }

        BatchWidthPlan[] widths = KernelPlanner.WidthsUpTo(layout.LargestTile, scalar)
            .Select(lanes => PlanWidth(layout, lanes, block, scalar, arithmetic))
            .ToArray();
        return new BatchPlan(
            block, layout.Padded + layout.Tiles[0].RowStride, widths.Min(width => width.Together), rows, layout.StateLength,
            new EquatableArray<BatchWidthPlan>(widths));
    }

    private static BatchWidthPlan PlanWidth(CellLayout layout, int lanes, int block, ScalarKind scalar, ArithmeticKind arithmetic)
    {
        int together = Together(layout, lanes, scalar, arithmetic);
        EquatableArray<TileGroup> tiles = new(TileGroup.Of(layout, lanes));
        return new BatchWidthPlan(lanes, Buffered: layout.Padded > tiles[0].UnitLanes, together, block / together * together, tiles);
    }

    /// <summary>
    /// At 512 bits four: each has up to four sums and an input, so they fill 21 of the 32 registers. Six would fill 31, and leave more sequences
    /// over that run one by one. Portable products at 256 bits two: a product stands in a register before it is added, which three would not leave.
    /// Two gain 12 % to 34 % up to d = 64, and lose nothing beyond. Weights that stay in the cache at 256 bits two: eight sums are as many as two
    /// multiply-adds of four cycles need, and a small register tile begins and ends sooner. It gains 4 % at (8, 32) and 11 % at (1, 16), where
    /// reading each weight more often costs nothing. Else three, which fill 16 registers, with one left for a weight.
    /// </summary>
    private static int Together(CellLayout layout, int lanes, ScalarKind scalar, ArithmeticKind arithmetic)
    {
        if (lanes == scalar.Lanes(512))
        {
            return 4;
        }

        bool cached = scalar == ScalarKind.Single
            && layout.Tiles.All(tile => tile.RowStride >= MostVectors * lanes)
            && scalar.Bytes() * layout.Length <= CachedBytes;
        return lanes == scalar.Lanes(256) && (arithmetic == ArithmeticKind.Portable || cached) ? 2 : 3;
    }
}
