using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// Prints the bodies of a diagonal chain. Its lanes are independent: lane j multiplies x_j by one weight of each layer,
/// so the gradient of a weight is the prefix product before it times the suffix product after it.
/// </summary>
internal static class DiagonalChainEmitter
{
    private const string WideFloat = "global::Lstm.Kernels.WideFloat";

    public static void Forward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        writer.Line($"// Lane j: x_j * w_jj^(1) * ... * w_1j^({plan.Layers}).");
        foreach (int j in plan.Lanes)
        {
            ChainTerms.Assign(writer, $"double lane{j}", "*", new[] { number.Widened($"x[{j - 1}]") }.Concat(plan.Lane(j).Select(weight => $"w.{weight.Field}")));
        }

        writer.Line();
        ChainTerms.Assign(writer, "double yHat", "+", plan.Lanes.Select(j => $"lane{j}"));
    }

    public static void Backward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        writer.Line("// dL/dw_jj^(i) = (yHat - y) * (product of w_jj over every layer but i) * x_j: a prefix times a suffix product.");
        writer.Line();
        foreach (int j in plan.Lanes)
        {
            Prefixes(writer, number, plan, j);
        }

        writer.Line("// The error, the first factor of every suffix.");
        ChainTerms.Assign(writer, "double yHat", "+", plan.Lanes.Select(j => $"p{plan.Layers}_{j}"));
        writer.Line("double e = yHat - y;");
        foreach (int j in plan.Lanes)
        {
            Suffixes(writer, number, plan, j);
        }

        writer.Line();
        using (writer.Block("if (!dX.IsEmpty)"))
        {
            foreach (int j in plan.Lanes)
            {
                writer.Line($"dX[{j - 1}] = {number.RoundedName($"s{j}")};");
            }
        }
    }

    private static void Prefixes(SourceWriter writer, NumberNames number, DeepChainPlan plan, int j)
    {
        writer.Lines($"""
            // Lane {j}, prefix products: p_i = x_{j} * w_{j}{j}^(1) * ... * w_{j}{j}^(i).
            double p0_{j} = x[{j - 1}];
            """);
        foreach (ChainWeight weight in plan.Lane(j))
        {
            writer.Line($"double p{weight.Layer}_{j} = p{weight.Layer - 1}_{j} * w.{weight.Field};");
        }

        writer.Line();
    }

    private static void Suffixes(SourceWriter writer, NumberNames number, DeepChainPlan plan, int j)
    {
        writer.Lines($"""

            // Lane {j}, suffix products: before each line s{j} = e * w_1{j}^({plan.Layers}) * ... * w_{j}{j}^(i+1); after the last, dL/dx_{j}.
            double s{j} = e;
            """);
        foreach (ChainWeight weight in plan.Lane(j).Reverse())
        {
            writer.Line($"dW.{weight.Field} += {number.Rounded($"p{weight.Layer - 1}_{j} * s{j}")}; s{j} *= w.{weight.Field};");
        }
    }

    public static void Predict(SourceWriter writer, NumberNames number) => writer.Lines($$"""
        // yHat = sum over the lanes j of x_j * w_jj^(1) * ... * w_1j^(L).
        private readonly double ComputeYHat({{number.ReadOnlySpan}} x)
        {
            {{number.ReadOnlySpan}} w = ReadOnlyParameters;
            double yHat = 0;
            for (int j = 0; j < Width; j++)
            {
                double lane = x[j];
                for (int layer = 0; layer < LayerCount; layer++)
                {
                    lane *= w[(layer * Width) + j];
                }

                yHat += lane;
            }

            return yHat;
        }

        """);

    public static void BackwardLoop(SourceWriter writer, NumberNames number) => writer.Lines($$"""
        {{number.ReadOnlySpan}} w = ReadOnlyParameters;
        {{number.Span}} dW = gradient.Values;
        global::System.Span<double> prefix = stackalloc double[LayerCount];

        // dL/dw_jj^(i) = (yHat - y) * (product of w_jj over every layer but i) * x_j: a prefix times a suffix product.
        double e = ComputeYHat(x) - y;
        for (int j = 0; j < Width; j++)
        {
            // Before layer i: p = x_j * w_jj^(1) * ... * w_jj^(i-1).
            double p = x[j];
            for (int layer = 0; layer < LayerCount; layer++)
            {
                prefix[layer] = p;
                p *= w[(layer * Width) + j];
            }

            // After layer i: s = (yHat - y) * w_1j^(L) * ... * w_jj^(i+1).
            double s = e;
            for (int layer = LayerCount - 1; layer >= 0; layer--)
            {
                dW[(layer * Width) + j] += {{number.Rounded("prefix[layer] * s")}};
                s *= w[(layer * Width) + j];
            }

            if (!dX.IsEmpty)
            {
                dX[j] = {{number.RoundedName("s")}};
            }
        }
        """);

    public static void GradientMagnitudes(SourceWriter writer, NumberNames number) => writer.Lines($$"""
        {{number.ReadOnlySpan}} w = ReadOnlyParameters;
        global::System.Span<{{WideFloat}}> prefix = stackalloc {{WideFloat}}[LayerCount];
        global::System.Span<{{WideFloat}}> squares = stackalloc {{WideFloat}}[LayerCount];
        squares.Clear();

        // Without the common factor e = yHat - y: squares[i] = sum over j of (prefix * suffix)^2.
        {{WideFloat}} yHat = 0.0;
        for (int j = 0; j < Width; j++)
        {
            {{WideFloat}} p = x[j];
            for (int layer = 0; layer < LayerCount; layer++)
            {
                prefix[layer] = p;
                p *= w[(layer * Width) + j];
            }

            yHat += p;
            {{WideFloat}} s = 1.0;
            for (int layer = LayerCount - 1; layer >= 0; layer--)
            {
                {{WideFloat}} product = prefix[layer] * s;
                squares[layer] += product * product;
                s *= w[(layer * Width) + j];
            }
        }

        // log10 ||dL/dw^(i)|| = log10 |e| + 1/2 log10 squares[i].
        double logError = {{WideFloat}}.Log10({{WideFloat}}.Abs(yHat - y));
        for (int layer = 0; layer < LayerCount; layer++)
        {
            log10[layer] = logError + (0.5 * {{WideFloat}}.Log10(squares[layer]));
        }
        """);
}
