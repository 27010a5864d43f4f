using System;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

/// <summary>Plans of cells, for the tests of what holds for every size.</summary>
internal static class KernelPlans
{
    /// <summary>Any size and option.</summary>
    public static readonly Gen<(int Input, int Hidden, AccuracyKind Accuracy, UnrollingKind Unrolling, ScalarKind Scalar)> AnyCell = Gen.Select(
        Gen.Int[1, 1024],
        Gen.Frequency((1, Gen.Int[1, 48]), (1, Gen.Int[1, 1024])),
        Gen.Enum<AccuracyKind>(),
        Gen.Enum<UnrollingKind>(),
        Gen.Enum<ScalarKind>());

    /// <summary>The plan of a cell that stands alone.</summary>
    public static KernelPlan Plan(
        int input, int hidden, AccuracyKind accuracy = AccuracyKind.Standard, UnrollingKind unrolling = UnrollingKind.Auto,
        ScalarKind scalar = ScalarKind.Single) =>
        KernelPlanner.Plan(string.Empty, input, hidden, ArithmeticKind.Fused, accuracy, unrolling, scalar);

    /// <summary>Every d up to 200, then any size and option.</summary>
    public static void ForEverySize(Action<KernelPlan> check)
    {
        for (int hidden = 1; hidden <= 200; hidden++)
        {
            check(Plan(3, hidden));
            check(Plan(3, hidden, scalar: ScalarKind.Double));
        }

        AnyCell.Sample(cell => check(Plan(cell.Input, cell.Hidden, cell.Accuracy, cell.Unrolling, cell.Scalar)), iter: 100);
    }

    public static void ForEveryWidth(KernelPlan plan, Action<WidthPlan> check) => Assert.All(plan.Widths, check);
}
