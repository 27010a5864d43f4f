using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

/// <summary>What the plan of each vector width promises the emitters, whatever the size: units, columns, copies, loops.</summary>
public sealed class WidthPlanTests
{
    [Fact]
    public void EveryWidth_ComputesEveryUnitOnce() => KernelPlans.ForEverySize(plan => KernelPlans.ForEveryWidth(plan, width =>
    {
        // A unit is known by where it stands: its number, its lane in a row of gates, its first weight, and its tile's units.
        List<(int Unit, int Lane, int Weight, int TileUnits)> computed = [];
        foreach (Section section in width.Sections)
        {
            for (int tile = 0; tile < section.Tiles; tile++)
            {
                for (int part = 0; part < section.Parts; part++)
                {
                    foreach (UnitVector vector in section.Units)
                    {
                        computed.AddRange(Enumerable.Range(0, vector.Lanes).Select(lane => (
                            section.Unit + (tile * section.TileUnits) + (part * section.PartUnits) + vector.Unit + lane,
                            section.Lane + (tile * 4 * section.TileUnits) + (part * section.PartUnits) + vector.Lane + lane,
                            section.Weight + (tile * section.TileWeights) + (part * section.PartUnits) + vector.Weight + lane,
                            vector.TileUnits)));
                    }
                }
            }
        }

        IEnumerable<(int Unit, int Lane, int Weight, int TileUnits)> expected = plan.Layout.Tiles.SelectMany(tile =>
            Enumerable.Range(0, tile.Units).Select(unit => (tile.FirstUnit + unit, tile.FirstLane + unit, tile.Offset + unit, tile.Units)));
        Assert.Equal(expected, computed.Order());
        Assert.All(width.Sections.SelectMany(section => section.Units), vector =>
        {
            Assert.True(vector.Lanes <= Math.Min(width.Lanes, vector.TileUnits));
            Assert.InRange(vector.SumLanes, 1, width.Lanes);
            Assert.True(vector.GatesTogether == 1 || vector.Lanes == vector.TileUnits, "only a whole tile has its gates side by side");
        });
    }));

    [Fact]
    public void UnrolledWalkBack_SumsEveryColumnOnce() => KernelPlans.ForEverySize(plan => KernelPlans.ForEveryWidth(plan, width =>
    {
        List<int> summed = [];
        foreach (ColumnBlock block in width.Backward)
        {
            Assert.InRange(block.Lanes, 2, width.Lanes);
            summed.AddRange(Enumerable.Range(0, block.AllVectors).SelectMany(
                vector => Enumerable.Range(block.Column + block.ColumnOf(vector), block.Lanes)));
        }

        Assert.Equal(width.UnrolledBackward ? Enumerable.Range(0, plan.Layout.Padded) : [], summed.Order());
    }));

    /// <summary>A block holds a sum for each gate and vector, eight at most, and a gate.</summary>
    [Fact]
    public void ColumnBlocks_FitTheRegisters() => KernelPlans.ForEverySize(plan => KernelPlans.ForEveryWidth(plan, width => Assert.All(
        width.Backward, block => Assert.InRange((Gates.Count * block.AllVectors) + 1, 1, 9))));

    /// <summary>The walk back, and many sequences, take the tiles of the layout in vectors of units that fill no more than a tile.</summary>
    [Fact]
    public void TileGroups_AreTheTilesOfTheLayout() => KernelPlans.ForEverySize(plan => KernelPlans.ForEveryWidth(plan, width =>
    {
        Assert.Equal(
            plan.Layout.Tiles.Select(tile => (tile.FirstUnit, tile.Units)),
            width.Tiles.SelectMany(group => Enumerable.Range(0, group.Count).Select(
                i => (group.First.FirstUnit + (i * group.First.Units), group.First.Units))));
        Assert.Equal(plan.Layout.Padded, width.Tiles[^1].End);
        Assert.All(width.Tiles, group => Assert.Equal(
            (Math.Min(width.Lanes, group.First.Units), group.First.Units / group.UnitLanes), (group.UnitLanes, group.Vectors)));
    }));

