using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>A network's backward pass: <see cref="NetworkForwardEmitter"/> in reverse, a block of steps at a time.</summary>
internal static class NetworkBackwardEmitter
{
    public static void Emit(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        writer.Lines($$"""

            /// <summary>Back through T recorded steps: adds dL/dw to <paramref name="gradient"/>.</summary>
            /// <param name="x">T x p, as given to Forward.</param>
            /// <param name="tape">As Forward left it.</param>
            /// <param name="dY">dL/dy_t of each step, T x K.</param>
            /// <param name="dState">In: dL/d(final state) besides dY. Out: dL/d(initial state).</param>
            /// <param name="gradient">Gets dL/dw added.</param>
            /// <param name="dX">Gets dL/dx, T x p; may be <paramref name="x"/> itself or, where K = p, <paramref name="dY"/>; empty: it is not computed.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"public readonly void Backward({writer.ReadOnlySpan} x, {writer.ReadOnlySpan} tape, {writer.ReadOnlySpan} dY, ref State dState, ref Gradient gradient, {writer.Span} dX = default)"))
        {
            ParameterEmitter.EmitRequireSteps(writer, layout.Input);
            ParameterEmitter.EmitRequireTape(writer, plan.Layers * plan.First.Tape.Header, plan.Layers * plan.First.Tape.Record);
            ParameterEmitter.EmitRequireRows(writer, "dY", "OutputSize", plan.Readout.Output);
            ParameterEmitter.EmitRequireInputGradient(writer);
            ParameterEmitter.EmitRefuseUnlessSame(writer, "dX", "x", "dY");
            ParameterEmitter.EmitRefuseTapeOverlap(writer, "dX");
            EmitBlocks(writer, plan);
        }
    }

    private static void EmitBlocks(SourceWriter writer, LstmNetworkPlan plan)
    {
        CellLayout layout = plan.First.Layout;
        TapePlan tape = plan.First.Tape;
        int block = plan.First.Block;
        writer.Lines($$"""

            ref {{writer.Real}} w = ref {{Names.Unsafe}}.AsRef(in _storage.First);
            ref {{writer.Real}} sums = ref gradient.First;
            ref {{writer.Real}} dMemory = ref dState.First;
            ref {{writer.Real}} inputs = ref {{Names.Marshal}}.GetReference(x);
            ref {{writer.Real}} outputs = ref {{Names.Marshal}}.GetReference(dY);
            ref {{writer.Real}} records = ref {{Names.Marshal}}.GetReference(tape);
            nint tapeStride = {{tape.Header}} + ((nint)steps * {{tape.Record}});
            ref {{writer.Real}} dZ = ref {{Names.Marshal}}.GetReference((({{writer.Span}})stackalloc {{writer.Real}}[{{block * layout.Lanes}}]));
            ref {{writer.Real}} dWm = ref {{Names.Marshal}}.GetReference((({{writer.Span}})stackalloc {{writer.Real}}[{{block * layout.Padded}}]));
            """);
        using (writer.Block("for (int end = steps; end > 0;)"))
        {
            writer.Lines($$"""
                int count = global::System.Math.Min(end, {{block}});
                int begin = end - count;
                nint at = {{tape.Header}} + ((nint)begin * {{tape.Record}});
                ref {{writer.Real}} blockOutputs = ref {{Names.Unsafe}}.Add(ref outputs, {{Names.Product("(nint)begin", plan.Readout.Output)}});
                """);
            EmitReadout(writer, plan);
            for (int layer = plan.Layers - 1; layer >= 0; layer--)
            {
                EmitLayer(writer, plan, layer);
            }

            writer.Line("end = begin;");
        }
    }

    private static void EmitReadout(SourceWriter writer, LstmNetworkPlan plan)
    {
        ReadoutPlan readout = plan.Readout;
        TapePlan tape = plan.First.Tape;
        int padded = plan.First.Layout.Padded;
        writer.Lines($$"""

            // y = V wm + c
            Kernel.ReadBack(ref {{Names.Unsafe}}.Add(ref w, {{readout.Weights}}), ref blockOutputs, count, ref dWm);
            Kernel.ReadoutOuter(
                ref {{Names.Unsafe}}.Add(ref sums, {{readout.Weights}}), {{padded}}, ref blockOutputs, {{readout.Output}}, {{readout.Output}},
                ref {{Names.Unsafe}}.Add(ref records, {{At(plan.Layers - 1)}} + {{tape.Wm}}), {{tape.Record}}, {{padded}}, count);
            Kernel.BiasGradient(ref {{Names.Unsafe}}.Add(ref sums, {{readout.Biases}}), ref blockOutputs, count);
            """);
    }

    private static void EmitLayer(SourceWriter writer, LstmNetworkPlan plan, int layer)
    {
        CellLayout layout = plan.First.Layout;
        TapePlan tape = plan.First.Tape;
        string prefix = plan.KernelOf(layer).Prefix;
        string record = $"record{layer}";
        string input = layer == 0
            ? Names.At("inputs", Names.Product("(nint)begin", layout.Input))
            : $"ref {Names.Unsafe}.Add(ref records, {At(layer - 1)} + {tape.Wm})";
        string stride = layer == 0 ? $"{layout.Input}" : $"{tape.Record}";
        writer.Lines($$"""

            // layer {{layer}}
            ref {{writer.Real}} {{record}} = ref {{Names.Unsafe}}.Add(ref records, {{At(layer)}});
            Kernel.{{prefix}}WalkBack({{Names.At("records", Names.Product("tapeStride", layer))}}, ref {{record}}, ref dWm, count, {{Names.At("dMemory", layer * plan.StateStride)}}, ref dZ);
            Kernel.{{prefix}}WeightGradient({{Names.At("sums", plan.OffsetOf(layer))}}, {{input}}, {{stride}}, ref {{Names.Unsafe}}.Subtract(ref {{record}}, {{layout.Padded}}), count, ref dZ);
            """);
        string weights = Names.At("w", plan.OffsetOf(layer));
        if (layer > 0)
        {
            writer.Line($"Kernel.{prefix}InputGradient({weights}, ref dZ, count, ref dWm);");
        }
        else
        {
            using (writer.Block("if (!dX.IsEmpty)"))
            {
                writer.Line($"Kernel.{prefix}InputGradient({weights}, ref dZ, count, ref {Names.Unsafe}.Add(ref {Names.Marshal}.GetReference(dX), {Names.Product("(nint)begin", layout.Input)}));");
            }

            writer.Line();
        }
    }

    /// <summary>Where the block's first record of a layer stands.</summary>
    private static string At(int layer) => layer == 0 ? "at" : layer == 1 ? "tapeStride + at" : $"(tapeStride * {layer}) + at";
}
