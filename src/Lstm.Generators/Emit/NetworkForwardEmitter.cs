using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>A network's public forward members: layer after layer over kernels that know one layer.</summary>
internal static class NetworkForwardEmitter
{
    public static void EmitStep(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        writer.Lines($$"""

            /// <summary>One time step, equations (1) to (6) in every layer, then y = V wm + c.</summary>
            /// <param name="x">x_t, p {{writer.Real}}s; may be a WorkingMemory of <paramref name="state"/>.</param>
            /// <param name="state">ltm and wm: of the step before, then of this one.</param>
            /// <param name="y">Gets y_t, K {{writer.Real}}s; may overlap <paramref name="x"/>.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Step({writer.ReadOnlySpan} x, ref State state, {writer.Span} y)"))
        {
            ParameterEmitter.EmitRequireRow(writer, "x", "InputSize", layout.Input);
            ParameterEmitter.EmitRequireRow(writer, "y", "OutputSize", plan.Readout.Output);
            writer.Lines($$"""

                ref {{writer.Real}} w = ref {{Names.Unsafe}}.AsRef(in _storage.First);
                ref {{writer.Real}} memory = ref state.First;
                """);
            for (int layer = 0; layer < plan.Layers; layer++)
            {
                string input = layer == 0
                    ? $"ref {Names.Marshal}.GetReference(x)"
                    : $"ref {Names.Unsafe}.Add(ref memory, {((layer - 1) * plan.StateStride) + layout.Padded})";
                EmitRun(writer, plan, layer, Names.OneStep, input, "0", "1", $"ref {Names.Unsafe}.NullRef<{writer.Real}>()");
            }

            writer.Line($"Kernel.ReadOut(ref {Names.Unsafe}.Add(ref w, {plan.Readout.Weights}), ref {Names.Unsafe}.Add(ref memory, {((plan.Layers - 1) * plan.StateStride) + layout.Padded}), 0, 1, ref {Names.Marshal}.GetReference(y));");
        }
    }

    public static void EmitForward(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        writer.Lines($$"""

            /// <summary>T time steps; the same bits as T calls of <c>Step</c>.</summary>
            /// <param name="x">T x p.</param>
            /// <param name="state">ltm and wm: before the first step, then after the last.</param>
            /// <param name="y">Gets y_1 to y_T, T x K; may be <paramref name="x"/> itself, where K = p.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Forward({writer.ReadOnlySpan} x, ref State state, {writer.Span} y)"))
        {
            EmitChecks(writer, plan);
            ParameterEmitter.EmitRefuseUnlessSame(writer, "y", "x");
            writer.Lines($$"""

                ref {{writer.Real}} w = ref {{Names.Unsafe}}.AsRef(in _storage.First);
                ref {{writer.Real}} memory = ref state.First;
                ref {{writer.Real}} inputs = ref {{Names.Marshal}}.GetReference(x);
                ref {{writer.Real}} outputs = ref {{Names.Marshal}}.GetReference(y);
                ref {{writer.Real}} wm = ref {{Names.Marshal}}.GetReference((({{writer.Span}})stackalloc {{writer.Real}}[{{plan.First.Block * layout.Padded}}]));
                """);
            using (writer.Block($"for (int begin = 0; begin < steps; begin += {plan.First.Block})"))
            {
                writer.Line($"int count = global::System.Math.Min(steps - begin, {plan.First.Block});");
                for (int layer = 0; layer < plan.Layers; layer++)
                {
                    string input = layer == 0 ? $"{Names.At("inputs", Names.Product("(nint)begin", layout.Input))}" : "ref wm";
                    EmitRun(writer, plan, layer, Names.Sequence, input, $"{(layer == 0 ? layout.Input : layout.Padded)}", "count", "ref wm");
                }

                writer.Line($"Kernel.ReadOut(ref {Names.Unsafe}.Add(ref w, {plan.Readout.Weights}), ref wm, {layout.Padded}, count, ref {Names.Unsafe}.Add(ref outputs, {Names.Product("(nint)begin", plan.Readout.Output)}));");
            }
        }
    }

    public static void EmitRecordedForward(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        TapePlan tape = plan.First.Tape;
        writer.Lines($$"""

            /// <summary>Floats of tape that <paramref name="steps"/> steps need: {{tape.Header}} and {{tape.Record}} a step, for each layer.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">Negative, or more than one tape can hold.</exception>
            public static int TapeLength(int steps) => global::Lstm.Kernels.Lengths.OfTape(steps, {{plan.Layers * tape.Header}}, {{plan.Layers * tape.Record}});

            /// <summary>T time steps, recorded for <c>Backward</c>; the same bits as without a tape.</summary>
            /// <param name="x">T x p.</param>
            /// <param name="state">ltm and wm: before the first step, then after the last.</param>
            /// <param name="y">Gets y_1 to y_T, T x K; may be <paramref name="x"/> itself, where K = p, but Backward needs x as it was.</param>
            /// <param name="tape">Gets what Backward needs besides x; at least TapeLength(T) {{writer.Real}}s.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Forward({writer.ReadOnlySpan} x, ref State state, {writer.Span} y, {writer.Span} tape)"))
        {
            EmitChecks(writer, plan);
            ParameterEmitter.EmitRequireTape(writer, plan.Layers * tape.Header, plan.Layers * tape.Record);
            ParameterEmitter.EmitRefuseUnlessSame(writer, "y", "x");
            ParameterEmitter.EmitRefuseTapeOverlap(writer, "x", "y");
            writer.Lines($$"""

                ref {{writer.Real}} w = ref {{Names.Unsafe}}.AsRef(in _storage.First);
                ref {{writer.Real}} memory = ref state.First;
                ref {{writer.Real}} records = ref {{Names.Marshal}}.GetReference(tape);
                nint tapeStride = {{tape.Header}} + ((nint)steps * {{tape.Record}});
                """);
            for (int layer = 0; layer < plan.Layers; layer++)
            {
                string record = $"record{layer}";
                writer.Lines($$"""
                    ref {{writer.Real}} {{record}} = {{Names.At("records", Names.Product("tapeStride", layer))}};
                    Kernel.{{plan.KernelOf(layer).Prefix}}BeginTape({{Names.At("w", plan.OffsetOf(layer))}}, {{Names.At("memory", layer * plan.StateStride)}}, 1, ref {{record}});
                    {{record}} = ref {{Names.Unsafe}}.Add(ref {{record}}, {{tape.Header}});
                    """);
                string input = layer == 0
                    ? $"ref {Names.Marshal}.GetReference(x)"
                    : $"ref {Names.Unsafe}.Add(ref record{layer - 1}, {tape.Wm})";
                EmitRun(writer, plan, layer, Names.RecordedSequence, input, $"{(layer == 0 ? layout.Input : tape.Record)}", "steps", $"ref {Names.Unsafe}.NullRef<{writer.Real}>()", $"ref {record}");
            }

            writer.Line($"Kernel.ReadOut(ref {Names.Unsafe}.Add(ref w, {plan.Readout.Weights}), ref {Names.Unsafe}.Add(ref record{plan.Layers - 1}, {tape.Wm}), {tape.Record}, steps, ref {Names.Marshal}.GetReference(y));");
        }
    }

    private static void EmitChecks(SourceWriter writer, LstmNetworkPlan plan)
    {
        ParameterEmitter.EmitRequireSteps(writer, plan.First.Layout.Input);
        ParameterEmitter.EmitRequireRows(writer, "y", "OutputSize", plan.Readout.Output);
    }

    private static void EmitRun(
        SourceWriter writer, LstmNetworkPlan plan, int layer, string run, string input, string inputStride, string steps, string wm, string? record = null) =>
        writer.Line(
            $"Kernel.{plan.KernelOf(layer).Prefix}Run<{run}>({Names.At("w", plan.OffsetOf(layer))}, {input}, {inputStride}, {steps}, {Names.At("memory", layer * plan.StateStride)}, {wm}, {record ?? $"ref {Names.Unsafe}.NullRef<{writer.Real}>()"});");
}
