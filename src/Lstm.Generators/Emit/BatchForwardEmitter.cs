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
    private const string RunParameters =
        "ref float w, ref float x, nint xStride, int steps, int sequences, ref float state, ref float wm, ref float record, ref float scratch";

    private const string RunArguments =
        "ref w, ref x, xStride, steps, sequences, ref state, ref wm, ref record, ref scratch";

    /// <summary>The kernels, and the method that chooses among them.</summary>
    public static void Emit(SourceWriter writer, KernelPlan kernel)
    {
        KernelEmitter.EmitChoice(
            writer, kernel.Prefix + "RunMany", kernel.Batch.Widths.Select(width => width.Lanes).ToArray(), RunParameters, RunArguments);
        foreach (BatchWidthPlan width in kernel.Batch.Widths)
        {
            EmitRun(writer, kernel, width);
            foreach (Section section in width.Sections)
            {
                EmitSums(writer, kernel, width, section);
                EmitGates(writer, kernel, width, section);
            }
        }
    }

    private static void EmitRun(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width)
    {
        CellLayout layout = kernel.Layout;
        BatchPlan batch = kernel.Batch;
        Dialect dialect = Dialect.Of(width.Lanes);
        writer.Lines($$"""

            /// <summary>
            /// Runs <paramref name="steps"/> steps of <paramref name="sequences"/> sequences, {{batch.Block}} of them at a time. Rows of x, wm and
            /// record are ordered by step, then by sequence; a null <paramref name="wm"/> or <paramref name="record"/> is not written.
            /// </summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"private static void {kernel.Prefix}RunMany{dialect.Suffix}({RunParameters})"))
        {
            writer.Lines($$"""
                bool returned = !{{Names.Unsafe}}.IsNullRef(ref wm);
                bool recorded = !{{Names.Unsafe}}.IsNullRef(ref record);
                ref float z = {{Names.At("scratch", width.Buffered ? batch.Block * layout.Padded : 0)}};
                """);
            using (writer.Block("for (int first = 0; first < sequences;)"))
            {
                writer.Lines($$"""
                    int count = global::System.Math.Min(sequences - first, {{batch.Block}});
                    ref float states = ref {{Names.Unsafe}}.Add(ref state, (nint)first * {{batch.StateStride}});
                    {{(width.Buffered ? "ref float memories = ref scratch;" : $"ref float memories = ref {Names.Unsafe}.Add(ref states, {layout.Padded});")}}
                    """);
                using (writer.Block("for (int step = 0; step < steps; step++)"))
                {
                    writer.Lines($$"""
                        nint row = ((nint)step * sequences) + first;
                        ref float inputs = ref {{Names.Unsafe}}.Add(ref x, row * xStride);
                        ref float records = ref record;
                        if (recorded)
                        {
                            records = ref {{Names.Unsafe}}.Add(ref record, row * {{kernel.Tape.Record}});
                        }

                        """);
                    foreach (Section section in width.Sections)
                    {
                        EmitSection(writer, kernel, width, section);
                    }

                    EmitMemory(writer, kernel, width);
                }

                writer.Line("first += count;");
            }
        }
    }

    /// <summary>One vector of units after the other, each for all sequences of the block: its weights stay in the cache.</summary>
    private static void EmitSection(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, Section section)
    {
        SectionScope scope = SectionScope.Open(writer, section, unrolled: false, weights: true);
        writer.Lines($$"""
            {{SumsName(kernel, width, section)}}(ref {{scope.Weights}}, ref inputs, xStride, ref states, count, ref z);
            {{GatesName(kernel, width, section)}}(ref z, {{scope.Unit(section.Units[0])}}, {{scope.Lane(section.Units[0])}}, count, ref states, ref memories, ref records);
            """);
        scope.Close();
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

    /// <summary>z = b + W x + U wm of one vector of units, for all sequences of a block.</summary>
    private static void EmitSums(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, Section section)
    {
        writer.Lines($$"""

            /// <summary>z = b + W x + U wm, the four gates of a vector of units, for <paramref name="count"/> sequences.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"private static void {SumsName(kernel, width, section)}(ref float rows, ref float x, nint xStride, ref float states, int count, ref float z)"))
        {
            writer.Lines($$"""
                {{Dialect.Of(section.Lanes).Type}} {{string.Join(", ", Enumerable.Range(0, width.Forward[0].Sequences).Select(s => $"input{s}"))}}, weight;
                nint n = 0;
                """);
            foreach (SequenceTile tile in width.Forward)
            {
                using (writer.Block($"for (; n < {Names.Sum("count", 1 - tile.Sequences)}; {Names.Advance("n", tile.Sequences)})"))
                {
                    EmitTile(writer, kernel, section, tile);
                }
            }
        }
    }

    private static void EmitTile(SourceWriter writer, KernelPlan kernel, Section section, SequenceTile tile)
    {
        BatchPlan batch = kernel.Batch;
        Dialect dialect = Dialect.Of(section.Lanes);
        for (int s = 0; s < tile.Sequences; s++)
        {
            string n = s == 0 ? "n" : $"(n + {s})";
            writer.Lines($$"""
                ref float x{{s}} = ref {{Names.Unsafe}}.Add(ref x, {{n}} * xStride);
                ref float wm{{s}} = ref {{Names.Unsafe}}.Add(ref states, ({{n}} * {{batch.StateStride}}) + {{kernel.Layout.Padded}});
                ref float z{{s}} = ref {{Names.Unsafe}}.Add(ref z, {{Names.Product(n, section.Lanes)}});
                """);
        }

        for (int chain = 0; chain < kernel.Chains; chain += tile.Chains)
        {
            EmitPass(writer, kernel, section, tile, chain);
            foreach ((int s, int gate) in Sums(tile))
            {
                string at = $"ref z{s}, {gate * batch.Block * section.Lanes}";
                string sum = string.Join(" + ", Enumerable.Range(0, tile.Chains).Select(part => Sum(gate, s, part)));
                writer.Line(chain == 0
                    ? $"Store({at}, {sum});"
                    : $"Store({at}, Load{dialect.Suffix}({at}) + {sum});");
            }

            writer.Line();
        }
    }

    /// <summary>Some of the partial sums of each gate: what the inputs of these chains give.</summary>
    private static void EmitPass(SourceWriter writer, KernelPlan kernel, Section section, SequenceTile tile, int firstChain)
    {
        CellLayout layout = kernel.Layout;
        Dialect dialect = Dialect.Of(section.Lanes);
        string declare = firstChain == 0 ? "var " : string.Empty;
        foreach ((int s, int gate) in Sums(tile))
        {
            for (int part = 0; part < tile.Chains; part++)
            {
                string start = firstChain + part == 0 ? $"Load{dialect.Suffix}(ref rows, {gate * section.TileUnits})" : dialect.Zero;
                writer.Line($"{declare}{Sum(gate, s, part)} = {start};");
            }
        }

        EmitRows(writer, kernel, section, tile, firstChain, "x", layout.FirstInputRow, layout.Input);
        EmitRows(writer, kernel, section, tile, firstChain, "wm", layout.FirstMemoryRow, layout.Hidden);
    }

    /// <summary>Adds the products with those of <paramref name="count"/> inputs that belong to the pass's chains.</summary>
    private static void EmitRows(
        SourceWriter writer, KernelPlan kernel, Section section, SequenceTile tile, int firstChain, string source, int firstRow, int count)
    {
        int whole = count / kernel.Chains * kernel.Chains;
        if (whole > 0)
        {
            int stride = kernel.Chains * section.RowStride;
            using (writer.Block(
                $"for (nint k = 0, row = {firstRow * section.RowStride}; k < {whole}; {Names.Advance("k", kernel.Chains)}, row += {stride})"))
            {
                for (int part = 0; part < tile.Chains; part++)
                {
                    int offset = (firstChain + part) * section.RowStride;
                    EmitRow(writer, section, tile, part, source, Names.Sum("k", firstChain + part), gate => Names.Sum("row", offset + (gate * section.TileUnits)));
                }
            }
        }

        for (int k = whole; k < count; k++)
        {
            int part = (k % kernel.Chains) - firstChain;
            if (part >= 0 && part < tile.Chains)
            {
                int row = (firstRow + k) * section.RowStride;
                EmitRow(writer, section, tile, part, source, $"{k}", gate => $"{row + (gate * section.TileUnits)}");
            }
        }
    }

    private static void EmitRow(
        SourceWriter writer, Section section, SequenceTile tile, int part, string source, string index, Func<int, string> weight)
    {
        Dialect dialect = Dialect.Of(section.Lanes);
        for (int s = 0; s < tile.Sequences; s++)
        {
            writer.Line($"input{s} = Broadcast{dialect.Suffix}(ref {source}{s}, {index});");
        }

        for (int gate = 0; gate < 4; gate++)
        {
            writer.Line($"weight = Load{dialect.Suffix}(ref rows, {weight(gate)});");
            for (int s = 0; s < tile.Sequences; s++)
            {
                string sum = Sum(gate, s, part);
                writer.Line($"{sum} = MultiplyAdd(weight, input{s}, {sum});");
            }
        }
    }

    /// <summary>Gates, ltm and wm of one vector of units, for all sequences of a block.</summary>
    private static void EmitGates(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, Section section)
    {
        CellLayout layout = kernel.Layout;
        BatchPlan batch = kernel.Batch;
        SectionScope scope = SectionScope.Inside(section);
        string load = "Load" + Dialect.Of(section.Lanes).Suffix;
        writer.Lines($$"""

            /// <summary>Gates, ltm and wm of a vector of units, and their record, for <paramref name="count"/> sequences.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"private static void {GatesName(kernel, width, section)}(ref float z, nint unit{scope.Name}, nint lane{scope.Name}, int count, ref float states, ref float memories, ref float records)"))
        {
            writer.Line($"bool recorded = !{Names.Unsafe}.IsNullRef(ref records);");
            if (!kernel.RecordsDerivatives)
            {
                EmitActivations(writer, kernel, section, scope);
            }

            using (writer.Block("for (nint n = 0; n < count; n++)"))
            {
                writer.Lines($$"""
                    ref float sums = ref {{Names.Unsafe}}.Add(ref z, {{Names.Product("n", section.Lanes)}});
                    ref float state = ref {{Names.Unsafe}}.Add(ref states, n * {{batch.StateStride}});
                    ref float next = ref {{Names.Unsafe}}.Add(ref memories, n * {{(width.Buffered ? layout.Padded : batch.StateStride)}});
                    ref float record = ref records;
                    if (recorded)
                    {
                        record = ref {{Names.Unsafe}}.Add(ref records, n * {{kernel.Tape.Record}});
                    }

                    """);
                string Z(int gate) => $"{load}(ref sums, {gate * batch.Block * section.Lanes})";
                if (kernel.RecordsDerivatives)
                {
                    ForwardEmitter.EmitActivation(writer, kernel, section, section.Units[0], scope, Z, storesNext: true);
                }
                else
                {
                    for (int gate = 0; gate < 4; gate++)
                    {
                        writer.Line($"var {ForwardEmitter.Gates[gate]}{scope.Name} = {Z(gate)};");
                    }

                    ForwardEmitter.EmitLongTermMemory(writer, kernel, section, section.Units[0], scope, storesNext: true);
                }
            }
        }
    }

    /// <summary>The gates of all sequences, one vector after the other: constants stay in registers, divisions overlap.</summary>
    private static void EmitActivations(SourceWriter writer, KernelPlan kernel, Section section, SectionScope scope)
    {
        string load = "Load" + Dialect.Of(section.Lanes).Suffix;
        int gate = kernel.Batch.Block * section.Lanes;
        string Z(string at) => section.Pads ? $"Real({load}({at}), unit{scope.Name})" : $"{load}({at})";
        string lanes = Names.Product("count", section.Lanes);
        writer.Lines($$"""

            // (1) (3) (5) rem, save, focus = sigma(z)
            for (nint gate = 0; gate < {{3 * gate}}; gate += {{gate}})
            {
                ref float values = ref {{Names.Unsafe}}.Add(ref z, gate);
                for (nint n = 0; n < {{lanes}}; {{Names.Advance("n", section.Lanes)}})
                {
                    Store(ref values, n, Sigmoid({{Z("ref values, n")}}));
                }
            }

            // (2) ltm' = tanh(z)
            for (nint n = 0; n < {{lanes}}; {{Names.Advance("n", section.Lanes)}})
            {
                Store(ref z, n + {{3 * gate}}, Tanh({{Z($"ref z, n + {3 * gate}")}}));
            }
            """);
    }

    private static IEnumerable<(int Sequence, int Gate)> Sums(SequenceTile tile) =>
        Enumerable.Range(0, 4 * tile.Sequences).Select(i => (i / 4, i % 4));

    private static string Sum(int gate, int sequence, int part) =>
        $"{ForwardEmitter.Gates[gate]}{sequence}{(part == 0 ? string.Empty : "b")}";

    private static string SumsName(KernelPlan kernel, BatchWidthPlan width, Section section) =>
        $"{kernel.Prefix}Sums{Dialect.Of(width.Lanes).Suffix}_{section.Unit}";

    private static string GatesName(KernelPlan kernel, BatchWidthPlan width, Section section) =>
        $"{kernel.Prefix}Gates{Dialect.Of(width.Lanes).Suffix}_{section.Unit}";

    private static string Copy(string from, string fromOffset, string to, string toOffset, int floats) =>
        $"{Names.Marshal}.CreateReadOnlySpan(ref {Names.Unsafe}.Add(ref {from}, {fromOffset}), {floats}).CopyTo({Names.Marshal}.CreateSpan(ref {Names.Unsafe}.Add(ref {to}, {toOffset}), {floats}));";
}
