using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The header comments: a plan in words.</summary>
internal static class PlanText
{
    public static IEnumerable<string> Cell(LstmCellPlan plan)
    {
        CellLayout layout = plan.Kernel.Layout;
        int bytes = plan.Kernel.Scalar.Bytes();
        yield return $"LSTM cell{Scalar(plan.Kernel.Scalar)}: p = {layout.Input} inputs, d = {layout.Hidden} units, {layout.ParameterCount} parameters.";
        foreach (string line in Kernel(plan.Kernel))
        {
            yield return line;
        }

        yield return Batch(plan.Kernel);
        yield return $"Bytes: parameters and gradient {bytes * layout.Length} each, state {2 * bytes * layout.Padded}, {Tape(plan.Kernel, layers: 1)}.";
        yield return Stack(StackSize.Of(plan));
    }

    public static IEnumerable<string> Network(LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        int bytes = plan.First.Scalar.Bytes();
        yield return $"LSTM network{Scalar(plan.First.Scalar)}: p = {layout.Input} inputs, {plan.Layers} layer{(plan.Layers == 1 ? string.Empty : "s")} of d = {layout.Hidden} units, y = V wm + c with K = {plan.Readout.Output} outputs, {plan.ParameterCount} parameters.";
        foreach (string line in Kernel(plan.First))
        {
            yield return line;
        }

        if (plan.Inner is { } inner)
        {
            yield return string.Empty;
            yield return $"The layers above read {layout.Hidden} inputs:";
            foreach (string line in Widths(inner))
            {
                yield return line;
            }
        }

        yield return Batch(plan.First, plan.Inner);
        yield return $"Bytes: parameters and gradient {bytes * plan.Length} each, state {bytes * plan.Layers * plan.StateStride}, {Tape(plan.First, plan.Layers)}.";
        yield return Stack(StackSize.Of(plan));
    }

    /// <summary>The type of all numbers, where it is not float.</summary>
    private static string Scalar(ScalarKind scalar) => scalar == ScalarKind.Double ? " over doubles" : string.Empty;

    /// <summary>Layout, arithmetic and what each width does.</summary>
    public static IEnumerable<string> Kernel(KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        yield return string.Empty;
        yield return "  rem  = sigma(W_r x + U_r wm + b_r)   (1)      ltm' = tanh(W_l x + U_l wm + b_l)   (2)";
        yield return "  save = sigma(W_s x + U_s wm + b_s)   (3)      ltm  = rem * ltm + save * ltm'     (4)";
        yield return "  focus = sigma(W_f x + U_f wm + b_f)  (5)      wm   = focus * tanh(ltm)           (6)";
        yield return string.Empty;
        yield return $"Packed in tiles of {string.Join(" + ", layout.Tiles.Select(tile => tile.Units))} units{Padding(layout)}; a tile has {layout.Rows} rows:";
        yield return $"b, the {layout.Input} columns of W, the {layout.Hidden} columns of U; a row holds [rem | save | focus | ltm'], a lane a gate.";
        yield return $"{Arithmetic(kernel)} {kernel.Chains} partial sum{(kernel.Chains == 1 ? string.Empty : "s")} a gate, in the same order at every width.";
        foreach (string line in Widths(kernel))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Widths(KernelPlan kernel) => kernel.Widths.Select(width =>
        $"{Width(kernel.Scalar, width)}: {width.MultiplyAdds} multiply-adds a step, {width.Reason}."
        + (width.Ahead == 0 ? string.Empty : $" Of a sequence, W x is computed ahead, {width.Ahead} steps at a time."));

    /// <summary>Register tiles and blocks of many sequences at once.</summary>
    /// <param name="above">The kernels of a network's layers above the first.</param>
    private static string Batch(KernelPlan kernel, KernelPlan? above = null)
    {
        string together = Together(kernel);
        string others = above is null || Together(above) == together ? string.Empty : $", in the layers above {Together(above)}";
        return $"Many sequences: {together} share a loaded weight{others}, in blocks of {kernel.Batch.Block}.";
    }

    private static string Together(KernelPlan kernel) => string.Join(", ", kernel.Batch.Widths
        .Where(width => width.Sequences > 1)
        .Select(width => $"{width.Sequences} at {8 * kernel.Scalar.Bytes() * width.Lanes} bits"));

    private static string Tape(KernelPlan kernel, int layers)
    {
        int bytes = layers * kernel.Scalar.Bytes();
        return $"tape {bytes * kernel.Tape.Header} + {bytes * kernel.Tape.Record} a step, of many sequences {bytes * kernel.Tape.Record} more for each further initial state";
    }

    private static string Stack(StackSize stack) =>
        $"Buffers on the stack, in bytes, at most: Step {stack.Step}, Forward {stack.Forward}, Backward {stack.Backward}; of many sequences Step and Forward {stack.ForwardMany}, Backward {stack.BackwardMany}.";

    private static string Padding(CellLayout layout) =>
        layout.Padded == layout.Hidden ? string.Empty : $" ({layout.Padded - layout.Hidden} of them padding)";

    private static string Arithmetic(KernelPlan kernel) =>
        (kernel.Arithmetic == ArithmeticKind.Fused ? "Fused multiply-add;" : "Portable: + - * / only, each rounded;")
        + (kernel.Accuracy == AccuracyKind.Strict || kernel.Scalar == ScalarKind.Double ? " tanh and sigma within 2 ulp;" : " tanh within 6 ulp, sigma within 2e-7;");

    private static string Width(ScalarKind scalar, WidthPlan width) =>
        width.Lanes == 1 ? "Scalar" : $"{8 * scalar.Bytes() * width.Lanes} bits";
}
