using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// b + W x of several steps of a known sequence, ahead of the recurrence: the register tiles of <see cref="BatchForwardEmitter"/>,
/// with steps in the place of sequences and without wm. The sums of <see cref="ForwardEmitter"/> go on from there, in the same order.
/// </summary>
internal static class AheadEmitter
{
    /// <summary>The product at one vector width.</summary>
    public static void Emit(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width)
    {
        writer.Lines($$"""

            /// <summary>
            /// z = b + W x of <paramref name="steps"/> steps, {{width.Sequences}} side by side; each gets a row of all gates, <paramref name="zStride"/>
            /// numbers after the one before.
            /// </summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"private static void {Name(writer, kernel, width)}(ref {writer.Real} w, {Parameters(writer)})"))
        {
            foreach (BatchSection section in width.Sections)
            {
                EmitSection(writer, kernel, width, section);
            }
        }

        foreach (BatchSection section in width.Sections)
        {
            EmitSums(writer, kernel, width, section);
        }
    }

    /// <summary>The method for all gates.</summary>
    public static string Name(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width) =>
        $"{kernel.Prefix}InputSums{Dialect.Of(writer.Element, width.Lanes).Suffix}";

    private static string Name(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section) =>
        $"{Name(writer, kernel, width)}_{section.Tile.Unit}";

    private static string Parameters(SourceWriter writer) =>
        $"ref {writer.Real} x, nint xStride, int steps, ref {writer.Real} z, nint zStride";

    /// <summary>Some columns of a tile after the other, each for all steps: its weights stay in the cache.</summary>
    private static void EmitSection(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section)
    {
        Section tile = section.Tile;
        SectionScope scope = SectionScope.Open(writer, tile, unrolled: false, weights: true, units: false);
        string column = BatchForwardEmitter.EmitLoop(
            writer, $"column{scope.Name}", 0, section.Columns, tile.First.RowStride / section.Columns, out SourceWriter.Scope? columns);
        writer.Line($"{Name(writer, kernel, width, section)}({Names.At(scope.Weights, column)}, ref x, xStride, steps, {Names.At("z", Names.Sum($"lane{scope.Name}", column))}, zStride);");
        columns?.Dispose();
        scope.Close();
    }

    private static void EmitSums(SourceWriter writer, KernelPlan kernel, BatchWidthPlan width, BatchSection section)
    {
        writer.Lines($$"""

            /// <summary>z = b + W x, {{section.Columns}} columns of a tile's row, for <paramref name="steps"/> steps.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"private static void {Name(writer, kernel, width, section)}(ref {writer.Real} rows, {Parameters(writer)})"))
        {
            BatchForwardEmitter.EmitOperands(writer, width, section);
            using (writer.Block($"for (nint step = 0; step < steps; {Names.Advance("step", width.Sequences)})"))
            {
                foreach (int s in BatchForwardEmitter.Sequences(width))
                {
                    string step = s == 0 ? "step" : $"(step + {s})";
                    writer.Lines($$"""
                        ref {{writer.Real}} x{{s}} = ref {{Names.Unsafe}}.Add(ref x, {{step}} * xStride);
                        ref {{writer.Real}} z{{s}} = ref {{Names.Unsafe}}.Add(ref z, {{step}} * zStride);
                        """);
                }

                BatchForwardEmitter.EmitBegin(writer, width, section, chain: 0);
                BatchForwardEmitter.EmitRows(writer, kernel, width, section, chain: 0, "x", kernel.Layout.FirstInputRow, kernel.Layout.Input);
                BatchForwardEmitter.EmitStores(writer, width, section, chain: 0);
            }
        }
    }
}
