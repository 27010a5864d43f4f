using System;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// What many sequences do at one vector width: for each tile of units the runtime's kernels over a block of sequences. Each lane is summed in the
/// order of <see cref="SumEmitter"/>, so the bits are the same as those of sequences that run alone.
/// </summary>
internal static class SequenceEmitter
{
    /// <summary>A step of a block of sequences.</summary>
    public static void EmitStep(SourceWriter writer, KernelPlan kernel, WidthPlan width, BatchWidthPlan batch)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        writer.Lines($$"""

            /// <summary>
            /// One step of <paramref name="count"/> sequences, {{batch.Together}} side by side: all of them for one tile of units, then the next.
            /// </summary>
            {{Code.Hot}}
            """);
        using (writer.Block(
            $"public static void StepMany<TRun>(\n"
            + $"    ref {number} w, ref {number} x, IntPtr xStride, ref {number} states, int count, "
            + $"ref {number} newWm, ref {number} z, ref {number} records)\n"
            + "    where TRun : struct"))
        {
            foreach (TileGroup tiles in batch.Tiles)
            {
                EmitTiles(writer, kernel, tiles, (weights, _) =>
                {
                    string product = Product(kernel, width, batch, tiles, "Sums");
                    writer.Lines($"""
                        {product}(
                            {weights}, ref x, xStride, {Code.RefAt("states", kernel.Layout.Padded)}, count, ref z);
                        """);
                    EmitGates(writer, kernel, width, batch, tiles);
                });
            }
        }
    }

    /// <summary>dL/dwm of the step before, for a block of sequences.</summary>
    public static void EmitWalkBack(SourceWriter writer, KernelPlan kernel, WidthPlan width, BatchWidthPlan batch)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        writer.Lines($$"""

            /// <summary>One step back of <paramref name="count"/> sequences: dZ of each, and what flows to the step before.</summary>
            {{Code.Hot}}
            """);
        using (writer.Block(
            $"public static void StepManyBack(\n"
            + $"    ref {number} transposed, ref {number} record, ref {number} recordBefore, ref {number} dWm, int count,\n"
            + $"    ref {number} dStates, ref {number} dZ)"))
        {
            using (writer.Block("for (IntPtr n = 0; n < count; n++)"))
            {
                writer.Lines($$"""
                    ref {{number}} now = {{Code.RefAt("record", $"n * {kernel.Tape.Record}")}};
                    ref {{number}} before = {{Code.RefAt("recordBefore", $"n * {kernel.Tape.Record}")}};
                    ref {{number}} dMemory = {{Code.RefAt("dWm", $"n * {kernel.Layout.Padded}")}};
                    ref {{number}} dGates = {{Code.RefAt("dZ", $"n * {kernel.Layout.GatesLength}")}};
                    ref {{number}} dState = {{Code.RefAt("dStates", $"n * {kernel.Batch.StateStride}")}};
                    """);
                foreach (TileGroup tiles in batch.Tiles)
                {
                    WalkBackEmitter.EmitGateGradients(writer, kernel, width, tiles);
                }
            }

            writer.Line("// dL/dwm of the step before, U^T dZ, one partial sum for each gate");
            foreach (TileGroup tiles in batch.Tiles)
            {
                EmitColumns(writer, kernel, width, tiles);
            }
        }
    }

    /// <summary>The loop over equal tiles.</summary>
    /// <param name="body">Gets the reference of a tile's weights and the place of its gates.</param>
    public static void EmitTiles(SourceWriter writer, KernelPlan kernel, TileGroup tiles, Action<string, string> body)
    {
        Tile first = tiles.First;
        writer.Loop("unit", first.FirstUnit, first.Units, tiles.Count, out SourceWriter.Scope? loop);
        string offset = loop is null ? $"{first.Offset}" : $"unit * {kernel.Layout.LengthOfUnit}";
        string lane = loop is null ? $"{first.FirstLane}" : $"unit * {Gates.Count}";
        body(Code.RefAt("w", offset), lane);
        loop?.Dispose();
    }

    /// <summary>The runtime's product over the inputs of a tile, for sequences side by side.</summary>
    public static string Product(KernelPlan kernel, WidthPlan width, BatchWidthPlan batch, TileGroup tiles, string method) =>
        $"SequenceProduct<{LaneNames.Of(kernel, width).OperationArguments}, {kernel.Prefix}Shape>"
        + $".{method}<{Count(tiles.First.Units)}, {Count(batch.Together)}>";

    private static string Count(int value) => value switch
    {
        2 => "Two",
        3 => "Three",
        4 => "Four",
        8 => "Eight",
        16 => "Sixteen",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static void EmitGates(SourceWriter writer, KernelPlan kernel, WidthPlan width, BatchWidthPlan batch, TileGroup tiles)
    {
        int stride = batch.Buffered ? kernel.Layout.Padded : kernel.Batch.StateStride;
        EmitVectors(writer, kernel, width, tiles, (part, names, unit, lane) => writer.Lines($$"""
            UnitVectors<{{names.EquationArguments}}, {{kernel.Prefix}}Shape>.Gates<TRun, {{Count(tiles.First.Units)}}>(
                {{Code.RefAt("z", part)}}, {{unit}}, {{lane}}, count, ref states, ref newWm, {{stride}}, ref records);
            """));
    }

    /// <summary>The loop over the vectors of units of a tile, itself in a loop over tiles where there are several.</summary>
    /// <param name="body">Gets the place in the tile, the names at the vectors' width, the first unit, and the place of its remember gate.</param>
    public static void EmitVectors(
        SourceWriter writer, KernelPlan kernel, WidthPlan width, TileGroup tiles, Action<string, LaneNames, string, string> body)
    {
        Tile first = tiles.First;
        string part = writer.Loop("part", 0, tiles.UnitLanes, tiles.Vectors, out SourceWriter.Scope? parts);
        string unit = tiles.Count > 1 ? Code.Add("unit", part) : Code.Add($"{first.FirstUnit}", part);
        string lane = tiles.Count > 1 ? Code.Add($"(unit * {Gates.Count})", part) : Code.Add($"{first.FirstLane}", part);
        body(part, LaneNames.Of(kernel, width, tiles.UnitLanes), unit, lane);
        parts?.Dispose();
    }

    private static void EmitColumns(SourceWriter writer, KernelPlan kernel, WidthPlan width, TileGroup tiles) => writer.Lines($$"""
        ColumnProduct<{{LaneNames.Of(kernel, width, tiles.UnitLanes).OperationArguments}}, {{kernel.Prefix}}Shape>.BackMany(
            ref transposed, ref dZ, count, {{Code.RefAt("dStates", kernel.Layout.Padded)}}, {{tiles.First.FirstUnit}}, {{tiles.End}});
        """);
}