    /// <summary>A copy takes each number once, in vectors that were stored.</summary>
    [Fact]
    public void Copies_TakeEachNumberOnce() => KernelPlans.ForEverySize(plan => KernelPlans.ForEveryWidth(plan, width =>
    {
        Check(width.NewWm, plan.Layout.Padded);
        Check(width.ReturnedWm, plan.Layout.Hidden);

        void Check(CopyPlan copy, int count)
        {
            Assert.Equal(0, copy.Looped % width.Lanes);
            int at = copy.Looped;
            foreach (CopyPart part in copy.Rest)
            {
                Assert.Equal(at, part.At);
                Assert.True(part.Lanes == 1 || (part.Lanes >= plan.Scalar.Lanes(128) && part.At % part.Lanes == 0));
                at += part.Lanes;
            }

            Assert.Equal(count, at);
        }
    }));

    /// <summary>A loop takes whole iterations, at least two; what it leaves is written out.</summary>
    [Fact]
    public void RowLoops_TakeEveryRow() => KernelPlans.ForEverySize(plan => KernelPlans.ForEveryWidth(plan, width =>
    {
        Assert.All(new[] { width.InputRows, width.MemoryRows }, rows =>
        {
            Assert.Equal(0, rows.Looped % rows.PerIteration);
            Assert.True(rows.Looped == 0 || (!width.Unrolled && rows.Looped >= 2 * rows.PerIteration));
            Assert.InRange(rows.Count - rows.Looped, 0, width.Unrolled ? rows.Count : (2 * rows.PerIteration) - 1);
            Assert.Equal((rows.Looped == 0 ? 0 : rows.PerIteration) + rows.Count - rows.Looped, rows.Written);
        });
    }));

    [Fact]
    public void Loops_RunOnlyWhereNothingIsUnrolled() => KernelPlans.ForEverySize(plan => KernelPlans.ForEveryWidth(plan, width =>
    {
        Assert.True(!width.Unrolled || width.Sections.All(section => section.Parts == 1 && section.Tiles == 1));
        Assert.True(!width.KeepsNewWm || width.Unrolled);
        Assert.Equal(width.Unrolled && plan.Layout.Padded == width.Lanes, width.KeepsState);
        Assert.True(!width.SectionsAreMethods || width.Sections.Count > 1);
    }));

    [Fact]
    public void UnrolledWidths_StayWithinTheBudget() => KernelPlans.AnyCell.Sample(
        cell =>
        {
            KernelPlan plan = KernelPlans.Plan(cell.Input, cell.Hidden, cell.Accuracy, cell.Unrolling, cell.Scalar);
            KernelPlans.ForEveryWidth(plan, width =>
            {
                (UnitVector Unit, int Times)[] units =
                [
                    .. width.Sections.SelectMany(section => section.Units.Select(unit => (unit, section.Parts * section.Tiles))),
                ];
                Assert.Equal(cell.Unrolling != UnrollingKind.None && width.UnrolledCost <= UnrollBudget.CellCostLimit, width.Unrolled);
                Assert.Equal(units.Sum(unit => (long)unit.Unit.Sums * unit.Times) * plan.Layout.Rows, width.MultiplyAdds);
                if (width.UnrolledBackward)
                {
                    long products = 4 * plan.Layout.Hidden * width.Backward.Sum(block => (long)block.AllVectors);
                    Assert.InRange(UnrollBudget.BackwardCost(products, units.Sum(unit => unit.Times)), 1, UnrollBudget.CellCostLimit);
                }
            });

            // What the analyzer refuses to unroll is what the narrowest vectors cannot unroll.
            Assert.Equal(
                cell.Unrolling != UnrollingKind.None && DeclarationLimits.UnrolledCost(plan) <= UnrollBudget.CellCostLimit,
                plan.Widths.Single(width => width.Lanes == cell.Scalar.Lanes(128)).Unrolled);
        },
        iter: 300);

    [Fact]
    public void UnrollingNone_LoopsEverywhere() => Assert.All(
        KernelPlans.Plan(1, 1, AccuracyKind.Standard, UnrollingKind.None).Widths, width => Assert.False(width.Unrolled || width.UnrolledBackward));

    [Fact]
    public void Widths_AreTheWidestTheTilesFillAndAllNarrowerOnes() => KernelPlans.ForEverySize(plan =>
    {
        int widest = plan.Layout.Tiles.Max(tile => tile.RowStride);
        Assert.Equal(
            new[] { 512, 256, 128 }.Select(bits => plan.Scalar.Lanes(bits)).Where(lanes => lanes <= widest),
            plan.Widths.Select(width => width.Lanes));
    });
}
