using System;
using System.Globalization;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Spec to plan for <c>[LstmCell]</c>.</summary>
internal static class LstmCellPlanner
{
    public static LstmCellPlan Plan(LstmCellSpec spec) => new(
        spec.Target,
        KernelPlanner.Plan(string.Empty, spec.Input, spec.Hidden, spec.Arithmetic, spec.Accuracy, spec.Unrolling),
        Bound(spec.Hidden));

    /// <summary>1 / sqrt(d) as a float literal.</summary>
    public static string Bound(int hidden) =>
        ((float)(1 / Math.Sqrt(hidden))).ToString("R", CultureInfo.InvariantCulture) + "f";
}
