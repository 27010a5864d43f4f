using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// What a cell's public members do: they check lengths and overlaps before anything is written, then run kernels. They stand outside the user's type,
/// where names are short.
/// </summary>
internal static class CellBodyEmitter
{
    public static void Emit(SourceWriter writer, LstmCellPlan plan)
    {
        KernelPlan kernel = plan.Kernel;
        writer.Line("/// <summary>What the members of the cell do.</summary>");
        using (KernelEmitter.OpenClass(writer, "Kernel"))
        {
            ParameterBodyEmitter.EmitCell(writer, kernel);
            EmitStep(writer, plan);
            EmitForward(writer, plan);
            if (kernel.Backward)
            {
                EmitRecord(writer, plan);
                EmitBackward(writer, plan);
                EmitBackwardMany(writer, plan);
            }
        }
    }

    private static void EmitStep(SourceWriter writer, LstmCellPlan plan)
    {
        CellLayout layout = plan.Kernel.Layout;
        NumberNames number = NumberNames.Of(plan.Kernel.Scalar);
        string none = Code.NullRef(number);
        string scratch = ScratchOf(plan.Kernel, "\n        ");
        writer.Lines($$"""

            {{Code.Inline}}
            public static void Step(ref {{number.Type}} w, ReadOnlySpan<{{number.Type}}> x, ref {{number.Type}} state)
            {
                Require.Row("x", x.Length, "InputSize", {{layout.Input}});
                Cell.Run<OneStep>(ref w, ref MemoryMarshal.GetReference(x), 0, 1, ref state, {{none}}, {{none}});
            }

            {{Code.Hot}}
            public static void StepMany(ref {{number.Type}} w, ReadOnlySpan<{{number.Type}}> x, ref {{number.Type}} states, int sequences)
            {
                Require.RowOfEach("x", x.Length, "states", sequences, "InputSize", {{layout.Input}});
                {{Scratch(plan.Kernel, plan.Stack)}}
                Cell.RunMany<OneStep>(
                    ref w, ref MemoryMarshal.GetReference(x), {{layout.Input}}, 1, sequences, ref states, {{none}}, {{none}}{{scratch}});
            }
            """);
    }

    private static void EmitForward(SourceWriter writer, LstmCellPlan plan)
    {
        CellLayout layout = plan.Kernel.Layout;
        NumberNames number = NumberNames.Of(plan.Kernel.Scalar);
        string real = number.Type;
        string none = Code.NullRef(number);
        writer.Lines($$"""

            {{Code.Hot}}
            public static void Forward(ref {{real}} w, ReadOnlySpan<{{real}}> x, ref {{real}} state, Span<{{real}}> wm)
            {
                int steps = Require.Steps(x.Length, {{layout.Input}});
                Require.Rows("wm", wm.Length, steps, "HiddenSize", {{layout.Hidden}});
                Overlap.RefuseUnlessSame<{{real}}>("wm", wm, "x", x);
                Cell.Run<Sequence>(
                    ref w, ref MemoryMarshal.GetReference(x), {{layout.Input}}, steps, ref state, ref MemoryMarshal.GetReference(wm), {{none}});
            }

            {{Code.Hot}}
            public static void ForwardMany(ref {{real}} w, ReadOnlySpan<{{real}}> x, ref {{real}} states, int sequences, Span<{{real}}> wm)
            {
                int steps = Lengths.Steps(x.Length, "states", sequences, {{layout.Input}});
                Require.RowsOfEach("wm", wm.Length, steps, "states", sequences, "HiddenSize", {{layout.Hidden}});
                Overlap.RefuseUnlessSame<{{real}}>("wm", wm, "x", x);
                {{Scratch(plan.Kernel, plan.Stack)}}
                Cell.RunMany<OneStep>(
                    ref w, ref MemoryMarshal.GetReference(x), {{layout.Input}}, steps, sequences, ref states,
                    ref MemoryMarshal.GetReference(wm), {{none}}{{ScratchOf(plan.Kernel)}});
            }
            """);
    }

