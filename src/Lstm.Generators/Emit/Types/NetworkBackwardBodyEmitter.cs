using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// What a network's <c>Backward</c> does for one sequence: <see cref="NetworkBodyEmitter"/> in reverse, a block of steps at a time.
/// </summary>
internal static class NetworkBackwardBodyEmitter
{
    public static void Emit(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        TapeLayout tape = plan.First.Tape;
        string real = NumberNames.Of(plan.First.Scalar).Type;
        writer.Lines($$"""

            {{Code.Hot}}
            """);
        using (writer.Block($$"""
            public static void Backward(
                ref {{real}} w, ReadOnlySpan<{{real}}> x, ReadOnlySpan<{{real}}> tape, ReadOnlySpan<{{real}}> dY, ref {{real}} dState,
                ref {{real}} gradient, Span<{{real}}> dX)
            """))
        {
            writer.Lines($$"""
                int steps = Require.Steps(x.Length, {{layout.Input}});
                int used = Require.RecordedTape(tape, steps, {{plan.Tape.Header}}, {{plan.Tape.Record}}, {{plan.Tape.Mark}});
                Require.Rows("dY", dY.Length, steps, "OutputSize", {{plan.Readout.Output}});
                {{CellBodyEmitter.InputGradientChecks(real, "dY")}}
                ref {{real}} head = ref TapeLabel.Require(tape, {{plan.Tape.Mark}}, steps, 1);
                IntPtr tapeStride = {{tape.Header}} + ((IntPtr)steps * {{tape.Record}});
                {{CellBodyEmitter.Stack("dZ", real, plan.Stack.DZ)}}
                {{CellBodyEmitter.Stack("dWm", real, plan.Stack.DWm)}}
                """);
            using (writer.Block("for (int end = steps; end > 0;)"))
            {
                EmitBackwardBlock(writer, plan);
            }
        }
    }

    /// <summary>A block of steps, layer after layer from the top.</summary>
    private static void EmitBackwardBlock(SourceWriter writer, LstmNetworkPlan plan)
    {
        TapeLayout tape = plan.First.Tape;
        string real = NumberNames.Of(plan.First.Scalar).Type;
        writer.Lines($$"""
            int count = Math.Min(end, {{plan.First.BackwardSteps}});
            int begin = end - count;
            IntPtr at = {{tape.Header}} + ((IntPtr)begin * {{tape.Record}});
            ref {{real}} outputs = {{Code.RefAt("MemoryMarshal.GetReference(dY)", Code.Multiply("(IntPtr)begin", plan.Readout.Output))}};
            """);
        for (int layer = 0; layer < plan.Layers; layer++)
        {
            string place = layer == 0 ? "at" : $"{Code.Product("tapeStride", layer)} + at";
            writer.Line($"ref {real} record{layer} = {Code.RefAt("head", place)};");
        }

        EmitReadoutBackward(writer, plan, $"record{plan.Layers - 1}", "count");
        for (int layer = plan.Layers - 1; layer >= 0; layer--)
        {
            int size = plan.First.Layout.Input;
            string input = layer == 0
                ? $"{Code.RefAt("MemoryMarshal.GetReference(x)", Code.Multiply("(IntPtr)begin", size))}, {size}"
                : $"{Code.RefAt($"record{layer - 1}", tape.Wm)}, {tape.Record}";
            writer.Lines($$"""

                // layer {{layer}}
                {{plan.KernelOf(layer).Prefix}}Cell.WalkBack(
                    {{Code.RefAt("head", Code.Multiply("tapeStride", layer))}}, ref record{{layer}}, ref dWm, count,
                    {{Code.RefAt("dState", plan.StateOf(layer))}}, ref dZ);
                """);
            EmitLayerProducts(writer, plan, layer, input, Code.RefAt($"record{layer}", tape.Wm - tape.Record), "count", "(IntPtr)begin");
        }

        writer.Line("end = begin;");
    }

    /// <summary>What a block of rows of dY gives: dL/dwm, and the gradients of V and c.</summary>
    /// <param name="record">The last layer's first record of the block.</param>
    public static void EmitReadoutBackward(SourceWriter writer, LstmNetworkPlan plan, string record, string rows)
    {
        ReadoutPlan readout = plan.Readout;
        (int hidden, int padded) = (plan.First.Layout.Hidden, plan.First.Layout.Padded);
        writer.Lines($$"""

            // y = V wm + c
            {{NetworkBodyEmitter.Products(plan)}}.ReadBack(
                {{Code.RefAt("w", readout.Weights)}}, ref outputs, {{rows}}, ref dWm, {{readout.Output}}, {{padded}}, {{readout.PartialSums}});
            {{NetworkBodyEmitter.Products(plan)}}.ReadoutGradient(
                {{Code.RefAt("gradient", readout.Weights)}}, {{Code.RefAt("gradient", readout.Biases)}}, ref outputs, {{readout.Output}},
                {{Code.RefAt(record, plan.First.Tape.Wm)}}, {{plan.First.Tape.Record}}, {{hidden}}, {{padded}}, {{rows}},
                {{readout.PartialSums}});
            """);
    }

    /// <summary>What dZ of a block of rows adds to a layer's gradient, and what goes to the layer below, or to dX.</summary>
    /// <param name="input">The layer's inputs, with their stride.</param>
    /// <param name="wmBefore">wm of the steps before.</param>
    /// <param name="firstRow">The first row of dX.</param>
    public static void EmitLayerProducts(
        SourceWriter writer, LstmNetworkPlan plan, int layer, string input, string wmBefore, string rows, string firstRow)
    {
        string cell = $"{plan.KernelOf(layer).Prefix}Cell.Tiles";
        string weights = Code.RefAt("w", plan.OffsetOf(layer));
        writer.Lines($$"""
            {{NetworkBodyEmitter.Products(plan)}}.WeightGradient(
                {{cell}}, {{Code.RefAt("gradient", plan.OffsetOf(layer))}}, {{input}},
                {{wmBefore}}, {{plan.First.Tape.Record}}, {{rows}}, ref dZ);
            """);
        if (layer > 0)
        {
            writer.Lines($"""
                {NetworkBodyEmitter.Products(plan)}.InputGradient(
                    {cell}, {weights}, ref dZ, {rows}, ref dWm, {plan.First.Layout.Padded});
                """);
            return;
        }

        using (writer.Block("if (!dX.IsEmpty)"))
        {
            int size = plan.First.Layout.Input;
            string outputs = Code.RefAt("MemoryMarshal.GetReference(dX)", Code.Multiply(firstRow, size));
            writer.Lines($"""
                {NetworkBodyEmitter.Products(plan)}.InputGradient(
                    {cell}, {weights}, ref dZ, {rows}, {outputs}, {size});
                """);
        }

        writer.Line();
    }
}
