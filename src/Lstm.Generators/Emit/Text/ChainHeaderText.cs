using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The header comment of a deep chain: its plan in words.</summary>
internal static class ChainHeaderText
{
    public static IEnumerable<string> Of(DeepChainPlan plan) =>
        $$"""
        Deep linear chain, {{(plan.Form == ChainForm.Dense ? "dense" : "diagonal")}}: yHat = W^({{plan.Layers}}) ... W^(1) x, no bias, no activation.
        {{HeaderText.Count(plan.Layers, "layer")}}, width {{plan.Width}}, {{plan.ParameterCount}} parameters.

        {{plan.Reason}}
        Bytes: {{plan.ParameterBytes}} of parameters, as many in a gradient; {{Stack(plan.Stack)}}.

        {{Numbers(plan.Scalar)}}
        """.Split('\n').Select(line => line.TrimEnd('\r'));

    private static string Stack(ChainStackPlan stack) =>
        $"in buffers on the stack {stack.ForwardBytes} in Forward, {stack.BackwardBytes} in Backward, {stack.MagnitudesBytes} in GradientMagnitudes";

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
}