    private static void EmitRecord(SourceWriter writer, LstmCellPlan plan)
    {
        KernelPlan kernel = plan.Kernel;
        CellLayout layout = kernel.Layout;
        TapeLayout tape = kernel.Tape;
        string real = NumberNames.Of(kernel.Scalar).Type;
        writer.Lines($$"""

            {{Code.Hot}}
            public static void Record(ref {{real}} w, ReadOnlySpan<{{real}}> x, ref {{real}} state, Span<{{real}}> wm, Span<{{real}}> tape)
            {
                int steps = Require.Steps(x.Length, {{layout.Input}});
                Require.Rows("wm", wm.Length, steps, "HiddenSize", {{layout.Hidden}});
                int used = Require.Tape(tape.Length, steps, {{plan.Tape.Header}}, {{plan.Tape.Record}});
                Overlap.RefuseUnlessSame<{{real}}>("wm", wm, "x", x);
                Overlap.Refuse<{{real}}>("tape", tape.Slice(0, used), "x", x);
                Overlap.Refuse<{{real}}>("tape", tape.Slice(0, used), "wm", wm);
                ref {{real}} head = ref TapeLabel.Write(tape, {{plan.Tape.Mark}}, steps, 1);
                TapeHead<{{real}}>.Begin(Cell.Tiles, ref w, ref state, {{kernel.Batch.StateStride}}, 1, ref head, {{tape.Record}});
                Cell.Run<RecordedSequence>(
                    ref w, ref MemoryMarshal.GetReference(x), {{layout.Input}}, steps, ref state, ref MemoryMarshal.GetReference(wm),
                    {{Code.RefAt("head", tape.Header)}});
            }

            {{Code.Hot}}
            public static void RecordMany(
                ref {{real}} w, ReadOnlySpan<{{real}}> x, ref {{real}} states, int sequences, Span<{{real}}> wm, Span<{{real}}> tape)
            {
                int steps = Lengths.Steps(x.Length, "states", sequences, {{layout.Input}});
                Require.RowsOfEach("wm", wm.Length, steps, "states", sequences, "HiddenSize", {{layout.Hidden}});
                int used = Require.TapeOfEach(tape.Length, steps, "states", sequences, {{plan.Tape.Header}}, {{plan.Tape.Record}});
                Overlap.RefuseUnlessSame<{{real}}>("wm", wm, "x", x);
                Overlap.Refuse<{{real}}>("tape", tape.Slice(0, used), "x", x);
                Overlap.Refuse<{{real}}>("tape", tape.Slice(0, used), "wm", wm);
                if (sequences == 0)
                {
                    return;
                }

                ref {{real}} head = ref TapeLabel.Write(tape, {{plan.Tape.Mark}}, steps, sequences);
                TapeHead<{{real}}>.Begin(Cell.Tiles, ref w, ref states, {{kernel.Batch.StateStride}}, sequences, ref head, {{tape.Record}});
                {{Scratch(plan.Kernel, plan.Stack)}}
                Cell.RunMany<RecordedSequence>(
                    ref w, ref MemoryMarshal.GetReference(x), {{layout.Input}}, steps, sequences, ref states, ref MemoryMarshal.GetReference(wm),
                    ref Unsafe.Add(ref head, {{tape.Header}} + ((IntPtr)(sequences - 1) * {{tape.Record}})){{ScratchOf(kernel)}});
            }
            """);
    }

