using System;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Spec to plan for <c>[LstmNetwork]</c>.</summary>
internal static class LstmNetworkPlanner
{
    public static LstmNetworkPlan Plan(LstmNetworkSpec spec)
    {
        KernelPlan first = Kernel(spec, "First", spec.Input).Padded(input: false);
        KernelPlan? inner = spec.Layers > 1 ? Kernel(spec, "Inner", spec.Hidden).Padded(input: true) : null;

        // One scratch serves all layers, whose register tiles may differ.
        int least = Math.Min(first.Batch.Least, (inner ?? first).Batch.Least);
        first = first with { Batch = first.Batch with { Least = least } };
        inner = inner is null ? null : inner with { Batch = inner.Batch with { Least = least } };

        int padded = first.Layout.Padded;
        NetworkLayout layout = new(first.Layout, inner?.Layout, spec.Layers, spec.Output);
        bool stepByStep = spec.Target.Platform == PlatformKind.Modern && inner is not null && padded <= spec.Scalar.Lanes(512);
        return new LstmNetworkPlan(
            spec.Target, first, inner, spec.Layers, stepByStep,
            new ReadoutPlan(spec.Output, layout.Weights, layout.Biases, padded % 16 == 0 ? 16 : padded % 8 == 0 ? 8 : 4),
            layout.Length,
            TapePlan.Of(first, spec.Layers, spec.Output),
            StackPlan.OfNetwork(inner is null ? new[] { first } : new[] { first, inner }),
            LstmCellPlanner.Bound(spec.Hidden, spec.Scalar),
            spec.Trained);
    }

    private static KernelPlan Kernel(LstmNetworkSpec spec, string prefix, int input)
    {
        KernelPlan alone = KernelPlanner.Plan(
            prefix, input, spec.Hidden, spec.Arithmetic, spec.Accuracy, spec.Unrolling, spec.Scalar, spec.Backward,
            spec.Target.Platform);
        return alone with { Batch = alone.Batch with { StateStride = spec.Layers * alone.Batch.StateStride } };
    }
}
