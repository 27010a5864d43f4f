using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

/// <summary>What a kernel's plan promises the emitters, whatever the size.</summary>
public sealed class KernelPlanTests
{
    private static readonly Gen<(int Input, int Hidden, AccuracyKind Accuracy, UnrollingKind Unrolling, ScalarKind Scalar)> AnyCell = Gen.Select(
        Gen.Int[1, 1024],
        Gen.Frequency((1, Gen.Int[1, 48]), (1, Gen.Int[1, 1024])),
        Gen.Enum<AccuracyKind>(),
        Gen.Enum<UnrollingKind>(),
        Gen.Enum<ScalarKind>());

    [Fact]
    public void EveryWidth_ComputesEveryUnitOnce() => ForEverySize(plan => ForEveryWidth(plan, width =>
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
    public void UnrolledWalkBack_SumsEveryColumnOnce() => ForEverySize(plan => ForEveryWidth(plan, width =>
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
    public void ColumnBlocks_FitTheRegisters() => ForEverySize(plan => ForEveryWidth(plan, width => Assert.All(
        width.Backward, block => Assert.InRange((Gates.Count * block.AllVectors) + 1, 1, 9))));

    [Theory]
    [InlineData(1, 64, true)]
    [InlineData(16, 64, true)]
    [InlineData(8, 128, true)]
    [InlineData(1, 40, false)]
    public void Tiles_AreReversedEveryOtherStep_WhereWeightsAreStreamed(int input, int hidden, bool reverses) =>
        Assert.Equal(reverses, Plan(input, hidden).Reverses);

    /// <summary>The walk back, and many sequences, take the tiles of the layout in vectors of units that fill no more than a tile.</summary>
    [Fact]
    public void TileGroups_AreTheTilesOfTheLayout() => ForEverySize(plan => ForEveryWidth(plan, width =>
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
    public void Copies_TakeEachNumberOnce() => ForEverySize(plan => ForEveryWidth(plan, width =>
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
    public void RowLoops_TakeEveryRow() => ForEverySize(plan => ForEveryWidth(plan, width =>
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
    public void Loops_RunOnlyWhereNothingIsUnrolled() => ForEverySize(plan => ForEveryWidth(plan, width =>
    {
        Assert.True(!width.Unrolled || width.Sections.All(section => section.Parts == 1 && section.Tiles == 1));
        Assert.True(!width.KeepsNewWm || width.Unrolled);
        Assert.Equal(width.Unrolled && plan.Layout.Padded == width.Lanes, width.KeepsState);
        Assert.True(!width.SectionsAreMethods || width.Sections.Count > 1);
    }));

    [Fact]
    public void UnrolledWidths_StayWithinTheBudget() => AnyCell.Sample(
        cell =>
        {
            KernelPlan plan = Plan(cell.Input, cell.Hidden, cell.Accuracy, cell.Unrolling, cell.Scalar);
            ForEveryWidth(plan, width =>
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
        Plan(1, 1, AccuracyKind.Standard, UnrollingKind.None).Widths, width => Assert.False(width.Unrolled || width.UnrolledBackward));

    [Fact]
    public void Widths_AreTheWidestTheTilesFillAndAllNarrowerOnes() => ForEverySize(plan =>
    {
        int widest = plan.Layout.Tiles.Max(tile => tile.RowStride);
        Assert.Equal(
            new[] { 512, 256, 128 }.Select(bits => plan.Scalar.Lanes(bits)).Where(lanes => lanes <= widest),
            plan.Widths.Select(width => width.Lanes));
    });

    [Theory]
    [InlineData(nameof(AccuracyKind.Standard))]
    [InlineData(nameof(AccuracyKind.Strict))]
    public void TapeFields_FollowEachOtherWithoutOverlap(string name)
    {
        AccuracyKind accuracy = Enum.Parse<AccuracyKind>(name);
        for (int hidden = 1; hidden <= 200; hidden++)
        {
            KernelPlan plan = Plan(3, hidden, accuracy);
            (CellLayout layout, TapeLayout tape) = (plan.Layout, plan.Tape);
            Assert.Equal(accuracy == AccuracyKind.Strict, plan.Activations.RecordsSlopes);
            Assert.Equal(plan.Activations.RecordsSlopes, tape.Slopes >= 0);
            Assert.Equal(plan.Activations.RecordsSlopes, tape.TanhLtmSlope >= 0);

            // The gates of a step open its record; a field that is not recorded has no place.
            (int Start, int Floats)[] fields =
            [
                .. new[]
                {
                    (0, layout.GatesLength), (tape.Slopes, layout.GatesLength), (tape.TanhLtm, layout.Padded),
                    (tape.TanhLtmSlope, layout.Padded), (tape.Ltm, layout.Padded), (tape.Wm, layout.Padded),
                }.Where(field => field.Item1 >= 0).OrderBy(field => field.Item1),
            ];
            int at = 0;
            foreach ((int start, int floats) in fields)
            {
                Assert.Equal(at, start);
                at += floats;
            }

            Assert.Equal(at, tape.Record);

            // U transposed, d rows of all gates, then the initial ltm and wm, where a record before the first would end.
            Assert.Equal((hidden * layout.GatesLength) + (2 * layout.Padded), tape.Header);
            Assert.Equal((tape.Record - (2 * layout.Padded), tape.Record - layout.Padded), (tape.Ltm, tape.Wm));
        }
    }

    /// <summary>
    /// The bias that rounds to n is odd at every scale; rem, save and focus of a vector, the first, second and fourth use of its scale, have margins
    /// of their own.
    /// </summary>
    [Fact]
    public void Margins_AreEven_AndNotThoseOfNeighbours()
    {
        ActivationPlan strict = ActivationPlan.Of(ScalarKind.Single, AccuracyKind.Strict);
        int[][] vectors = [.. Enumerable.Range(0, 3).Select(vector => new[] { 0, 1, 3 }
            .Select(use => ActivationPlan.Margin(strict.Scale(vector) << use)).ToArray())];

        Assert.All(vectors.SelectMany(margins => margins), margin => Assert.True(margin is >= 0 and <= 14 && margin % 2 == 0));
        Assert.Distinct(vectors[0].Concat(vectors[1]));
        Assert.Distinct(vectors[1].Concat(vectors[2]));
    }

    /// <summary>Each vector of units has five powers of two from its scale on; those of the next are others.</summary>
    [Fact]
    public void Scales_OfNeighboursShareNoConstant() => ForEverySize(plan =>
    {
        bool takesScale = plan.Activations.FirstScale >= 0;
        long least = takesScale ? 1L << plan.Activations.FirstScale : 1;
        long most = takesScale ? least << (ActivationPlan.Uses * (plan.Activations.Scales - 1)) : 1;
        ForEveryWidth(plan, width =>
        {
            Assert.All(width.Sections.SelectMany(section => section.Units), unit => Assert.InRange(unit.Scale, least, most));
            Assert.All(width.Sections.SelectMany(section => section.Units.Zip(section.Units.Skip(1))), pair => Assert.True(
                !takesScale || pair.First.Scale << 5 <= pair.Second.Scale || pair.Second.Scale << 5 <= pair.First.Scale));
        });
    });

    /// <summary>Bits must not depend on the width: whatever splits a sum is decided once for all widths.</summary>
    [Fact]
    public void Sums_AreSplitAlikeAtEveryWidth() => ForEverySize(plan => Assert.InRange(plan.PartialSums, 1, 2));

    [Fact]
    public void Block_KeepsItsScratchOnTheStack() => AnyCell.Sample(
        cell =>
        {
            KernelPlan plan = Plan(cell.Input, cell.Hidden, scalar: cell.Scalar);
            Assert.InRange(plan.BackwardSteps, 16 / cell.Scalar.Bytes(), 64);
            Assert.InRange(cell.Scalar.Bytes() * plan.BackwardSteps * plan.Layout.GatesLength, 1, 64 * 1024);
        },
        iter: 300);

    /// <summary>Weights beyond the first-level cache, one partial sum, and W a seventh of W and U or more.</summary>
    [Theory]
    [InlineData(16, 64, true)]
    [InlineData(11, 64, true)]
    [InlineData(10, 64, false)]
    [InlineData(64, 64, true)]
    [InlineData(8, 128, false)]
    [InlineData(32, 32, false)]
    [InlineData(34, 32, false)]
    [InlineData(36, 32, true)]
    [InlineData(200, 16, false)]
    [InlineData(10, 32, false)]
    [InlineData(10, 32, true, nameof(ScalarKind.Double))]
    [InlineData(200, 16, true, nameof(ScalarKind.Double))]
    [InlineData(200, 8, false, nameof(ScalarKind.Double))]
    public void InputsOfASequence_AreMultipliedAhead_WhereWeightsAreStreamed(
        int input, int hidden, bool ahead, string scalar = nameof(ScalarKind.Single)) => Assert.All(
        Plan(input, hidden, scalar: Enum.Parse<ScalarKind>(scalar)).Widths,
        width => Assert.Equal(ahead ? 12 : 0, width.StepsAhead));

    [Fact]
    public void StepsAhead_AreWholeRegisterTiles_OnABoundedStack()
    {
        Check(Plan(16, 64));
        Check(Plan(16, 64, scalar: ScalarKind.Double));
        Check(Plan(200, 16, scalar: ScalarKind.Double));
        ForEverySize(Check);

        // Four steps of 1,024 units fill the stack allowed: a register tile of four or three fits; none of fused doubles does.
        Assert.Equal([4, 3, 3], Plan(1024, 1024).Widths.Select(width => width.StepsAhead));
        Assert.All(Plan(1024, 1024, scalar: ScalarKind.Double).Widths, width => Assert.Equal(0, width.StepsAhead));

        static void Check(KernelPlan plan) => Assert.All(plan.Widths.Where(width => width.StepsAhead > 0), width =>
        {
            Assert.Equal((false, 1), (width.Unrolled, plan.PartialSums));
            Assert.InRange(plan.BatchAt(width.Lanes)!.Together, 2, width.StepsAhead);
            Assert.Equal(0, width.StepsAhead % plan.BatchAt(width.Lanes)!.Together);
            Assert.InRange(plan.Scalar.Bytes() * width.StepsAhead * plan.Layout.GatesLength, 1, 64 * 1024);
        });
    }

    private static KernelPlan Plan(
        int input, int hidden, AccuracyKind accuracy = AccuracyKind.Standard, UnrollingKind unrolling = UnrollingKind.Auto,
        ScalarKind scalar = ScalarKind.Single) =>
        KernelPlanner.Plan(string.Empty, input, hidden, ArithmeticKind.Fused, accuracy, unrolling, scalar);

    /// <summary>Every d up to 200, then any size and option.</summary>
    private static void ForEverySize(Action<KernelPlan> check)
    {
        for (int hidden = 1; hidden <= 200; hidden++)
        {
            check(Plan(3, hidden));
            check(Plan(3, hidden, scalar: ScalarKind.Double));
        }

        AnyCell.Sample(cell => check(Plan(cell.Input, cell.Hidden, cell.Accuracy, cell.Unrolling, cell.Scalar)), iter: 100);
    }

    private static void ForEveryWidth(KernelPlan plan, Action<WidthPlan> check) => Assert.All(plan.Widths, check);
}
