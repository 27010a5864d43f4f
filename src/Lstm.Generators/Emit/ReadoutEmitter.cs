using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The affine readout y = V wm + c of a network, forward and backward.</summary>
internal static class ReadoutEmitter
{
    public static void Emit(SourceWriter writer, LstmNetworkPlan plan)
    {
        int[] widths = plan.Readout.Widths.ToArray();
        KernelEmitter.EmitChoice(
            writer, "ReadOut", widths,
            $"ref {writer.Real} weights, ref {writer.Real} wm, nint wmStride, int steps, ref {writer.Real} y",
            "ref weights, ref wm, wmStride, steps, ref y");
        KernelEmitter.EmitChoice(
            writer, "ReadBack", widths,
            $"ref {writer.Real} weights, ref {writer.Real} dY, int steps, ref {writer.Real} dWm",
            "ref weights, ref dY, steps, ref dWm");
        foreach (Dialect dialect in widths.Select(lanes => Dialect.Of(writer.Element, lanes)))
        {
            EmitForward(writer, plan, dialect);
            EmitBackward(writer, plan, dialect);
        }

        EmitBiasGradient(writer, plan);
    }

    private static void EmitForward(SourceWriter writer, LstmNetworkPlan plan, Dialect dialect)
    {
        ReadoutPlan readout = plan.Readout;
        int padded = plan.First.Layout.Padded;
        int sums = readout.Lanes / dialect.Lanes;
        writer.Lines($$"""

            /// <summary>y = V wm + c for <paramref name="steps"/> steps.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"private static void ReadOut{dialect.Suffix}(ref {writer.Real} weights, ref {writer.Real} wm, nint wmStride, int steps, ref {writer.Real} y)"))
        using (writer.Block("for (int step = 0; step < steps; step++)"))
        {
            using (writer.Block($"for (nint row = 0; row < {readout.Output}; row++)"))
            {
                writer.Line($"ref {writer.Real} v = ref {Names.Unsafe}.Add(ref weights, row * {padded});");
                for (int v = 0; v < sums; v++)
                {
                    writer.Line($"var sum{v} = {dialect.Zero};");
                }

                using (writer.Block($"for (nint unit = 0; unit < {padded}; unit += {readout.Lanes})"))
                {
                    for (int v = 0; v < sums; v++)
                    {
                        string at = Names.Sum("unit", v * dialect.Lanes);
                        writer.Line($"sum{v} = MultiplyAdd(ref v, {at}, Load{dialect.Suffix}(ref wm, {at}), sum{v});");
                    }
                }

                writer.Line($"{Names.Unsafe}.Add(ref y, row) = {Names.Unsafe}.Add(ref weights, {readout.Biases - readout.Weights} + row) + {ProductEmitter.Halve(sums, dialect.Lanes)};");
            }

            writer.Lines($$"""
                wm = ref {{Names.Unsafe}}.Add(ref wm, wmStride);
                y = ref {{Names.Unsafe}}.Add(ref y, {{readout.Output}});
                """);
        }
    }

    private static void EmitBackward(SourceWriter writer, LstmNetworkPlan plan, Dialect dialect)
    {
        ReadoutPlan readout = plan.Readout;
        int padded = plan.First.Layout.Padded;
        writer.Lines($$"""

            /// <summary>dL/dwm = V^T dL/dy for <paramref name="steps"/> steps.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"private static void ReadBack{dialect.Suffix}(ref {writer.Real} weights, ref {writer.Real} dY, int steps, ref {writer.Real} dWm)"))
        using (writer.Block("for (int step = 0; step < steps; step++)"))
        {
            using (writer.Block($"for (nint unit = 0; unit < {padded}; unit += {dialect.Lanes})"))
            {
                writer.Lines($$"""
                    var sum = {{dialect.Zero}};
                    ref {{writer.Real}} v = ref {{Names.Unsafe}}.Add(ref weights, unit);
                    """);
                using (writer.Block($"for (nint row = 0; row < {readout.Output}; row++)"))
                {
                    writer.Lines($$"""
                        sum = MultiplyAdd(ref v, 0, Broadcast{{dialect.Suffix}}(ref dY, row), sum);
                        v = ref {{Names.Unsafe}}.Add(ref v, {{padded}});
                        """);
                }

                writer.Line("Store(ref dWm, unit, sum);");
            }

            writer.Lines($$"""
                dY = ref {{Names.Unsafe}}.Add(ref dY, {{readout.Output}});
                dWm = ref {{Names.Unsafe}}.Add(ref dWm, {{padded}});
                """);
        }
    }

    private static void EmitBiasGradient(SourceWriter writer, LstmNetworkPlan plan)
    {
        int output = plan.Readout.Output;
        writer.Lines($$"""

            /// <summary>dL/dc += sum of dL/dy over <paramref name="steps"/> steps.</summary>
            internal static void BiasGradient(ref {{writer.Real}} biases, ref {{writer.Real}} dY, int steps)
            {
                for (nint row = 0; row < {{output}}; row++)
                {
                    {{writer.Real}} sum = {{writer.Element.Whole(0)}};
                    for (nint step = 0; step < steps; step++)
                    {
                        sum += {{Names.Unsafe}}.Add(ref dY, {{(output == 1 ? "step" : $"(step * {output})")}} + row);
                    }

                    {{Names.Unsafe}}.Add(ref biases, row) += sum;
                }
            }
            """);
    }
}
