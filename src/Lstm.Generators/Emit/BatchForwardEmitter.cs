using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// The forward kernels of many sequences at one vector width. Each lane is summed in the order of
/// <see cref="ForwardEmitter"/>, so the bits are the same as those of sequences that run alone.
/// </summary>
internal static class BatchForwardEmitter
{
    private const string RunArguments =
        "ref w, ref x, xStride, steps, sequences, ref state, ref wm, ref record, ref scratch";

    private static string RunParameters(SourceWriter writer) =>
        $"ref {writer.Real} w, ref {writer.Real} x, nint xStride, int steps, int sequences, ref {writer.Real} state, ref {writer.Real} wm, ref {writer.Real} record, ref {writer.Real} scratch";

    /// <summary>The kernels, and the method that chooses among them.</summary>
    public static void Emit(SourceWriter writer, KernelPlan kernel)
    {
        KernelEmitter.EmitChoice(
            writer, kernel.Prefix + "RunMany<TRun>", kernel.Batch.Widths.Select(width => width.Lanes).ToArray(), RunParameters(writer), RunArguments);
        foreach (BatchWidthPlan width in kernel.Batch.Widths)
        {
            EmitRun(writer, kernel, width);
            foreach (BatchSection section in width.Sections.Where(_ => width.Sequences > 1))
            {
                EmitSums(writer, kernel, width, section);
                EmitGates(writer, kernel, width, section);
            }
        }
    }

