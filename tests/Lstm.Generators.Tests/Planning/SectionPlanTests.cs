using System.Linq;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

/// <summary>What a step computes side by side: its sums stay in registers.</summary>
public class SectionPlanTests
{
    /// <summary>Of 16 registers 12 hold sums, of the 32 at 512 bits 15; the others hold an input and what the activations need.</summary>
    [Fact]
    public void Sections_FitTheRegisters()
    {
        for (int hidden = 1; hidden <= 128; hidden++)
        {
            Check(3, hidden, UnrollingKind.Auto, ScalarKind.Single);
            Check(3, hidden, UnrollingKind.None, ScalarKind.Double);
        }

        Gen.Select(Gen.Int[1, 1024], Gen.Int[1, 1024], Gen.Enum<UnrollingKind>(), Gen.Enum<ScalarKind>()).Sample(Check, iter: 100);
    }

    /// <summary>Two tiles of 16 units are enough to be taken in turn; one is not.</summary>
    [Theory]
    [InlineData(32, 32, true)]
    [InlineData(30, 32, false)]
    [InlineData(1000, 16, false)]
    public void Tiles_AreReversed_FromTwoOn(int input, int hidden, bool reverses) =>
        Assert.Equal(reverses, Plan(input, hidden, UnrollingKind.Auto, ScalarKind.Single).Reverses);

    private static void Check(int input, int hidden, UnrollingKind unrolling, ScalarKind scalar)
    {
        KernelPlan plan = Plan(input, hidden, unrolling, scalar);
        foreach (WidthPlan width in plan.Widths)
        {
            int most = width.Lanes == scalar.Lanes(512) ? 15 : 12;
            Assert.All(width.Sections, section => Assert.InRange(section.Units.Sum(unit => unit.Sums * plan.PartialSums), 1, most));
        }
    }

    private static KernelPlan Plan(int input, int hidden, UnrollingKind unrolling, ScalarKind scalar) =>
        KernelPlanner.Plan(string.Empty, input, hidden, ArithmeticKind.Fused, AccuracyKind.Standard, unrolling, scalar);
}
