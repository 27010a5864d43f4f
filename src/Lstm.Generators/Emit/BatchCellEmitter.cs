using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>A cell's public members for many sequences at once: those of <see cref="LstmCellEmitter"/>, with a span of states.</summary>
internal static class BatchCellEmitter
{
    public static void Emit(SourceWriter writer, KernelPlan kernel)
    {
        EmitStep(writer, kernel);
        EmitForward(writer, kernel);
        EmitRecordedForward(writer, kernel);
        EmitBackward(writer, kernel);
    }

    private static void EmitStep(SourceWriter writer, KernelPlan kernel)
    {
        writer.Lines($$"""

            /// <summary>One time step of N sequences at once; the same bits as N calls with one state.</summary>
            /// <param name="x">x_t of each sequence, N x p.</param>
            /// <param name="states">ltm and wm of N sequences: of the step before, then of this one. N may be 0.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Step({writer.ReadOnlySpan} x, {Names.States} states)"))
        {
            ParameterEmitter.EmitRequireRow(writer, "x", "states", "InputSize", kernel.Layout.Input);
            writer.Line();
            EmitScratch(writer, kernel.Batch);
            EmitRun(writer, kernel, "1", Nothing(writer));
        }
    }

    private static void EmitForward(SourceWriter writer, KernelPlan kernel)
    {
        writer.Lines($$"""

            /// <summary>T time steps of N sequences at once; the same bits as N calls with one state.</summary>
            /// <param name="x">T x N x p; T follows from its length and from N.</param>
            /// <param name="states">ltm and wm of N sequences: before the first step, then after the last. N may be 0.</param>
            /// <param name="wm">Gets wm_1 to wm_T, T x N x d; may be <paramref name="x"/> itself, where d = p.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Forward({writer.ReadOnlySpan} x, {Names.States} states, {writer.Span} wm)"))
        {
            EmitChecks(writer, kernel, "states", "wm");
            ParameterEmitter.EmitRefuseUnlessSame(writer, "wm", "x");
            writer.Line();
            EmitScratch(writer, kernel.Batch);
            EmitRun(writer, kernel, "steps", $"{Names.Marshal}.GetReference(wm)");
        }
    }

    private static void EmitRecordedForward(SourceWriter writer, KernelPlan kernel)
    {
        TapePlan tape = kernel.Tape;
        writer.Lines($$"""

            /// <summary>Floats of tape that <paramref name="steps"/> steps of <paramref name="sequences"/> sequences need.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">Negative, or more than one tape can hold.</exception>
            public static int TapeLength(int steps, int sequences) => {{Names.Lengths}}.OfTape(steps, sequences, {{tape.Header}}, {{tape.Record}});

            /// <summary>T time steps of N sequences at once, recorded for <c>Backward</c>; the same bits as without a tape.</summary>
            /// <param name="x">T x N x p; T follows from its length and from N.</param>
            /// <param name="states">ltm and wm of N sequences: before the first step, then after the last. N may be 0.</param>
            /// <param name="wm">Gets wm_1 to wm_T, T x N x d; may be <paramref name="x"/> itself, where d = p, but Backward needs x as it was.</param>
            /// <param name="tape">Gets what Backward needs besides x; at least TapeLength(T, N) floats.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Forward({writer.ReadOnlySpan} x, {Names.States} states, {writer.Span} wm, {writer.Span} tape)"))
        {
            EmitChecks(writer, kernel, "states", "wm");
            ParameterEmitter.EmitRequireTape(writer, "states", tape.Header, tape.Record);
            ParameterEmitter.EmitRefuseUnlessSame(writer, "wm", "x");
            ParameterEmitter.EmitRefuseTapeOverlap(writer, "x", "wm");
            using (writer.Block("if (states.IsEmpty)"))
            {
                writer.Line("return;");
            }

            writer.Lines($$"""

                ref {{writer.Real}} w = ref {{Names.Unsafe}}.AsRef(in _storage.First);
                ref {{writer.Real}} record = ref {{Names.Marshal}}.GetReference(tape);
                """);
            writer.Lines($$"""
                Kernel.BeginTape(ref w, ref {{Names.FirstState(writer)}}, states.Length, ref record);
                """);
            EmitScratch(writer, kernel.Batch);
            EmitRun(
                writer, kernel, "steps", $"{Names.Marshal}.GetReference(wm)",
                $"{Names.Unsafe}.Add(ref record, {tape.Header} + ((nint)(states.Length - 1) * {tape.Record}))");
        }
    }

    private static void EmitBackward(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        TapePlan tape = kernel.Tape;
        writer.Lines($$"""

            /// <summary>Back through T recorded steps of N sequences: adds dL/dw, summed over all of them, to <paramref name="gradient"/>.</summary>
            /// <param name="x">T x N x p, as given to Forward.</param>
            /// <param name="tape">As Forward left it.</param>
            /// <param name="dWm">dL/dwm_t of each step and sequence, T x N x d, without what flows through later steps.</param>
            /// <param name="dStates">In: dL/d(final state) of N sequences besides dWm. Out: dL/d(initial state). N may be 0.</param>
            /// <param name="gradient">Gets dL/dw added.</param>
            /// <param name="dX">Gets dL/dx, T x N x p; may be <paramref name="x"/> itself or, where d = p, <paramref name="dWm"/>; empty: it is not computed.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"public readonly void Backward({writer.ReadOnlySpan} x, {writer.ReadOnlySpan} tape, {writer.ReadOnlySpan} dWm, {Names.States} dStates, ref Gradient gradient, {writer.Span} dX = default)"))
        {
            EmitChecks(writer, kernel, "dStates", "dWm");
            ParameterEmitter.EmitRequireTape(writer, "dStates", tape.Header, tape.Record);
            ParameterEmitter.EmitRequireInputGradient(writer);
            ParameterEmitter.EmitRefuseUnlessSame(writer, "dX", "x", "dWm");
            ParameterEmitter.EmitRefuseTapeOverlap(writer, "dX");
            BatchBackwardEmitter.EmitBlocks(writer, kernel, () => EmitBackwardBlock(writer, kernel), () =>
            {
                if (layout.Padded > layout.Hidden)
                {
                    writer.Line($"{writer.Span} dMemory = stackalloc {writer.Real}[{kernel.Batch.Rows * layout.Padded}];");
                    writer.Line("dMemory.Clear();");
                }
            });
        }
    }

    private static void EmitBackwardBlock(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        TapePlan tape = kernel.Tape;
        writer.Lines($$"""
            ref {{writer.Real}} record = ref {{Names.Unsafe}}.Add(ref records, row * {{tape.Record}});
            ref {{writer.Real}} before = ref {{Names.Unsafe}}.Add(ref record, {{tape.Ltm}} - ((nint)sequences * {{tape.Record}}));
            """);
        string from = $"ref {Names.Unsafe}.Add(ref {Names.Marshal}.GetReference(dWm), {Names.Product("row", layout.Hidden)})";
        if (layout.Padded > layout.Hidden)
        {
            writer.Lines($$"""
                for (int i = 0; i < rows; i++)
                {
                    {{Names.Marshal}}.CreateReadOnlySpan(ref {{Names.Unsafe}}.Add(ref {{Names.Marshal}}.GetReference(dWm), {{Names.Product("(row + i)", layout.Hidden)}}), {{layout.Hidden}}).CopyTo(dMemory.Slice(i * {{layout.Padded}}, {{layout.Hidden}}));
                }

                """);
            from = $"ref {Names.Marshal}.GetReference(dMemory)";
        }

        writer.Lines($$"""
            Kernel.WalkManyBack(ref transposed, ref record, ref before, {{from}}, block, count, ref {{Names.Unsafe}}.Add(ref dMemories, (nint)first * {{kernel.Batch.StateStride}}), ref dZ);
            Kernel.WeightGradient(ref gradient.First, ref {{Names.Unsafe}}.Add(ref inputs, {{Names.Product("row", layout.Input)}}), {{layout.Input}}, ref {{Names.Unsafe}}.Add(ref before, {{tape.Wm - tape.Ltm}}), rows, ref dZ);
            if (!dX.IsEmpty)
            {
                Kernel.InputGradient(ref w, ref dZ, rows, ref {{Names.Unsafe}}.Add(ref {{Names.Marshal}}.GetReference(dX), {{Names.Product("row", layout.Input)}}));
            }

            """);
    }

    private static void EmitChecks(SourceWriter writer, KernelPlan kernel, string states, string output)
    {
        ParameterEmitter.EmitRequireSteps(writer, states, kernel.Layout.Input);
        ParameterEmitter.EmitRequireRows(writer, output, states, "HiddenSize", kernel.Layout.Hidden);
    }

    /// <summary>Memory for a block of sequences, unless they are so few that each runs alone.</summary>
    public static void EmitScratch(SourceWriter writer, BatchPlan batch) =>
        writer.Line($"{writer.Span} scratch = states.Length < {batch.Least} ? default : stackalloc {writer.Real}[global::System.Math.Min(states.Length, {batch.Block}) * {batch.Scratch}];");

    private static string Nothing(SourceWriter writer) => $"{Names.Unsafe}.NullRef<{writer.Real}>()";

    private static void EmitRun(SourceWriter writer, KernelPlan kernel, string steps, string wm, string? record = null) => writer.Lines($$"""
        Kernel.RunMany<{{(record is null ? Names.OneStep : Names.RecordedSequence)}}>(
            ref {{Names.Unsafe}}.AsRef(in _storage.First), ref {{Names.Marshal}}.GetReference(x), {{kernel.Layout.Input}}, {{steps}}, states.Length,
            ref {{Names.FirstState(writer)}}, ref {{wm}}, ref {{record ?? Nothing(writer)}}, ref {{Names.Marshal}}.GetReference(scratch));
        """);
}
