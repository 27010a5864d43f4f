using System;
using System.Linq;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

/// <summary>What a kernel's plan decides for all widths, whatever the size: the tape, activations, sums, blocks of steps.</summary>
public sealed class KernelPlanTests
{
    [Theory]
    [InlineData(1, 64, true)]
    [InlineData(16, 64, true)]
    [InlineData(8, 128, true)]
    [InlineData(1, 40, false)]
    public void Tiles_AreReversedEveryOtherStep_WhereWeightsAreStreamed(int input, int hidden, bool reverses) =>
        Assert.Equal(reverses, KernelPlans.Plan(input, hidden).Reverses);

    [Theory]
    [InlineData(nameof(AccuracyKind.Standard))]
    [InlineData(nameof(AccuracyKind.Strict))]
    public void TapeFields_FollowEachOtherWithoutOverlap(string name)
    {
        AccuracyKind accuracy = Enum.Parse<AccuracyKind>(name);
        for (int hidden = 1; hidden <= 200; hidden++)
        {
            KernelPlan plan = KernelPlans.Plan(3, hidden, accuracy);
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
    public void Scales_OfNeighboursShareNoConstant() => KernelPlans.ForEverySize(plan =>
    {
        bool takesScale = plan.Activations.FirstScale >= 0;
        long least = takesScale ? 1L << plan.Activations.FirstScale : 1;
        long most = takesScale ? least << (ActivationPlan.Uses * (plan.Activations.Scales - 1)) : 1;
        KernelPlans.ForEveryWidth(plan, width =>
        {
            Assert.All(width.Sections.SelectMany(section => section.Units), unit => Assert.InRange(unit.Scale, least, most));
            Assert.All(width.Sections.SelectMany(section => section.Units.Zip(section.Units.Skip(1))), pair => Assert.True(
                !takesScale || pair.First.Scale << 5 <= pair.Second.Scale || pair.Second.Scale << 5 <= pair.First.Scale));
        });
    });

    /// <summary>Bits must not depend on the width: whatever splits a sum is decided once for all widths.</summary>
    [Fact]
    public void Sums_AreSplitAlikeAtEveryWidth() => KernelPlans.ForEverySize(plan => Assert.InRange(plan.PartialSums, 1, 2));

    [Fact]
    public void Block_KeepsItsScratchOnTheStack() => KernelPlans.AnyCell.Sample(
        cell =>
        {
            KernelPlan plan = KernelPlans.Plan(cell.Input, cell.Hidden, scalar: cell.Scalar);
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
        KernelPlans.Plan(input, hidden, scalar: Enum.Parse<ScalarKind>(scalar)).Widths,
        width => Assert.Equal(ahead ? 12 : 0, width.StepsAhead));

    [Fact]
    public void StepsAhead_AreWholeRegisterTiles_OnABoundedStack()
    {
        Check(KernelPlans.Plan(16, 64));
        Check(KernelPlans.Plan(16, 64, scalar: ScalarKind.Double));
        Check(KernelPlans.Plan(200, 16, scalar: ScalarKind.Double));
        KernelPlans.ForEverySize(Check);

        // Four steps of 1,024 units fill the stack allowed: a register tile of four or three fits; none of fused doubles does.
        Assert.Equal([4, 3, 3], KernelPlans.Plan(1024, 1024).Widths.Select(width => width.StepsAhead));
        Assert.All(KernelPlans.Plan(1024, 1024, scalar: ScalarKind.Double).Widths, width => Assert.Equal(0, width.StepsAhead));

        static void Check(KernelPlan plan) => Assert.All(plan.Widths.Where(width => width.StepsAhead > 0), width =>
        {
            Assert.Equal((false, 1), (width.Unrolled, plan.PartialSums));
            Assert.InRange(plan.BatchAt(width.Lanes)!.Together, 2, width.StepsAhead);
            Assert.Equal(0, width.StepsAhead % plan.BatchAt(width.Lanes)!.Together);
            Assert.InRange(plan.Scalar.Bytes() * width.StepsAhead * plan.Layout.GatesLength, 1, 64 * 1024);
        });
    }
}
