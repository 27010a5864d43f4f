using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The head of a tape.</summary>
internal static class TapeEmitter
{
    public static void EmitBegin(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        writer.Lines($$"""

            /// <summary>
            /// Begins a tape: U transposed, for each tile of columns and each pair of gates the rows of all units; then the
            /// initial ltm and wm of the sequences, a record apart, as if they ended records of a step before the first.
            /// </summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"internal static void {kernel.Prefix}BeginTape(ref {writer.Real} w, ref {writer.Real} states, int sequences, ref {writer.Real} tape)"))
        {
            if (layout.Padded > layout.Hidden)
            {
                writer.Line($"{Names.Marshal}.CreateSpan(ref tape, {kernel.Tape.Transposed}).Clear();");
            }

            TileRun[] runs = layout.Runs().ToArray();
            foreach (TileRun units in runs)
            {
                foreach (TileRun columns in runs)
                {
                    EmitTiles(writer, kernel, units, columns);
                }
            }

            string state = $"{2 * layout.Padded}";
            using (writer.Block("for (nint n = 0; n < sequences; n++)"))
            {
                writer.Lines($$"""
                    {{Names.Marshal}}.CreateReadOnlySpan(ref {{Names.Unsafe}}.Add(ref states, n * {{kernel.Batch.StateStride}}), {{state}})
                        .CopyTo({{Names.Marshal}}.CreateSpan(ref {{Names.Unsafe}}.Add(ref tape, (n * {{kernel.Tape.Record}}) + {{kernel.Tape.Transposed}}), {{state}}));
                    """);
            }
        }
    }

    /// <summary>The weights that join some tiles of units to some tiles of columns.</summary>
    private static void EmitTiles(SourceWriter writer, KernelPlan kernel, TileRun units, TileRun columns)
    {
        CellLayout layout = kernel.Layout;
        Tile unit = units.First;
        Tile column = columns.First;
        string tile = BatchForwardEmitter.EmitLoop(writer, "tile", 0, 1, units.Count, out SourceWriter.Scope? unitLoop);
        string other = BatchForwardEmitter.EmitLoop(writer, "columns", 0, 1, columns.Count, out SourceWriter.Scope? columnLoop);
        using (writer.Block("for (nint gate = 0; gate < 4; gate++)"))
        {
            string from = Names.Sum(
                Scaled(tile, units.Floats),
                Scaled(other, column.Units * unit.RowStride),
                $"(gate * {unit.Units})",
                $"{unit.Offset + ((layout.FirstMemoryRow + column.FirstUnit) * unit.RowStride)}");
            string to = Names.Sum(
                Scaled(other, kernel.Tape.Columns(column.Units)),
                Scaled(tile, unit.Units * kernel.Tape.UnitStride(column.Units)),
                $"((gate / 2) * {kernel.Tape.PairStride(column.Units)})",
                $"((gate % 2) * {column.Units})",
                $"{kernel.Tape.Columns(column.FirstUnit) + (unit.FirstUnit * kernel.Tape.UnitStride(column.Units))}");
            writer.Lines($$"""
                global::Lstm.Kernels.Transposition.Copy(
                    ref {{Names.Unsafe}}.Add(ref w, {{from}}), {{unit.RowStride}}, {{column.Used}}, {{unit.Used}},
                    ref {{Names.Unsafe}}.Add(ref tape, {{to}}), {{kernel.Tape.UnitStride(column.Units)}});
                """);
        }

        columnLoop?.Dispose();
        unitLoop?.Dispose();
    }

    private static string Scaled(string variable, int stride) => variable == "0" ? "0" : $"({variable} * {stride})";
}
