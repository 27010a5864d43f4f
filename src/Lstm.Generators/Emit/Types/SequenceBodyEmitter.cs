using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// What a network's public members do for many sequences at once: those of <see cref="NetworkBodyEmitter"/>, with rows of each sequence.
/// </summary>
internal static class SequenceBodyEmitter
{
    public static void Emit(SourceWriter writer, LstmNetworkPlan plan)
    {
        EmitForward(writer, plan);
        EmitRun(writer, plan);
        if (plan.First.Backward)
        {
            EmitRecord(writer, plan);
            EmitBackward(writer, plan);
        }
    }

    private static void EmitForward(SourceWriter writer, LstmNetworkPlan plan)
    {
        string real = NumberNames.Of(plan.First.Scalar).Type;
        string inputs = "ref w, ref MemoryMarshal.GetReference(x)";
        string outputs = $"ref states, ref MemoryMarshal.GetReference(y){CellBodyEmitter.ScratchOf(plan.First)}";
        writer.Lines($$"""

            {{Code.Hot}}
            public static void StepMany(ref {{real}} w, ReadOnlySpan<{{real}}> x, ref {{real}} states, int sequences, Span<{{real}}> y)
            {
                Require.RowOfEach("x", x.Length, "states", sequences, "InputSize", {{plan.First.Layout.Input}});
                Require.RowOfEach("y", y.Length, "states", sequences, "OutputSize", {{plan.Readout.Output}});
                {{CellBodyEmitter.Scratch(plan.First, plan.Stack)}}
                RunMany(
                    {{inputs}}, 1, sequences,
                    {{outputs}});
            }

            {{Code.Hot}}
            public static void ForwardMany(ref {{real}} w, ReadOnlySpan<{{real}}> x, ref {{real}} states, int sequences, Span<{{real}}> y)
            {
                int steps = Lengths.Steps(x.Length, "states", sequences, {{plan.First.Layout.Input}});
                Require.RowsOfEach("y", y.Length, steps, "states", sequences, "OutputSize", {{plan.Readout.Output}});
                Overlap.RefuseUnlessSame<{{real}}>("y", y, "x", x);
                {{CellBodyEmitter.Scratch(plan.First, plan.Stack)}}
                RunMany(
                    {{inputs}}, steps, sequences,
                    {{outputs}});
            }
            """);
    }

