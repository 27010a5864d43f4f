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

    /// <summary>Floats of new wm in a block, 16 KB, at d = 1024 somewhat more.</summary>
    private const int BlockFloats = 4096;

    /// <summary>Floats of dZ that the backward pass holds on the stack, 64 KB, from d = 1024 up somewhat more.</summary>
    private const int RowFloats = 16384;

    public static BatchPlan Plan(CellLayout layout, IEnumerable<int> widths)
    {
        BatchWidthPlan[] plans = widths.Select(lanes => PlanWidth(layout, lanes)).ToArray();
        int block = Math.Min(MostSequences, Math.Max(SequenceStep, BlockFloats / layout.Padded / SequenceStep * SequenceStep));
        int rows = Math.Min(96, Math.Max(SequenceStep, RowFloats / layout.Lanes));
        return new BatchPlan(
            block, block * (layout.Padded + layout.Tiles[0].RowStride),
            plans.Min(plan => plan.Sequences == 1 ? block : plan.Sequences), rows, 2 * layout.Padded, new EquatableArray<BatchWidthPlan>(plans));
    }

    /// <summary>
    /// A sequence has up to four sums, and an input: three fill 16 registers, with one left for a weight; six fill 31 of 32.
    /// </summary>
    private static BatchWidthPlan PlanWidth(CellLayout layout, int lanes)
    {
        Section[] tiles = KernelPlanner.LoopedSections(layout, lanes, together: 1).Select(section => section with { Inner = 1 }).ToArray();
        return new BatchWidthPlan(
            lanes,
            Buffered: layout.Padded > tiles[0].Lanes,
            Sequences: lanes switch { 16 => 6, 1 => 1, _ => 3 },
            new EquatableArray<BatchSection>(tiles.Select(tile => new BatchSection(tile, lanes, Math.Min(4, tile.RowStride / lanes)))),
            new EquatableArray<SequencePanel>(Panels(layout, lanes)));
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
