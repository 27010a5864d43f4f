using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The header comments: a plan in words.</summary>
internal static class HeaderText
{
    public static IEnumerable<string> Cell(LstmCellPlan plan)
    {
        KernelPlan kernel = plan.Kernel;
        CellLayout layout = kernel.Layout;
        int bytes = kernel.Scalar.Bytes();
        string sizes = $"p = {Count(layout.Input, "input")}, d = {Count(layout.Hidden, "unit")}, {layout.ParameterCount} parameters";
        IEnumerable<string> title = new[]
        {
            $"LSTM cell{Scalar(kernel.Scalar)}: {sizes}.",
        };
        return title
            .Concat(Trained(plan.Trained))
            .Concat(Kernel(kernel))
            .Append(Batch(kernel))
            .Concat(Bytes(kernel, plan.Tape, bytes * layout.Length, bytes * layout.StateLength))
            .Concat(Stack(plan.Stack, kernel.Backward));
    }

    public static IEnumerable<string> Network(LstmNetworkPlan plan)
    {
        KernelPlan first = plan.First;
        CellLayout layout = first.Layout;
        int bytes = first.Scalar.Bytes();
        string layers = $"{Count(plan.Layers, "layer")} of d = {Count(layout.Hidden, "unit")}";
        string outputs = Count(plan.Readout.Output, "output");
        IEnumerable<string> title = new[]
        {
            $"LSTM network{Scalar(first.Scalar)}: p = {Count(layout.Input, "input")}, {layers}, y = V wm + c with K = {outputs},",
            $"{plan.ParameterCount} parameters.",
        };
        return title
            .Concat(Trained(plan.Trained))
            .Concat(Kernel(first))
            .Concat(plan.Inner is null ? Enumerable.Empty<string>() : Above(plan, plan.Inner))
            .Append(Batch(first, plan.Inner))
            .Concat(Bytes(first, plan.Tape, bytes * plan.Length, bytes * plan.Layout.StateLength))
            .Concat(Stack(plan.Stack, first.Backward));
    }

    /// <summary>So many of a thing.</summary>
    public static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    private static string Columns(int number) => number == 1 ? "the column" : $"the {number} columns";

    /// <summary>The file of trained weights.</summary>
    private static IEnumerable<string> Trained(TrainedWeights? trained)
    {
        if (trained is null)
        {
            yield break;
        }

        string state = trained.Prewarm > 0 ? $", the state after {Count(trained.Prewarm, "step")} of silence"
            : trained.StateOffset > 0 ? ", its initial state"
            : string.Empty;
        yield return $"Trained: '{OneLine(trained.Name)}' ({trained.Format}){state},";
        yield return $"SHA-256 {trained.Hash}.";
    }

