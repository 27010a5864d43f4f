using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The weight gradient as one register-tiled product over a block of steps, and dX.</summary>
internal static class ProductEmitter
{
    /// <summary>sums[row, column] += sum over t of input[t, row] * lanes[t, column].</summary>
    /// <param name="name">The method's name without its width.</param>
    /// <param name="tiles">Shapes of the register tile, tallest and widest first; the last fits any rest.</param>
    public static void EmitOuter(SourceWriter writer, string name, int lanes, IEnumerable<MicroTile> tiles)
    {
        Dialect dialect = Dialect.Of(writer.Element, lanes);
        writer.Lines($$"""

            /// <summary>sums[row, column] += sum over steps of input[step, row] * values[step, column].</summary>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"private static void {name}{dialect.Suffix}(ref {writer.Real} sums, nint sumsStride, ref {writer.Real} input, nint inputStride, int rows, ref {writer.Real} values, nint valuesStride, int columns, int steps)"))
        {
            writer.Line("int row = 0;");
            foreach (IGrouping<int, MicroTile> height in tiles.GroupBy(tile => tile.Rows))
            {
                using (writer.Block($"for (; row <= rows - {height.Key}; row += {height.Key})"))
                {
                    writer.Line("int column = 0;");
                    foreach (MicroTile tile in height)
                    {
                        EmitTile(writer, dialect, tile);
                    }
                }
            }
        }
    }

    private static void EmitTile(SourceWriter writer, Dialect dialect, MicroTile tile)
    {
        int width = tile.Vectors * dialect.Lanes;
        using (writer.Block($"for (; column <= columns - {width}; column += {width})"))
        {
            for (int r = 0; r < tile.Rows; r++)
            {
                for (int v = 0; v < tile.Vectors; v++)
                {
                    writer.Line($"var sum{r}_{v} = {dialect.Zero};");
                }
            }

            writer.Lines($$"""
                ref {{writer.Real}} inputs = ref {{Names.Unsafe}}.Add(ref input, row);
                ref {{writer.Real}} vectors = ref {{Names.Unsafe}}.Add(ref values, column);
                """);
            using (writer.Block("for (int step = 0; step < steps; step++)"))
            {
                for (int v = 0; v < tile.Vectors; v++)
                {
                    writer.Line($"var value{v} = Load{dialect.Suffix}(ref vectors, {v * dialect.Lanes});");
                }

                for (int r = 0; r < tile.Rows; r++)
                {
                    writer.Line($"var input{r} = Broadcast{dialect.Suffix}(ref inputs, {r});");
                    for (int v = 0; v < tile.Vectors; v++)
                    {
                        writer.Line($"sum{r}_{v} = MultiplyAdd(input{r}, value{v}, sum{r}_{v});");
                    }
                }

                writer.Lines($$"""
                    inputs = ref {{Names.Unsafe}}.Add(ref inputs, inputStride);
                    vectors = ref {{Names.Unsafe}}.Add(ref vectors, valuesStride);
                    """);
            }

            for (int r = 0; r < tile.Rows; r++)
            {
                writer.Line($"ref {writer.Real} total{r} = ref {Names.Unsafe}.Add(ref sums, ({(r == 0 ? "row" : $"(row + {r})")} * sumsStride) + column);");
                for (int v = 0; v < tile.Vectors; v++)
                {
                    writer.Line($"Store(ref total{r}, {v * dialect.Lanes}, Load{dialect.Suffix}(ref total{r}, {v * dialect.Lanes}) + sum{r}_{v});");
                }
            }
        }
    }

    /// <summary>dX = W^T dZ for a block of steps: dot products of 16 partial sums, halved at the end.</summary>
    public static void EmitInputGradient(SourceWriter writer, KernelPlan kernel, int lanes)
    {
        CellLayout layout = kernel.Layout;
        Dialect dialect = Dialect.Of(writer.Element, lanes);
        int sums = kernel.DotLanes / lanes;
        writer.Lines($$"""

            /// <summary>dX = W^T dZ for <paramref name="steps"/> steps.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block($"private static void {kernel.Prefix}InputGradient{dialect.Suffix}(ref {writer.Real} w, ref {writer.Real} dZ, int steps, ref {writer.Real} dX)"))
        using (writer.Block("for (int step = 0; step < steps; step++)"))
        {
            using (writer.Block($"for (nint k = 0; k < {layout.Input}; k++)"))
            {
                for (int v = 0; v < sums; v++)
                {
                    writer.Line($"var sum{v} = {dialect.Zero};");
                }

                foreach (TileRun run in layout.Runs())
                {
                    EmitDot(writer, kernel, dialect, run, sums);
                }

                writer.Line($"{Names.Unsafe}.Add(ref dX, k) = {Halve(sums, lanes)};");
            }

            writer.Lines($$"""
                dZ = ref {{Names.Unsafe}}.Add(ref dZ, {{layout.Lanes}});
                dX = ref {{Names.Unsafe}}.Add(ref dX, {{kernel.InputGradientStride}});
                """);
        }
    }

    private static void EmitDot(SourceWriter writer, KernelPlan kernel, Dialect dialect, TileRun run, int sums)
    {
        Tile tile = run.First;
        string name = $"{tile.FirstUnit}";
        writer.Lines($$"""
            ref {{writer.Real}} weights{{name}} = ref {{Names.Unsafe}}.Add(ref w, {{tile.Offset + (kernel.Layout.FirstInputRow * tile.RowStride)}} + (k * {{tile.RowStride}}));
            ref {{writer.Real}} gates{{name}} = {{Names.At("dZ", tile.FirstLane)}};
            """);
        SourceWriter.Scope? tiles = run.Count > 1 ? writer.Block($"for (int tile = 0; tile < {run.Count}; tile++)") : null;
        for (int lane = 0; lane < tile.RowStride; lane += dialect.Lanes)
        {
            int v = lane / dialect.Lanes % sums;
            writer.Line($"sum{v} = MultiplyAdd(ref weights{name}, {lane}, Load{dialect.Suffix}(ref gates{name}, {lane}), sum{v});");
        }

        if (tiles is { } open)
        {
            writer.Lines($$"""
                weights{{name}} = ref {{Names.Unsafe}}.Add(ref weights{{name}}, {{run.Floats}});
                gates{{name}} = ref {{Names.Unsafe}}.Add(ref gates{{name}}, {{tile.RowStride}});
                """);
            open.Dispose();
        }
    }

    /// <summary>Adds partial sum i to i + n/2 until the vector is one, and then its lanes in the same way.</summary>
    public static string Halve(int sums, int lanes)
    {
        string[] parts = Enumerable.Range(0, sums).Select(v => $"sum{v}").ToArray();
        while (parts.Length > 1)
        {
            int half = parts.Length / 2;
            parts = Enumerable.Range(0, half).Select(v => $"({parts[v]} + {parts[v + half]})").ToArray();
        }

        string total = parts[0];
        return lanes == 1 ? total : total[0] == '(' ? $"Sum{total}" : $"Sum({total})";
    }
}
