using System;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The backward recurrence of many sequences: <see cref="BatchForwardEmitter"/> in reverse, a block of records at a time.</summary>
internal static class BatchBackwardEmitter
{
    private const string WalkArguments =
        "ref transposed, ref record, ref recordBefore, ref dWm, steps, sequences, ref dStates, ref dZ";

    private static string WalkParameters(SourceWriter writer) =>
        $"ref {writer.Real} transposed, ref {writer.Real} record, ref {writer.Real} recordBefore, ref {writer.Real} dWm, int steps, int sequences, ref {writer.Real} dStates, ref {writer.Real} dZ";

    /// <summary>The kernels, and the method that chooses among them.</summary>
    public static void Emit(SourceWriter writer, KernelPlan kernel)
    {
        KernelEmitter.EmitChoice(
            writer, kernel.Prefix + "WalkManyBack", kernel.Batch.Widths.Select(width => width.Lanes).ToArray(), WalkParameters(writer), WalkArguments);
        foreach (BatchWidthPlan width in kernel.Batch.Widths)
        {
            EmitWalk(writer, kernel, width);
            foreach (SequencePanel panel in width.Backward)
            {
                EmitPanel(writer, kernel, width, panel);
            }
        }
    }

    /// <summary>
    /// The loops of a public <c>Backward</c>: groups of sequences, and for each blocks of steps, the last first. The records of a
    /// block stand side by side: all sequences for some steps, or some of them for one step.
    /// </summary>
    public static void EmitBlocks(SourceWriter writer, KernelPlan kernel, Action body, Action scratch)
    {
        TapePlan tape = kernel.Tape;
        int rows = kernel.Batch.Rows;
        using (writer.Block("if (dStates.IsEmpty)"))
        {
            writer.Line("return;");
        }

        writer.Lines($$"""

            ref {{writer.Real}} w = ref {{Names.Unsafe}}.AsRef(in _storage.First);
            ref {{writer.Real}} inputs = ref {{Names.Marshal}}.GetReference(x);
            ref {{writer.Real}} dMemories = ref {{Names.FirstState(writer, "dStates")}};
            ref {{writer.Real}} transposed = ref {{Names.Marshal}}.GetReference(tape);
            int sequences = dStates.Length;
            ref {{writer.Real}} records = ref {{Names.Unsafe}}.Add(ref transposed, {{tape.Header}} + ((nint)(sequences - 1) * {{tape.Record}}));
            ref {{writer.Real}} dZ = ref {{Names.Marshal}}.GetReference((({{writer.Span}})stackalloc {{writer.Real}}[{{rows * kernel.Layout.Lanes}}]));
            """);
        scratch();
        writer.Lines($$"""
            int groups = ((sequences - 1) / {{rows}}) + 1;
            int group = ((sequences - 1) / groups) + 1;
            int most = {{rows}} / group;
            """);
        using (writer.Block("for (int first = 0; first < sequences;)"))
        {
            writer.Line("int count = global::System.Math.Min(sequences - first, group);");
            using (writer.Block("for (int end = steps; end > 0;)"))
            {
                writer.Lines("""
                    int block = global::System.Math.Min(end, most);
                    int begin = end - block;
                    int rows = block * count;
                    nint row = ((nint)begin * sequences) + first;
                    """);
                body();
                writer.Line("end = begin;");
            }

            writer.Line("first += count;");
        }
    }

