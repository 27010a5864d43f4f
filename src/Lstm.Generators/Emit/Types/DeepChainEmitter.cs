using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>Prints a deep chain: what both forms share. The bodies stand in the emitter of their form.</summary>
internal static class DeepChainEmitter
{
    public static string Emit(DeepChainPlan plan) =>
        TypeFrame.Emit(plan.Target, Header(plan), writer => Members(writer, NumberNames.Of(plan.Scalar), plan), static _ => { });

    private static IEnumerable<string> Header(DeepChainPlan plan) =>
        $$"""
        Deep linear chain, {{(plan.Form == ChainForm.Dense ? "dense" : "diagonal")}}: yHat = W^({{plan.Layers}}) ... W^(1) x, no bias, no activation.
        {{plan.Layers}} layers, width {{plan.Width}}, {{plan.ParameterCount}} parameters.

        {{plan.Reason}}
        Bytes: {{plan.Scalar.Bytes() * plan.ParameterCount}} of parameters, as many in a gradient; in buffers on the stack {{8 * plan.ForwardScratch}} in Forward, {{8 * plan.BackwardScratch}} in Backward, {{16 * plan.MagnitudeScratch}} in GradientMagnitudes.

        {{Numbers(plan.Scalar)}}
        """.Split('\n').Select(line => line.TrimEnd('\r'));

    private static string Numbers(ScalarKind scalar) => scalar == ScalarKind.Double
        ? """
            Weights and gradients are doubles, as is every product and sum between them, in one fixed order.
            GradientMagnitudes also holds beyond the range of double (1.8e308, 4.9e-324).
            """
        : """
            Weights and gradients are floats. Every product and sum between them is a double, rounded to float once at the
            end, in one fixed order: a product that leaves the range of float on the way (3.4e38, 1.4e-45) does not spoil a
            gradient that float can hold. GradientMagnitudes also holds beyond the range of double (1.8e308, 4.9e-324).
            """;

    private static void Members(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        Constants(writer, number, plan);
        Parameters(writer, number, plan);
        Forward(writer, number, plan);
        Backward(writer, number, plan);
        GradientMagnitudes(writer, number, plan);
        Helpers(writer, number, plan);
        Descend(writer, number);
        Gradient(writer, number);
        Storage(writer, number, plan);
    }

    private static void Constants(SourceWriter writer, NumberNames number, DeepChainPlan plan) => writer.Lines($"""
        /// <summary>L, the number of layers.</summary>
        public const int LayerCount = {plan.Layers};

        /// <summary>N, the length of x.</summary>
        public const int Width = {plan.Width};

        /// <summary>The number of weights.</summary>
        public const int ParameterCount = {plan.ParameterCount};

        private PackedWeights _storage;

        """);

    private static void Parameters(SourceWriter writer, NumberNames number, DeepChainPlan plan) => writer.Lines($"""
        /// <summary>Every weight: {Layout(plan)}.</summary>
        {TypeFrame.UnscopedRef}
        public {number.Span} Parameters => {number.Packed}.Span(ref _storage);

        {TypeFrame.UnscopedRef}
        private readonly {number.ReadOnlySpan} ReadOnlyParameters => {number.Packed}.ReadOnlySpan(in _storage);

        """);

    private static string Layout(DeepChainPlan plan) => (plan.Layers, plan.Form) switch
    {
        (1, _) => "the 1 x N layer",
        (_, ChainForm.Diagonal) => "layer 1 to L, N each; the diagonals of layers 1 to L - 1, then the 1 x N layer",
        _ => "layer 1 to L; layers 1 to L - 1 N x N row-major, then the 1 x N layer",
    };

    private static void Forward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        writer.Lines($"""
            /// <summary><c>yHat = W^(L) ... W^(1) x</c>.</summary>
            /// <param name="x">N values.</param>
            /// <exception cref="global::System.ArgumentException"><paramref name="x"/> has another length than N.</exception>
            """);
        using (writer.Block($"public readonly {number.Type} Forward({number.ReadOnlySpan} x)"))
        {
            RequireLength(writer, number, "x", "Width");
            if (plan.Unrolled)
            {
                writer.Line("ref readonly PackedWeights w = ref _storage;");
                writer.Line();
                ForwardUnrolled(writer, number, plan);
                writer.Line($"return {number.RoundedName("yHat")};");
            }
            else
            {
                writer.Line($"return {number.RoundedName("ComputeYHat(x)")};");
            }
        }

