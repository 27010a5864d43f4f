using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>A chain's public members that compute. Their bodies are those of <see cref="ChainKernelEmitter"/>.</summary>
internal static class ChainMemberEmitter
{
    private const string Kernel = "global::" + KernelEmitter.Namespace + ".Kernel";

    public static void Emit(SourceWriter writer, DeepChainPlan plan)
    {
        NumberNames number = NumberNames.Of(plan.Scalar);
        EmitForward(writer, number);
        EmitBackward(writer, number, plan);
        EmitGradientMagnitudes(writer, number);
    }

    /// <summary>Export and import of all parameters, whose order is that of the storage.</summary>
    public static void EmitExport(SourceWriter writer, NumberNames number) => writer.Lines($$"""

        /// <summary>Copies the parameters, in the order of Parameters, which never changes.</summary>
        /// <param name="destination">Gets ParameterCount {{number.Type}}s.</param>
        /// <exception cref="global::System.ArgumentException">It has another length; nothing has been changed.</exception>
        public readonly void ExportParameters({{number.Span}} destination)
        {
            global::Lstm.Kernels.Require.Row("destination", destination.Length, "ParameterCount", ParameterCount);
            {{TypeFrame.Marshal}}.CreateSpan(ref FirstWeight, ParameterCount).CopyTo(destination);
        }

        /// <summary>Sets every parameter, in the order of ExportParameters.</summary>
        /// <param name="source">ParameterCount {{number.Type}}s.</param>
        /// <exception cref="global::System.ArgumentException">It has another length; nothing has been changed.</exception>
        public void ImportParameters({{number.ReadOnlySpan}} source)
        {
            global::Lstm.Kernels.Require.Row("source", source.Length, "ParameterCount", ParameterCount);
            source.CopyTo(Parameters);
        }
        """);

    private static void EmitForward(SourceWriter writer, NumberNames number) => writer.Lines($"""

        /// <summary><c>yHat = W^(L) ... W^(1) x</c>.</summary>
        /// <param name="x">N values.</param>
        /// <exception cref="global::System.ArgumentException"><paramref name="x"/> has another length than N.</exception>
        public readonly {number.Type} Forward({number.ReadOnlySpan} x) => {Kernel}.Forward(ref FirstWeight, x);
        """);

    private static void EmitBackward(SourceWriter writer, NumberNames number, DeepChainPlan plan) => writer.Lines($"""

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
        public readonly {number.Type} Backward(
            {number.ReadOnlySpan} x, {number.Type} y, ref Gradient gradient, {number.Span} dX = default) =>
            {Kernel}.Backward(ref FirstWeight, x, y, ref gradient.First, dX);
        """);

    private static string GradientEquation(DeepChainPlan plan) => plan.Form == ChainForm.Diagonal
        ? "<c>dL/dw_jj^(i) = (yHat - y) * (product of w_jj over every layer but i) * x_j</c>, w_1j in layer L"
        : "<c>dL/dW^(i) = (W^(L) ... W^(i+1))^T (yHat - y) (x^(i-1))^T</c>";

    private static void EmitGradientMagnitudes(SourceWriter writer, NumberNames number) => writer.Lines($"""

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
        public readonly void GradientMagnitudes({number.ReadOnlySpan} x, {number.Type} y, global::System.Span<double> log10) =>
            {Kernel}.GradientMagnitudes(ref FirstWeight, x, y, log10);
        """);
}
