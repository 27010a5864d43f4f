using System;
using System.Globalization;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Spec to plan for <c>[LstmCell]</c>.</summary>
internal static class LstmCellPlanner
{
    public static LstmCellPlan Plan(LstmCellSpec spec)
    {
        KernelPlan kernel = KernelPlanner.Plan(
            string.Empty, spec.Input, spec.Hidden, spec.Arithmetic, spec.Accuracy, spec.Unrolling, spec.Scalar, spec.Backward,
            spec.Target.Platform);
        TapePlan tape = TapePlan.Of(kernel, layers: 1, output: 0);
        return new LstmCellPlan(spec.Target, kernel, tape, StackPlan.OfCell(kernel), Bound(spec.Hidden, spec.Scalar), spec.Trained);
    }

    /// <summary>1 / sqrt(d) as a literal.</summary>
    public static string Bound(int hidden, ScalarKind scalar)
    {
        double bound = 1 / Math.Sqrt(hidden);
        return scalar == ScalarKind.Double
            ? bound.ToString("R", CultureInfo.InvariantCulture) + "d"
            : ((float)bound).ToString("R", CultureInfo.InvariantCulture) + "f";
    }
}
