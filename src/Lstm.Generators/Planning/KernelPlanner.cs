using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Plans the kernels of one cell shape: which widths, what is unrolled, how sums are split.</summary>
internal static class KernelPlanner
{
    /// <summary>Bytes of dZ that the backward pass holds on the stack: the first-level cache of most machines; of floats, up to d = 512.</summary>
    private const int BlockBytes = 32 * 1024;

    /// <summary>Vector widths in bits, the widest first; 0 is scalar code.</summary>
    private static readonly int[] Bits = { 512, 256, 128, 0 };

    /// <summary>The kernels of a cell that stands alone: its wm and dX are the user's.</summary>
    public static KernelPlan Plan(
        string prefix, int input, int hidden, ArithmeticKind arithmetic, AccuracyKind accuracy, UnrollingKind unrolling,
        ScalarKind scalar = ScalarKind.Single)
    {
        CellLayout layout = CellLayout.Of(input, hidden);
        int chains = Chains(layout, scalar);
        IEnumerable<WidthPlan> widths = WidthsUpTo(layout.Tiles.Max(tile => tile.Units), scalar)
            .Select(lanes => PlanWidth(layout, scalar, lanes, chains, accuracy, unrolling));
        return new KernelPlan(
            prefix, layout, PlanTape(layout, accuracy == AccuracyKind.Strict), scalar, arithmetic, accuracy, chains,
            Math.Min(64, Math.Max(4, BlockBytes / (scalar.Bytes() * layout.Lanes))), DotLanes: 16,
            ReturnStride: hidden, InputGradientStride: input, new EquatableArray<WidthPlan>(widths));
    }

    /// <summary>
    /// Two chains a gate while a step has fewer than eight 512-bit accumulators: with one, the latency of the
    /// multiply-add would set the pace, not its throughput.
    /// </summary>
    private static int Chains(CellLayout layout, ScalarKind scalar) => layout.Lanes / scalar.Lanes(512) < 8 ? 2 : 1;

    /// <summary>
    /// Numbers in a vector at each width that differs from the next narrower one: a cell of tiles of 4 floats gains nothing
    /// from 256 bits.
    /// </summary>
    /// <param name="most">What the widest vector may hold.</param>
    public static IEnumerable<int> WidthsUpTo(int most, ScalarKind scalar) =>
        Bits.Select(bits => scalar.Lanes(bits)).Where(lanes => lanes <= most);

    private static WidthPlan PlanWidth(
        CellLayout layout, ScalarKind scalar, int lanes, int chains, AccuracyKind accuracy, UnrollingKind unrolling)
    {
        bool widest = lanes == scalar.Lanes(512);
        long multiplyAdds = layout.Tiles.Sum(tile => (long)layout.Rows * tile.RowStride / Math.Min(lanes, tile.Units));
        long backwardMultiplyAdds = layout.Tiles.Sum(tile => 4L * layout.Hidden * tile.Units / Math.Min(lanes, tile.Units));
        bool mayUnroll = lanes > 1 && unrolling != UnrollingKind.None;
        long unitVectors = layout.Tiles.Sum(tile => tile.Units / Math.Min(lanes, tile.Units));
        bool unrolled = mayUnroll && UnrollBudget.CellCost(multiplyAdds, unitVectors, accuracy) <= UnrollBudget.CellCostLimit;
        bool unrolledBackward = mayUnroll && UnrollBudget.BackwardCost(backwardMultiplyAdds, unitVectors) <= UnrollBudget.CellCostLimit;

        int registers = widest ? 16 : 8;
        int together = lanes == 1 ? 1 : Math.Max(1, registers / (4 * chains));
        Section[] sections = (unrolled ? UnrolledSections(layout, lanes, together) : LoopedSections(layout, lanes, together)).ToArray();
        Panel[] panels = Panels(layout, lanes, widest, unrolledBackward).ToArray();
        return new WidthPlan(
            lanes, Reason(lanes, unrolled, unrolling, sections[0].Units.Count * 4 * chains), unrolled, HoldsMemory: unrolled && unitVectors <= 8, multiplyAdds, new EquatableArray<Section>(sections),
            unrolledBackward, new EquatableArray<Panel>(panels), new EquatableArray<MicroTile>(Product(lanes, widest)));
    }

    private static string Reason(int lanes, bool unrolled, UnrollingKind unrolling, int sums) => (lanes, unrolled, unrolling) switch
    {
        (1, _, _) => "looped: there is no vector unit to feed",
        (_, true, _) => "unrolled",
        (_, _, UnrollingKind.None) => $"looped as asked for, in tiles of {sums} sums",
        _ => $"looped in tiles of {sums} sums: unrolled, it would be more than the JIT inlines",
    };

