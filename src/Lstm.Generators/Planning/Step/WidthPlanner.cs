using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Plans a cell's step and walk back at one vector width.</summary>
internal static class WidthPlanner
{
    /// <summary>Sums in registers beside an input and what the activations need at once, of 16 registers and of the 32 at 512 bits.</summary>
    private const int MostSums = 12;
    private const int MostWideSums = 15;

    /// <summary>Vectors of units whose new wm waits in registers.</summary>
    private const int MostNewWm = 8;

    /// <summary>
    /// Vectors of units whose dZ are written out: each leaves about 60 locals, and the JIT inlines into a method only while that has fewer than 512,
    /// those of the product with the transposed U included.
    /// </summary>
    private const int MostGateGradients = 2;

    public static WidthPlan Plan(
        CellLayout layout, ScalarKind scalar, int lanes, int partialSums, bool reverses, ActivationPlan activations, UnrollingKind unrolling,
        int stepsAhead)
    {
        bool widest = lanes == scalar.Lanes(512);
        bool narrowest = lanes == scalar.Lanes(128);
        SectionPlanner planner = new(layout, lanes, partialSums, activations, widest ? MostWideSums : MostSums);
        UnitVector[] units = layout.Tiles.SelectMany(planner.Vectors).ToArray();
        long multiplyAdds = units.Sum(unit => (long)layout.Rows * unit.Sums);
        long unrolledCost = UnrollBudget.CellCost(multiplyAdds, units, activations, narrowest);
        bool unrolled = unrolling != UnrollingKind.None && unrolledCost <= UnrollBudget.CellCostLimit;
        bool unrolledBackward = unrolling != UnrollingKind.None
            && UnrollBudget.BackwardCost(BackwardMultiplyAdds(layout, lanes), units.Length) <= UnrollBudget.CellCostLimit;

        Section[] sections = unrolled ? planner.Once(units).ToArray() : planner.Looped().ToArray();
        long SectionCost(Section section, int rows) => UnrollBudget.CellCost(
            section.Units.Sum(unit => unit.Sums) * (1L + InputRows(layout, rows).Written + MemoryRows(layout, rows).Written),
            section.Units, activations, narrowest);
        int perIteration = sections.All(section => SectionCost(section, 4) <= UnrollBudget.CellCostLimit) ? 4 : 2;
        bool shareRegisters = sections.Sum(section => SectionCost(section, perIteration)) <= UnrollBudget.SectionsCostLimit;
        int mostSums = sections.Max(section => section.Units.Sum(unit => unit.Sums) * partialSums);
        return new WidthPlan(
            lanes,
            Reason(unrolled, unrolling, mostSums),
            unrolled,
            SectionsAreMethods: !unrolled && sections.Length > 1 && (reverses || !shareRegisters),
            KeepsNewWm: unrolled && units.Length <= MostNewWm,
            KeepsState: unrolled && units.Length == 1 && units[0].GatesTogether == 1,
            stepsAhead,
            multiplyAdds,
            unrolledCost,
            new EquatableArray<Section>(sections),
            unrolled ? RowLoop.WrittenOut(layout.FirstInputRow, layout.Input) : InputRows(layout, perIteration),
            unrolled ? RowLoop.WrittenOut(layout.FirstMemoryRow, layout.Hidden) : MemoryRows(layout, perIteration),
            NewWm: CopyPlan.Of(layout.Padded, lanes, scalar.Lanes(128)),
            ReturnedWm: CopyPlan.Of(layout.Hidden, lanes, scalar.Lanes(128)),
            new EquatableArray<TileGroup>(TileGroup.Of(layout, lanes)),
            UnrolledGateGradients: unrolled && units.Length <= MostGateGradients,
            unrolledBackward,
            new EquatableArray<ColumnBlock>(unrolledBackward ? ColumnBlocks(layout, lanes) : Enumerable.Empty<ColumnBlock>()));
    }

    private static long BackwardMultiplyAdds(CellLayout layout, int lanes) =>
        layout.Tiles.Sum(tile => (long)Gates.Count * layout.Hidden * tile.Units / Math.Min(lanes, tile.Units));

    private static RowLoop InputRows(CellLayout layout, int perIteration) => RowLoop.Over(layout.FirstInputRow, layout.Input, perIteration);

    private static RowLoop MemoryRows(CellLayout layout, int perIteration) => RowLoop.Over(layout.FirstMemoryRow, layout.Hidden, perIteration);

    private static string Reason(bool unrolled, UnrollingKind unrolling, int sums) => (unrolled, unrolling) switch
    {
        (true, _) => "unrolled",
        (_, UnrollingKind.None) => $"looped as asked for, in register tiles of up to {sums} sums",
        _ => $"looped in register tiles of up to {sums} sums: unrolled, it would be more code than pays",
    };

    /// <summary>The columns of the transposed U, in blocks of up to two vectors.</summary>
    private static IEnumerable<ColumnBlock> ColumnBlocks(CellLayout layout, int lanes)
    {
        const int MostVectors = 2;
        foreach (Tile[] tiles in layout.Tiles.GroupBy(tile => tile.Units).Select(group => group.ToArray()))
        {
            int width = Math.Min(lanes, tiles[0].Units);
            int whole = tiles[0].Units / width;
            int vectors = Math.Min(whole, MostVectors);
            int together = Math.Max(1, MostVectors / whole);
            for (int first = 0; first < tiles.Length; first += together)
            {
                for (int part = 0; part < tiles[0].Units; part += vectors * width)
                {
                    yield return new ColumnBlock(tiles[first], part, width, vectors, Math.Min(together, tiles.Length - first));
                }
            }
        }
    }
}
