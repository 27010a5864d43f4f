using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Plans the kernels that run many sequences at once: blocks and register tiles.</summary>
internal static class BatchPlanner
{
    /// <summary>The most sequences in a block: a whole number of register tiles at every width.</summary>
    private const int MostSequences = 24;

    /// <summary>Every register tile's sequences divide it: blocks are multiples of it.</summary>
    private const int SequenceStep = 6;

    /// <summary>Floats of new wm in a block, 16 KB, at d = 1024 somewhat more.</summary>
    private const int BlockFloats = 4096;

    /// <summary>Floats of dZ that the backward pass holds on the stack, 64 KB, from d = 1024 up somewhat more.</summary>
    private const int RowFloats = 16384;

    public static BatchPlan Plan(CellLayout layout, int chains, IEnumerable<int> widths)
    {
        BatchWidthPlan[] plans = widths.Select(lanes => PlanWidth(layout, chains, lanes)).ToArray();
        int block = Math.Min(MostSequences, Math.Max(SequenceStep, BlockFloats / layout.Padded / SequenceStep * SequenceStep));
        int rows = Math.Min(96, Math.Max(SequenceStep, RowFloats / layout.Lanes));
        return new BatchPlan(
            block, block * plans.Max(plan => (plan.Buffered ? layout.Padded : 0) + (4 * plan.Lanes)), rows, 2 * layout.Padded, new EquatableArray<BatchWidthPlan>(plans));
    }

    private static BatchWidthPlan PlanWidth(CellLayout layout, int chains, int lanes)
    {
        Section[] sections = KernelPlanner.LoopedSections(layout, lanes, together: 1).ToArray();
        return new BatchWidthPlan(
            lanes,
            Buffered: layout.Padded > sections[0].Lanes,
            new EquatableArray<Section>(sections),
            new EquatableArray<SequenceTile>(Tiles(lanes, chains)),
            new EquatableArray<SequencePanel>(Panels(layout, lanes)));
    }

    /// <summary>
    /// Four sums a sequence, as many sequences as registers hold beside a weight and the inputs: three of 16 registers, six
    /// of 32. A sequence that is left over has too few sums for one pass a chain.
    /// </summary>
    private static IEnumerable<SequenceTile> Tiles(int lanes, int chains)
    {
        int[] sequences = lanes switch { 16 => new[] { 6, 2 }, 1 => Array.Empty<int>(), _ => new[] { 3, 2 } };
        return sequences.Select(count => new SequenceTile(count, Chains: 1)).Append(new SequenceTile(1, chains));
    }

    /// <summary>Two gates of two vectors of columns, for as many sequences as registers hold.</summary>
    private static IEnumerable<SequencePanel> Panels(CellLayout layout, int lanes)
    {
        int column = 0;
        int width = lanes;
        while (column < layout.Padded)
        {
            int left = layout.Padded - column;
            while (width > left)
            {
                width /= 2;
            }

            int vectors = lanes == 1 ? 1 : Math.Min(left / width, 2);
            int repeat = left / (vectors * width);
            int most = lanes switch { 16 => 12, 1 => 2, _ => 6 } / vectors;
            yield return new SequencePanel(
                new Panel(column, width, vectors, repeat), new EquatableArray<int>(new[] { most, 1 }));
            column += vectors * width * repeat;
        }
    }
}
