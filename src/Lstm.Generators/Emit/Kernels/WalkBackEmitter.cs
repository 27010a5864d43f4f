using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The backward recurrence at one vector width: <see cref="StepEmitter"/>, block for block, in reverse.</summary>
internal static class WalkBackEmitter
{
    public static void Emit(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        CellLayout layout = kernel.Layout;
        string number = NumberNames.Of(kernel.Scalar).Type;
        string results = "dZ of each, equations (6) to (1), and what flows to the step before";
        writer.Lines($$"""

            /// <summary>Walks back over <paramref name="steps"/> steps: {{results}}.</summary>
            {{Code.Hot}}
            """);
        using (writer.Block(Signature(kernel)))
        using (writer.Block("for (IntPtr step = steps - 1; step >= 0; step--)"))
        {
            writer.Lines($$"""
                ref {{number}} now = {{Code.RefAt("record", $"step * {kernel.Tape.Record}")}};
                ref {{number}} before = {{Code.RefAt("now", kernel.Tape.Ltm - kernel.Tape.Record)}};
                ref {{number}} dMemory = {{Code.RefAt("dWm", $"step * {layout.Padded}")}};
                ref {{number}} dGates = {{Code.RefAt("dZ", $"step * {layout.GatesLength}")}};

                // dZ and dLtm
                """);
            if (width.UnrolledGateGradients)
            {
                EmitUnrolledGateGradients(writer, kernel, width);
            }
            else
            {
                foreach (TileGroup tiles in width.Tiles)
                {
                    EmitGateGradients(writer, kernel, width, tiles);
                }
            }

            writer.Line();
            writer.Line("// dL/dwm of the step before, U^T dZ, one partial sum for each gate");
            if (width.UnrolledBackward)
            {
                foreach (ColumnBlock block in width.Backward)
                {
                    EmitColumns(writer, kernel, width, block);
                }
            }
            else
            {
                EmitLoopedColumns(writer, kernel, width);
            }
        }
    }

    /// <summary>The head of the method, which is the same at every width.</summary>
    public static string Signature(KernelPlan kernel)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        return "public static void WalkBack(\n"
            + $"    ref {number} transposed, ref {number} record, ref {number} dWm, int steps, ref {number} dState, ref {number} dZ)";
    }

    /// <summary>dZ of the gates of equal tiles, and dLtm, in loops.</summary>
    public static void EmitGateGradients(SourceWriter writer, KernelPlan kernel, WidthPlan width, TileGroup tiles)
    {
        writer.Loop("unit", tiles.First.FirstUnit, tiles.First.Units, tiles.Count, out SourceWriter.Scope? loop);
        SequenceEmitter.EmitVectors(writer, kernel, width, tiles, (_, names, unit, lane) =>
            EmitGateGradients(writer, kernel, names, tiles.First.Units, unit, lane));
        loop?.Dispose();
    }

    private static void EmitUnrolledGateGradients(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        foreach (Section section in width.Sections)
        {
            foreach (UnitVector unit in section.Units)
            {
                LaneNames names = LaneNames.Of(kernel, width, unit.Lanes);
                EmitGateGradients(writer, kernel, names, unit.TileUnits, $"{section.Unit + unit.Unit}", $"{section.Lane + unit.Lane}");
            }
        }
    }

    private static void EmitGateGradients(
        SourceWriter writer, KernelPlan kernel, LaneNames names, int tileUnits, string unit, string lane) => writer.Lines($$"""
        UnitVectors<{{names.EquationArguments}}, {{kernel.Prefix}}Shape>.GateGradients(
            ref now, ref before, ref dMemory, ref dState, ref dGates, {{tileUnits}}, {{unit}}, {{lane}});
        """);

    /// <summary>U^T dZ in loops: the runtime's product.</summary>
    private static void EmitLoopedColumns(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        string reverse = kernel.Reverses ? "(step & 1) == 0" : "false";
        string dWm = Code.RefAt("dState", kernel.Layout.Padded);
        foreach (TileGroup tiles in width.Tiles)
        {
            LaneNames names = LaneNames.Of(kernel, width, tiles.UnitLanes);
            writer.Lines($$"""
                ColumnProduct<{{names.OperationArguments}}, {{kernel.Prefix}}Shape>.BackOne(
                    ref transposed, ref dGates, {{dWm}}, {{tiles.First.FirstUnit}}, {{tiles.End}}, {{reverse}});
                """);
        }
    }

    /// <summary>U^T dZ in some columns, written out.</summary>
    private static void EmitColumns(SourceWriter writer, KernelPlan kernel, WidthPlan width, ColumnBlock block)
    {
        LaneNames names = LaneNames.Of(kernel, width, block.Lanes);
        for (int vector = 0; vector < block.AllVectors; vector++)
        {
            foreach (Gate gate in Gates.All)
            {
                writer.Line($"{names.Vector} {Sum(block, vector, gate)} = {names.Zero};");
            }
        }

        writer.Line($"{names.Vector} gate{block.Column};");
        foreach (Tile tile in kernel.Layout.Tiles)
        {
            for (int i = 0; i < tile.Used; i++)
            {
                EmitUnit(writer, kernel, block, names, tile, i);
            }
        }

        for (int vector = 0; vector < block.AllVectors; vector++)
        {
            string Pair(Gate first, Gate second) => $"({Sum(block, vector, first)} + {Sum(block, vector, second)})";
            int at = kernel.Layout.Padded + block.Column + block.ColumnOf(vector);
            string total = $"{Pair(Gates.Remember, Gates.Save)} + {Pair(Gates.Focus, Gates.Candidate)}";
            writer.Line($"{names.Operation("Store")}(ref dState, {at}, {total});");
        }
    }

    /// <summary>What one unit's gates add to the sums of a block of columns.</summary>
    private static void EmitUnit(SourceWriter writer, KernelPlan kernel, ColumnBlock block, LaneNames names, Tile tile, int unitInTile)
    {
        int row = kernel.Tape.Columns(block.Tile.FirstUnit) + block.Part
            + ((tile.FirstUnit + unitInTile) * kernel.Tape.UnitStride(block.Tile.Units));
        foreach (Gate gate in Gates.All)
        {
            int lane = tile.FirstLane + unitInTile + (gate.Place * tile.Units);
            writer.Line($"gate{block.Column} = {names.Operation("Broadcast")}(ref dGates, {lane});");
            for (int vector = 0; vector < block.AllVectors; vector++)
            {
                string sum = Sum(block, vector, gate);
                int column = kernel.Tape.Columns(vector / block.Vectors * block.Tile.Units) + (vector % block.Vectors * block.Lanes);
                int weight = row + column + kernel.Tape.Gate(gate.Place, block.Tile.Units);
                writer.Line($"{sum} = {names.Operation("AddProduct")}(ref transposed, {weight}, gate{block.Column}, {sum});");
            }
        }
    }

    private static string Sum(ColumnBlock block, int vector, Gate gate) => $"{gate.Name}Sum{block.Column + block.ColumnOf(vector)}";
}