    /// <summary>A name that may have any letter, as a comment can hold it: with '?' for what ends a line.</summary>
    private static string OneLine(string name) =>
        string.Concat(name.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? '?' : letter));

    /// <summary>The type of all numbers, where it is not float.</summary>
    private static string Scalar(ScalarKind scalar) => scalar == ScalarKind.Double ? " over doubles" : string.Empty;

    /// <summary>Equations, layout, arithmetic and what each width does.</summary>
    private static IEnumerable<string> Kernel(KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        yield return string.Empty;
        yield return $"  {Gates.Remember.Definition}  ({Gates.Remember.Number})      {Gates.Candidate.Definition}  ({Gates.Candidate.Number})";
        yield return $"  {Gates.Save.Definition}  ({Gates.Save.Number})      ltm   = rem * ltm + save * ltm'        (4)";
        yield return $"  {Gates.Focus.Definition}  ({Gates.Focus.Number})      wm    = focus * tanh(ltm)             (6)";
        yield return string.Empty;
        yield return $"Packed in tiles of {Tiles(layout)} units{Padding(layout)}; a tile has {layout.Rows} rows:";
        yield return $"b, {Columns(layout.Input)} of W, {Columns(layout.Hidden)} of U. "
            + "A row holds [rem | save | focus | ltm'], a lane for each gate of each unit.";
        yield return $"{Arithmetic(kernel)}; {kernel.Activations.Error};";
        yield return $"{Count(kernel.PartialSums, "partial sum")} for each gate, in the same order at every width.";
        foreach (string line in Widths(kernel))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Above(LstmNetworkPlan plan, KernelPlan inner)
    {
        yield return string.Empty;
        yield return $"The layers above read {Count(plan.First.Layout.Hidden, "input")}:";
        foreach (string line in Widths(inner))
        {
            yield return line;
        }

        yield return plan.StepByStep
            ? "A sequence runs step by step through all layers at 512 bits, else layer after layer, a block of steps at a time."
            : "A sequence runs layer after layer, a block of steps at a time.";
    }

    private static IEnumerable<string> Widths(KernelPlan kernel)
    {
        if (kernel.Platform == PlatformKind.Portable)
        {
            yield return "Portable profile, for C# 9 and netstandard2.1: loops over the lanes of a tile, in the runtime.";
        }

        foreach (WidthPlan width in kernel.Widths)
        {
            yield return $"{kernel.Scalar.Bits(width.Lanes)} bits: {width.MultiplyAdds} vectors of weights and biases per step, {width.Reason}.";
            if (width.StepsAhead > 0)
            {
                yield return $"  Of a sequence, W x is computed ahead, {width.StepsAhead} steps at a time.";
            }
        }
    }

    /// <summary>Register tiles and blocks of many sequences at once.</summary>
    /// <param name="above">The kernels of a network's layers above the first.</param>
    private static string Batch(KernelPlan kernel, KernelPlan? above = null)
    {
        if (kernel.Platform == PlatformKind.Portable)
        {
            return "Many sequences run one by one.";
        }

        string together = Together(kernel);
        string others = above is null || Together(above) == together ? string.Empty : $", in the layers above {Together(above)}";
        return $"Many sequences: {together} share a loaded weight{others}, in blocks of at most {kernel.Batch.Block}.";
    }

    private static string Together(KernelPlan kernel) => string.Join(", ", kernel.Batch.Widths
        .Select(width => $"{width.Together} at {kernel.Scalar.Bits(width.Lanes)} bits"));

    private static IEnumerable<string> Bytes(KernelPlan kernel, TapePlan tape, int parameters, int state)
    {
        if (!kernel.Backward)
        {
            yield return "Runs only: Backward = false leaves out the tape, Gradient, Backward and Descend.";
            yield return $"Bytes: parameters {parameters}, state {state}.";
            yield break;
        }

        int bytes = kernel.Scalar.Bytes();
        yield return $"Bytes: parameters and gradient {parameters} each, state {state}, "
            + $"tape {bytes * tape.Header} + {bytes * tape.Record} for each step;";
        yield return $"of many sequences {bytes * tape.Record} more for each further initial state.";
    }

    private static IEnumerable<string> Stack(StackPlan stack, bool backward)
    {
        string one = backward ? $", Backward {stack.Backward}" : string.Empty;
        string many = backward ? $", Backward {stack.BackwardMany}" : string.Empty;
        yield return $"Buffers on the stack, in bytes, at most: Step {stack.Step}, Forward {stack.Forward}{one};";
        yield return $"of many sequences Step and Forward {stack.ForwardMany}{many}.";
    }

    private static string Tiles(CellLayout layout) => string.Join(
        " + ", layout.Tiles.GroupBy(tile => tile.Units).Select(equal => equal.Count() > 1 ? $"{equal.Count()} x {equal.Key}" : $"{equal.Key}"));

    private static string Padding(CellLayout layout) =>
        layout.Padded == layout.Hidden ? string.Empty : $" ({layout.Padded - layout.Hidden} of them padding)";

    private static string Arithmetic(KernelPlan kernel) =>
        kernel.Arithmetic == ArithmeticKind.Fused ? "Fused multiply-add" : "Portable: + - * / only, each rounded";
}
