using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>What a network's public members do for one sequence: checks, then layer after layer over kernels that know one layer.</summary>
internal static class NetworkBodyEmitter
{
    public static void Emit(SourceWriter writer, LstmNetworkPlan plan)
    {
        EmitStep(writer, plan);
        EmitForward(writer, plan);
        if (plan.First.Backward)
        {
            EmitRecord(writer, plan);
            EmitBackward(writer, plan);
        }
    }

    /// <summary>The arithmetic and number whose products of the runtime serve the network.</summary>
    public static string Products(LstmNetworkPlan plan) => $"{plan.First.Arithmetic}{NumberNames.Of(plan.First.Scalar).Title}";

    /// <summary>y = V wm + c of some rows of wm.</summary>
    public static string ReadOut(LstmNetworkPlan plan, string wm, string stride, string rows, string y)
    {
        ReadoutPlan readout = plan.Readout;
        return $"{Products(plan)}.ReadOut(\n"
            + $"    {Code.RefAt("w", readout.Weights)}, {Code.RefAt("w", readout.Biases)}, {wm}, {stride}, {rows}, {y},\n"
            + $"    {readout.Output}, {plan.First.Layout.Padded}, {readout.PartialSums});";
    }

    /// <summary>What a block of rows of dY gives: dL/dwm, and the gradients of V and c.</summary>
    /// <param name="record">The last layer's first record of the block.</param>
    public static void EmitReadoutBackward(SourceWriter writer, LstmNetworkPlan plan, string record, string rows)
    {
        ReadoutPlan readout = plan.Readout;
        int padded = plan.First.Layout.Padded;
        writer.Lines($$"""

            // y = V wm + c
            {{Products(plan)}}.ReadBack(
                {{Code.RefAt("w", readout.Weights)}}, ref outputs, {{rows}}, ref dWm, {{readout.Output}}, {{padded}}, {{readout.PartialSums}});
            {{Products(plan)}}.ReadoutGradient(
                {{Code.RefAt("gradient", readout.Weights)}}, {{Code.RefAt("gradient", readout.Biases)}}, ref outputs, {{readout.Output}},
                {{Code.RefAt(record, plan.First.Tape.Wm)}}, {{plan.First.Tape.Record}}, {{padded}}, {{rows}}, {{readout.PartialSums}});
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
            {{Products(plan)}}.WeightGradient(
                {{cell}}, {{Code.RefAt("gradient", plan.OffsetOf(layer))}}, {{input}}, {{wmBefore}}, {{plan.First.Tape.Record}}, {{rows}}, ref dZ);
            """);
        if (layer > 0)
        {
            writer.Line($"{Products(plan)}.InputGradient({cell}, {weights}, ref dZ, {rows}, ref dWm, {plan.First.Layout.Padded});");
            return;
        }

        using (writer.Block("if (!dX.IsEmpty)"))
        {
            int size = plan.First.Layout.Input;
            string outputs = Code.RefAt("MemoryMarshal.GetReference(dX)", Code.Multiply(firstRow, size));
            writer.Line($"{Products(plan)}.InputGradient({cell}, {weights}, ref dZ, {rows}, {outputs}, {size});");
        }

        writer.Line();
    }

    /// <summary>What dX and the tape may not be.</summary>
    public static string InputGradientChecks(string real) => $"""
        Require.InputGradient(dX.Length, x.Length);
        Overlap.RefuseUnlessSame<{real}>("dX", dX, "x", x);
        Overlap.RefuseUnlessSame<{real}>("dX", dX, "dY", dY);
        Overlap.Refuse<{real}>("dX", dX, "tape", tape.Slice(0, used));
        """;

    private static void EmitStep(SourceWriter writer, LstmNetworkPlan plan)
    {
        string real = NumberNames.Of(plan.First.Scalar).Type;
        writer.Lines($$"""

            {{Code.Inline}}
            """);
        using (writer.Block($"public static void Step(ref {real} w, ReadOnlySpan<{real}> x, ref {real} state, Span<{real}> y)"))
        {
            writer.Lines($$"""
                Require.Row("x", x.Length, "InputSize", {{plan.First.Layout.Input}});
                Require.Row("y", y.Length, "OutputSize", {{plan.Readout.Output}});
                """);
            EmitStepOfLayers(writer, plan, "MemoryMarshal.GetReference(x)", "MemoryMarshal.GetReference(y)");
        }
    }

