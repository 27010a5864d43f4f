using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// Prints the bodies of an unrolled diagonal chain. Its lanes are independent: lane j multiplies x_j by one weight of each layer,
/// so the gradient of a weight is the prefix product before it times the suffix product after it.
/// </summary>
internal static class DiagonalChainEmitter
{
    public static void EmitForward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        writer.Line($"// Lane j: x_j * w_jj^(1) * ... * w_1j^({plan.Layers}).");
        foreach (int j in plan.Lanes)
        {
            string[] input = { number.Widened(ChainKernelEmitter.Input(plan, j)) };
            writer.Lines(Terms.Assign($"double lane{j}", "*", input.Concat(plan.Lane(j).Select(weight => $"w.{weight.Field}"))));
        }

        writer.Line();
        writer.Lines(Terms.Assign("double yHat", "+", plan.Lanes.Select(j => $"lane{j}")));
    }

    public static void EmitBackward(SourceWriter writer, NumberNames number, DeepChainPlan plan)
    {
        writer.Line("// dL/dw_jj^(i) = (yHat - y) * (product of w_jj over every layer but i) * x_j: a prefix times a suffix product.");
        writer.Line();
        foreach (int j in plan.Lanes)
        {
            EmitPrefixes(writer, number, plan, j);
        }

        writer.Line("// The error, the first factor of every suffix.");
        writer.Lines(Terms.Assign("double yHat", "+", plan.Lanes.Select(j => $"p{plan.Layers}_{j}")));
        writer.Line("double e = yHat - y;");
        foreach (int j in plan.Lanes)
        {
            EmitSuffixes(writer, number, plan, j);
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

    private static void EmitPrefixes(SourceWriter writer, NumberNames number, DeepChainPlan plan, int j)
    {
        writer.Lines($"""
            // Lane {j}, prefix products: p_i = x_{j} * w_{j}{j}^(1) * ... * w_{j}{j}^(i).
            double p0_{j} = {ChainKernelEmitter.Input(plan, j)};
            """);
        foreach (ChainWeight weight in plan.Lane(j))
        {
            writer.Line($"double p{weight.Layer}_{j} = p{weight.Layer - 1}_{j} * w.{weight.Field};");
        }

        writer.Line();
    }

    private static void EmitSuffixes(SourceWriter writer, NumberNames number, DeepChainPlan plan, int j)
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
}
