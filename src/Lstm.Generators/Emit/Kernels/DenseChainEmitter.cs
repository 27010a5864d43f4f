using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// Prints the bodies of an unrolled dense chain: <c>x^(i) = W^(i) x^(i-1)</c> on the way up; on the way back
/// <c>s^(i-1) = (W^(i))^T s^(i)</c>, which is dL/dx^(i-1), and <c>dL/dW^(i) = s^(i) (x^(i-1))^T</c>.
/// </summary>
internal static class DenseChainEmitter
{
    public static void EmitForward(SourceWriter writer, DeepChainPlan plan)
    {
        writer.Line("// x^(0) = x");
        foreach (int j in plan.Lanes)
        {
            writer.Line($"double x0_{j} = {ChainKernelEmitter.Input(plan, j)};");
        }

        for (int layer = 1; layer < plan.Layers; layer++)
        {
            writer.Lines($"""

                // x^({layer}) = W^({layer}) x^({layer - 1})
                """);
            foreach (IGrouping<int, ChainWeight> row in plan.Layer(layer).GroupBy(weight => weight.Row))
            {
                writer.Lines(Terms.Assign($"double x{layer}_{row.Key}", "+", row.Select(Term)));
            }
        }

        writer.Lines($"""

            // yHat = W^({plan.Layers}) x^({plan.Layers - 1})
            """);
        writer.Lines(Terms.Assign("double yHat", "+", plan.Layer(plan.Layers).Select(Term)));

        static string Term(ChainWeight weight) => $"w.{weight.Field} * x{weight.Layer - 1}_{weight.Column}";
    }

    public static void EmitBackward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        EmitForward(writer, plan);
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
                EmitErrorBelow(writer, plan, layer);
            }
        }

        writer.Line();
        using (writer.Block("if (!dX.IsEmpty)"))
        {
            writer.Line($"// dL/dx = (W^(1))^T {Error(plan, 1)}");
            EmitErrorBelow(writer, plan, 1);
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
    private static void EmitErrorBelow(SourceWriter writer, DeepChainPlan plan, int layer)
    {
        foreach (IGrouping<int, ChainWeight> column in plan.Layer(layer).GroupBy(weight => weight.Column))
        {
            IEnumerable<string> terms = column.Select(weight => $"w.{weight.Field} * {Error(plan, layer, weight.Row)}");
            writer.Lines(Terms.Assign($"double s{layer - 1}_{column.Key}", "+", terms));
        }
    }
}