    /// <summary>One step through all layers and the readout.</summary>
    private static void EmitStepOfLayers(SourceWriter writer, LstmNetworkPlan plan, string x, string y)
    {
        string none = Code.NullRef(NumberNames.Of(plan.First.Scalar));
        for (int layer = 0; layer < plan.Layers; layer++)
        {
            string input = layer == 0 ? $"ref {x}" : Code.RefAt("state", plan.WmOf(layer - 1));
            EmitRun(writer, plan, layer, "OneStep", $"{input}, 0, 1", none, none);
        }

        writer.Lines(ReadOut(plan, Code.RefAt("state", plan.WmOf(plan.Layers - 1)), "0", "1", $"ref {y}"));
    }

    private static void EmitForward(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        string real = NumberNames.Of(plan.First.Scalar).Type;
        writer.Lines($$"""

            {{Code.Hot}}
            """);
        using (writer.Block($"public static void Forward(ref {real} w, ReadOnlySpan<{real}> x, ref {real} state, Span<{real}> y)"))
        {
            writer.Lines($$"""
                int steps = Require.Steps(x.Length, {{layout.Input}});
                Require.Rows("y", y.Length, steps, "OutputSize", {{plan.Readout.Output}});
                Overlap.RefuseUnlessSame<{{real}}>("y", y, "x", x);
                ref {{real}} inputs = ref MemoryMarshal.GetReference(x);
                ref {{real}} outputs = ref MemoryMarshal.GetReference(y);
                """);
            if (plan.StepByStep)
            {
                using (writer.Block("for (int step = 0; step < steps; step++)"))
                {
                    EmitStepOfLayers(writer, plan, "inputs", "outputs");
                    writer.Lines($"""
                        inputs = {Code.RefAt("inputs", layout.Input)};
                        outputs = {Code.RefAt("outputs", plan.Readout.Output)};
                        """);
                }
            }
            else
            {
                EmitLayerByLayer(writer, plan);
            }
        }
    }

    /// <summary>Blocks of steps, layer after layer.</summary>
    private static void EmitLayerByLayer(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        NumberNames number = NumberNames.Of(plan.First.Scalar);
        int block = plan.First.BackwardSteps;
        writer.Line($"ref {number.Type} wm = ref MemoryMarshal.GetReference((Span<{number.Type}>)stackalloc {number.Type}[{plan.Stack.LayerWm}]);");
        using (writer.Block($"for (int begin = 0; begin < steps; begin += {block})"))
        {
            writer.Line($"int count = Math.Min(steps - begin, {block});");
            for (int layer = 0; layer < plan.Layers; layer++)
            {
                string input = layer == 0
                    ? $"{Code.RefAt("inputs", Code.Multiply("(IntPtr)begin", layout.Input))}, {layout.Input}"
                    : $"ref wm, {layout.Padded}";
                EmitRun(writer, plan, layer, "Sequence", $"{input}, count", "ref wm", Code.NullRef(number));
            }

            string y = Code.RefAt("outputs", Code.Multiply("(IntPtr)begin", plan.Readout.Output));
            writer.Lines(ReadOut(plan, "ref wm", $"{layout.Padded}", "count", y));
        }
    }