    /// <summary>Blocks of steps, the last first, so that dZ needs little room however long the sequence is.</summary>
    private static void EmitBackward(SourceWriter writer, LstmCellPlan plan)
    {
        KernelPlan kernel = plan.Kernel;
        CellLayout layout = kernel.Layout;
        TapeLayout tape = kernel.Tape;
        string real = NumberNames.Of(kernel.Scalar).Type;
        writer.Lines($$"""

            {{Code.Hot}}
            """);
        using (writer.Block($$"""
            public static void Backward(
                ref {{real}} w, ReadOnlySpan<{{real}}> x, ReadOnlySpan<{{real}}> tape, ReadOnlySpan<{{real}}> dWm, ref {{real}} dState,
                ref {{real}} gradient, Span<{{real}}> dX)
            """))
        {
            writer.Lines($$"""
                int steps = Require.Steps(x.Length, {{layout.Input}});
                int used = Require.RecordedTape(tape, steps, {{plan.Tape.Header}}, {{plan.Tape.Record}}, {{plan.Tape.Mark}});
                Require.Rows("dWm", dWm.Length, steps, "HiddenSize", {{layout.Hidden}});
                {{InputGradientChecks(real, "dWm")}}
                ref {{real}} transposed = ref TapeLabel.Require(tape, {{plan.Tape.Mark}}, steps, 1);
                {{Stack("dZ", real, plan.Stack.DZ)}}
                """);
            EmitPadding(writer, plan, plan.Stack.DWm);
            using (writer.Block("for (int end = steps; end > 0;)"))
            {
                writer.Lines($$"""
                    int count = Math.Min(end, {{kernel.BackwardSteps}});
                    int begin = end - count;
                    ref {{real}} record = ref Unsafe.Add(ref transposed, {{tape.Header}} + ((IntPtr)begin * {{tape.Record}}));
                    ref {{real}} inputs = {{Code.RefAt("MemoryMarshal.GetReference(x)", Code.Multiply("(IntPtr)begin", layout.Input))}};
                    ref {{real}} dMemory = {{Memories(plan, "begin", "count")}};
                    Cell.WalkBack(ref transposed, ref record, ref dMemory, count, ref dState, ref dZ);
                    """);
                EmitProducts(writer, kernel, $"{Code.RefAt("record", tape.Wm - tape.Record)}", "count", "(IntPtr)begin");
                writer.Line("end = begin;");
            }
        }
    }

    /// <summary>Groups of sequences, and for each blocks of steps: the records of a block stand side by side.</summary>
    private static void EmitBackwardMany(SourceWriter writer, LstmCellPlan plan)
    {
        KernelPlan kernel = plan.Kernel;
        CellLayout layout = kernel.Layout;
        TapeLayout tape = kernel.Tape;
        string real = NumberNames.Of(kernel.Scalar).Type;
        string readOnly = $"ReadOnlySpan<{real}>";
        writer.Lines($$"""

            {{Code.Hot}}
            """);
        using (writer.Block($$"""
            public static void BackwardMany(
                ref {{real}} w, {{readOnly}} x, {{readOnly}} tape, {{readOnly}} dWm, ref {{real}} dStates, int sequences,
                ref {{real}} gradient, Span<{{real}}> dX)
            """))
        {
            writer.Lines($$"""
                int steps = Lengths.Steps(x.Length, "dStates", sequences, {{layout.Input}});
                Require.RowsOfEach("dWm", dWm.Length, steps, "dStates", sequences, "HiddenSize", {{layout.Hidden}});
                int used = Require.RecordedTapeOfEach(
                    tape, steps, "dStates", sequences, {{plan.Tape.Header}}, {{plan.Tape.Record}}, {{plan.Tape.Mark}});
                {{InputGradientChecks(real, "dWm")}}
                if (sequences == 0)
                {
                    return;
                }

                ref {{real}} transposed = ref TapeLabel.Require(tape, {{plan.Tape.Mark}}, steps, sequences);
                ref {{real}} records = ref Unsafe.Add(ref transposed, {{tape.Header}} + ((IntPtr)(sequences - 1) * {{tape.Record}}));
                {{Stack("dZ", real, plan.Stack.BatchDZ)}}
                """);
            EmitPadding(writer, plan, plan.Stack.BatchDWm);
            using (writer.Block($"foreach (RowBlock block in new RowBlocks(steps, sequences, {kernel.Batch.BackwardRows}))"))
            {
                writer.Lines($$"""
                    ref {{real}} record = ref Unsafe.Add(ref records, block.Row * {{tape.Record}});
                    ref {{real}} ltmBefore = ref Unsafe.Add(ref record, {{tape.Ltm}} - ((IntPtr)sequences * {{tape.Record}}));
                    ref {{real}} inputs = {{Code.RefAt("MemoryMarshal.GetReference(x)", Code.Multiply("block.Row", layout.Input))}};
                    ref {{real}} dMemory = {{Memories(plan, "block.Row", "block.Rows")}};
                    Cell.WalkManyBack(
                        ref transposed, ref record, ref ltmBefore, ref dMemory, block.Steps, block.Sequences,
                        {{Code.RefAt("dStates", $"(IntPtr)block.First * {kernel.Batch.StateStride}")}}, ref dZ);
                    """);
                EmitProducts(writer, kernel, Code.RefAt("ltmBefore", tape.Wm - tape.Ltm), "block.Rows", "block.Row");
            }
        }
    }

