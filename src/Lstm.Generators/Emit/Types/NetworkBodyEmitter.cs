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
            NetworkBackwardBodyEmitter.Emit(writer, plan);
        }
    }

    /// <summary>The arithmetic and number whose products of the runtime serve the network.</summary>
    public static string Products(LstmNetworkPlan plan) => $"{plan.First.Arithmetic}{NumberNames.Of(plan.First.Scalar).Title}";

    /// <summary>y = V wm + c of some rows of wm.</summary>
    public static string ReadOut(LstmNetworkPlan plan, string wm, string stride, string rows, string y)
    {
        ReadoutPlan readout = plan.Readout;
        return $"{Products(plan)}.ReadOut(\n"
            + $"    {Code.RefAt("w", readout.Weights)}, {Code.RefAt("w", readout.Biases)}, {wm}, {stride}, {rows},\n"
            + $"    {y}, {readout.Output}, {plan.First.Layout.Hidden}, {plan.First.Layout.Padded}, {readout.PartialSums});";
    }

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
                EmitStepByStep(writer, plan);
            }

            EmitLayerByLayer(writer, plan);
        }
    }

    /// <summary>
    /// All steps at 512 bits, where latency is what a step costs: the processor computes a layer of the next step beside the next layer of this one.
    /// </summary>
    private static void EmitStepByStep(SourceWriter writer, LstmNetworkPlan plan)
    {
        using (writer.Block("if (Width.Is512)"))
        {
            using (writer.Block("for (int step = 0; step < steps; step++)"))
            {
                EmitStepOfLayers(writer, plan, "inputs", "outputs");
                writer.Lines($"""
                    inputs = {Code.RefAt("inputs", plan.First.Layout.Input)};
                    outputs = {Code.RefAt("outputs", plan.Readout.Output)};
                    """);
            }

            writer.Line("return;");
        }

        writer.Line();
    }

    /// <summary>Blocks of steps, layer after layer.</summary>
    private static void EmitLayerByLayer(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        NumberNames number = NumberNames.Of(plan.First.Scalar);
        int block = plan.First.BackwardSteps;
        writer.Line(CellBodyEmitter.Stack("wm", number.Type, plan.Stack.LayerWm));
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
                int used = Require.Tape(tape.Length, steps, {{plan.Tape.Header}}, {{plan.Tape.Record}});
                Overlap.RefuseUnlessSame<{{real}}>("y", y, "x", x);
                Overlap.Refuse<{{real}}>("tape", tape.Slice(0, used), "x", x);
                Overlap.Refuse<{{real}}>("tape", tape.Slice(0, used), "y", y);
                ref {{real}} head = ref TapeLabel.Write(tape, {{plan.Tape.Mark}}, steps, 1);
                IntPtr tapeStride = {{tape.Header}} + ((IntPtr)steps * {{tape.Record}});
                """);
            for (int layer = 0; layer < plan.Layers; layer++)
            {
                string weights = Code.RefAt("w", plan.OffsetOf(layer));
                string state = Code.RefAt("state", plan.StateOf(layer));
                writer.Lines($$"""
                    ref {{real}} record{{layer}} = {{Code.RefAt("head", Code.Multiply("tapeStride", layer))}};
                    TapeHead<{{real}}>.Begin(
                        {{plan.KernelOf(layer).Prefix}}Cell.Tiles, {{weights}}, {{state}},
                        {{plan.First.Batch.StateStride}}, 1, ref record{{layer}}, {{tape.Record}});
                    record{{layer}} = {{Code.RefAt($"record{layer}", tape.Header)}};
                    """);
            }

            EmitRecordedLayers(writer, plan);
            writer.Lines(ReadOut(
                plan, Code.RefAt($"record{plan.Layers - 1}", tape.Wm), $"{tape.Record}", "steps", "ref MemoryMarshal.GetReference(y)"));
        }
    }

    /// <summary>The recorded steps, layer after layer or, in a stack of small cells at 512 bits, step by step.</summary>
    private static void EmitRecordedLayers(SourceWriter writer, LstmNetworkPlan plan)
    {
        if (!plan.StepByStep)
        {
            EmitRecordedRuns(writer, plan, "0", "0", "steps");
            return;
        }

        using (writer.Block("if (Width.Is512)"))
        using (writer.Block("for (IntPtr step = 0; step < steps; step++)"))
        {
            EmitRecordedRuns(writer, plan, Code.Multiply("step", plan.First.Layout.Input), $"(step * {plan.First.Tape.Record})", "1");
        }

        using (writer.Block("else"))
        {
            EmitRecordedRuns(writer, plan, "0", "0", "steps");
        }

        writer.Line();
    }

    /// <summary>Some recorded steps of each layer.</summary>
    /// <param name="x">Where their inputs stand.</param>
    /// <param name="record">Where their records stand.</param>
    private static void EmitRecordedRuns(SourceWriter writer, LstmNetworkPlan plan, string x, string record, string steps)
    {
        TapeLayout tape = plan.First.Tape;
        for (int layer = 0; layer < plan.Layers; layer++)
        {
            string input = layer == 0
                ? $"{Code.RefAt("MemoryMarshal.GetReference(x)", x)}, {plan.First.Layout.Input}"
                : $"{Code.RefAt($"record{layer - 1}", Code.Add(record, $"{tape.Wm}"))}, {tape.Record}";
            EmitRun(
                writer, plan, layer, "RecordedSequence", $"{input}, {steps}", Code.NullRef(NumberNames.Of(plan.First.Scalar)),
                Code.RefAt($"record{layer}", record));
        }
    }

    /// <param name="inputs">The inputs, their stride and the number of steps.</param>
    private static void EmitRun(
        SourceWriter writer, LstmNetworkPlan plan, int layer, string run, string inputs, string wm, string record) => writer.Lines($$"""
        {{plan.KernelOf(layer).Prefix}}Cell.Run<{{run}}>(
            {{Code.RefAt("w", plan.OffsetOf(layer))}}, {{inputs}},
            {{Code.RefAt("state", plan.StateOf(layer))}}, {{wm}}, {{record}});
        """);
}
