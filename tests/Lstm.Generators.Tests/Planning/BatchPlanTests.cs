using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

/// <summary>What the plan for many sequences at once promises the emitters, whatever the size.</summary>
public sealed class BatchPlanTests
{
    [Fact]
    public void Sections_CoverEveryColumnAndEveryUnitOnce() => ForEverySize(plan => Assert.All(plan.Batch.Widths, width =>
    {
        List<int> columns = [], units = [];
        foreach (BatchSection section in width.Sections)
        {
            Section tile = section.Tile;
            Assert.Equal((1, 1), (tile.Inner, tile.Units.Count));
            Assert.Equal(0, tile.First.RowStride % section.Columns);
            Assert.Equal(0, tile.First.TileUnits % tile.First.Lanes);
            for (int outer = 0; outer < tile.Outer; outer++)
            {
                columns.AddRange(Enumerable.Range(tile.Weight + (outer * tile.OuterWeights), tile.First.RowStride));
                units.AddRange(Enumerable.Range(tile.Unit + (outer * tile.OuterUnits), tile.First.TileUnits));
            }
        }

        Assert.Equal(plan.Layout.Tiles.SelectMany(tile => Enumerable.Range(tile.Offset, tile.RowStride)), columns);
        Assert.Equal(Enumerable.Range(0, plan.Layout.Padded), units);
    }));

    [Fact]
    public void Panels_SumEveryColumnOnce() => ForEverySize(plan => Assert.All(plan.Batch.Widths, width =>
    {
        Assert.Equal(plan.Layout.Runs(), width.Backward.Select(panel => panel.Tiles));
        Assert.All(width.Backward, panel =>
        {
            Assert.Equal(0, panel.Tiles.First.Units % panel.Columns);
            Assert.Equal(1, panel.Sequences[^1]);
        });
    }));

    /// <summary>A forward tile holds its sums, an input for each sequence and a weight; a backward one its sums, its weights and an input.</summary>
    [Fact]
    public void RegisterTiles_FitTheRegisters() => ForEverySize(plan => Assert.All(plan.Batch.Widths, width =>
    {
        int registers = width.Lanes == plan.Scalar.Lanes(512) ? 32 : 16;
        Assert.All(width.Sections, section => Assert.InRange((section.Vectors * width.Sequences) + width.Sequences + 1, 1, registers));
        Assert.All(width.Backward, panel => Assert.InRange((2 * panel.Vectors * panel.Sequences[0]) + panel.Vectors + 1, 1, registers));
    }));

    /// <summary>The JIT inlines into a method only while that has under 512 locals: loads, multiply-adds and stores written out leave one each.</summary>
    [Fact]
    public void Products_AreWrittenOutWithinWhatTheJitInlines() => ForEverySize(plan => Assert.All(plan.Batch.Widths, width => Assert.All(width.Sections, section =>
    {
        int sums = section.Vectors * width.Sequences;
        int Rows(int count) => width.Looped(count) > 0 ? width.RowsTogether + (count - width.Looped(count)) : count;
        int WrittenOut(int count) => Enumerable.Range(0, plan.Chains).Sum(chain => Rows((count - chain + plan.Chains - 1) / plan.Chains));
        int rows = WrittenOut(plan.Layout.Input) + WrittenOut(plan.Layout.Hidden);
        Assert.InRange((rows * (width.Sequences + section.Vectors + sums)) + (plan.Chains * 3 * sums), 0, 511);
    })));

    /// <summary>
    /// Eight sums begin and end sooner than twelve, and read each weight more often: worth it only from the first-level cache, or where
    /// products take a register of their own.
    /// </summary>
    [Theory]
    [InlineData(1, 16, false, false, 2)]
    [InlineData(8, 32, false, false, 2)]
    [InlineData(1, 20, false, false, 3)] // a narrow tile: two vectors of sums a sequence
    [InlineData(16, 64, false, false, 3)]
    [InlineData(8, 128, false, false, 3)]
    [InlineData(8, 32, true, false, 3)]
    [InlineData(1, 20, false, true, 2)]
    [InlineData(16, 64, false, true, 2)]
    [InlineData(8, 32, true, true, 2)]
    [InlineData(1, 4, false, true, null)] // no tile fills a vector
    public void RegisterTilesOf256Bits_HoldTwoSequences_WhereThatIsEnough(int input, int hidden, bool doubles, bool portable, int? sequences)
    {
        ScalarKind scalar = doubles ? ScalarKind.Double : ScalarKind.Single;
        KernelPlan plan = Plan(input, hidden, scalar, portable ? ArithmeticKind.Portable : ArithmeticKind.Fused);

        Assert.Equal(sequences, plan.Batch.Widths.SingleOrDefault(width => width.Lanes == scalar.Lanes(256))?.Sequences);
    }

