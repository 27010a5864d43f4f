using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// A network's public members for many sequences at once: those of <see cref="NetworkForwardEmitter"/> and
/// <see cref="NetworkBackwardEmitter"/>, with a span of states.
/// </summary>
internal static class BatchNetworkEmitter
{
    public static void Emit(SourceWriter writer, LstmNetworkPlan plan)
    {
        EmitStep(writer, plan);
        EmitForward(writer, plan);
        EmitRecordedForward(writer, plan);
        EmitBackward(writer, plan);
    }

    /// <summary>Step by step through all layers and the readout, a block of sequences at a time: behind <c>Step</c> and <c>Forward</c>.</summary>
    public static void EmitKernel(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        BatchPlan batch = plan.First.Batch;
        writer.Lines($$"""

            /// <summary>
            /// Runs <paramref name="steps"/> steps of <paramref name="sequences"/> sequences through all layers, {{batch.Block}} sequences at a time.
            /// Rows of x and y are ordered by step, then by sequence.
            /// </summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"internal static void RunNetworks(ref {writer.Real} w, ref {writer.Real} x, int steps, int sequences, ref {writer.Real} states, ref {writer.Real} y, ref {writer.Real} scratch)"))
        using (writer.Block("for (int first = 0; first < sequences;)"))
        {
            writer.Lines($$"""
                int count = global::System.Math.Min(sequences - first, {{batch.Block}});
                ref {{writer.Real}} memory = ref {{Names.Unsafe}}.Add(ref states, (nint)first * {{batch.StateStride}});
                """);
            using (writer.Block("for (int step = 0; step < steps; step++)"))
            {
                writer.Line("nint row = ((nint)step * sequences) + first;");
                for (int layer = 0; layer < plan.Layers; layer++)
                {
                    string input = layer == 0
                        ? $"ref {Names.Unsafe}.Add(ref x, {Names.Product("row", layout.Input)}), {layout.Input}"
                        : $"{Names.At("memory", Wm(plan, layer - 1))}, {batch.StateStride}";
                    string none = $"ref {Names.Unsafe}.NullRef<{writer.Real}>()";
                    writer.Line(
                        $"{plan.KernelOf(layer).Prefix}RunMany<{Names.OneStep}>({Names.At("w", plan.OffsetOf(layer))}, {input}, 1, count, {Names.At("memory", layer * plan.StateStride)}, {none}, {none}, ref scratch);");
                }

                writer.Line(
                    $"ReadOut({Names.At("w", plan.Readout.Weights)}, {Names.At("memory", Wm(plan, plan.Layers - 1))}, {batch.StateStride}, count, ref {Names.Unsafe}.Add(ref y, {Names.Product("row", plan.Readout.Output)}));");
            }

            writer.Line("first += count;");
        }
    }

    private static void EmitStep(SourceWriter writer, LstmNetworkPlan plan)
    {
        writer.Lines($$"""

            /// <summary>One time step of N sequences at once; the same bits as N calls with one state.</summary>
            /// <param name="x">x_t of each sequence, N x p.</param>
            /// <param name="states">ltm and wm of N sequences: of the step before, then of this one. N may be 0.</param>
            /// <param name="y">Gets y_t of each sequence, N x K; may be <paramref name="x"/> itself, where K = p, and overlap it nowhere else.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Step({writer.ReadOnlySpan} x, {Names.States} states, {writer.Span} y)"))
        {
            ParameterEmitter.EmitRequireRow(writer, "x", "states", "InputSize", plan.First.Layout.Input);
            ParameterEmitter.EmitRequireRow(writer, "y", "states", "OutputSize", plan.Readout.Output);
            EmitRun(writer, plan, "1");
        }
    }

    private static void EmitForward(SourceWriter writer, LstmNetworkPlan plan)
    {
        writer.Lines($$"""

            /// <summary>T time steps of N sequences at once; the same bits as N calls with one state.</summary>
            /// <param name="x">T x N x p; T follows from its length and from N.</param>
            /// <param name="states">ltm and wm of N sequences: before the first step, then after the last. N may be 0.</param>
            /// <param name="y">Gets y_1 to y_T, T x N x K; may be <paramref name="x"/> itself, where K = p.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Forward({writer.ReadOnlySpan} x, {Names.States} states, {writer.Span} y)"))
        {
            EmitChecks(writer, plan, "states", "y");
            ParameterEmitter.EmitRefuseUnlessSame(writer, "y", "x");
            EmitRun(writer, plan, "steps");
        }
    }

    private static void EmitRun(SourceWriter writer, LstmNetworkPlan plan, string steps)
    {
        writer.Line();
        BatchCellEmitter.EmitScratch(writer, plan.First.Batch);
        writer.Lines($$"""
            Kernel.RunNetworks(
                ref {{Names.Unsafe}}.AsRef(in _storage.First), ref {{Names.Marshal}}.GetReference(x), {{steps}}, states.Length,
                ref {{Names.FirstState(writer)}}, ref {{Names.Marshal}}.GetReference(y), ref {{Names.Marshal}}.GetReference(scratch));
            """);
    }

    private static void EmitRecordedForward(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        TapePlan tape = plan.First.Tape;
        writer.Lines($$"""

            /// <summary>Floats of tape that <paramref name="steps"/> steps of <paramref name="sequences"/> sequences need.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">Negative, or more than one tape can hold.</exception>
            public static int TapeLength(int steps, int sequences) => {{Names.Lengths}}.OfTape(steps, sequences, {{plan.Layers * tape.Header}}, {{plan.Layers * tape.Record}});

            /// <summary>T time steps of N sequences at once, recorded for <c>Backward</c>; the same bits as without a tape.</summary>
            /// <param name="x">T x N x p; T follows from its length and from N.</param>
            /// <param name="states">ltm and wm of N sequences: before the first step, then after the last. N may be 0.</param>
            /// <param name="y">Gets y_1 to y_T, T x N x K; may be <paramref name="x"/> itself, where K = p, but Backward needs x as it was.</param>
            /// <param name="tape">Gets what Backward needs besides x; at least TapeLength(T, N) floats.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Forward({writer.ReadOnlySpan} x, {Names.States} states, {writer.Span} y, {writer.Span} tape)"))
        {
            EmitChecks(writer, plan, "states", "y");
            ParameterEmitter.EmitRequireTape(writer, "states", plan.Layers * tape.Header, plan.Layers * tape.Record);
            ParameterEmitter.EmitRefuseUnlessSame(writer, "y", "x");
            ParameterEmitter.EmitRefuseTapeOverlap(writer, "x", "y");
            using (writer.Block("if (states.IsEmpty)"))
            {
                writer.Line("return;");
            }

            writer.Lines($$"""

                ref {{writer.Real}} w = ref {{Names.Unsafe}}.AsRef(in _storage.First);
                ref {{writer.Real}} memory = ref {{Names.FirstState(writer)}};
                ref {{writer.Real}} records = ref {{Names.Marshal}}.GetReference(tape);
                nint first = {{tape.Header}} + ((nint)(states.Length - 1) * {{tape.Record}});
                nint tapeStride = first + ((nint)steps * states.Length * {{tape.Record}});
                """);
            BatchCellEmitter.EmitScratch(writer, plan.First.Batch);
            for (int layer = 0; layer < plan.Layers; layer++)
            {
                string prefix = plan.KernelOf(layer).Prefix;
                string weights = Names.At("w", plan.OffsetOf(layer));
                string memory = Names.At("memory", layer * plan.StateStride);
                string input = layer == 0
                    ? $"ref {Names.Marshal}.GetReference(x), {layout.Input}"
                    : $"ref {Names.Unsafe}.Add(ref record{layer - 1}, {tape.Wm}), {tape.Record}";
                writer.Lines($$"""
                    ref {{writer.Real}} record{{layer}} = {{Names.At("records", Names.Product("tapeStride", layer))}};
                    Kernel.{{prefix}}BeginTape({{weights}}, {{memory}}, states.Length, ref record{{layer}});
                    record{{layer}} = ref {{Names.Unsafe}}.Add(ref record{{layer}}, first);
                    Kernel.{{prefix}}RunMany<{{Names.RecordedSequence}}>({{weights}}, {{input}}, steps, states.Length, {{memory}}, ref {{Names.Unsafe}}.NullRef<{{writer.Real}}>(), ref record{{layer}}, ref {{Names.Marshal}}.GetReference(scratch));
                    """);
            }

            writer.Line($"Kernel.ReadOut(ref {Names.Unsafe}.Add(ref w, {plan.Readout.Weights}), ref {Names.Unsafe}.Add(ref record{plan.Layers - 1}, {tape.Wm}), {tape.Record}, steps * states.Length, ref {Names.Marshal}.GetReference(y));");
        }
    }

    private static void EmitBackward(SourceWriter writer, LstmNetworkPlan plan)
    {
        TapePlan tape = plan.First.Tape;
        writer.Lines($$"""

            /// <summary>Back through T recorded steps of N sequences: adds dL/dw, summed over all of them, to <paramref name="gradient"/>.</summary>
            /// <param name="x">T x N x p, as given to Forward.</param>
            /// <param name="tape">As Forward left it.</param>
            /// <param name="dY">dL/dy_t of each step and sequence, T x N x K.</param>
            /// <param name="dStates">In: dL/d(final state) of N sequences besides dY. Out: dL/d(initial state). N may be 0.</param>
            /// <param name="gradient">Gets dL/dw added.</param>
            /// <param name="dX">Gets dL/dx, T x N x p; may be <paramref name="x"/> itself or, where K = p, <paramref name="dY"/>; empty: it is not computed.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"public readonly void Backward({writer.ReadOnlySpan} x, {writer.ReadOnlySpan} tape, {writer.ReadOnlySpan} dY, {Names.States} dStates, ref Gradient gradient, {writer.Span} dX = default)"))
        {
            EmitChecks(writer, plan, "dStates", "dY");
            ParameterEmitter.EmitRequireTape(writer, "dStates", plan.Layers * tape.Header, plan.Layers * tape.Record);
            ParameterEmitter.EmitRequireInputGradient(writer);
            ParameterEmitter.EmitRefuseUnlessSame(writer, "dX", "x", "dY");
            ParameterEmitter.EmitRefuseTapeOverlap(writer, "dX");
            BatchBackwardEmitter.EmitBlocks(
                writer, plan.First,
                () => EmitBackwardBlock(writer, plan),
                () => writer.Lines($$"""
                    ref {{writer.Real}} sums = ref gradient.First;
                    ref {{writer.Real}} outputs = ref {{Names.Marshal}}.GetReference(dY);
                    ref {{writer.Real}} dWm = ref {{Names.Marshal}}.GetReference((({{writer.Span}})stackalloc {{writer.Real}}[{{plan.First.Batch.Rows * plan.First.Layout.Padded}}]));
                    nint tapeStride = {{tape.Header}} + (((((nint)steps + 1) * sequences) - 1) * {{tape.Record}});
                    nint stepStride = (nint)sequences * {{tape.Record}};
                    """));
        }
    }

    private static void EmitBackwardBlock(SourceWriter writer, LstmNetworkPlan plan)
    {
        TapePlan tape = plan.First.Tape;
        ReadoutPlan readout = plan.Readout;
        int padded = plan.First.Layout.Padded;
        string top = $"record{plan.Layers - 1}";
        for (int layer = 0; layer < plan.Layers; layer++)
        {
            string at = layer == 0 ? $"row * {tape.Record}" : $"({Names.Product("tapeStride", layer)}) + (row * {tape.Record})";
            writer.Line($"ref {writer.Real} record{layer} = ref {Names.Unsafe}.Add(ref records, {at});");
        }

        writer.Lines($$"""

            // y = V wm + c
            ref {{writer.Real}} blockOutputs = ref {{Names.Unsafe}}.Add(ref outputs, {{Names.Product("row", readout.Output)}});
            Kernel.ReadBack(ref {{Names.Unsafe}}.Add(ref w, {{readout.Weights}}), ref blockOutputs, rows, ref dWm);
            Kernel.ReadoutOuter(
                ref {{Names.Unsafe}}.Add(ref sums, {{readout.Weights}}), {{padded}}, ref blockOutputs, {{readout.Output}}, {{readout.Output}},
                ref {{Names.Unsafe}}.Add(ref {{top}}, {{tape.Wm}}), {{tape.Record}}, {{padded}}, rows);
            Kernel.BiasGradient(ref {{Names.Unsafe}}.Add(ref sums, {{readout.Biases}}), ref blockOutputs, rows);
            """);
        for (int layer = plan.Layers - 1; layer >= 0; layer--)
        {
            EmitBackwardLayer(writer, plan, layer);
        }
    }

    private static void EmitBackwardLayer(SourceWriter writer, LstmNetworkPlan plan, int layer)
    {
        CellLayout layout = plan.First.Layout;
        TapePlan tape = plan.First.Tape;
        string prefix = plan.KernelOf(layer).Prefix;
        string weights = Names.At("w", plan.OffsetOf(layer));
        string x = Names.Product("row", layout.Input);
        string input = layer == 0
            ? $"ref {Names.Unsafe}.Add(ref inputs, {x}), {layout.Input}"
            : $"ref {Names.Unsafe}.Add(ref record{layer - 1}, {tape.Wm}), {tape.Record}";
        string memory = $"(nint)first * {plan.First.Batch.StateStride}";
        writer.Lines($$"""

            // layer {{layer}}
            ref {{writer.Real}} before{{layer}} = ref {{Names.Unsafe}}.Add(ref record{{layer}}, {{tape.Ltm}} - stepStride);
            Kernel.{{prefix}}WalkManyBack({{Names.At("transposed", Names.Product("tapeStride", layer))}}, ref record{{layer}}, ref before{{layer}}, ref dWm, block, count, ref {{Names.Unsafe}}.Add(ref dMemories, {{Names.Sum($"({memory})", layer * plan.StateStride)}}), ref dZ);
            Kernel.{{prefix}}WeightGradient({{Names.At("sums", plan.OffsetOf(layer))}}, {{input}}, ref {{Names.Unsafe}}.Add(ref before{{layer}}, {{tape.Wm - tape.Ltm}}), rows, ref dZ);
            """);
        if (layer > 0)
        {
            writer.Line($"Kernel.{prefix}InputGradient({weights}, ref dZ, rows, ref dWm);");
            return;
        }

        using (writer.Block("if (!dX.IsEmpty)"))
        {
            writer.Line($"Kernel.{prefix}InputGradient({weights}, ref dZ, rows, ref {Names.Unsafe}.Add(ref {Names.Marshal}.GetReference(dX), {x}));");
        }

        writer.Line();
    }

    private static void EmitChecks(SourceWriter writer, LstmNetworkPlan plan, string states, string output)
    {
        ParameterEmitter.EmitRequireSteps(writer, states, plan.First.Layout.Input);
        ParameterEmitter.EmitRequireRows(writer, output, states, "OutputSize", plan.Readout.Output);
    }

    /// <summary>Where a layer's wm stands in a state.</summary>
    private static int Wm(LstmNetworkPlan plan, int layer) => (layer * plan.StateStride) + plan.First.Layout.Padded;
}
