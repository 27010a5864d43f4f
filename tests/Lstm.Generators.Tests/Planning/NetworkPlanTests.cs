using System;
using System.Linq;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

public sealed class NetworkPlanTests
{
    private static readonly TargetType Target = new(string.Empty, default, new TypeDeclaration("struct", "Net"), "Net.g.cs");

    [Fact]
    public void Parameters_StandOneAfterAnother() => ForAnyNetwork(plan =>
    {
        int at = 0;
        for (int layer = 0; layer < plan.Layers; layer++)
        {
            Assert.Equal(at, plan.OffsetOf(layer));
            Assert.Equal(layer == 0 ? plan.First : plan.Inner, plan.KernelOf(layer));
            at += plan.KernelOf(layer).Layout.Length;
        }

        Assert.Equal(at, plan.Readout.Weights);
        Assert.Equal(at + (plan.Readout.Output * plan.First.Layout.Padded), plan.Readout.Biases);
        Assert.Equal(plan.Readout.Biases + plan.Readout.Output, plan.Length);
    });

    [Fact]
    public void ParameterCount_LeavesOutThePadding() => ForAnyNetwork(plan =>
    {
        CellLayout layout = plan.First.Layout;
        int cells = Enumerable.Range(0, plan.Layers).Sum(layer => plan.KernelOf(layer).Layout.ParameterCount);
        Assert.Equal(cells + (plan.Readout.Output * (layout.Hidden + 1)), plan.ParameterCount);
    });

    [Fact]
    public void Layers_ShareOneTapeAndReadPaddedMemories() => ForAnyNetwork(plan =>
    {
        int padded = plan.First.Layout.Padded;
        Assert.Equal((padded, plan.First.Layout.Input), (plan.First.WmStride, plan.First.InputGradientStride));
        Assert.Equal(plan.Layers > 1, plan.Inner is not null);
        if (plan.Inner is { } inner)
        {
            Assert.Equal(plan.First.Layout.Hidden, inner.Layout.Input);
            Assert.Equal((padded, padded), (inner.WmStride, inner.InputGradientStride));
            Assert.Equal(plan.First.Tape, inner.Tape);
            Assert.Equal((plan.First.BackwardSteps, plan.First.PartialSums), (inner.BackwardSteps, inner.PartialSums));
            Assert.Equal(plan.First.Widths.Select(width => width.Lanes), inner.Widths.Select(width => width.Lanes));
            Assert.NotEqual(plan.First.Prefix, inner.Prefix);
        }
    });

    [Fact]
    public void Readout_ReadsWholeVectorsOfAPaddedRow() => ForAnyNetwork(plan =>
    {
        ReadoutPlan readout = plan.Readout;
        Assert.Equal(0, plan.First.Layout.Padded % readout.PartialSums);
        Assert.Contains(readout.PartialSums, new[] { 4, 8, 16 });
    });

    /// <summary>
    /// Where the units of a layer are one vector of 512 bits, a stack runs step by step; one layer alone has nothing to run beside.
    /// </summary>
    [Theory]
    [InlineData(8, 2, true)]
    [InlineData(8, 4, true)]
    [InlineData(12, 2, true)]
    [InlineData(16, 2, true)]
    [InlineData(16, 1, false)]
    [InlineData(20, 2, false)]
    [InlineData(8, 2, true, nameof(ScalarKind.Double))]
    [InlineData(12, 2, false, nameof(ScalarKind.Double))]
    public void SmallStacks_RunStepByStep(int hidden, int layers, bool stepByStep, string scalar = nameof(ScalarKind.Single))
    {
        LstmNetworkPlan plan = LstmNetworkPlanner.Plan(new LstmNetworkSpec(
            Target, 1, hidden, 1, layers, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Auto, Enum.Parse<ScalarKind>(scalar)));

        Assert.Equal(stepByStep, plan.StepByStep);
    }

    private static void ForAnyNetwork(Action<LstmNetworkPlan> check) => Gen.Select(
        Gen.Int[1, 1024],
        Gen.Frequency((1, Gen.Int[1, 48]), (1, Gen.Int[1, 1024])),
        Gen.Int[1, 64],
        Gen.Int[1, 8],
        Gen.Enum<AccuracyKind>(),
        Gen.Enum<ScalarKind>()).Sample(
        (input, hidden, output, layers, accuracy, scalar) => check(LstmNetworkPlanner.Plan(
            new LstmNetworkSpec(Target, input, hidden, output, layers, ArithmeticKind.Fused, accuracy, UnrollingKind.Auto, scalar))),
        iter: 200);
}
