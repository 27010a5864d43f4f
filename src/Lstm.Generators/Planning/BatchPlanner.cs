using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Plans the kernels that run many sequences at once: blocks and register tiles.</summary>
internal static class BatchPlanner
{
    /// <summary>The most sequences in a block: a whole number of register tiles at every width.</summary>
    private const int MostSequences = 12;

    /// <summary>Every register tile's sequences divide it: blocks are multiples of it.</summary>
    private const int SequenceStep = 6;

    /// <summary>New wm of a block, where more than the fewest sequences would take more.</summary>
    private const int BlockBytes = 16 * 1024;

    /// <summary>Vectors of a row side by side, where it has as many.</summary>
    private const int MostVectors = 4;

    /// <summary>
    /// Weights that stay in a first-level cache of 32 KB beside the states and sums of a block: then it costs nothing to read them for two sequences at a time
    /// instead of three. At 83 KB that loses 2 %, at 280 KB 15 %.
    /// </summary>
    private const int CachedBytes = 24 * 1024;

    /// <summary>The most records in a block of the backward pass: beyond, the sums of the weight gradient cost little to begin.</summary>
    private const int MostRows = 96;

    /// <summary>Inputs to a turn of the product's loops; of two partial sums each takes half. More is more code, and no faster.</summary>
    private const int RowsTogether = 4;

    /// <summary>dZ that the backward pass holds on the stack, where more than the fewest records would take more.</summary>
    private const int RowBytes = 64 * 1024;

    /// <param name="chains">Partial sums of each gate.</param>
    public static BatchPlan Plan(CellLayout layout, ScalarKind scalar, ArithmeticKind arithmetic, AccuracyKind accuracy, int chains)
    {
        long scale = KernelPlanner.Scale(vector: 0, KernelPlanner.SharesFormula(scalar, accuracy));
        BatchWidthPlan[] plans = KernelPlanner.WidthsUpTo(layout.Tiles.Max(tile => tile.Units), scalar)
            .Select(lanes => PlanWidth(layout, lanes, chains, scalar, arithmetic, scale))
            .ToArray();
        int block = Math.Min(MostSequences, Math.Max(SequenceStep, BlockBytes / (scalar.Bytes() * layout.Padded) / SequenceStep * SequenceStep));
        int rows = Math.Min(MostRows, Math.Max(SequenceStep, RowBytes / (scalar.Bytes() * layout.Lanes)));
        return new BatchPlan(
            block, layout.Padded + layout.Tiles[0].RowStride,
            plans.Min(plan => plan.Sequences == 1 ? block : plan.Sequences), rows, 2 * layout.Padded, new EquatableArray<BatchWidthPlan>(plans));
    }

    /// <summary>
    /// A sequence has up to four sums, and an input: three fill 16 registers, with one left for a weight; six fill 31 of 32, and
    /// are a long enough turn of a loop with one input. Two make eight sums, as many as two multiply-adds of four cycles need, and a register tile that takes
    /// less time to begin and to end: a gain of 4 % at (8, 32) and 11 % at (1, 16), where reading each weight more often costs nothing. Portable products
    /// stand in a register before they are added, which three would not leave: two gain 12 % to 34 % up to d = 64, and lose nothing beyond.
    /// </summary>
    private static BatchWidthPlan PlanWidth(CellLayout layout, int lanes, int chains, ScalarKind scalar, ArithmeticKind arithmetic, long scale)
    {
        Section[] tiles = layout.Tiles.GroupBy(tile => tile.Units).Select(run => Tiles(layout, run.ToArray(), lanes, scale)).ToArray();
        BatchSection[] sections = tiles.Select(tile => new BatchSection(tile, lanes, Math.Min(MostVectors, tile.First.RowStride / lanes))).ToArray();
        bool widest = lanes == scalar.Lanes(512);
        bool two = lanes == scalar.Lanes(256) && (arithmetic == ArithmeticKind.Portable
            || (scalar == ScalarKind.Single && sections.All(section => section.Vectors == MostVectors) && scalar.Bytes() * layout.Length <= CachedBytes));
        return new BatchWidthPlan(
            lanes,
            Buffered: layout.Padded > tiles[0].First.Lanes,
            Sequences: lanes == 1 ? 1 : widest ? 6 : two ? 2 : 3,
            RowsTogether: widest ? 1 : RowsTogether / chains,
            new EquatableArray<BatchSection>(sections),
            new EquatableArray<SequencePanel>(Panels(layout, lanes)));
    }

    /// <summary>Equal tiles, with the first vector of units of each.</summary>
    private static Section Tiles(CellLayout layout, Tile[] tiles, int lanes, long scale)
    {
        Tile first = tiles[0];
        UnitVector units = new(Unit: 0, Lane: 0, Weight: 0, Math.Min(lanes, first.Units), Gates: 1, first.Units, scale);
        return new Section(
            first.FirstUnit, first.FirstLane, first.Offset, new EquatableArray<UnitVector>(new[] { units }), Inner: 1, tiles.Length,
            first.Units, layout.Rows * first.RowStride, Pads: tiles.Any(tile => tile.Used < tile.Units));
    }

    /// <summary>Two gates of one or two vectors of columns, for as many sequences as make twelve sums.</summary>
    private static IEnumerable<SequencePanel> Panels(CellLayout layout, int lanes)
    {
        foreach (TileRun run in layout.Runs())
        {
            int width = Math.Min(lanes, run.First.Units);
            int vectors = lanes == 1 ? 1 : Math.Min(run.First.Units / width, 2);
            int most = lanes == 1 ? 1 : 6 / vectors;
            yield return new SequencePanel(run, width, vectors, new EquatableArray<int>(new[] { most, 1 }.Distinct()));
        }
    }
}
