using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// Prints the bodies of a dense chain: <c>x^(i) = W^(i) x^(i-1)</c> on the way up; on the way back
/// <c>s^(i-1) = (W^(i))^T s^(i)</c>, which is dL/dx^(i-1), and <c>dL/dW^(i) = s^(i) (x^(i-1))^T</c>.
/// </summary>
internal static class DenseChainEmitter
{
    private const string WideFloat = "global::Lstm.Kernels.WideFloat";

    public static void Forward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        writer.Line("// x^(0) = x");
        foreach (int j in plan.Lanes)
        {
            writer.Line($"double x0_{j} = x[{j - 1}];");
        }

        for (int layer = 1; layer < plan.Layers; layer++)
        {
            writer.Lines($"""

                // x^({layer}) = W^({layer}) x^({layer - 1})
                """);
            foreach (IGrouping<int, ChainWeight> row in plan.Layer(layer).GroupBy(weight => weight.Row))
            {
                ChainTerms.Assign(writer, $"double x{layer}_{row.Key}", "+", row.Select(Term));
            }
        }

        writer.Lines($"""

            // yHat = W^({plan.Layers}) x^({plan.Layers - 1})
            """);
        ChainTerms.Assign(writer, "double yHat", "+", plan.Layer(plan.Layers).Select(Term));