    private static void EmitWalk(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width)
    {
        CellLayout layout = kernel.Layout;
        Dialect dialect = Dialect.Of(writer.Element, width.Lanes);
        writer.Lines($$"""

            /// <summary>
            /// Walks back over <paramref name="steps"/> steps of <paramref name="sequences"/> sequences, whose records stand side by side:
            /// dZ of each, and what flows to the step before.
            /// </summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"private static void {kernel.Prefix}WalkManyBack{dialect.Suffix}({WalkParameters(writer)})"))
        using (writer.Block("for (nint step = steps - 1; step >= 0; step--)"))
        {
            using (writer.Block("for (nint n = 0; n < sequences; n++)"))
            {
                writer.Lines($$"""
                    nint row = (step * sequences) + n;
                    ref {{writer.Real}} now = ref {{Names.Unsafe}}.Add(ref record, row * {{kernel.Tape.Record}});
                    ref {{writer.Real}} before = ref {{Names.Unsafe}}.Add(ref recordBefore, row * {{kernel.Tape.Record}});
                    ref {{writer.Real}} dMemory = ref {{Names.Unsafe}}.Add(ref dWm, row * {{layout.Padded}});
                    ref {{writer.Real}} dGates = ref {{Names.Unsafe}}.Add(ref dZ, row * {{layout.Lanes}});
                    ref {{writer.Real}} dState = ref {{Names.Unsafe}}.Add(ref dStates, n * {{kernel.Batch.StateStride}});
                    """);
                foreach (BatchSection section in width.Sections)
                {
                    Section units = section.Tile with { Inner = section.Tile.First.TileUnits / section.Tile.First.Lanes };
                    BackwardEmitter.EmitSection(writer, kernel, units, unrolled: false, "before", ltmBefore: 0);
                }
            }

            writer.Line("// dL/dwm of the step before, U^T dZ, a chain a gate");
            writer.Line($"ref {writer.Real} dGatesOfStep = ref {Names.Unsafe}.Add(ref dZ, step * sequences * {layout.Lanes});");
            foreach (SequencePanel panel in width.Backward)
            {
                EmitCalls(writer, kernel, width, panel);
            }
        }
    }

    private static void EmitCalls(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, SequencePanel panel)
    {
        CellLayout layout = kernel.Layout;
        Tile tile = panel.Tiles.First;
        string name = $"{tile.FirstUnit}";
        string column = BatchForwardEmitter.EmitLoop(
            writer, $"column{name}", tile.FirstUnit, tile.Units, panel.Tiles.Count, out SourceWriter.Scope? columns);
        string part = BatchForwardEmitter.EmitLoop(
            writer, $"part{name}", 0, panel.Columns, tile.Units / panel.Columns, out SourceWriter.Scope? parts);
        string rows = columns is null ? $"{kernel.Tape.Columns(tile.FirstUnit)}" : $"({column} * {kernel.Tape.Columns(1)})";
        string memories = columns is null ? $"{layout.Padded + tile.FirstUnit}" : Names.Sum(column, layout.Padded);
        writer.Line($"{PanelName(writer, kernel, width, panel)}({Names.At("transposed", Names.Sum(rows, part))}, ref dGatesOfStep, sequences, {Names.At("dStates", Names.Sum(memories, part))});");
        parts?.Dispose();
        columns?.Dispose();
    }

    /// <summary>dWm = U^T dZ in some columns: rem and save, then focus and ltm'.</summary>
    private static void EmitPanel(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, SequencePanel panel)
    {
        Dialect dialect = Dialect.Of(writer.Element, panel.Lanes);
        writer.Lines($$"""

            /// <summary>dL/dwm of the step before, U^T dZ, {{panel.Columns}} columns of <paramref name="count"/> sequences.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"private static void {PanelName(writer, kernel, width, panel)}(ref {writer.Real} transposed, ref {writer.Real} dZ, int count, ref {writer.Real} dWm)"))
        {
            writer.Lines($$"""
                {{dialect.Type}} {{string.Join(", ", Enumerable.Range(0, panel.Vectors).Select(vector => $"weight{vector}"))}}, gate;
                nint n = 0;
                """);
            for (int pair = 0; pair < 4; pair += 2)
            {
                if (pair > 0)
                {
                    writer.Line("n = 0;");
                }

                foreach (int sequences in panel.Sequences)
                {
                    using (writer.Block($"for (; n < {Names.Sum("count", 1 - sequences)}; {Names.Advance("n", sequences)})"))
                    {
                        EmitPair(writer, kernel, panel, sequences, pair);
                    }
                }
            }
        }
    }

    private static void EmitPair(SourceWriter writer, KernelPlan kernel, SequencePanel panel, int sequences, int pair)
    {
        CellLayout layout = kernel.Layout;
        Dialect dialect = Dialect.Of(writer.Element, panel.Lanes);
        for (int s = 0; s < sequences; s++)
        {
            string n = s == 0 ? "n" : $"(n + {s})";
            writer.Line($"ref {writer.Real} dZ{s} = ref {Names.Unsafe}.Add(ref dZ, {n} * {layout.Lanes});");
            for (int gate = pair; gate < pair + 2; gate++)
            {
                for (int vector = 0; vector < panel.Vectors; vector++)
                {
                    writer.Line($"var {Sum(gate, s, vector)} = {dialect.Zero};");
                }
            }
        }

        foreach (TileRun run in layout.Runs())
        {
            EmitRun(writer, kernel.Tape, panel, run, sequences, pair);
        }

        for (int s = 0; s < sequences; s++)
        {
            string n = s == 0 ? "n" : $"(n + {s})";
            writer.Line($"ref {writer.Real} to{s} = ref {Names.Unsafe}.Add(ref dWm, {n} * {kernel.Batch.StateStride});");
            for (int vector = 0; vector < panel.Vectors; vector++)
            {
                string at = $"ref to{s}, {vector * panel.Lanes}";
                string sum = $"{Sum(pair, s, vector)} + {Sum(pair + 1, s, vector)}";
                writer.Line(pair == 0 ? $"Store({at}, {sum});" : $"Store({at}, Load{dialect.Suffix}({at}) + ({sum}));");
            }
        }
    }

    private static void EmitRun(SourceWriter writer, TapePlan tape, SequencePanel panel, TileRun run, int sequences, int pair)
    {
        Tile tile = run.First;
        Dialect dialect = Dialect.Of(writer.Element, panel.Lanes);
        bool several = run.Count > 1;
        SourceWriter.Scope? tiles = several ? writer.Block($"for (nint tile = 0; tile < {run.Count}; tile++)") : null;
        string lane = Names.Sum(several ? $"(tile * {tile.RowStride})" : string.Empty, tile.FirstLane);
        int width = panel.Tiles.First.Units;
        int stride = tape.UnitStride(width);
        int start = tape.Gate(pair, width) + (tile.FirstUnit * stride);
        string row = Names.Sum(several ? $"(tile * {tile.Units * stride})" : string.Empty, start);
        using (writer.Block($"for (nint lane = {lane}, row = {row}, unit = 0; unit < {tile.Used}; lane++, row += {stride}, unit++)"))
        {
            for (int gate = pair; gate < pair + 2; gate++)
            {
                for (int vector = 0; vector < panel.Vectors; vector++)
                {
                    writer.Line($"weight{vector} = Load{dialect.Suffix}(ref transposed, {Names.Sum("row", tape.Gate(gate - pair, width) + (vector * panel.Lanes))});");
                }

                for (int s = 0; s < sequences; s++)
                {
                    writer.Line($"gate = Broadcast{dialect.Suffix}(ref dZ{s}, {Names.Sum("lane", gate * tile.Units)});");
                    for (int vector = 0; vector < panel.Vectors; vector++)
                    {
                        string sum = Sum(gate, s, vector);
                        writer.Line($"{sum} = MultiplyAdd(weight{vector}, gate, {sum});");
                    }
                }
            }
        }

        tiles?.Dispose();
    }

    private static string Sum(int gate, int sequence, int vector) => $"{ForwardEmitter.Gates[gate]}{sequence}_{vector}";

    private static string PanelName(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, SequencePanel panel) =>
        $"{kernel.Prefix}BackThroughU{Dialect.Of(writer.Element, width.Lanes).Suffix}_{panel.Tiles.First.FirstUnit}";
}
