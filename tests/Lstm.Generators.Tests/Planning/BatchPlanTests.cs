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
    public void Tiles_AreThoseOfTheLayout_InVectorsThatFillThem() => ForEverySize(plan => Assert.All(plan.Batch.Widths, width =>
    {
        Assert.Equal(TileGroup.Of(plan.Layout, width.Lanes), width.Tiles);
        Assert.True(width.Lanes <= plan.Layout.LargestTile);
        Assert.Equal(plan.Layout.Padded > width.Tiles[0].UnitLanes, width.Buffered);
    }));

    /// <summary>A forward tile holds up to four sums of each sequence, an input for each and a weight.</summary>
    [Fact]
    public void RegisterTiles_FitTheRegisters() => ForEverySize(plan => Assert.All(plan.Batch.Widths, width =>
    {
        bool widest = width.Lanes == plan.Scalar.Lanes(512);
        Assert.InRange((4 * width.Together) + width.Together + 1, 1, widest ? 32 : 16);
        Assert.Equal(widest, width.Together == 4);
    }));

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

        Assert.Equal(sequences, plan.Batch.Widths.SingleOrDefault(width => width.Lanes == scalar.Lanes(256))?.Together);
    }

    [Fact]
    public void Blocks_AreWholeRegisterTiles_OnABoundedStack() => ForEverySize(plan =>
    {
        BatchPlan batch = plan.Batch;
        int bytes = plan.Scalar.Bytes();
        Assert.All(batch.Widths, width => Assert.Equal((0, true), (width.Block % width.Together, width.Block <= batch.Block)));
        Assert.All(batch.Widths, width => Assert.InRange(batch.Least, 1, width.Together));
        Assert.InRange(bytes * batch.Block * batch.Scratch, 1, 64 * 1024);
        Assert.InRange(bytes * batch.BackwardRows * plan.Layout.GatesLength, 1, 192 * 1024);
        Assert.True(batch.BackwardRows >= 6);
    });

    [Fact]
    public void Networks_StepFromStateToStateOverAllLayers()
    {
        LstmNetworkPlan plan = LstmNetworkPlanner.Plan(new LstmNetworkSpec(
            new TargetType(string.Empty, default, new TypeDeclaration("struct", "Net"), "Net.g.cs"),
            2, 5, 1, 3, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Auto, ScalarKind.Single));

        Assert.Equal(3 * plan.LayerStride, plan.First.Batch.StateStride);
        Assert.Equal(3 * plan.LayerStride, plan.Inner!.Batch.StateStride);
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
                .SelectMany(kernel => kernel.Batch.Widths).Min(width => width.Together);
            differ |= plan.Inner is not null
                && !plan.First.Batch.Widths.Select(width => width.Together).SequenceEqual(plan.Inner.Batch.Widths.Select(width => width.Together));
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
