using System;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The backward recurrence at one vector width: <see cref="ForwardEmitter"/>, block for block, in reverse.</summary>
internal static class BackwardEmitter
{
    public static void Emit(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        CellLayout layout = kernel.Layout;
        Dialect dialect = Dialect.Of(writer.Element, width.Lanes);
        writer.Lines($$"""

            /// <summary>Walks back over <paramref name="steps"/> steps: dZ of each, and what flows to the step before.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"private static void {kernel.Prefix}WalkBack{dialect.Suffix}(ref {writer.Real} transposed, ref {writer.Real} record, ref {writer.Real} dWm, int steps, ref {writer.Real} dState, ref {writer.Real} dZ)"))
        {
            using (writer.Block("for (nint step = steps - 1; step >= 0; step--)"))
            {
                writer.Lines($$"""
                    ref {{writer.Real}} now = ref {{Names.Unsafe}}.Add(ref record, step * {{kernel.Tape.Record}});
                    ref {{writer.Real}} dMemory = ref {{Names.Unsafe}}.Add(ref dWm, step * {{layout.Padded}});
                    ref {{writer.Real}} dGates = ref {{Names.Unsafe}}.Add(ref dZ, step * {{layout.Lanes}});
                    """);
                foreach (Section section in width.Forward)
                {
                    EmitSection(writer, kernel, section, width.Unrolled, "now", -2 * layout.Padded);
                }

                writer.Line();
                writer.Line("// dL/dwm of the step before, U^T dZ, a chain a gate");
                foreach (Panel panel in width.Backward)
                {
                    EmitPanel(writer, kernel, width, panel);
                }
            }
        }
    }

    /// <summary>dZ of a section's gates, and dLtm.</summary>
    /// <param name="before">Reaches the ltm of the step before, <paramref name="ltmBefore"/> floats on.</param>
    public static void EmitSection(SourceWriter writer, KernelPlan kernel, Section section, bool unrolled, string before, int ltmBefore)
    {
        SectionScope scope = SectionScope.Open(writer, section, unrolled, weights: false);
        foreach (UnitVector unit in section.Units)
        {
            EmitGates(writer, kernel, unit, scope, before, ltmBefore);
        }

        scope.Close();
    }

    private static void EmitGates(
        SourceWriter writer, KernelPlan kernel, UnitVector unit, SectionScope scope, string before, int ltmBefore)
    {
        TapePlan tape = kernel.Tape;
        string load = "Load" + Dialect.Of(writer.Element, unit.Lanes).Suffix;
        string n = scope.NameOf(unit);
        string at = scope.Unit(unit);
        string Gate(int gate) => $"{load}(ref now, {scope.Lane(unit, gate * unit.TileUnits)})";
        string Derivative(int gate) => kernel.RecordsDerivatives
            ? $"{load}(ref now, {scope.Lane(unit, tape.Derivatives + (gate * unit.TileUnits))})"
            : $"{(gate == 3 ? "TanhDerivative" : "SigmoidDerivative")}({ForwardEmitter.Gates[gate]}{n})";
        string tanhDerivative = kernel.RecordsDerivatives
            ? $"{load}(ref now, {scope.Unit(unit, tape.TanhLtmDerivative)})"
            : $"TanhDerivative(tanh{n})";
        writer.Lines($$"""

            {{scope.Describe(unit)}}
            var dWm{{n}} = {{load}}(ref dMemory, {{at}}) + {{load}}(ref dState, {{scope.Unit(unit, kernel.Layout.Padded)}});
            var tanh{{n}} = {{load}}(ref now, {{scope.Unit(unit, tape.TanhLtm)}});
            var focus{{n}} = {{Gate(2)}};
            // (6) wm = focus * tanh(ltm): dL/dltm = dLtm + dWm * focus * tanh'(ltm)
            var dLtm{{n}} = MultiplyAdd(dWm{{n}} * focus{{n}}, {{tanhDerivative}}, {{load}}(ref dState, {{at}}));

            // (5) focus = sigma(z_focus): dZ_focus = dWm * tanh(ltm) * sigma'(z_focus)
            Store(ref dGates, {{scope.Lane(unit, 2 * unit.TileUnits)}}, (dWm{{n}} * tanh{{n}}) * {{Derivative(2)}});

            // (4) ltm = rem * ltm + save * ltm': the step before gets dLtm * rem
            var rem{{n}} = {{Gate(0)}};
            var save{{n}} = {{Gate(1)}};
            var cand{{n}} = {{Gate(3)}};
            Store(ref dState, {{at}}, dLtm{{n}} * rem{{n}});

            // (3) save = sigma(z_save): dZ_save = dLtm * ltm' * sigma'(z_save)
            Store(ref dGates, {{scope.Lane(unit, unit.TileUnits)}}, (dLtm{{n}} * cand{{n}}) * {{Derivative(1)}});

            // (2) ltm' = tanh(z_cand): dZ_cand = dLtm * save * tanh'(z_cand)
            Store(ref dGates, {{scope.Lane(unit, 3 * unit.TileUnits)}}, (dLtm{{n}} * save{{n}}) * {{Derivative(3)}});

            // (1) rem = sigma(z_rem): dZ_rem = dLtm * (ltm of the step before) * sigma'(z_rem)
            Store(ref dGates, {{scope.Lane(unit)}}, (dLtm{{n}} * {{load}}(ref {{before}}, {{scope.Unit(unit, ltmBefore)}})) * {{Derivative(0)}});
            """);
    }

    private static void EmitPanel(SourceWriter writer, KernelPlan kernel, WidthPlan width, Panel panel)
    {
        TapePlan tape = kernel.Tape;
        Dialect dialect = Dialect.Of(writer.Element, panel.Lanes);
        string name = $"{panel.Column}";
        string tile = EmitGroups(writer, kernel, panel, out SourceWriter.Scope? groups);
        string part = BatchForwardEmitter.EmitLoop(writer, $"part{name}", panel.Part, panel.PartColumns, panel.Parts, out SourceWriter.Scope? parts);
        string source = "transposed";
        int offset = tape.Columns(panel.Tile.FirstUnit) + panel.Part;
        if (groups is not null || parts is not null)
        {
            source = $"columns{name}";
            offset = 0;
            string start = groups is null ? $"{tape.Columns(panel.Tile.FirstUnit)}" : $"({tile} * {tape.Columns(1)})";
            writer.Line($"ref {writer.Real} {source} = {Names.At("transposed", Names.Sum(start, part))};");
        }

        for (int vector = 0; vector < panel.Together * panel.Vectors; vector++)
        {
            for (int gate = 0; gate < 4; gate++)
            {
                writer.Line($"var {Sum(panel, vector, gate)} = {dialect.Zero};");
            }
        }

        writer.Line($"{dialect.Type} gate{name};");
        foreach (TileRun run in kernel.Layout.Runs())
        {
            EmitRun(writer, kernel, width, panel, run, source, offset);
        }

        for (int vector = 0; vector < panel.Together * panel.Vectors; vector++)
        {
            int fixedPart = kernel.Layout.Padded + ColumnOf(panel, vector) + (groups is null ? panel.Tile.FirstUnit : 0) + (parts is null ? panel.Part : 0);
            string loops = Names.Sum(groups is null ? "0" : tile, parts is null ? "0" : part);
            string at = Names.Sum(loops == "0" ? string.Empty : loops, fixedPart);
            writer.Line($"Store(ref dState, {at}, ({Sum(panel, vector, 0)} + {Sum(panel, vector, 1)}) + ({Sum(panel, vector, 2)} + {Sum(panel, vector, 3)}));");
        }

        parts?.Dispose();
        groups?.Dispose();
    }

    /// <summary>The loop over groups of tiles; where the weights do not fit the first-level cache, to and fro.</summary>
    /// <returns>The first column of the group's first tile.</returns>
    private static string EmitGroups(SourceWriter writer, KernelPlan kernel, Panel panel, out SourceWriter.Scope? groups)
    {
        string tile = $"tile{panel.Column}";
        if (!kernel.Alternates || panel.Groups == 1)
        {
            return BatchForwardEmitter.EmitLoop(writer, tile, panel.Tile.FirstUnit, panel.GroupColumns, panel.Groups, out groups);
        }

        groups = writer.Block($"for (nint turn{panel.Column} = 0; turn{panel.Column} < {panel.Groups}; turn{panel.Column}++)");
        string turn = $"((step & 1) == 0 ? {panel.Groups - 1} - turn{panel.Column} : turn{panel.Column})";
        writer.Line($"nint {tile} = {Names.Sum($"{turn} * {panel.GroupColumns}", panel.Tile.FirstUnit)};");
        return tile;
    }

    /// <summary>The units of equal tiles: all written out, or a loop over tiles and one over units.</summary>
    private static void EmitRun(
        SourceWriter writer, KernelPlan kernel, WidthPlan width, Panel panel, TileRun run, string source, int offset)
    {
        int stride = kernel.Tape.UnitStride(panel.Tile.Units);
        if (width.UnrolledBackward)
        {
            for (int tile = 0; tile < run.Count; tile++)
            {
                for (int i = 0; i < run.First.Used; i++)
                {
                    int unit = run.First.FirstUnit + (tile * run.First.Units) + i;
                    int lane = run.First.FirstLane + (tile * run.First.RowStride) + i;
                    EmitUnit(writer, kernel, panel, source, gate => $"{lane + (gate * run.First.Units)}", row => $"{offset + (unit * stride) + row}");
                }
            }

            return;
        }

        string name = $"{panel.Column}_{run.First.FirstUnit}";
        writer.Line($"ref {writer.Real} row{name} = {Names.At(source, offset + (run.First.FirstUnit * stride))};");
        string start = run.Count > 1 ? $"tile{name}" : $"{run.First.FirstLane}";
        SourceWriter.Scope? tiles = run.Count > 1
            ? writer.Block($"for (nint tile{name} = {run.First.FirstLane}; tile{name} < {run.First.FirstLane + (run.Count * run.First.RowStride)}; tile{name} += {run.First.RowStride})")
            : null;
        using (writer.Block($"for (nint lane{name} = {start}; lane{name} < {Names.Sum(run.Count > 1 ? $"tile{name}" : string.Empty, run.First.Used + (run.Count > 1 ? 0 : run.First.FirstLane))}; lane{name}++)"))
        {
            EmitUnit(writer, kernel, panel, $"row{name}", gate => Names.Sum($"lane{name}", gate * run.First.Units), row => $"{row}");
            writer.Line($"row{name} = ref {Names.Unsafe}.Add(ref row{name}, {stride});");
        }

        tiles?.Dispose();
    }

    /// <param name="lane">Where a gate of the unit stands in dZ.</param>
    /// <param name="row">Where some weight of the unit stands from <paramref name="source"/>.</param>
    private static void EmitUnit(
        SourceWriter writer, KernelPlan kernel, Panel panel, string source, Func<int, string> lane, Func<int, string> row)
    {
        Dialect dialect = Dialect.Of(writer.Element, panel.Lanes);
        for (int gate = 0; gate < 4; gate++)
        {
            writer.Line($"gate{panel.Column} = Broadcast{dialect.Suffix}(ref dGates, {lane(gate)});");
            for (int vector = 0; vector < panel.Together * panel.Vectors; vector++)
            {
                string sum = Sum(panel, vector, gate);
                int tile = kernel.Tape.Columns(vector / panel.Vectors * panel.Tile.Units);
                int weight = tile + kernel.Tape.Gate(gate, panel.Tile.Units) + (vector % panel.Vectors * panel.Lanes);
                writer.Line($"{sum} = MultiplyAdd(ref {source}, {row(weight)}, gate{panel.Column}, {sum});");
            }
        }
    }

    /// <summary>The first column of a vector, counted from the panel's.</summary>
    private static int ColumnOf(Panel panel, int vector) =>
        (vector / panel.Vectors * panel.Tile.Units) + (vector % panel.Vectors * panel.Lanes);

    private static string Sum(Panel panel, int vector, int gate) =>
        $"{ForwardEmitter.Gates[gate]}Sum{panel.Column + ColumnOf(panel, vector)}";
}
