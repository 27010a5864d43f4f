using System;
using System.Linq;
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
                if (width.Backward.Any(panel => panel.TakesBack))
                {
                    writer.Line("bool back = (step & 1) == 0;");
                }

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
        string name = $"{panel.Column}";
        string tile = EmitLoop(writer, $"tile{name}", panel.Tile.FirstUnit, panel.GroupColumns, panel.Groups, panel.TakesBack, out SourceWriter.Scope? tiles);
        string part = EmitLoop(writer, $"part{name}", panel.Part, panel.PartColumns, panel.Parts, back: false, out SourceWriter.Scope? parts);
        string pair = EmitLoop(writer, $"pair{name}", 0, 1, 4 / panel.Gates, panel.TakesBack, out SourceWriter.Scope? pairs);
        string source = "transposed";
        int offset = tape.Columns(panel.Tile.FirstUnit) + panel.Part;
        if (tiles is not null || parts is not null || pairs is not null)
        {
            source = $"columns{name}";
            offset = 0;
            string start = tiles is null ? $"{tape.Columns(panel.Tile.FirstUnit)}" : $"({tile} * {tape.Columns(1)})";
            string gates = pairs is null ? "0" : $"({pair} * {tape.PairStride(panel.Tile.Units)})";
            writer.Line($"ref {writer.Real} {source} = {Names.At("transposed", Names.Sum(start, part, gates))};");
        }

        EmitSums(writer, kernel, width, panel, source, offset, pair);
        string column = string.Join(" + ", new[] { tiles is null ? string.Empty : tile, parts is null ? string.Empty : part }.Where(loop => loop.Length > 0));
        int first = kernel.Layout.Padded + (tiles is null ? panel.Tile.FirstUnit : 0) + (parts is null ? panel.Part : 0);
        EmitTotals(writer, panel, vector => Names.Sum(column, first + ColumnOf(panel, vector)));
        pairs?.Dispose();
        parts?.Dispose();
        tiles?.Dispose();
    }

    /// <summary>A loop in strides, where there is more than one; its turns are counted apart where it may run in reverse.</summary>
    /// <returns>Its variable, or the number it would have.</returns>
    private static string EmitLoop(SourceWriter writer, string variable, int start, int stride, int count, bool back, out SourceWriter.Scope? loop)
    {
        if (count == 1 || !back)
        {
            return BatchForwardEmitter.EmitLoop(writer, variable, start, stride, count, out loop);
        }

        string turn = Turn(variable, back);
        loop = writer.Block($"for (nint {turn} = 0; {turn} < {count}; {turn}++)");
        writer.Line($"nint {variable} = {Names.Sum(Names.Product(stride == 1 ? $"back ? {count - 1} - {turn} : {turn}" : $"(back ? {count - 1} - {turn} : {turn})", stride), start)};");
        return variable;
    }

    private static string Turn(string variable, bool back) => back ? $"{variable}Turn" : variable;

    /// <summary>U^T dZ in a panel's columns, over the gates of a pass.</summary>
    private static void EmitSums(
        SourceWriter writer, KernelPlan kernel, WidthPlan width, Panel panel, string source, int offset, string pair)
    {
        Dialect dialect = Dialect.Of(writer.Element, panel.Lanes);
        for (int vector = 0; vector < panel.Together * panel.Vectors; vector++)
        {
            for (int gate = 0; gate < panel.Gates; gate++)
            {
                writer.Line($"var {Sum(panel, vector, gate)} = {dialect.Zero};");
            }
        }

        writer.Line($"{dialect.Type} gate{panel.Column};");
        foreach (TileRun run in kernel.Layout.Runs())
        {
            EmitRun(writer, kernel, width, panel, run, source, offset, pair);
        }
    }

    /// <summary>A panel's columns of dWm; a second pass adds its gates to those of the first.</summary>
    /// <param name="at">Where a vector of columns stands in dState.</param>
    private static void EmitTotals(SourceWriter writer, Panel panel, Func<int, string> at)
    {
        string load = "Load" + Dialect.Of(writer.Element, panel.Lanes).Suffix;
        string Pair(int vector, int gate) => $"{Sum(panel, vector, gate)} + {Sum(panel, vector, gate + 1)}";
        void EmitStores(Func<int, string> total)
        {
            for (int vector = 0; vector < panel.Together * panel.Vectors; vector++)
            {
                writer.Line($"Store(ref dState, {at(vector)}, {total(vector)});");
            }
        }

        if (panel.Gates == 4)
        {
            EmitStores(vector => $"({Pair(vector, 0)}) + ({Pair(vector, 2)})");
            return;
        }

        using (writer.Block($"if ({Turn($"pair{panel.Column}", panel.TakesBack)} == 0)"))
        {
            EmitStores(vector => Pair(vector, 0));
        }

        using (writer.Block("else"))
        {
            EmitStores(vector => $"{load}(ref dState, {at(vector)}) + ({Pair(vector, 0)})");
        }
    }

    /// <summary>The units of equal tiles: all written out, or a loop over tiles and one over units.</summary>
    private static void EmitRun(
        SourceWriter writer, KernelPlan kernel, WidthPlan width, Panel panel, TileRun run, string source, int offset, string pair)
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
                    EmitUnit(writer, kernel, panel, "dGates", gate => $"{lane + (gate * run.First.Units)}", source, row => $"{offset + (unit * stride) + row}");
                }
            }

            return;
        }

        string name = $"{panel.Column}_{run.First.FirstUnit}";
        string gates = "dGates";
        if (panel.Gates < 4)
        {
            gates = $"gates{name}";
            writer.Line($"ref {writer.Real} {gates} = {Names.At("dGates", $"{pair} * {2 * run.First.Units}")};");
        }

        writer.Line($"ref {writer.Real} row{name} = {Names.At(source, offset + (run.First.FirstUnit * stride))};");
        string start = run.Count > 1 ? $"first{name}" : $"{run.First.FirstLane}";
        SourceWriter.Scope? tiles = run.Count > 1
            ? writer.Block($"for (nint {start} = {run.First.FirstLane}; {start} < {run.First.FirstLane + (run.Count * run.First.RowStride)}; {start} += {run.First.RowStride})")
            : null;
        using (writer.Block($"for (nint lane{name} = {start}; lane{name} < {Names.Sum(run.Count > 1 ? start : string.Empty, run.First.Used + (run.Count > 1 ? 0 : run.First.FirstLane))}; lane{name}++)"))
        {
            EmitUnit(writer, kernel, panel, gates, gate => Names.Sum($"lane{name}", gate * run.First.Units), $"row{name}", row => $"{row}");
            writer.Line($"row{name} = ref {Names.Unsafe}.Add(ref row{name}, {stride});");
        }

        tiles?.Dispose();
    }

    /// <param name="lane">Where a gate of the unit stands in <paramref name="gates"/>.</param>
    /// <param name="row">Where some weight of the unit stands from <paramref name="source"/>.</param>
    private static void EmitUnit(
        SourceWriter writer, KernelPlan kernel, Panel panel, string gates, Func<int, string> lane, string source, Func<int, string> row)
    {
        Dialect dialect = Dialect.Of(writer.Element, panel.Lanes);
        for (int gate = 0; gate < panel.Gates; gate++)
        {
            writer.Line($"gate{panel.Column} = Broadcast{dialect.Suffix}(ref {gates}, {lane(gate)});");
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

    /// <summary>One of the gates of a pass.</summary>
    private static string Sum(Panel panel, int vector, int gate) =>
        $"{(panel.Gates == 4 ? ForwardEmitter.Gates[gate] : gate == 0 ? "first" : "second")}Sum{panel.Column + ColumnOf(panel, vector)}";
}
