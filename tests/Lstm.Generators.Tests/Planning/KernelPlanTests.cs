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
        foreach (Section section in width.Forward)
        {
            for (int tile = 0; tile < section.Outer; tile++)
            {
                for (int part = 0; part < section.Inner; part++)
                {
                    foreach (UnitVector vector in section.Units)
                    {
                        computed.AddRange(Enumerable.Range(0, vector.Lanes).Select(lane => (
                            section.Unit + (tile * section.OuterUnits) + (part * section.InnerUnits) + vector.Unit + lane,
                            section.Lane + (tile * 4 * section.OuterUnits) + (part * section.InnerUnits) + vector.Lane + lane,
                            section.Weight + (tile * section.OuterWeights) + (part * section.InnerUnits) + vector.Weight + lane,
                            vector.TileUnits)));
                    }
                }
            }
        }

        IEnumerable<(int Unit, int Lane, int Weight, int TileUnits)> expected = plan.Layout.Tiles.SelectMany(tile =>
            Enumerable.Range(0, tile.Units).Select(unit => (tile.FirstUnit + unit, tile.FirstLane + unit, tile.Offset + unit, tile.Units)));
        Assert.Equal(expected, computed.Order());
        Assert.All(width.Forward.SelectMany(section => section.Units), vector =>
        {
            Assert.True(vector.Lanes <= Math.Min(width.Lanes, vector.TileUnits));
            Assert.InRange(vector.SumLanes, 1, width.Lanes);
            Assert.True(vector.Gates == 1 || vector.Lanes == vector.TileUnits, "only a whole tile has its gates side by side");
        });
    }));

    [Fact]
    public void EveryWidth_SumsEveryColumnOnce() => ForEverySize(plan => ForEveryWidth(plan, width =>
    {
        List<int> summed = [];
        foreach (Panel panel in width.Backward)
        {
            Assert.InRange(panel.Lanes, 1, width.Lanes);
            summed.AddRange(
                from column in Enumerable.Range(panel.Column, panel.PartColumns)
                from tile in Enumerable.Range(0, panel.Together * panel.Groups)
                from part in Enumerable.Range(0, panel.Parts)
                select column + (tile * panel.Tile.Units) + (part * panel.PartColumns));
        }

        Assert.Equal(Enumerable.Range(0, plan.Layout.Padded), summed.Order());
    }));

    /// <summary>A panel holds its sums, twelve at most, and a gate; two gates to a pass are the two that stand together on the tape.</summary>
    [Fact]
    public void Panels_FitTheRegisters() => ForEverySize(plan => ForEveryWidth(plan, width => Assert.All(width.Backward, panel =>
    {
        Assert.InRange((panel.Gates * panel.Vectors * panel.Together) + 1, 1, 13);
        Assert.True(panel.Gates == 4 || (panel.Gates == 2 && !width.UnrolledBackward));
    })));

    [Theory]
    [InlineData(1, 64, true)]
    [InlineData(16, 64, true)]
    [InlineData(8, 128, true)]
    [InlineData(1, 40, false)]
    public void Panels_AreTakenToAndFro_WhereWeightsAreStreamed(int input, int hidden, bool back) => Assert.All(
        Plan(input, hidden).Widths, width => Assert.Equal(back, width.Backward.Any(panel => panel.TakesBack)));

    /// <summary>The direction is that of the steps forward, and there is one only where something repeats.</summary>
    [Fact]
    public void Panels_AreTakenToAndFro_OnlyWhereTheyRepeat() => ForEverySize(plan => ForEveryWidth(plan, width => Assert.All(
        width.Backward, panel => Assert.True(!panel.TakesBack || (plan.Alternates && panel.Groups * (4 / panel.Gates) > 1)))));

    [Fact]
    public void Loops_RunOnlyWhereNothingIsUnrolled() => ForEverySize(plan => ForEveryWidth(plan, width =>
    {
        Assert.True(!width.Unrolled || width.Forward.All(section => section.Inner == 1 && section.Outer == 1));
        Assert.True(!width.UnrolledBackward || width.Backward.All(panel => panel.Parts == 1 && panel.Groups == 1));
        Assert.True(!width.HoldsMemory || width.Unrolled);
        Assert.Equal(width.Unrolled && plan.Layout.Padded == width.Lanes, width.KeepsState);
        Assert.True(width.Lanes > 1 || !(width.Unrolled || width.UnrolledBackward));
    }));

    [Fact]
    public void UnrolledWidths_StayWithinTheBudget() => AnyCell.Sample(
        cell =>
        {
            KernelPlan plan = Plan(cell.Input, cell.Hidden, cell.Accuracy, cell.Unrolling, cell.Scalar);
            ForEveryWidth(plan, width =>
            {
                (UnitVector Unit, int Times)[] units = [.. width.Forward.SelectMany(section => section.Units.Select(unit => (unit, section.Inner * section.Outer)))];
                long cost = UnrollBudget.CellCost(width.MultiplyAdds, units.SelectMany(unit => Enumerable.Repeat(unit.Unit, unit.Times)), cell.Accuracy, width.Lanes == cell.Scalar.Lanes(128));
                bool mayUnroll = width.Lanes > 1 && cell.Unrolling != UnrollingKind.None;
                Assert.Equal(mayUnroll && cost <= UnrollBudget.CellCostLimit, width.Unrolled);
                Assert.Equal(units.Sum(unit => (long)unit.Unit.Sums * unit.Times) * plan.Layout.Rows, width.MultiplyAdds);
                if (width.UnrolledBackward)
                {
                    long products = 4 * plan.Layout.Hidden * width.Backward.Sum(panel => (long)panel.Vectors * panel.Together);
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
            new[] { 512, 256, 128, 0 }.Select(bits => plan.Scalar.Lanes(bits)).Where(lanes => lanes <= widest),
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
            (CellLayout layout, TapePlan tape) = (plan.Layout, plan.Tape);
            Assert.Equal(accuracy == AccuracyKind.Strict, plan.RecordsDerivatives);
            Assert.Equal(plan.RecordsDerivatives, tape.Derivatives >= 0);
            Assert.Equal(plan.RecordsDerivatives, tape.TanhLtmDerivative >= 0);

            // The gates of a step open its record; a field that is not recorded has no place.
            (int Start, int Floats)[] fields =
            [
                .. new[]
                {
                    (0, layout.Lanes), (tape.Derivatives, layout.Lanes), (tape.TanhLtm, layout.Padded),
                    (tape.TanhLtmDerivative, layout.Padded), (tape.Ltm, layout.Padded), (tape.Wm, layout.Padded),
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
            Assert.Equal(hidden * layout.Lanes, tape.Transposed);
            Assert.Equal(tape.Transposed + (2 * layout.Padded), tape.Header);
            Assert.Equal((tape.Record - (2 * layout.Padded), tape.Record - layout.Padded), (tape.Ltm, tape.Wm));
        }
    }

    /// <summary>Rows and columns left over by one register tile go to the next; columns come in whole rows of a tile, 16, 32 or 64.</summary>
    [Fact]
    public void MicroTiles_LeaveNothingOver() => ForEverySize(plan => ForEveryWidth(plan, width =>
    {
        Assert.Equal(1, width.Product[^1].Rows);
        foreach (IGrouping<int, MicroTile> height in width.Product.GroupBy(tile => tile.Rows))
        {
            Assert.All(plan.Layout.Tiles, tile => Assert.Equal(0, Left(tile.RowStride, width.Lanes, height)));
        }
    }));

    /// <summary>The bias that rounds to n is odd at every scale; rem, save and focus of a vector, the first, second and fourth use of its scale, have margins of their own.</summary>
    [Fact]
    public void Margins_AreEven_AndNotThoseOfNeighbours()
    {
        int[][] vectors = [.. Enumerable.Range(0, 3).Select(vector => new[] { 0, 1, 3 }
            .Select(use => KernelPlanner.Margin(KernelPlanner.Scale(vector, sharesFormula: false) << use)).ToArray())];

        Assert.All(vectors.SelectMany(margins => margins), margin => Assert.True(margin is >= 0 and <= 14 && margin % 2 == 0));
        Assert.Distinct(vectors[0].Concat(vectors[1]));
        Assert.Distinct(vectors[1].Concat(vectors[2]));
    }

    /// <summary>Each vector of units has five powers of two from its scale on; those of the next are others.</summary>
    [Fact]
    public void Scales_OfNeighboursShareNoConstant() => ForEverySize(plan =>
    {
        (long most, bool shares) = KernelPlanner.SharesFormula(plan.Scalar, plan.Accuracy) ? (1L << 54, true) : (1L << 10, false);
        ForEveryWidth(plan, width =>
        {
            Assert.All(width.Forward.SelectMany(section => section.Units), unit => Assert.InRange(unit.Scale, shares ? 1L << 24 : 1, most));
            Assert.All(width.Forward.SelectMany(section => section.Units.Zip(section.Units.Skip(1))), pair => Assert.True(
                pair.First.Scale << 5 <= pair.Second.Scale || pair.Second.Scale << 5 <= pair.First.Scale));
        });
    });

    [Fact]
    public void NarrowProducts_TakeEveryColumn() => Assert.All(new[] { 4, 8, 16 }, most => Assert.All(Enum.GetValues<ScalarKind>(), scalar =>
    {
        (int Lanes, EquatableArray<MicroTile> Tiles)[] products = [.. KernelPlanner.NarrowProducts(most, scalar)];
        Assert.Equal(Math.Min(most, scalar.Lanes(512)), products.Max(product => product.Lanes));
        Assert.All(products, product => Assert.Equal(0, Left(most, product.Lanes, product.Tiles)));
    }));

    /// <summary>Bits must not depend on the width: whatever splits a sum is decided once for all widths.</summary>
    [Fact]
    public void Sums_AreSplitAlikeAtEveryWidth() => ForEverySize(plan =>
    {
        Assert.InRange(plan.Chains, 1, 2);
        Assert.All(plan.Widths, width => Assert.Equal(0, plan.DotLanes % width.Lanes));
        Assert.All(plan.Layout.Tiles, tile => Assert.Equal(0, tile.RowStride % plan.DotLanes));
    });

    [Fact]
    public void Block_KeepsItsScratchOnTheStack() => AnyCell.Sample(
        cell =>
        {
            KernelPlan plan = Plan(cell.Input, cell.Hidden, scalar: cell.Scalar);
            Assert.InRange(plan.Block, 16 / cell.Scalar.Bytes(), 64);
            Assert.InRange(cell.Scalar.Bytes() * plan.Block * plan.Layout.Lanes, 1, 64 * 1024);
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
        width => Assert.Equal(ahead && width.Lanes > 1 ? 12 : 0, width.Ahead));

    [Fact]
    public void StepsAhead_AreWholeRegisterTiles_OnABoundedStack()
    {
        Check(Plan(16, 64));
        Check(Plan(16, 64, scalar: ScalarKind.Double));
        Check(Plan(200, 16, scalar: ScalarKind.Double));
        ForEverySize(Check);

        // Four steps of 1,024 units fill the stack allowed: a register tile of three fits, one of six does not; nor does any of fused doubles.
        Assert.Equal([0, 3, 3, 0], Plan(1024, 1024).Widths.Select(width => width.Ahead));
        Assert.All(Plan(1024, 1024, scalar: ScalarKind.Double).Widths, width => Assert.Equal(0, width.Ahead));

        static void Check(KernelPlan plan) => Assert.All(plan.Widths.Where(width => width.Ahead > 0), width =>
        {
            Assert.Equal((false, 1), (width.Unrolled, plan.Chains));
            Assert.InRange(plan.TileOf(width).Sequences, 2, width.Ahead);
            Assert.Equal(0, width.Ahead % plan.TileOf(width).Sequences);
            Assert.InRange(plan.Scalar.Bytes() * width.Ahead * plan.Layout.Lanes, 1, 64 * 1024);
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

    private static int Left(int columns, int lanes, IEnumerable<MicroTile> tiles) =>
        tiles.Aggregate(columns, (left, tile) => left % (tile.Vectors * lanes));
}
