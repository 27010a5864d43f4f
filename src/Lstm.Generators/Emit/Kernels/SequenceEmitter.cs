using System;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// What many sequences do at one vector width: for each tile of units the runtime's kernels over a block of sequences. Each lane is summed in the order of
/// <see cref="SumEmitter"/>, so the bits are the same as those of sequences that run alone.
/// </summary>
internal static class SequenceEmitter
{
    /// <summary>A step of a block of sequences.</summary>
    public static void EmitStep(SourceWriter writer, KernelPlan kernel, WidthPlan width, BatchWidthPlan batch)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        writer.Lines($$"""

            /// <summary>One step of <paramref name="count"/> sequences, {{batch.Together}} side by side: all of them for one tile of units, then the next.</summary>
            {{Code.Hot}}
            """);
        using (writer.Block(
            $"public static void StepMany<TRun>(\n"
            + $"    ref {number} w, ref {number} x, IntPtr xStride, ref {number} states, int count, ref {number} newWm, ref {number} z, ref {number} records)\n"
            + "    where TRun : struct"))
        {
            foreach (TileGroup tiles in batch.Tiles)
            {
                EmitTiles(writer, kernel, tiles, (weights, lane) =>
                {
                    EmitSums(writer, kernel, width, batch, tiles, weights, "ref x, xStride", "count", $"ref z, {tiles.First.RowStride}", withWm: true);
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
            + $"    ref {number} transposed, ref {number} record, ref {number} recordBefore, ref {number} dWm, int count, ref {number} dStates, ref {number} dZ)"))
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

    /// <summary>z = b + W x + U wm, or b + W x, of a tile.</summary>
    /// <param name="inputs">x and its stride.</param>
    /// <param name="count">How many sequences, or steps.</param>
    /// <param name="z">Where the sums go, and their stride.</param>
    public static void EmitSums(
        SourceWriter writer, KernelPlan kernel, WidthPlan width, BatchWidthPlan batch, TileGroup tiles, string weights, string inputs, string count, string z,
        bool withWm)
    {
        LaneNames names = LaneNames.Of(kernel, width);
        CellLayout layout = kernel.Layout;
        string wm = withWm ? $"{Code.RefAt("states", layout.Padded)}, {kernel.Batch.StateStride}, {layout.Hidden}" : $"{Code.NullRef(names.Number)}, 0, 0";
        writer.Lines($$"""
            SequenceProduct<{{names.OperationArguments}}>.Sums(
                {{weights}}, {{tiles.First.RowStride}}, {{tiles.First.RowStride}}, {{inputs}}, {{layout.Input}}, {{wm}},
                {{count}}, {{z}}, {{kernel.PartialSums}}, {{batch.Together}});
            """);
    }

    private static void EmitGates(SourceWriter writer, KernelPlan kernel, WidthPlan width, BatchWidthPlan batch, TileGroup tiles)
    {
        int stride = batch.Buffered ? kernel.Layout.Padded : kernel.Batch.StateStride;
        EmitVectors(writer, kernel, width, tiles, (part, names, unit, lane) => writer.Lines($$"""
            UnitVectors<{{names.EquationArguments}}, {{kernel.Prefix}}Shape>.Gates<TRun>(
                {{Code.RefAt("z", part)}}, {{tiles.First.RowStride}}, {{tiles.First.Units}}, {{unit}}, {{lane}}, count,
                ref states, ref newWm, {{stride}}, ref records, {{(tiles.Pads ? "true" : "false")}});
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
        ColumnProduct<{{LaneNames.Of(kernel, width, tiles.UnitLanes).OperationArguments}}>.BackMany(
            {{kernel.Prefix}}Cell.Tiles, ref transposed, ref dZ, count, {{Code.RefAt("dStates", kernel.Layout.Padded)}}, {{kernel.Batch.StateStride}},
            {{tiles.First.FirstUnit}}, {{tiles.End}});
        """);
}