    private static void EmitRun(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width)
    {
        BatchPlan batch = kernel.Batch;
        Dialect dialect = Dialect.Of(writer.Element, width.Lanes);
        string how = width.Sequences == 1 ? "one by one" : $"{width.Sequences} side by side in blocks of {batch.Block}, the last few one by one";
        writer.Lines($$"""

            /// <summary>
            /// Runs <paramref name="steps"/> steps of <paramref name="sequences"/> sequences, {{how}}. Rows of x, wm and record are
            /// ordered by step, then by sequence; a null <paramref name="wm"/> is not written, nor is a tape
            /// unless the type argument asks for it.
            /// </summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"private static void {kernel.Prefix}RunMany{dialect.Suffix}<TRun>({RunParameters(writer)})\n    where TRun : struct"))
        {
            writer.Lines($$"""
                bool returned = !{{Names.Unsafe}}.IsNullRef(ref wm);
                int first = 0;
                """);
            if (width.Sequences > 1)
            {
                EmitBlocks(writer, kernel, width);
            }

            EmitRest(writer, kernel, dialect);
        }
    }

    /// <summary>Blocks of whole register tiles.</summary>
    private static void EmitBlocks(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width)
    {
        CellLayout layout = kernel.Layout;
        BatchPlan batch = kernel.Batch;
        using (writer.Block($"while (sequences - first >= {width.Sequences})"))
        {
            writer.Lines($$"""
                int count = global::System.Math.Min((sequences - first) / {{width.Sequences}} * {{width.Sequences}}, {{batch.Block}});
                ref {{writer.Real}} states = ref {{Names.Unsafe}}.Add(ref state, (nint)first * {{batch.StateStride}});
                ref {{writer.Real}} z = {{Names.At("scratch", width.Buffered ? $"(nint)global::System.Math.Min(sequences, {batch.Block}) * {layout.Padded}" : "0")}};
                ref {{writer.Real}} memories = {{(width.Buffered ? "ref scratch" : Names.At("states", layout.Padded))}};
                """);
            using (writer.Block("for (int step = 0; step < steps; step++)"))
            {
                writer.Lines($$"""
                    nint row = ((nint)step * sequences) + first;
                    ref {{writer.Real}} inputs = ref {{Names.Unsafe}}.Add(ref x, row * xStride);
                    ref {{writer.Real}} records = ref record;
                    if ({{Names.IsRecorded}})
                    {
                        records = ref {{Names.Unsafe}}.Add(ref record, row * {{kernel.Tape.Record}});
                    }

                    """);
                foreach (BatchSection section in width.Sections)
                {
                    EmitSection(writer, kernel, width, section);
                }

                EmitMemory(writer, kernel, width);
            }

            writer.Line("first += count;");
        }
    }

    /// <summary>Sequences that fill no register tile, by the kernel of one.</summary>
    private static void EmitRest(SourceWriter writer, KernelPlan kernel, Dialect dialect)
    {
        using (writer.Block("for (; first < sequences; first++)"))
        using (writer.Block("for (int step = 0; step < steps; step++)"))
        {
            writer.Lines($$"""
                nint row = ((nint)step * sequences) + first;
                ref {{writer.Real}} output = ref wm;
                ref {{writer.Real}} records = ref record;
                if (returned)
                {
                    output = ref {{Names.Unsafe}}.Add(ref wm, {{Names.Product("row", kernel.ReturnStride)}});
                }

                if ({{Names.IsRecorded}})
                {
                    records = ref {{Names.Unsafe}}.Add(ref record, row * {{kernel.Tape.Record}});
                }

                {{kernel.Prefix}}Run{{dialect.Suffix}}<TRun>(
                    ref w, ref {{Names.Unsafe}}.Add(ref x, row * xStride), 0, 1,
                    ref {{Names.Unsafe}}.Add(ref state, (nint)first * {{kernel.Batch.StateStride}}), ref output, ref records);
                """);
        }
    }

    /// <summary>One tile after the other, each for all sequences of the block: its weights stay in the cache.</summary>
    private static void EmitSection(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section)
    {
        Section tile = section.Tile;
        SectionScope scope = SectionScope.Open(writer, tile, unrolled: false, weights: true);
        string column = EmitLoop(writer, $"column{scope.Name}", 0, section.Columns, tile.First.RowStride / section.Columns, out SourceWriter.Scope? columns);
        writer.Line($"{SumsName(writer, kernel, width, section)}({Names.At(scope.Weights, column)}, ref inputs, xStride, ref states, count, {Names.At("z", column)});");
        columns?.Dispose();

        string part = EmitLoop(writer, $"part{scope.Name}", 0, tile.First.Lanes, tile.First.TileUnits / tile.First.Lanes, out SourceWriter.Scope? parts);
        writer.Line($"{GatesName(writer, kernel, width, section)}<TRun>({Names.At("z", part)}, {Names.Sum($"unit{scope.Name}", part)}, {Names.Sum($"lane{scope.Name}", part)}, count, ref states, ref memories, ref records);");
        parts?.Dispose();
        scope.Close();
    }

    /// <summary>A loop in strides, where there is more than one.</summary>
    /// <returns>Its variable, or the number it would have.</returns>
    public static string EmitLoop(SourceWriter writer, string variable, int start, int stride, int count, out SourceWriter.Scope? loop)
    {
        loop = count > 1
            ? writer.Block($"for (nint {variable} = {start}; {variable} < {start + (count * stride)}; {Names.Advance(variable, stride)})")
            : null;
        return count > 1 ? variable : $"{start}";
    }

    /// <summary>The old wm has been read by every gate: the new one takes its place, and goes to the caller.</summary>
    private static void EmitMemory(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width)
    {
        CellLayout layout = kernel.Layout;
        if (width.Buffered)
        {
            using (writer.Block("for (nint n = 0; n < count; n++)"))
            {
                writer.Line(Copy("scratch", $"n * {layout.Padded}", "states", $"(n * {kernel.Batch.StateStride}) + {layout.Padded}", layout.Padded));
            }
        }

        using (writer.Block("if (returned)"))
        using (writer.Block("for (nint n = 0; n < count; n++)"))
        {
            writer.Line(Copy(
                "states", $"(n * {kernel.Batch.StateStride}) + {layout.Padded}", "wm", Names.Product("(row + n)", kernel.ReturnStride), kernel.ReturnStride));
        }
    }

    /// <summary>z = b + W x + U wm in some columns of a tile, for all sequences of a block.</summary>
    private static void EmitSums(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section)
    {
        int columns = section.Columns;
        writer.Lines($$"""

            /// <summary>z = b + W x + U wm, {{columns}} columns of a tile's row, for <paramref name="count"/> sequences.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"private static void {SumsName(writer, kernel, width, section)}(ref {writer.Real} rows, ref {writer.Real} x, nint xStride, ref {writer.Real} states, int count, ref {writer.Real} z)"))
        {
            EmitOperands(writer, width, section);
            using (writer.Block($"for (nint n = 0; n < count; {Names.Advance("n", width.Sequences)})"))
            {
                EmitTile(writer, kernel, width, section);
            }
        }
    }

    /// <summary>The locals that hold an input of each sequence, and a weight.</summary>
    public static void EmitOperands(SourceWriter writer, BatchWidthPlan width, BatchSection section) =>
        writer.Line($"{Dialect.Of(writer.Element, section.Lanes).Type} {string.Join(", ", Sequences(width).Select(n => $"input{n}"))}, weight;");

    private static void EmitTile(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section)
    {
        foreach (int s in Sequences(width))
        {
            string n = s == 0 ? "n" : $"(n + {s})";
            writer.Lines($$"""
                ref {{writer.Real}} x{{s}} = ref {{Names.Unsafe}}.Add(ref x, {{n}} * xStride);
                ref {{writer.Real}} wm{{s}} = ref {{Names.Unsafe}}.Add(ref states, ({{n}} * {{kernel.Batch.StateStride}}) + {{kernel.Layout.Padded}});
                ref {{writer.Real}} z{{s}} = ref {{Names.Unsafe}}.Add(ref z, {{n}} * {{section.Tile.First.RowStride}});
                """);
        }

        for (int chain = 0; chain < kernel.Chains; chain++)
        {
            EmitChain(writer, kernel, width, section, chain);
            EmitStores(writer, width, section, chain);
            writer.Line();
        }
    }

    /// <summary>A partial sum of each column to the sequence's row of z: in its place, or onto those before.</summary>
    public static void EmitStores(SourceWriter writer, BatchWidthPlan width, BatchSection section, int chain)
    {
        string load = "Load" + Dialect.Of(writer.Element, section.Lanes).Suffix;
        foreach (int s in Sequences(width))
        {
            for (int vector = 0; vector < section.Vectors; vector++)
            {
                string at = $"ref z{s}, {vector * section.Lanes}";
                writer.Line($"Store({at}, {(chain == 0 ? string.Empty : $"{load}({at}) + ")}{Sum(s, vector)});");
            }
        }
    }

    /// <summary>One partial sum of each column: b in the first, and the inputs whose turn it is.</summary>
    private static void EmitChain(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section, int chain)
    {
        CellLayout layout = kernel.Layout;
        EmitBegin(writer, width, section, chain);
        EmitRows(writer, kernel, width, section, chain, "x", layout.FirstInputRow, layout.Input);
        EmitRows(writer, kernel, width, section, chain, "wm", layout.FirstMemoryRow, layout.Hidden);
    }

    /// <summary>What a partial sum of each column begins with: b in the first.</summary>
    public static void EmitBegin(SourceWriter writer, BatchWidthPlan width, BatchSection section, int chain)
    {
        Dialect dialect = Dialect.Of(writer.Element, section.Lanes);
        foreach (int s in Sequences(width))
        {
            for (int vector = 0; vector < section.Vectors; vector++)
            {
                writer.Line(chain == 0
                    ? $"var {Sum(s, vector)} = Load{dialect.Suffix}(ref rows, {vector * section.Lanes});"
                    : $"{Sum(s, vector)} = {dialect.Zero};");
            }
        }
    }

    /// <summary>Adds the products with every input of the chain.</summary>
    public static void EmitRows(
        SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section, int chain, string source, int firstRow, int count)
    {
        int chains = kernel.Chains;
        int stride = section.Tile.First.RowStride;
        int turns = (count - chain + chains - 1) / chains;
        int looped = width.Looped(turns);
        if (looped > 0)
        {
            string rows = $"{source}Rows{chain}";
            writer.Line($"ref {writer.Real} {rows} = ref {Names.Unsafe}.Add(ref rows, {(firstRow + chain) * stride});");
            using (writer.Block($"for (nint k = {chain}; k < {chain + (looped * chains)}; {Names.Advance("k", width.RowsTogether * chains)})"))
            {
                for (int turn = 0; turn < width.RowsTogether; turn++)
                {
                    EmitRow(writer, width, section, source, Names.Sum("k", turn * chains), rows, turn * chains * stride);
                }

                writer.Line($"{rows} = ref {Names.Unsafe}.Add(ref {rows}, {width.RowsTogether * chains * stride});");
            }
        }

        for (int k = chain + (looped * chains); k < count; k += chains)
        {
            EmitRow(writer, width, section, source, $"{k}", "rows", (firstRow + k) * stride);
        }
    }

    /// <summary>The products of one input of each sequence with its row of weights.</summary>
    private static void EmitRow(SourceWriter writer, BatchWidthPlan width, BatchSection section, string source, string input, string rows, int offset)
    {
        Dialect dialect = Dialect.Of(writer.Element, section.Lanes);
        foreach (int s in Sequences(width))
        {
            writer.Line($"input{s} = Broadcast{dialect.Suffix}(ref {source}{s}, {input});");
        }

        for (int vector = 0; vector < section.Vectors; vector++)
        {
            writer.Line($"weight = Load{dialect.Suffix}(ref {rows}, {offset + (vector * section.Lanes)});");
            foreach (int s in Sequences(width))
            {
                writer.Line($"{Sum(s, vector)} = MultiplyAdd(weight, input{s}, {Sum(s, vector)});");
            }
        }
    }

    /// <summary>Gates, ltm and wm of one vector of units, for all sequences of a block.</summary>
    private static void EmitGates(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section)
    {
        CellLayout layout = kernel.Layout;
        BatchPlan batch = kernel.Batch;
        Section tile = section.Tile;
        SectionScope scope = SectionScope.Inside(tile);
        writer.Lines($$"""

            /// <summary>Gates, ltm and wm of a vector of units, and their record, for <paramref name="count"/> sequences.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"private static void {GatesName(writer, kernel, width, section)}<TRun>(ref {writer.Real} z, nint unit{scope.Name}, nint lane{scope.Name}, int count, ref {writer.Real} states, ref {writer.Real} memories, ref {writer.Real} records)\n    where TRun : struct"))
        {
            if (!kernel.RecordsDerivatives)
            {
                EmitActivations(writer, kernel, tile, scope);
            }

            using (writer.Block("for (nint n = 0; n < count; n++)"))
            {
                writer.Lines($$"""
                    ref {{writer.Real}} sums = ref {{Names.Unsafe}}.Add(ref z, n * {{tile.First.RowStride}});
                    ref {{writer.Real}} state = ref {{Names.Unsafe}}.Add(ref states, n * {{batch.StateStride}});
                    ref {{writer.Real}} next = ref {{Names.Unsafe}}.Add(ref memories, n * {{(width.Buffered ? layout.Padded : batch.StateStride)}});
                    ref {{writer.Real}} record = ref records;
                    if ({{Names.IsRecorded}})
                    {
                        record = ref {{Names.Unsafe}}.Add(ref records, n * {{kernel.Tape.Record}});
                    }

                    """);
                string Z(int gate) => $"Load{Dialect.Of(writer.Element, tile.First.Lanes).Suffix}(ref sums, {gate * tile.First.TileUnits})";
                if (kernel.RecordsDerivatives)
                {
                    ForwardEmitter.EmitGates(writer, kernel, tile, tile.First, scope, Z);
                }
                else
                {
                    for (int gate = 0; gate < 4; gate++)
                    {
                        writer.Line($"var {ForwardEmitter.Gates[gate]}{scope.Name} = {Z(gate)};");
                    }
                }

                ForwardEmitter.EmitLongTermMemory(writer, kernel, tile.First, scope);
                ForwardEmitter.EmitWorkingMemory(writer, kernel, tile.First, scope, storesNext: true);
            }
        }
    }

    /// <summary>The gates of all sequences, one vector after the other: constants stay in registers, divisions overlap.</summary>
    private static void EmitActivations(SourceWriter writer, KernelPlan kernel, Section tile, SectionScope scope)
    {
        string load = $"Load{Dialect.Of(writer.Element, tile.First.Lanes).Suffix}(ref z, at)";
        string z = tile.Pads ? $"Real({load}, unit{scope.Name})" : load;
        writer.Lines($$"""
            nint end = (nint)count * {{tile.First.RowStride}};

            // (1) (3) (5) rem, save, focus = sigma(z)
            for (nint gate = 0; gate < {{3 * tile.First.TileUnits}}; gate += {{tile.First.TileUnits}})
            {
                for (nint at = gate; at < end; at += {{tile.First.RowStride}})
                {
                    Store(ref z, at, {{(kernel.Halves ? $"TanhOfHalf({z}, {ActivationEmitter.Number(tile.First.Scale)})" : $"Sigmoid({z})")}});
                }
            }

            // (2) ltm' = tanh(z)
            for (nint at = {{3 * tile.First.TileUnits}}; at < end; at += {{tile.First.RowStride}})
            {
                Store(ref z, at, {{(kernel.Halves ? $"HalfTanh({z}, {ActivationEmitter.Number(tile.First.Scale)})" : $"Tanh({z})")}});
            }

            """);
    }

    public static IEnumerable<int> Sequences(BatchWidthPlan width) => Enumerable.Range(0, width.Sequences);

    private static string Sum(int sequence, int vector) => $"sum{sequence}_{vector}";

    private static string SumsName(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section) =>
        $"{kernel.Prefix}Sums{Dialect.Of(writer.Element, width.Lanes).Suffix}_{section.Tile.Unit}";

    private static string GatesName(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section) =>
        $"{kernel.Prefix}Gates{Dialect.Of(writer.Element, width.Lanes).Suffix}_{section.Tile.Unit}";

    private static string Copy(string from, string fromOffset, string to, string toOffset, int floats) =>
        $"{Names.Marshal}.CreateReadOnlySpan(ref {Names.Unsafe}.Add(ref {from}, {fromOffset}), {floats}).CopyTo({Names.Marshal}.CreateSpan(ref {Names.Unsafe}.Add(ref {to}, {toOffset}), {floats}));";
}
