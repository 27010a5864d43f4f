using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

/// <summary>Decisions of a plan from which bits or documented numbers follow: another value is a change that users see.</summary>
public class FixedNumbersTests
{
    /// <summary>The order of sums: 8 vectors of 512 bits have one partial sum each, fewer have two.</summary>
    [Theory]
    [InlineData(28, false, 2)]
    [InlineData(29, false, 1)]
    [InlineData(12, true, 2)]
    [InlineData(13, true, 1)]
    public void PartialSums_ChangeAtEightVectors(int hidden, bool doubles, int partialSums) =>
        Assert.Equal(partialSums, Plan(hidden, doubles).PartialSums);

    /// <summary>docs/architecture.md: blocks of 64 steps, 16 at d = 128, 4 at d = 1,024; doubles have half as many.</summary>
    [Theory]
    [InlineData(32, false, 64)]
    [InlineData(128, false, 16)]
    [InlineData(1024, false, 4)]
    [InlineData(1024, true, 2)]
    public void Backward_TakesBlocksOfSteps(int hidden, bool doubles, int steps) => Assert.Equal(steps, Plan(hidden, doubles).BackwardSteps);

    private static KernelPlan Plan(int hidden, bool doubles) => KernelPlanner.Plan(
        string.Empty, 1, hidden, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Auto, doubles ? ScalarKind.Double : ScalarKind.Single);
}