    /// <summary>Step by step through all layers and the readout, a block of sequences at a time.</summary>
    private static void EmitRun(SourceWriter writer, LstmNetworkPlan plan)
    {
        BatchPlan batch = plan.First.Batch;
        CellLayout layout = plan.First.Layout;
        NumberNames number = NumberNames.Of(plan.First.Scalar);
        string real = number.Type;
        string none = Code.NullRef(number);
        (string scratch, string passed) = batch.Scratch == 0 ? (string.Empty, string.Empty) : ($", ref {real} scratch", ", ref scratch");
        writer.Lines($$"""

            /// <summary>Steps of some sequences through all layers. Rows of x and y are ordered by step, then by sequence.</summary>
            {{Code.Hot}}
            """);
        using (writer.Block(
            $"private static void RunMany(\n    ref {real} w, ref {real} x, int steps, int sequences, ref {real} states, ref {real} y{scratch})"))
        using (writer.Block($"for (int first = 0; first < sequences; first += {batch.Block})"))
        {
            writer.Lines($$"""
                int count = Math.Min(sequences - first, {{batch.Block}});
                ref {{real}} state = {{Code.RefAt("states", $"(IntPtr)first * {batch.StateStride}")}};
                """);
            using (writer.Block("for (int step = 0; step < steps; step++)"))
            {
                writer.Line("IntPtr row = ((IntPtr)step * sequences) + first;");
                for (int layer = 0; layer < plan.Layers; layer++)
                {
                    string input = layer == 0
                        ? $"{Code.RefAt("x", Code.Multiply("row", layout.Input))}, {layout.Input}"
                        : $"{Code.RefAt("state", plan.WmOf(layer - 1))}, {batch.StateStride}";
                    EmitRunLayer(writer, plan, layer, "OneStep", $"{input}, 1, count", "state", $"{none}, {none}{passed}");
                }

                string y = Code.RefAt("y", Code.Multiply("row", plan.Readout.Output));
                writer.Lines(NetworkBodyEmitter.ReadOut(
                    plan, Code.RefAt("state", plan.WmOf(plan.Layers - 1)), $"{batch.StateStride}", "count", y));
            }
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
        using (writer.Block($$"""
            public static void RecordMany(
                ref {{real}} w, ReadOnlySpan<{{real}}> x, ref {{real}} states, int sequences, Span<{{real}}> y, Span<{{real}}> tape)
            """))
        {
            writer.Lines($$"""
                int steps = Lengths.Steps(x.Length, "states", sequences, {{plan.First.Layout.Input}});
                Require.RowsOfEach("y", y.Length, steps, "states", sequences, "OutputSize", {{plan.Readout.Output}});
                int used = Require.TapeOfEach(tape.Length, steps, "states", sequences, {{plan.Tape.Header}}, {{plan.Tape.Record}});
                Overlap.RefuseUnlessSame<{{real}}>("y", y, "x", x);
                Overlap.Refuse<{{real}}>("tape", tape.Slice(0, used), "x", x);
                Overlap.Refuse<{{real}}>("tape", tape.Slice(0, used), "y", y);
                if (sequences == 0)
                {
                    return;
                }

                ref {{real}} head = ref TapeLabel.Write(tape, {{plan.Tape.Mark}}, steps, sequences);
                IntPtr firstRecord = {{tape.Header}} + ((IntPtr)(sequences - 1) * {{tape.Record}});
                IntPtr tapeStride = firstRecord + ((IntPtr)steps * sequences * {{tape.Record}});
                {{CellBodyEmitter.Scratch(plan.First, plan.Stack)}}
                """);
            for (int layer = 0; layer < plan.Layers; layer++)
            {
                EmitRecordLayer(writer, plan, layer);
            }

            writer.Lines(NetworkBodyEmitter.ReadOut(
                plan, Code.RefAt($"record{plan.Layers - 1}", tape.Wm), $"{tape.Record}", "steps * sequences", "ref MemoryMarshal.GetReference(y)"));
        }
    }

    private static void EmitRecordLayer(SourceWriter writer, LstmNetworkPlan plan, int layer)
    {
        TapeLayout tape = plan.First.Tape;
        NumberNames number = NumberNames.Of(plan.First.Scalar);
        int size = plan.First.Layout.Input;
        string input = layer == 0
            ? $"ref MemoryMarshal.GetReference(x), {size}"
            : $"{Code.RefAt($"record{layer - 1}", tape.Wm)}, {tape.Record}";
        writer.Lines($$"""
            ref {{number.Type}} record{{layer}} = {{Code.RefAt("head", Code.Multiply("tapeStride", layer))}};
            TapeHead<{{number.Type}}>.Begin(
                {{plan.KernelOf(layer).Prefix}}Cell.Tiles, {{Code.RefAt("w", plan.OffsetOf(layer))}}, {{Code.RefAt("states", plan.StateOf(layer))}},
                {{plan.First.Batch.StateStride}}, sequences, ref record{{layer}}, {{tape.Record}});
            record{{layer}} = ref Unsafe.Add(ref record{{layer}}, firstRecord);
            """);
        EmitRunLayer(
            writer, plan, layer, "RecordedSequence", $"{input}, steps, sequences", "states",
            $"{Code.NullRef(number)}, ref record{layer}{CellBodyEmitter.ScratchOf(plan.First)}");
    }

    private static void EmitBackward(SourceWriter writer, LstmNetworkPlan plan)
    {
        TapeLayout tape = plan.First.Tape;
        string real = NumberNames.Of(plan.First.Scalar).Type;
        writer.Lines($$"""

            {{Code.Hot}}
            """);
        using (writer.Block($$"""
            public static void BackwardMany(
                ref {{real}} w, ReadOnlySpan<{{real}}> x, ReadOnlySpan<{{real}}> tape, ReadOnlySpan<{{real}}> dY, ref {{real}} dStates, int sequences,
                ref {{real}} gradient, Span<{{real}}> dX)
            """))
        {
            writer.Lines($$"""
                int steps = Lengths.Steps(x.Length, "dStates", sequences, {{plan.First.Layout.Input}});
                Require.RowsOfEach("dY", dY.Length, steps, "dStates", sequences, "OutputSize", {{plan.Readout.Output}});
                int used = Require.RecordedTapeOfEach(
                    tape, steps, "dStates", sequences, {{plan.Tape.Header}}, {{plan.Tape.Record}}, {{plan.Tape.Mark}});
                {{CellBodyEmitter.InputGradientChecks(real, "dY")}}
                if (sequences == 0)
                {
                    return;
                }

                ref {{real}} head = ref TapeLabel.Require(tape, {{plan.Tape.Mark}}, steps, sequences);
                ref {{real}} records = ref Unsafe.Add(ref head, {{tape.Header}} + ((IntPtr)(sequences - 1) * {{tape.Record}}));
                IntPtr tapeStride = {{tape.Header}} + (((((IntPtr)steps + 1) * sequences) - 1) * {{tape.Record}});
                IntPtr stepStride = (IntPtr)sequences * {{tape.Record}};
                {{CellBodyEmitter.Stack("dZ", real, plan.Stack.BatchDZ)}}
                {{CellBodyEmitter.Stack("dWm", real, plan.Stack.BatchDWm)}}
                """);
            using (writer.Block($"foreach (RowBlock block in new RowBlocks(steps, sequences, {plan.First.Batch.BackwardRows}))"))
            {
                EmitBackwardBlock(writer, plan);
            }
        }
    }

    /// <summary>A block of rows, layer after layer from the top.</summary>
    private static void EmitBackwardBlock(SourceWriter writer, LstmNetworkPlan plan)
    {
        TapeLayout tape = plan.First.Tape;
        string real = NumberNames.Of(plan.First.Scalar).Type;
        writer.Line($"ref {real} outputs = {Code.RefAt("MemoryMarshal.GetReference(dY)", Code.Multiply("block.Row", plan.Readout.Output))};");
        for (int layer = 0; layer < plan.Layers; layer++)
        {
            string place = Code.Add(Code.Product("tapeStride", layer), $"(block.Row * {tape.Record})");
            writer.Line($"ref {real} record{layer} = {Code.RefAt("records", place)};");
        }

        NetworkBackwardBodyEmitter.EmitReadoutBackward(writer, plan, $"record{plan.Layers - 1}", "block.Rows");
        for (int layer = plan.Layers - 1; layer >= 0; layer--)
        {
            int size = plan.First.Layout.Input;
            string input = layer == 0
                ? $"{Code.RefAt("MemoryMarshal.GetReference(x)", Code.Multiply("block.Row", size))}, {size}"
                : $"{Code.RefAt($"record{layer - 1}", tape.Wm)}, {tape.Record}";
            string states = Code.Add($"((IntPtr)block.First * {plan.First.Batch.StateStride})", plan.StateOf(layer));
            writer.Lines($$"""

                // layer {{layer}}
                ref {{real}} ltmBefore{{layer}} = ref Unsafe.Add(ref record{{layer}}, {{tape.Ltm}} - stepStride);
                {{plan.KernelOf(layer).Prefix}}Cell.WalkManyBack(
                    {{Code.RefAt("head", Code.Multiply("tapeStride", layer))}}, ref record{{layer}}, ref ltmBefore{{layer}}, ref dWm,
                    block.Steps, block.Sequences, {{Code.RefAt("dStates", states)}}, ref dZ);
                """);
            NetworkBackwardBodyEmitter.EmitLayerProducts(
                writer, plan, layer, input, Code.RefAt($"ltmBefore{layer}", tape.Wm - tape.Ltm), "block.Rows", "block.Row");
        }
    }

    /// <param name="inputs">The inputs, their stride, the number of steps and of sequences.</param>
    /// <param name="outputs">Where wm and the tape go, and the scratch memory, if any.</param>
    private static void EmitRunLayer(
        SourceWriter writer, LstmNetworkPlan plan, int layer, string run, string inputs, string states, string outputs) => writer.Lines($$"""
        {{plan.KernelOf(layer).Prefix}}Cell.RunMany<{{run}}>(
            {{Code.RefAt("w", plan.OffsetOf(layer))}}, {{inputs}},
            {{Code.RefAt(states, plan.StateOf(layer))}}, {{outputs}});
        """);
}