    /// <summary>Every vector of units stands for itself; neighbours in a tile share the broadcast of an input.</summary>
    private static IEnumerable<Section> UnrolledSections(CellLayout layout, int lanes, int together)
    {
        foreach (Tile tile in layout.Tiles)
        {
            int width = Math.Min(lanes, tile.Units);
            int vectors = tile.Units / width;
            for (int first = 0; first < vectors; first += together)
            {
                int count = Math.Min(together, vectors - first);
                yield return new Section(
                    tile.FirstUnit + (first * width), tile.FirstLane + (first * width), width, tile.Units, tile.Offset + (first * width),
                    new EquatableArray<UnitVector>(Enumerable.Range(0, count).Select(i => new UnitVector(i * width, i * width, i * width))),
                    Inner: 1, Outer: 1, OuterUnits: 0, OuterWeights: 0,
                    Pads: tile.FirstUnit + ((first + count) * width) > layout.Hidden);
            }
        }
    }

    /// <summary>Runs of equal tiles become loops; a vector as wide as a tile takes several tiles at once.</summary>
    private static IEnumerable<Section> LoopedSections(CellLayout layout, int lanes, int together)
    {
        foreach (IGrouping<int, Tile> run in layout.Tiles.GroupBy(tile => tile.Units))
        {
            Tile first = run.First();
            int width = Math.Min(lanes, run.Key);
            int vectorsInTile = run.Key / width;
            int tileFloats = layout.Rows * first.RowStride;
            int tilesTogether = vectorsInTile == 1 ? Math.Min(together, run.Count()) : 1;
            int vectorsTogether = vectorsInTile == 1 ? 1 : Math.Min(together, vectorsInTile);

            int done = 0;
            foreach (int tiles in new[] { tilesTogether, 1 }.Distinct())
            {
                int outer = (run.Count() - done) / tiles;
                if (outer == 0)
                {
                    continue;
                }

                IEnumerable<UnitVector> units = Enumerable.Range(0, tiles).SelectMany(tile =>
                    Enumerable.Range(0, vectorsTogether).Select(vector =>
                        new UnitVector(
                            (tile * run.Key) + (vector * width),
                            (tile * first.RowStride) + (vector * width),
                            (tile * tileFloats) + (vector * width))));
                yield return new Section(
                    first.FirstUnit + (done * run.Key), first.FirstLane + (done * first.RowStride), width, run.Key, first.Offset + (done * tileFloats),
                    new EquatableArray<UnitVector>(units),
                    Inner: vectorsInTile / vectorsTogether, outer, tiles * run.Key, tiles * tileFloats,
                    Pads: first.FirstUnit + ((done + (outer * tiles)) * run.Key) > layout.Hidden);
                done += outer * tiles;
            }
        }
    }

    /// <summary>The columns of the transposed U: pairs of vectors, four chains each, one a gate.</summary>
    private static IEnumerable<Panel> Panels(CellLayout layout, int lanes, bool widest, bool unrolled)
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

            int vectors = lanes == 1 ? 1 : Math.Min(left / width, widest ? 4 : 2);
            int repeat = unrolled ? 1 : left / (vectors * width);
            yield return new Panel(column, width, vectors, repeat);
            column += vectors * width * repeat;
        }
    }

    /// <summary>As many sums as registers hold: 24 of 32 at 512 bits, 8 of 16 below.</summary>
    private static IEnumerable<MicroTile> Product(int lanes, bool widest) => lanes switch
    {
        _ when widest => new[] { new MicroTile(6, 4), new MicroTile(6, 1), new MicroTile(1, 4), new MicroTile(1, 1) },
        1 => new[] { new MicroTile(1, 1) },
        _ => new[] { new MicroTile(4, 2), new MicroTile(1, 8), new MicroTile(1, 2) },
    };

    /// <summary>Widths and tiles for products over wm, whose rows hold whole vectors of <paramref name="most"/> numbers only.</summary>
    public static IEnumerable<(int Lanes, EquatableArray<MicroTile> Tiles)> NarrowProducts(int most, ScalarKind scalar)
    {
        MicroTile[] tiles = { new MicroTile(1, 1) };
        return WidthsUpTo(most, scalar).Select(lanes => (lanes, new EquatableArray<MicroTile>(tiles)));
    }

    private static TapePlan PlanTape(CellLayout layout, bool derivatives)
    {
        int at = layout.Lanes;
        int Take(int numbers)
        {
            int start = at;
            at += numbers;
            return start;
        }

        int gateDerivatives = derivatives ? Take(layout.Lanes) : -1;
        int tanhLtm = Take(layout.Padded);
        int tanhLtmDerivative = derivatives ? Take(layout.Padded) : -1;
        int ltm = Take(layout.Padded);
        int wm = Take(layout.Padded);
        int header = (layout.Hidden * layout.Lanes) + (2 * layout.Padded);
        return new TapePlan(Transposed: 0, header, gateDerivatives, tanhLtm, tanhLtmDerivative, ltm, wm, Record: at);
    }
}