        writer.Line();
    }

    private static void ForwardUnrolled(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        if (plan.Form == ChainForm.Diagonal)
        {
            DiagonalChainEmitter.Forward(writer, number, plan);
        }
        else
        {
            DenseChainEmitter.Forward(writer, number, plan);
        }
    }

    private static void Backward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        writer.Lines($"""
            /// <summary>
            /// Adds dL/dw of the loss <c>1/2 (y - yHat)^2</c> to the gradient:
            /// {GradientEquation(plan)}.
            /// </summary>
            /// <param name="x">N values.</param>
            /// <param name="y">The target.</param>
            /// <param name="gradient">Gets dL/dw added.</param>
            /// <param name="dX">Gets dL/dx, N values; may be <paramref name="x"/> itself; empty: it is not computed.</param>
            /// <returns>The loss.</returns>
            /// <exception cref="global::System.ArgumentException">
            /// <paramref name="x"/> has another length than N, or <paramref name="dX"/> than N or 0, or they overlap; nothing is written.
            /// </exception>
            """);
        using (writer.Block($"public readonly {number.Type} Backward({number.ReadOnlySpan} x, {number.Type} y, ref Gradient gradient, {number.Span} dX = default)"))
        {
            RequireLength(writer, number, "x", "Width");
    writer.Lines($"""
                global::Lstm.Kernels.Require.InputGradient(dX.Length, x.Length);
                global::Lstm.Kernels.Overlap.RefuseUnlessSame<{number.Type}>("dX", dX, "x", x);
                """);
            writer.Line();
            BackwardBody(writer, number, plan);
            writer.Line();
            writer.Line($"return {number.Rounded("0.5 * e * e")};");
        }

        writer.Line();
    }

    private static string GradientEquation(DeepChainPlan plan) => plan.Form == ChainForm.Diagonal
        ? "<c>dL/dw_jj^(i) = (yHat - y) * (product of w_jj over every layer but i) * x_j</c>, w_1j in layer L"
        : "<c>dL/dW^(i) = (W^(L) ... W^(i+1))^T (yHat - y) (x^(i-1))^T</c>";

    private static void BackwardBody(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        switch (plan.Form, plan.Unrolled)
        {
            case (ChainForm.Diagonal, true):
                UnrolledReferences(writer, number);
                DiagonalChainEmitter.Backward(writer, number, plan);
                break;
            case (ChainForm.Diagonal, false):
                DiagonalChainEmitter.BackwardLoop(writer, number);
                break;
            case (_, true):
                UnrolledReferences(writer, number);
                DenseChainEmitter.Backward(writer, number, plan);
                break;
            default:
                DenseChainEmitter.BackwardLoop(writer, number);
                break;
        }
    }

    /// <summary>Weights and gradient as named fields; a Gradient is its storage and nothing else.</summary>
    private static void UnrolledReferences(SourceWriter writer, NumberNames number) => writer.Lines($"""
        ref readonly PackedWeights w = ref _storage;
        ref PackedWeights dW = ref {TypeFrame.Unsafe}.As<Gradient, PackedWeights>(ref gradient);

        """);

    private static void GradientMagnitudes(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        writer.Lines($"""
            /// <summary>
            /// Per layer, log10 of the Euclidean norm of the gradient that <c>Backward</c> adds, also where that
            /// gradient over- or underflows; negative infinity where it is exactly 0.
            /// </summary>
            /// <param name="x">N values.</param>
            /// <param name="y">The target.</param>
            /// <param name="log10">Gets L values, layer 1 first.</param>
            /// <exception cref="global::System.ArgumentException">
            /// <paramref name="x"/> has another length than N, or <paramref name="log10"/> than L; nothing is written.
            /// </exception>
            """);
        using (writer.Block($"public readonly void GradientMagnitudes({number.ReadOnlySpan} x, {number.Type} y, global::System.Span<double> log10)"))
        {
            RequireLength(writer, number, "x", "Width");
            RequireLength(writer, number, "log10", "LayerCount");
            if (plan.Form == ChainForm.Diagonal)
            {
                DiagonalChainEmitter.GradientMagnitudes(writer, number);
            }
            else
            {
                DenseChainEmitter.GradientMagnitudes(writer, number);
            }
        }

        writer.Line();
    }

    private static void Helpers(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        if (plan.Form == ChainForm.Dense)
        {
            DenseChainEmitter.Helpers(writer, number, plan);
        }
        else if (!plan.Unrolled)
        {
            DiagonalChainEmitter.Predict(writer, number);
        }
    }

    private static void Descend(SourceWriter writer, NumberNames number) => writer.Lines($$"""
        /// <summary><c>w = w - eta dL/dw</c>.</summary>
        /// <param name="gradient">dL/dw.</param>
        /// <param name="learningRate">eta.</param>
        public void Descend(in Gradient gradient, {{number.Type}} learningRate) =>
            global::Lstm.Kernels.Descent.Apply(Parameters, gradient.ReadOnlyValues, learningRate);

        """);

    private static void Gradient(SourceWriter writer, NumberNames number) => writer.Lines($$"""
        /// <summary>dL/dw, laid out as the weights; its default is zero.</summary>
        public struct Gradient
        {
            private PackedWeights _storage;

            /// <summary>dL/dw of each weight, in the order of <see cref="Parameters"/>.</summary>
            {{TypeFrame.UnscopedRef}}
            public {{number.Span}} Values => {{number.Packed}}.Span(ref _storage);

            {{TypeFrame.UnscopedRef}}
            internal readonly {{number.ReadOnlySpan}} ReadOnlyValues => {{number.Packed}}.ReadOnlySpan(in _storage);

            /// <summary>Sets every value to 0.</summary>
            public void Clear() => Values.Clear();
        }

        """);

    private static void Storage(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        if (plan.Unrolled)
        {
            StorageFields(writer, number, plan);
        }
        else
        {
            writer.Lines($$"""
                // Room for {{plan.ParameterCount}} {{number.Type}}s, reached through spans.
                [global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential, Size = {{plan.Scalar.Bytes() * plan.ParameterCount}})]
                private struct PackedWeights
                {
                    public {{number.Type}} First;
                }
                """);
        }
    }

    private static void StorageFields(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        writer.Lines("""
            // W3_12 is row 1, column 2 of W^(3).
            [global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential)]
            """);
        using (writer.Block("private struct PackedWeights"))
        {
            for (int layer = 1; layer <= plan.Layers; layer++)
            {
                foreach (IGrouping<int, ChainWeight> line in plan.Layer(layer).GroupBy(weight => plan.Form == ChainForm.Dense ? weight.Row : 1))
                {
                    writer.Line($"public {number.Type} {string.Join(", ", line.Select(weight => weight.Field))};");
                }
            }
        }
    }

    private static void RequireLength(SourceWriter writer, NumberNames number, string span, string length) => writer.Lines($$"""
        if ({{span}}.Length != {{length}})
        {
            global::Lstm.Kernels.Throw.Length("{{span}}", {{length}}, {{span}}.Length, "It is {{length}}.");
        }

        """);
}
