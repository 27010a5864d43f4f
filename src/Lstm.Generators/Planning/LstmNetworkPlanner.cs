using System;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Spec to plan for <c>[LstmNetwork]</c>.</summary>
internal static class LstmNetworkPlanner
{
    public static LstmNetworkPlan Plan(LstmNetworkSpec spec)
    {
        KernelPlan Kernel(string prefix, int input)
        {
            KernelPlan alone = KernelPlanner.Plan(prefix, input, spec.Hidden, spec.Arithmetic, spec.Accuracy, spec.Unrolling, spec.Scalar);
            return alone with { Batch = alone.Batch with { StateStride = spec.Layers * alone.Batch.StateStride } };
        }

        int padded = CellLayout.Of(spec.Input, spec.Hidden).Padded;
        KernelPlan first = Kernel("First", spec.Input) with { ReturnStride = padded };
        KernelPlan? inner = spec.Layers > 1
            ? Kernel("Inner", spec.Hidden) with { ReturnStride = padded, InputGradientStride = padded }
            : null;

        // One scratch serves all layers, whose register tiles may differ.
        int least = Math.Min(first.Batch.Least, (inner ?? first).Batch.Least);
        first = first with { Batch = first.Batch with { Least = least } };
        inner = inner is null ? null : inner with { Batch = inner.Batch with { Least = least } };
        int weights = first.Layout.Length + (inner is null ? 0 : (spec.Layers - 1) * inner.Layout.Length);
        int biases = weights + (spec.Output * padded);
        int lanes = padded % 16 == 0 ? 16 : padded % 8 == 0 ? 8 : 4;
        ReadoutPlan readout = new(
            spec.Output, weights, biases, lanes, new EquatableArray<int>(KernelPlanner.WidthsUpTo(lanes, spec.Scalar)));
        return new LstmNetworkPlan(
            spec.Target, first, inner, spec.Layers, readout, biases + spec.Output, LstmCellPlanner.Bound(spec.Hidden, spec.Scalar));
    }
}