    [Fact]
    public void Blocks_AreWholeRegisterTiles_OnABoundedStack() => ForEverySize(plan =>
    {
        BatchPlan batch = plan.Batch;
        int bytes = plan.Scalar.Bytes();
        Assert.All(batch.Widths, width => Assert.Equal(0, batch.Block % width.Sequences));
        Assert.All(batch.Widths.Where(width => width.Sequences > 1), width => Assert.InRange(batch.Least, 1, width.Sequences));
        Assert.InRange(bytes * batch.Block * batch.Scratch, 1, 64 * 1024);
        Assert.InRange(bytes * batch.Rows * plan.Layout.Lanes, 1, 192 * 1024);
        Assert.True(batch.Rows >= 6);
    });

    [Fact]
    public void Networks_StepFromStateToStateOverAllLayers()
    {
        LstmNetworkPlan plan = LstmNetworkPlanner.Plan(new LstmNetworkSpec(
            new TargetType(string.Empty, default, new TypeDeclaration("struct", "Net"), "Net.g.cs"),
            2, 5, 1, 3, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Auto, ScalarKind.Single));

        Assert.Equal(3 * plan.StateStride, plan.First.Batch.StateStride);
        Assert.Equal(3 * plan.StateStride, plan.Inner!.Batch.StateStride);
    }

    /// <summary>The first layer of a network may be wider, and its register tiles others: the scratch must be there for the least of all.</summary>
    [Fact]
    public void Networks_HaveScratchForTheSmallestRegisterTileOfAnyLayer()
    {
        bool differ = false;
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 64], Gen.Int[1, 3], Gen.Enum<ScalarKind>(), Gen.Enum<ArithmeticKind>()).Sample(
            (input, hidden, layers, scalar, arithmetic) => Check(input, hidden, layers, scalar, arithmetic), iter: 300);
        Check(40, 24, 2, ScalarKind.Single, ArithmeticKind.Fused);
        Assert.True(differ);

        void Check(int input, int hidden, int layers, ScalarKind scalar, ArithmeticKind arithmetic)
        {
            LstmNetworkPlan plan = LstmNetworkPlanner.Plan(new LstmNetworkSpec(
                new TargetType(string.Empty, default, new TypeDeclaration("struct", "Net"), "Net.g.cs"),
                input, hidden, 1, layers, arithmetic, AccuracyKind.Standard, UnrollingKind.Auto, scalar));
            int least = new[] { plan.First, plan.Inner }.OfType<KernelPlan>()
                .SelectMany(kernel => kernel.Batch.Widths).Select(width => width.Sequences).Where(sequences => sequences > 1).DefaultIfEmpty(plan.First.Batch.Block).Min();
            differ |= plan.Inner is not null && !plan.First.Batch.Widths.Select(width => width.Sequences).SequenceEqual(plan.Inner.Batch.Widths.Select(width => width.Sequences));
            Assert.All(new[] { plan.First, plan.Inner }.OfType<KernelPlan>(), kernel => Assert.Equal(least, kernel.Batch.Least));
            Assert.Equal(plan.First.Batch.Scratch, (plan.Inner ?? plan.First).Batch.Scratch);
            Assert.Equal(plan.First.Batch.Block, (plan.Inner ?? plan.First).Batch.Block);
        }
    }

    private static void ForEverySize(Action<KernelPlan> check)
    {
        foreach (ScalarKind scalar in Enum.GetValues<ScalarKind>())
        {
            for (int hidden = 1; hidden <= 200; hidden++)
            {
                check(Plan(3, hidden, scalar));
            }
        }

        Gen.Select(Gen.Int[1, 1024], Gen.Int[1, 1024], Gen.Enum<ScalarKind>(), Gen.Enum<ArithmeticKind>()).Sample(
            (input, hidden, scalar, arithmetic) => check(Plan(input, hidden, scalar, arithmetic)), iter: 200);
    }

    private static KernelPlan Plan(int input, int hidden, ScalarKind scalar, ArithmeticKind arithmetic = ArithmeticKind.Fused) => KernelPlanner.Plan(
        string.Empty, input, hidden, arithmetic, AccuracyKind.Standard, UnrollingKind.Auto, scalar);
}