    /// <summary>Checks the length of dX, and that it overlaps nothing it may not.</summary>
    /// <param name="dOutput">The parameter with the gradients of the outputs.</param>
    public static string InputGradientChecks(string real, string dOutput) => $"""
        Require.InputGradient(dX.Length, x.Length);
        Overlap.RefuseUnlessSame<{real}>("dX", dX, "x", x);
        Overlap.RefuseUnlessSame<{real}>("dX", dX, "{dOutput}", {dOutput});
        Overlap.Refuse<{real}>("dX", dX, "tape", tape.Slice(0, used));
        """;

    /// <summary>Room for dWm in padded rows, where its own are shorter.</summary>
    private static void EmitPadding(SourceWriter writer, LstmCellPlan plan, int length)
    {
        if (length > 0)
        {
            string real = NumberNames.Of(plan.Kernel.Scalar).Type;
            writer.Lines($$"""
                Span<{{real}}> padded = stackalloc {{real}}[{{length}}];
                padded.Clear();
                """);
        }
    }

    /// <summary>Some rows of dWm, in padded rows.</summary>
    private static string Memories(LstmCellPlan plan, string first, string rows)
    {
        CellLayout layout = plan.Kernel.Layout;
        string place = Code.Multiply($"(IntPtr){first}", layout.Hidden);
        string own = Code.RefAt("MemoryMarshal.GetReference(dWm)", place);
        return plan.Stack.DWm == 0 ? own : $"ref Rows.Pad({own}, {layout.Hidden}, padded, {layout.Padded}, {rows})";
    }

    /// <summary>What dZ of a block of rows adds to the gradient, and dX.</summary>
    private static void EmitProducts(SourceWriter writer, KernelPlan kernel, string wmBefore, string rows, string first)
    {
        (int input, int record) = (kernel.Layout.Input, kernel.Tape.Record);
        string products = $"{kernel.Arithmetic}{NumberNames.Of(kernel.Scalar).Title}";
        writer.Line($"{products}.WeightGradient(Cell.Tiles, ref gradient, ref inputs, {input}, {wmBefore}, {record}, {rows}, ref dZ);");
        using (writer.Block("if (!dX.IsEmpty)"))
        {
            string outputs = Code.RefAt("MemoryMarshal.GetReference(dX)", Code.Multiply(first, kernel.InputGradientStride));
            writer.Lines($"""
                {products}.InputGradient(
                    Cell.Tiles, ref w, ref dZ, {rows}, {outputs}, {kernel.InputGradientStride});
                """);
        }

        writer.Line();
    }

    /// <summary>A buffer on the stack that begins a cache line.</summary>
    public static string Stack(string name, string real, int length) =>
        $"ref {real} {name} = ref StackMemory.Aligned<{real}>(stackalloc {real}[{length}]);";

    /// <summary>That memory, as the last argument.</summary>
    /// <param name="space">What stands before it: a blank, or a new line.</param>
    public static string ScratchOf(KernelPlan kernel, string space = " ") =>
        kernel.Batch.Scratch == 0 ? string.Empty : $",{space}ref StackMemory.Aligned(scratch)";

    /// <summary>Memory for a block of sequences, unless they are so few that each runs alone.</summary>
    public static string Scratch(KernelPlan kernel, StackPlan stack)
    {
        BatchPlan batch = kernel.Batch;
        if (batch.Scratch == 0)
        {
            return string.Empty;
        }

        string real = NumberNames.Of(kernel.Scalar).Type;
        string length = $"(Math.Min(sequences, {batch.Block}) * {batch.Scratch}) + {stack.Slack}";
        return $"Span<{real}> scratch = sequences < {batch.Least} ? default : stackalloc {real}[{length}];";
    }
}
