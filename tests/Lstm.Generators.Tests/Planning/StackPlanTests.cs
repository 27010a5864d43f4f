using System;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

/// <summary>The most that the README says a call keeps on the stack, over all sizes that the attributes take.</summary>
public sealed class StackPlanTests
{
    /// <summary>Parameters, in bytes, that the attributes take.</summary>
    private const int MostParameters = 64 << 20;

    private static readonly TargetType Target = new(string.Empty, default, new TypeDeclaration("struct", "Model"), "Model.g.cs");

    [Fact]
    public void Cells_StayBelowWhatTheReadmeSays() => ForSizes((input, hidden, arithmetic, scalar) =>
    {
        LstmCellPlan plan = LstmCellPlanner.Plan(new(Target, input, hidden, arithmetic, AccuracyKind.Standard, UnrollingKind.Auto, scalar));
        if (scalar.Bytes() * plan.Kernel.Layout.Length <= MostParameters)
        {
            AssertWithin(72, hidden, scalar, plan.Stack);
        }
    });

    [Fact]
    public void Networks_StayBelowWhatTheReadmeSays() => ForSizes((input, hidden, arithmetic, scalar) =>
    {
        for (int layers = 1; layers <= 2; layers++)
        {
            LstmNetworkPlan plan = LstmNetworkPlanner.Plan(
                new(Target, input, hidden, 1, layers, arithmetic, AccuracyKind.Standard, UnrollingKind.Auto, scalar));
            if (scalar.Bytes() * plan.Length <= MostParameters)
            {
                AssertWithin(89, hidden, scalar, plan.Stack);
            }
        }
    });

    /// <summary>Behind the first cache line that begins in it, a buffer holds all that is written to it.</summary>
    [Fact]
    public void AlignedBuffers_HaveRoomBehindTheirFirstCacheLine() => ForSizes((input, hidden, arithmetic, scalar) =>
    {
        LstmNetworkPlan plan = LstmNetworkPlanner.Plan(
            new(Target, input, hidden, 1, 2, arithmetic, AccuracyKind.Standard, UnrollingKind.Auto, scalar));
        (KernelPlan kernel, StackPlan stack, int slack) = (plan.First, plan.Stack, 64 / scalar.Bytes());
        Assert.Equal(kernel.BackwardSteps * kernel.Layout.Padded, stack.LayerWm - slack);
        Assert.Equal(kernel.BackwardSteps * kernel.Layout.GatesLength, stack.DZ - slack);
        Assert.Equal(kernel.BackwardSteps * kernel.Layout.Padded, stack.DWm - slack);
        Assert.Equal(kernel.Batch.Block * kernel.Batch.Scratch, stack.BatchScratch - slack);
        Assert.Equal(kernel.Batch.BackwardRows * kernel.Layout.GatesLength, stack.BatchDZ - slack);
        Assert.Equal(kernel.Batch.BackwardRows * kernel.Layout.Padded, stack.BatchDWm - slack);
    });

    private static void AssertWithin(int forward, int hidden, ScalarKind scalar, StackPlan stack)
    {
        int bytes = scalar.Bytes();
        Assert.InRange(stack.Step, 0, bytes * ((hidden + 3) & ~3));
        Assert.InRange(stack.Forward, 0, forward << 10);
        Assert.InRange(stack.Backward, 1, 81 << 10);
        Assert.InRange(stack.ForwardMany, 1, bytes * (31 << 10) / 4);
        Assert.InRange(stack.BackwardMany, 1, bytes * (121 << 10) / 4);
    }

    /// <summary>The sizes with the most for <c>Forward</c>, and others.</summary>
    private static void ForSizes(Action<int, int, ArithmeticKind, ScalarKind> check)
    {
        (int, int)[] sizes =
            [(1, 1), (1, 673), (127, 673), (127, 674), (128, 680), (256, 1023), (1, 1024), (256, 1024), (1023, 1023), (1024, 1024)];
        foreach (ScalarKind scalar in Enum.GetValues<ScalarKind>())
        {
            foreach (ArithmeticKind arithmetic in Enum.GetValues<ArithmeticKind>())
            {
                foreach ((int input, int hidden) in sizes)
                {
                    check(input, hidden, arithmetic, scalar);
                }
            }
        }

        Gen.Select(Gen.Int[1, 1024], Gen.Int[1, 1024], Gen.Enum<ArithmeticKind>(), Gen.Enum<ScalarKind>()).Sample(check, iter: 200);
    }
}
