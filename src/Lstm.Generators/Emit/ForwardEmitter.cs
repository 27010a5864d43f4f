using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The forward kernel: any number of steps, recorded or not, at one vector width.</summary>
internal static class ForwardEmitter
{
    /// <summary>The gates in the order of their lanes.</summary>
    public static readonly IReadOnlyList<string> Gates = new[] { "rem", "save", "focus", "cand" };

    public static void Emit(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        CellLayout layout = kernel.Layout;
        Dialect dialect = Dialect.Of(writer.Element, width.Lanes);
        writer.Lines($$"""

            /// <summary>Runs <paramref name="steps"/> steps, {{(width.Unrolled ? "unrolled" : "in register tiles")}}. A null <paramref name="wm"/> or <paramref name="record"/> is not written.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"private static void {kernel.Prefix}Run{dialect.Suffix}(ref {writer.Real} w, ref {writer.Real} x, nint xStride, int steps, ref {writer.Real} state, ref {writer.Real} wm, ref {writer.Real} record)"))
        {
            writer.Lines($$"""
                bool returned = !{{Names.Unsafe}}.IsNullRef(ref wm);
                bool recorded = !{{Names.Unsafe}}.IsNullRef(ref record);
                """);
            if (!width.HoldsMemory)
            {
                writer.Line($"ref {writer.Real} next = ref {Names.Marshal}.GetReference((({writer.Span})stackalloc {writer.Real}[{layout.Padded}]));");
            }

            using (writer.Block("for (int step = 0; step < steps; step++)"))
            {
                foreach (Section section in width.Forward)
                {
                    EmitSection(writer, kernel, width, section);
                }

                EmitMemory(writer, kernel, width);
                EmitReturned(writer, kernel, width);
                writer.Lines($$"""
                    x = ref {{Names.Unsafe}}.Add(ref x, xStride);
                    if (recorded)
                    {
                        record = ref {{Names.Unsafe}}.Add(ref record, {{kernel.Tape.Record}});
                    }
                    """);
            }
        }
    }

    private static void EmitSection(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section)
    {
        SectionScope scope = SectionScope.Open(writer, section, width.Unrolled, weights: true);
        EmitSums(writer, kernel, width, section, scope);
        foreach (UnitVector unit in section.Units)
        {
            EmitActivation(writer, kernel, width, section, unit, scope);
        }

        scope.Close();
    }

    /// <summary>z = b + W x + U wm, a lane a gate, each in one fixed order.</summary>
    private static void EmitSums(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, SectionScope scope)
    {
        CellLayout layout = kernel.Layout;
        Dialect dialect = Dialect.Of(writer.Element, section.Lanes);
        writer.Line("// z = b + W x + U wm, for all four gates");
        foreach (UnitVector unit in section.Units)
        {
            for (int gate = 0; gate < 4; gate++)
            {
                writer.Line($"var {Sum(scope, unit, gate, 0)} = Load{dialect.Suffix}(ref {scope.Weights}, {scope.WeightOffset + unit.Weight + (gate * section.TileUnits)});");
                for (int chain = 1; chain < kernel.Chains; chain++)
                {
                    writer.Line($"var {Sum(scope, unit, gate, chain)} = {dialect.Zero};");
                }
            }
        }

        writer.Line($"{dialect.Type} {scope.Input};");
        EmitRows(writer, kernel, width, section, scope, "x", 0, layout.FirstInputRow, layout.Input);
        EmitRows(writer, kernel, width, section, scope, "state", layout.Padded, layout.FirstMemoryRow, layout.Hidden);
    }

    /// <summary>Adds the products with <paramref name="count"/> inputs, in loops of four unless unrolled.</summary>
    private static void EmitRows(
        SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, SectionScope scope, string source, int sourceOffset, int firstRow, int count)
    {
        const int RowsPerLoop = 4;
        int looped = width.Unrolled || count < 3 * RowsPerLoop ? 0 : count / RowsPerLoop * RowsPerLoop;
        if (looped > 0)
        {
            string row = $"{source}Row{scope.Name}";
            writer.Line($"ref {writer.Real} {row} = ref {Names.Unsafe}.Add(ref {scope.Weights}, {scope.WeightOffset + (firstRow * section.RowStride)});");
            using (writer.Block($"for (nint k = {sourceOffset}; k < {sourceOffset + looped}; k += {RowsPerLoop})"))
            {
                for (int k = 0; k < RowsPerLoop; k++)
                {
                    EmitRow(writer, kernel, section, scope, source, Names.Sum("k", k), k % kernel.Chains, row, k * section.RowStride);
                }

                writer.Line($"{row} = ref {Names.Unsafe}.Add(ref {row}, {RowsPerLoop * section.RowStride});");
            }
        }

        for (int k = looped; k < count; k++)
        {
            EmitRow(
                writer, kernel, section, scope, source, $"{sourceOffset + k}", k % kernel.Chains,
                scope.Weights, scope.WeightOffset + ((firstRow + k) * section.RowStride));
        }
    }

    private static void EmitRow(
        SourceWriter writer, KernelPlan kernel, Section section, SectionScope scope, string source, string index, int chain, string weights, int offset)
    {
        Dialect dialect = Dialect.Of(writer.Element, section.Lanes);
        writer.Line($"{scope.Input} = Broadcast{dialect.Suffix}(ref {source}, {index});");
        foreach (UnitVector unit in section.Units)
        {
            for (int gate = 0; gate < 4; gate++)
            {
                string sum = Sum(scope, unit, gate, chain);
                writer.Line($"{sum} = MultiplyAdd(ref {weights}, {offset + unit.Weight + (gate * section.TileUnits)}, {scope.Input}, {sum});");
            }
        }
    }

    /// <summary>Gates, ltm and wm of one vector of units, and their record.</summary>
    private static void EmitActivation(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, UnitVector unit, SectionScope scope)
    {
        Dialect dialect = Dialect.Of(writer.Element, section.Lanes);
        string n = scope.NameOf(unit);
        string at = scope.Unit(unit);
        string Sums(int gate) => string.Join(" + ", Enumerable.Range(0, kernel.Chains).Select(chain => Sum(scope, unit, gate, chain)));
        string Z(int gate) => section.Pads ? $"Real({Sums(gate)}, {at})" : Sums(gate);
        string Tail(string e) => kernel.RecordsDerivatives ? $", out var {e}{n}" : string.Empty;
        writer.Lines($$"""

            {{scope.Describe(unit)}}
            var rem{{n}} = {{Z(0)}};
            var save{{n}} = {{Z(1)}};
            var focus{{n}} = {{Z(2)}};
            var cand{{n}} = {{Z(3)}};
            """);
        writer.Lines(kernel.RecordsDerivatives
            ? $"""
                {Noted($"rem{n} = Sigmoid(rem{n}, out var eRem{n});", "(1) rem = sigma(z_rem)")}
                {Noted($"cand{n} = Tanh(cand{n}, out var eCand{n});", "(2) ltm' = tanh(z_cand)")}
                {Noted($"save{n} = Sigmoid(save{n}, out var eSave{n});", "(3) save = sigma(z_save)")}
                {Noted($"focus{n} = Sigmoid(focus{n}, out var eFocus{n});", "(5) focus = sigma(z_focus)")}
                """
            : Noted($"Activate(ref rem{n}, ref save{n}, ref focus{n}, ref cand{n});", "(1) (3) (5) rem, save, focus = sigma(z), (2) ltm' = tanh(z)"));
        writer.Lines($$"""
            {{Noted($"var ltm{n} = MultiplyAdd(rem{n}, Load{dialect.Suffix}(ref state, {at}), save{n} * cand{n});", "(4) ltm = rem * ltm + save * ltm'")}}
            var tanh{{n}} = Tanh(ltm{{n}}{{Tail("eTanh")}});
            {{Noted($"var wm{n} = focus{n} * tanh{n};", "(6) wm = focus * tanh(ltm)")}}
            Store(ref state, {{at}}, ltm{{n}});
            """);
        if (!width.HoldsMemory)
        {
            writer.Line($"Store(ref next, {at}, wm{n});");
        }

        EmitRecord(writer, kernel, section, unit, scope);
    }

    private static void EmitRecord(SourceWriter writer, KernelPlan kernel, Section section, UnitVector unit, SectionScope scope)
    {
        TapePlan tape = kernel.Tape;
        string n = scope.NameOf(unit);
        using (writer.Block("if (recorded)"))
        {
            for (int gate = 0; gate < 4; gate++)
            {
                writer.Line($"Store(ref record, {scope.Lane(unit, gate * section.TileUnits)}, {Gates[gate]}{n});");
            }

            if (kernel.RecordsDerivatives)
            {
                writer.Lines($$"""
                    Store(ref record, {{scope.Lane(unit, tape.Derivatives)}}, SigmoidDerivative(eRem{{n}}));
                    Store(ref record, {{scope.Lane(unit, tape.Derivatives + section.TileUnits)}}, SigmoidDerivative(eSave{{n}}));
                    Store(ref record, {{scope.Lane(unit, tape.Derivatives + (2 * section.TileUnits))}}, SigmoidDerivative(eFocus{{n}}));
                    Store(ref record, {{scope.Lane(unit, tape.Derivatives + (3 * section.TileUnits))}}, TanhDerivative(eCand{{n}}));
                    Store(ref record, {{scope.Unit(unit, tape.TanhLtmDerivative)}}, TanhDerivative(eTanh{{n}}));
                    """);
            }

            writer.Lines($$"""
                Store(ref record, {{scope.Unit(unit, tape.TanhLtm)}}, tanh{{n}});
                Store(ref record, {{scope.Unit(unit, tape.Ltm)}}, ltm{{n}});
                Store(ref record, {{scope.Unit(unit, tape.Wm)}}, wm{{n}});
                """);
        }

        writer.Line();
    }

    /// <summary>The old wm has been read by every gate: the new one takes its place.</summary>
    private static void EmitMemory(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        CellLayout layout = kernel.Layout;
        if (!width.HoldsMemory)
        {
            writer.Lines($$"""
                {{Names.Marshal}}.CreateReadOnlySpan(ref next, {{layout.Padded}}).CopyTo({{Names.Marshal}}.CreateSpan(ref {{Names.Unsafe}}.Add(ref state, {{layout.Padded}}), {{layout.Padded}}));
                """);
            return;
        }

        foreach ((Section section, UnitVector unit) in Held(width))
        {
            writer.Line($"Store(ref state, {layout.Padded + section.Unit + unit.Unit}, wm{section.Unit + unit.Unit});");
        }
    }

    private static void EmitReturned(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        using (writer.Block("if (returned)"))
        {
            if (width.HoldsMemory)
            {
                foreach ((Section section, UnitVector unit) in Held(width))
                {
                    EmitReturned(writer, kernel, section, section.Unit + unit.Unit);
                }
            }
            else
            {
                writer.Line($"{Names.Marshal}.CreateReadOnlySpan(ref next, {kernel.ReturnStride}).CopyTo({Names.Marshal}.CreateSpan(ref wm, {kernel.ReturnStride}));");
            }

            writer.Line($"wm = ref {Names.Unsafe}.Add(ref wm, {kernel.ReturnStride});");
        }

        writer.Line();
    }

    /// <summary>A whole vector where there is room for it, else the units that exist.</summary>
    private static void EmitReturned(SourceWriter writer, KernelPlan kernel, Section section, int first)
    {
        if (first + section.Lanes <= kernel.ReturnStride)
        {
            writer.Line($"Store(ref wm, {first}, wm{first});");
            return;
        }

        for (int unit = first; unit < kernel.ReturnStride; unit++)
        {
            writer.Line($"{Names.Unsafe}.Add(ref wm, {unit}) = {Names.Unsafe}.Add(ref state, {kernel.Layout.Padded + unit});");
        }
    }

    private static IEnumerable<(Section Section, UnitVector Unit)> Held(WidthPlan width) =>
        width.Forward.SelectMany(section => section.Units.Select(unit => (section, unit)));

    private static string Sum(SectionScope scope, UnitVector unit, int gate, int chain) =>
        $"{Gates[gate]}Sum{scope.NameOf(unit)}{(chain == 0 ? string.Empty : "b")}";

    /// <summary>A statement and its equation, the equations of neighbours below each other.</summary>
    private static string Noted(string statement, string equation) => $"{statement.PadRight(72)} // {equation}";
}