        static string Term(ChainWeight weight) => $"w.{weight.Field} * x{weight.Layer - 1}_{weight.Column}";
    }

    public static void Backward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        Forward(writer, number, plan);
        writer.Line("double e = yHat - y;");
        for (int layer = plan.Layers; layer >= 1; layer--)
        {
            writer.Line();
            writer.Line($"// dL/dW^({layer}) = {Error(plan, layer)} (x^({layer - 1}))^T");
            foreach (ChainWeight weight in plan.Layer(layer))
            {
                writer.Line($"dW.{weight.Field} += {number.Rounded($"{Error(plan, layer, weight.Row)} * x{layer - 1}_{weight.Column}")};");
            }

            if (layer > 1)
            {
                writer.Lines($"""

                    // s^({layer - 1}) = dL/dx^({layer - 1}) = (W^({layer}))^T {Error(plan, layer)}
                    """);
                ErrorBelow(writer, number, plan, layer);
            }
        }

        writer.Line();
        using (writer.Block("if (!dX.IsEmpty)"))
        {
            writer.Line($"// dL/dx = (W^(1))^T {Error(plan, 1)}");
            ErrorBelow(writer, number, plan, 1);
            foreach (int j in plan.Lanes)
            {
                writer.Line($"dX[{j - 1}] = {number.RoundedName($"s0_{j}")};");
            }
        }
    }

    /// <summary>The error at the output of a layer: e at the last, else s.</summary>
    private static string Error(DeepChainPlan plan, int layer) => layer == plan.Layers ? "e" : $"s^({layer})";

    private static string Error(DeepChainPlan plan, int layer, int row) => layer == plan.Layers ? "e" : $"s{layer}_{row}";

    /// <summary>The error at a layer's input: one line for each column of its matrix.</summary>
    private static void ErrorBelow(SourceWriter writer, NumberNames number, DeepChainPlan plan, int layer)
    {
        foreach (IGrouping<int, ChainWeight> column in plan.Layer(layer).GroupBy(weight => weight.Column))
        {
            IEnumerable<string> terms = column.Select(weight => $"w.{weight.Field} * {Error(plan, layer, weight.Row)}");
            ChainTerms.Assign(writer, $"double s{layer - 1}_{column.Key}", "+", terms);
        }
    }

    public static void BackwardLoop(SourceWriter writer, NumberNames number) => writer.Lines($$"""
        {{number.ReadOnlySpan}} w = ReadOnlyParameters;
        {{number.Span}} dW = gradient.Values;
        global::System.Span<double> states = stackalloc double[LayerCount * Width];
        global::System.Span<double> s = stackalloc double[Width];
        global::System.Span<double> below = stackalloc double[Width];

        // x^(0) = x, x^(i) = W^(i) x^(i-1); row i of the states is x^(i).
        for (int j = 0; j < Width; j++)
        {
            states[j] = x[j];
        }

        for (int layer = 1; layer < LayerCount; layer++)
        {
            ForwardLayer(
                w.Slice((layer - 1) * Width * Width, Width * Width),
                states.Slice((layer - 1) * Width, Width),
                states.Slice(layer * Width, Width));
        }

        // yHat = W^(L) x^(L-1), dL/dW^(L) = e (x^(L-1))^T, s^(L-1) = (W^(L))^T e
        global::System.ReadOnlySpan<double> last = states.Slice((LayerCount - 1) * Width, Width);
        {{number.ReadOnlySpan}} wLast = w.Slice(ParameterCount - Width, Width);
        {{number.Span}} dWLast = dW.Slice(ParameterCount - Width, Width);
        double e = RowProduct(wLast, last) - y;
        for (int j = 0; j < Width; j++)
        {
            dWLast[j] += {{number.Rounded("e * last[j]")}};
            s[j] = wLast[j] * e;
        }

        // dL/dW^(i) = s^(i) (x^(i-1))^T, s^(i-1) = (W^(i))^T s^(i)
        for (int layer = LayerCount - 1; layer >= 1; layer--)
        {
            BackwardLayer(
                w.Slice((layer - 1) * Width * Width, Width * Width),
                states.Slice((layer - 1) * Width, Width),
                s,
                dW.Slice((layer - 1) * Width * Width, Width * Width),
                below);
            below.CopyTo(s);
        }

        if (!dX.IsEmpty)
        {
            for (int j = 0; j < Width; j++)
            {
                dX[j] = {{number.RoundedName("s[j]")}};
            }
        }
        """);

    public static void GradientMagnitudes(SourceWriter writer, NumberNames number) => writer.Lines($$"""
        {{number.ReadOnlySpan}} w = ReadOnlyParameters;
        global::System.Span<{{WideFloat}}> v = stackalloc {{WideFloat}}[Width];
        global::System.Span<{{WideFloat}}> next = stackalloc {{WideFloat}}[Width];

        // dL/dW^(i) = e s^(i) (x^(i-1))^T has rank 1, so its norm is |e| ||s^(i)|| ||x^(i-1)||, with s^(L) = 1 here.
        // Upwards, v = x^(i-1) = W^(i-1) ... W^(1) x.
        for (int j = 0; j < Width; j++)
        {
            v[j] = x[j];
        }

        for (int layer = 1; layer < LayerCount; layer++)
        {
            log10[layer - 1] = LogNorm(v);
            {{number.ReadOnlySpan}} matrix = w.Slice((layer - 1) * Width * Width, Width * Width);
            for (int row = 0; row < Width; row++)
            {
                {{WideFloat}} sum = 0.0;
                for (int column = 0; column < Width; column++)
                {
                    sum += matrix[(row * Width) + column] * v[column];
                }

                next[row] = sum;
            }

            next.CopyTo(v);
        }

        log10[LayerCount - 1] = LogNorm(v);
        {{number.ReadOnlySpan}} last = w.Slice(ParameterCount - Width, Width);
        {{WideFloat}} yHat = 0.0;
        for (int j = 0; j < Width; j++)
        {
            yHat += last[j] * v[j];
        }

        double logError = {{WideFloat}}.Log10({{WideFloat}}.Abs(yHat - y));
        log10[LayerCount - 1] += logError;

        // Downwards, v = s^(i) = (W^(L) ... W^(i+1))^T.
        for (int j = 0; j < Width; j++)
        {
            v[j] = last[j];
        }

        for (int layer = LayerCount - 1; layer >= 1; layer--)
        {
            log10[layer - 1] += logError + LogNorm(v);
            {{number.ReadOnlySpan}} matrix = w.Slice((layer - 1) * Width * Width, Width * Width);
            for (int column = 0; column < Width; column++)
            {
                {{WideFloat}} sum = 0.0;
                for (int row = 0; row < Width; row++)
                {
                    sum += matrix[(row * Width) + column] * v[row];
                }

                next[column] = sum;
            }

            next.CopyTo(v);
        }
        """);

    public static void Helpers(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        writer.Lines($$"""
            // log10 ||v||
            private static double LogNorm(global::System.ReadOnlySpan<{{WideFloat}}> v)
            {
                {{WideFloat}} square = 0.0;
                for (int j = 0; j < Width; j++)
                {
                    square += v[j] * v[j];
                }

                return 0.5 * {{WideFloat}}.Log10(square);
            }

            """);
        if (!plan.Unrolled)
        {
            LoopHelpers(writer, number);
        }
    }

    private static void LoopHelpers(SourceWriter writer, NumberNames number) => writer.Lines($$"""
        // yHat = W^(L) ... W^(1) x
        private readonly double ComputeYHat({{number.ReadOnlySpan}} x)
        {
            {{number.ReadOnlySpan}} w = ReadOnlyParameters;
            global::System.Span<double> state = stackalloc double[Width];
            global::System.Span<double> next = stackalloc double[Width];
            for (int j = 0; j < Width; j++)
            {
                state[j] = x[j];
            }

            for (int layer = 1; layer < LayerCount; layer++)
            {
                ForwardLayer(w.Slice((layer - 1) * Width * Width, Width * Width), state, next);
                next.CopyTo(state);
            }

            return RowProduct(w.Slice(ParameterCount - Width, Width), state);
        }

        // next = W x
        private static void ForwardLayer({{number.ReadOnlySpan}} w, global::System.ReadOnlySpan<double> x, global::System.Span<double> next)
        {
            for (int row = 0; row < Width; row++)
            {
                next[row] = RowProduct(w.Slice(row * Width, Width), x);
            }
        }

        // w x, from the first column to the last
        private static double RowProduct({{number.ReadOnlySpan}} w, global::System.ReadOnlySpan<double> x)
        {
            double sum = w[0] * x[0];
            for (int column = 1; column < Width; column++)
            {
                sum += w[column] * x[column];
            }

            return sum;
        }

        // dW += s x^T and below = W^T s, from the first row to the last
        private static void BackwardLayer(
            {{number.ReadOnlySpan}} w,
            global::System.ReadOnlySpan<double> x,
            global::System.ReadOnlySpan<double> s,
            {{number.Span}} dW,
            global::System.Span<double> below)
        {
            below.Clear();
            for (int row = 0; row < Width; row++)
            {
                {{number.ReadOnlySpan}} wRow = w.Slice(row * Width, Width);
                {{number.Span}} dWRow = dW.Slice(row * Width, Width);
                for (int column = 0; column < Width; column++)
                {
                    dWRow[column] += {{number.Rounded("s[row] * x[column]")}};
                    below[column] += wRow[column] * s[row];
                }
            }
        }

        """);
}