    private static void EmitRecord(SourceWriter writer, LstmNetworkPlan plan)
    {
        TapeLayout tape = plan.First.Tape;
        NumberNames number = NumberNames.Of(plan.First.Scalar);
        string real = number.Type;
        writer.Lines($$"""

            {{Code.Hot}}
            """);
        using (writer.Block(
            $"public static void Record(ref {real} w, ReadOnlySpan<{real}> x, ref {real} state, Span<{real}> y, Span<{real}> tape)"))
        {
            writer.Lines($$"""
                int steps = Require.Steps(x.Length, {{plan.First.Layout.Input}});
                Require.Rows("y", y.Length, steps, "OutputSize", {{plan.Readout.Output}});
                int used = Require.Tape(tape.Length, steps, {{plan.Layers * tape.Header}}, {{plan.Layers * tape.Record}});
                Overlap.RefuseUnlessSame<{{real}}>("y", y, "x", x);
                Overlap.Refuse<{{real}}>("tape", tape.Slice(0, used), "x", x);
                Overlap.Refuse<{{real}}>("tape", tape.Slice(0, used), "y", y);
                ref {{real}} head = ref MemoryMarshal.GetReference(tape);
                IntPtr tapeStride = {{tape.Header}} + ((IntPtr)steps * {{tape.Record}});
                """);
            for (int layer = 0; layer < plan.Layers; layer++)
            {
                writer.Lines($$"""
                    ref {{real}} record{{layer}} = {{Code.RefAt("head", Code.Multiply("tapeStride", layer))}};
                    TapeHead<{{real}}>.Begin(
                        {{plan.KernelOf(layer).Prefix}}Cell.Tiles, {{Code.RefAt("w", plan.OffsetOf(layer))}}, {{Code.RefAt("state", plan.StateOf(layer))}},
                        {{plan.First.Batch.StateStride}}, 1, ref record{{layer}}, {{tape.Record}});
                    record{{layer}} = {{Code.RefAt($"record{layer}", tape.Header)}};
                    """);
            }

            EmitRecordedLayers(writer, plan);
            writer.Lines(ReadOut(
                plan, Code.RefAt($"record{plan.Layers - 1}", tape.Wm), $"{tape.Record}", "steps", "ref MemoryMarshal.GetReference(y)"));
        }
    }

    /// <summary>The recorded steps, layer after layer or, in a stack of small cells, step by step.</summary>
    private static void EmitRecordedLayers(SourceWriter writer, LstmNetworkPlan plan)
    {
        TapeLayout tape = plan.First.Tape;
        NumberNames number = NumberNames.Of(plan.First.Scalar);
        string steps = plan.StepByStep ? "1" : "steps";
        SourceWriter.Scope? loop = null;
        if (plan.StepByStep)
        {
            loop = writer.Block("for (int step = 0; step < steps; step++)");
            writer.Line($"IntPtr at = (IntPtr)step * {tape.Record};");
        }

        for (int layer = 0; layer < plan.Layers; layer++)
        {
            string step = plan.StepByStep ? Code.Multiply("step", plan.First.Layout.Input) : "0";
            string record = plan.StepByStep ? Code.RefAt($"record{layer}", "at") : $"ref record{layer}";
            string below = plan.StepByStep ? Code.Add("at", tape.Wm) : $"{tape.Wm}";
            string input = layer == 0
                ? $"{Code.RefAt("MemoryMarshal.GetReference(x)", step)}, {plan.First.Layout.Input}"
                : $"{Code.RefAt($"record{layer - 1}", below)}, {tape.Record}";
            EmitRun(writer, plan, layer, "RecordedSequence", $"{input}, {steps}", Code.NullRef(number), record);
        }

        loop?.Dispose();
    }

    private static void EmitBackward(SourceWriter writer, LstmNetworkPlan plan)
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
                int used = Require.Tape(tape.Length, steps, {{plan.Layers * tape.Header}}, {{plan.Layers * tape.Record}});
                Require.Rows("dY", dY.Length, steps, "OutputSize", {{plan.Readout.Output}});
                {{InputGradientChecks(real)}}
                ref {{real}} head = ref MemoryMarshal.GetReference(tape);
                IntPtr tapeStride = {{tape.Header}} + ((IntPtr)steps * {{tape.Record}});
                ref {{real}} dZ = ref MemoryMarshal.GetReference((Span<{{real}}>)stackalloc {{real}}[{{plan.Stack.DZ}}]);
                ref {{real}} dWm = ref MemoryMarshal.GetReference((Span<{{real}}>)stackalloc {{real}}[{{plan.Stack.DWm}}]);
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

    /// <param name="inputs">The inputs, their stride and the number of steps.</param>
    private static void EmitRun(SourceWriter writer, LstmNetworkPlan plan, int layer, string run, string inputs, string wm, string record) => writer.Lines($$"""
        {{plan.KernelOf(layer).Prefix}}Cell.Run<{{run}}>(
            {{Code.RefAt("w", plan.OffsetOf(layer))}}, {{inputs}}, {{Code.RefAt("state", plan.StateOf(layer))}}, {{wm}}, {{record}});
        """);
}
