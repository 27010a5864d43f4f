using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// What a chain's public members do: they check lengths and overlaps before anything is written, then compute. An unrolled chain computes here, on
/// named weights; a looped one calls the runtime.
/// </summary>
internal static class ChainKernelEmitter
{
    public static void Emit(SourceWriter writer, DeepChainPlan plan)
    {
        using (KernelEmitter.OpenNamespace(writer))
        {
            if (plan.Unrolled)
            {
                EmitNamedWeights(writer, plan);
            }

            writer.Line("/// <summary>What the members of the chain do.</summary>");
            using (KernelEmitter.OpenClass(writer, "Kernel"))
            {
                EmitForward(writer, plan);
                EmitBackward(writer, plan);
                EmitGradientMagnitudes(writer, plan);
            }
        }
    }

    private static void EmitNamedWeights(SourceWriter writer, DeepChainPlan plan)
    {
        writer.Lines($"""
            /// <summary>The weights by name, where they stand: W3_12 is row 1, column 2 of W^(3).</summary>
            {TypeFrame.GeneratedCode}
            [StructLayout(LayoutKind.Sequential)]
            """);
        using (writer.Block("file struct NamedWeights"))
        {
            foreach (IEnumerable<ChainWeight> line in Enumerable.Range(1, plan.Layers).SelectMany(plan.FieldLines))
            {
                writer.Lines(Terms.Fields(NumberNames.Of(plan.Scalar).Type, line.Select(weight => weight.Field)));
            }
        }

        writer.Line();
    }

    private static void EmitForward(SourceWriter writer, DeepChainPlan plan)
    {
        NumberNames number = NumberNames.Of(plan.Scalar);
        string real = number.Type;
        using (writer.Block($"public static {real} Forward(ref {real} weights, ReadOnlySpan<{real}> x)"))
        {
            EmitInputCheck(writer, plan);
            if (plan.Unrolled)
            {
                EmitInputs(writer, plan, real);
                EmitNames(writer, "ref readonly", "w", "weights", real);
                writer.Line();
                EmitUnrolledForward(writer, number, plan);
                writer.Line($"return {number.RoundedName("yHat")};");
            }
            else
            {
                string scratch = EmitScratch(writer, "double", plan.Stack.ForwardDoubles);
                writer.Line($"return {Runtime(plan)}.Forward({Packed(plan, "weights")}, x, {plan.Layers}{scratch});");
            }
        }

        writer.Line();
    }

    private static void EmitUnrolledForward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        if (plan.Form == ChainForm.Diagonal)
        {
            DiagonalChainEmitter.EmitForward(writer, number, plan);
        }
        else
        {
            DenseChainEmitter.EmitForward(writer, plan);
        }
    }

    private static void EmitBackward(SourceWriter writer, DeepChainPlan plan)
    {
        NumberNames number = NumberNames.Of(plan.Scalar);
        string real = number.Type;
        string parameters = $"ref {real} weights, ReadOnlySpan<{real}> x, {real} y, ref {real} gradient, Span<{real}> dX";
        using (writer.Block($"public static {real} Backward({parameters})"))
        {
            EmitInputCheck(writer, plan);
            writer.Lines($"""
                Require.InputGradient(dX.Length, x.Length);
                Overlap.RefuseUnlessSame<{real}>("dX", dX, "x", x);
                """);
            if (plan.Unrolled)
            {
                EmitInputs(writer, plan, real);
                EmitNames(writer, "ref readonly", "w", "weights", real);
                EmitNames(writer, "ref", "dW", "gradient", real);
                writer.Line();
                EmitUnrolledBackward(writer, number, plan);
                writer.Line();
                writer.Line($"return {number.Rounded("0.5 * e * e")};");
            }
            else
            {
                string scratch = EmitScratch(writer, "double", plan.Stack.BackwardDoubles);
                writer.Lines($"""
                    return {Runtime(plan)}.Backward(
                        {Packed(plan, "weights")}, x, y, {plan.Layers}, {Packed(plan, "gradient")}, dX{scratch});
                    """);
            }
        }

        writer.Line();
    }

    private static void EmitUnrolledBackward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        if (plan.Form == ChainForm.Diagonal)
        {
            DiagonalChainEmitter.EmitBackward(writer, number, plan);
        }
        else
        {
            DenseChainEmitter.EmitBackward(writer, number, plan);
        }
    }

    private static void EmitGradientMagnitudes(SourceWriter writer, DeepChainPlan plan)
    {
        string real = NumberNames.Of(plan.Scalar).Type;
        using (writer.Block($"public static void GradientMagnitudes(ref {real} weights, ReadOnlySpan<{real}> x, {real} y, Span<double> log10)"))
        {
            EmitInputCheck(writer, plan);
            writer.Line($"Require.Row(\"log10\", log10.Length, \"LayerCount\", {plan.Layers});");
            string scratch = EmitScratch(writer, "WideFloat", plan.Stack.MagnitudesWideFloats);
            writer.Line($"{Runtime(plan)}.GradientMagnitudes({Packed(plan, "weights")}, x, y, log10{scratch});");
        }
    }

    /// <summary>x_j, j from 1. Mono does not find the indexer of a read-only span, see <see cref="EmitInputs"/>.</summary>
    public static string Input(DeepChainPlan plan, int j) =>
        plan.Target.Platform == PlatformKind.Portable ? $"inputs[{j - 1}]" : $"x[{j - 1}]";

    private static void EmitInputCheck(SourceWriter writer, DeepChainPlan plan) =>
        writer.Line($"Require.Row(\"x\", x.Length, \"Width\", {plan.Width});");

    private static void EmitInputs(SourceWriter writer, DeepChainPlan plan, string real)
    {
        if (plan.Target.Platform == PlatformKind.Portable)
        {
            writer.Line($"Span<{real}> inputs = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(x), {plan.Width});");
        }
    }

    /// <summary>Numbers behind a reference, under the names of the weights.</summary>
    private static void EmitNames(SourceWriter writer, string kind, string name, string first, string real) =>
        writer.Line($"{kind} NamedWeights {name} = ref Unsafe.As<{real}, NamedWeights>(ref {first});");

    /// <summary>A buffer on the stack, where one is needed.</summary>
    /// <returns>It as a further argument.</returns>
    private static string EmitScratch(SourceWriter writer, string type, int count)
    {
        if (count == 0)
        {
            return string.Empty;
        }

        writer.Line($"Span<{type}> scratch = stackalloc {type}[{count}];");
        return ", scratch";
    }

    private static string Packed(DeepChainPlan plan, string first) => $"MemoryMarshal.CreateSpan(ref {first}, {plan.ParameterCount})";

    private static string Runtime(DeepChainPlan plan) =>
        $"{(plan.Form == ChainForm.Diagonal ? "DiagonalChain" : "DenseChain")}<{NumberNames.Of(plan.Scalar).Type}>";
}
