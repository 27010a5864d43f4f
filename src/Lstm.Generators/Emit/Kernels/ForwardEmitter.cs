using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
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

            /// <summary>Runs <paramref name="steps"/> steps, {{(width.Unrolled ? "unrolled" : "in register tiles")}}. A null <paramref name="wm"/> is not written, nor is a tape unless the type argument asks for it.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"private static void {kernel.Prefix}Run{dialect.Suffix}<TRun>(ref {writer.Real} w, ref {writer.Real} x, nint xStride, int steps, ref {writer.Real} state, ref {writer.Real} wm, ref {writer.Real} record)\n    where TRun : struct"))
        {
            writer.Line($"bool returned = !{Names.Unsafe}.IsNullRef(ref wm);");
            if (!width.HoldsMemory)
            {
                writer.Line($"ref {writer.Real} next = ref {Names.Marshal}.GetReference((({writer.Span})stackalloc {writer.Real}[{layout.Padded}]));");
            }

            if (width.KeepsState)
            {
                writer.Lines($"""
                    var ltm = Load{dialect.Suffix}(ref state, 0);
                    var memory = Load{dialect.Suffix}(ref state, {layout.Padded});
                    """);
            }

            if (kernel.Alternates)
            {
                writer.Line($"bool back = {kernel.Prefix}Back;");
            }

            if (width.Ahead > 0)
            {
                EmitRoomAhead(writer, kernel, width);
            }

            using (writer.Block("for (int step = 0; step < steps; step++)"))
            {
                if (width.Ahead > 0)
                {
                    EmitAhead(writer, kernel, width);
                }

                EmitSections(writer, kernel, width);
                EmitMemory(writer, kernel, width);
                if (width.KeepsState)
                {
                    writer.Lines("""
                        ltm = ltm0;
                        memory = wm0;
                        """);
                }

                EmitReturned(writer, kernel, width);
                writer.Lines($$"""
                    x = ref {{Names.Unsafe}}.Add(ref x, xStride);
                    if ({{Names.IsRecorded}})
                    {
                        record = ref {{Names.Unsafe}}.Add(ref record, {{kernel.Tape.Record}});
                    }
                    """);
                if (width.Ahead > 0)
                {
                    writer.Line($"z = ref {Names.Unsafe}.Add(ref z, zStride);");
                }

                if (kernel.Alternates)
                {
                    writer.Line("back = !back;");
                }
            }

            if (kernel.Alternates)
            {
                writer.Line($"{kernel.Prefix}Back = back;");
            }
        }

        foreach (Section section in width.Forward.Where(_ => width.Splits))
        {
            EmitSectionMethod(writer, kernel, width, section);
        }
    }

    /// <summary>
    /// The parts of a step, on the way back the last one first. Where nothing loops, the gates of all units come before the tanh(ltm) of any: it waits for
    /// them, and the processor looks only so far ahead for something else to do.
    /// </summary>
    private static void EmitSections(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        if (width.Unrolled)
        {
            (Section Section, SectionScope Scope)[] sections = width.Forward.Select(section => (section, Open(writer, kernel, width, section))).ToArray();
            foreach ((Section section, SectionScope scope) in sections)
            {
                writer.Line();
                EmitLongTermMemories(writer, kernel, width, section, scope);
            }

            foreach ((Section section, SectionScope scope) in sections)
            {
                EmitWorkingMemories(writer, kernel, width, section, scope);
            }
        }
        else if (!width.Splits)
        {
            foreach (Section section in width.Forward)
            {
                EmitSection(writer, kernel, width, section);
            }
        }
        else if (kernel.Alternates)
        {
            using (writer.Block("if (back)"))
            {
                EmitCalls(writer, kernel, width, width.Forward.Reverse());
            }

            using (writer.Block("else"))
            {
                EmitCalls(writer, kernel, width, width.Forward);
            }
        }
        else
        {
            EmitCalls(writer, kernel, width, width.Forward);
        }
    }

    private static void EmitCalls(SourceWriter writer, KernelPlan kernel, WidthPlan width, IEnumerable<Section> sections)
    {
        foreach (Section section in sections)
        {
            string ahead = width.Ahead > 0 ? ", ref z, ahead" : string.Empty;
            string back = kernel.Alternates ? ", back" : string.Empty;
            writer.Line($"{SectionName(kernel, Dialect.Of(writer.Element, width.Lanes), section)}<TRun>(ref w, ref x, ref state, ref next, ref record{ahead}{back});");
        }
    }

    /// <summary>Where b + W x of the next steps goes: to the gates' place in the records, or, unrecorded, to the stack.</summary>
    private static void EmitRoomAhead(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        int together = kernel.TileOf(width).Sequences;
        int lanes = kernel.Layout.Lanes;
        writer.Lines($$"""

            // b + W x of several steps is a product of its own, ahead of the recurrence
            {{writer.Span}} room = {{Names.IsUnrecorded}} ? stackalloc {{writer.Real}}[global::System.Math.Min(steps / {{together}} * {{together}}, {{width.Ahead}}) * {{lanes}}] : default;
            ref {{writer.Real}} z = ref {{Names.Marshal}}.GetReference(room);
            nint zStride = {{Names.IsRecorded}} ? {{kernel.Tape.Record}} : {{lanes}};
            int known = 0;
            """);
    }

    /// <summary>b + W x of the next steps, once those before are done; a few at the end are left to the steps themselves.</summary>
    private static void EmitAhead(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        BatchWidthPlan tile = kernel.TileOf(width);
        int together = tile.Sequences;
        using (writer.Block($"if ({Names.IsManySteps} && step == known && steps - step >= {together})"))
        {
            writer.Lines($$"""
                int count = global::System.Math.Min((steps - step) / {{together}} * {{together}}, {{width.Ahead}});
                z = ref ({{Names.IsRecorded}} ? ref record : ref {{Names.Marshal}}.GetReference(room));
                {{AheadEmitter.Name(writer, kernel, tile)}}(ref w, ref x, xStride, count, ref z, zStride);
                known += count;
                """);
        }

        writer.Lines($$"""

            bool ahead = {{Names.IsManySteps}} && step < known;
            """);
    }

    /// <summary>A section as a method of its own.</summary>
    private static void EmitSectionMethod(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section)
    {
        Dialect dialect = Dialect.Of(writer.Element, width.Lanes);
        writer.Lines($$"""

            /// <summary>Part of a step, from unit {{section.Unit}} on.</summary>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"private static void {SectionName(kernel, dialect, section)}<TRun>(ref {writer.Real} w, ref {writer.Real} x, ref {writer.Real} state, ref {writer.Real} next, ref {writer.Real} record{(width.Ahead > 0 ? $", ref {writer.Real} z, bool ahead" : string.Empty)}{(kernel.Alternates ? ", bool back" : string.Empty)})\n    where TRun : struct"))
        {
            EmitSection(writer, kernel, width, section);
        }
    }

    private static string SectionName(KernelPlan kernel, Dialect dialect, Section section) => $"{kernel.Prefix}Units{section.Unit}At{dialect.Suffix}";

    private static void EmitSection(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section)
    {
        SectionScope scope = Open(writer, kernel, width, section);
        EmitLongTermMemories(writer, kernel, width, section, scope);
        EmitWorkingMemories(writer, kernel, width, section, scope);
        scope.Close();
    }

    private static SectionScope Open(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section) =>
        SectionScope.Open(writer, section, width.Unrolled, weights: true, back: kernel.Alternates ? "back" : null);

    /// <summary>The sums, gates and ltm of a section. ltm comes right behind its gates: only focus has to be kept beside it.</summary>
    private static void EmitLongTermMemories(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, SectionScope scope)
    {
        EmitSums(writer, kernel, width, section, scope);
        foreach (UnitVector unit in section.Units)
        {
            string Sums(int gate) => string.Join(" + ", Enumerable.Range(0, kernel.Chains).Select(chain => Sum(scope, unit, gate, chain)));
            EmitGates(writer, kernel, section, unit, scope, Sums);
            EmitLongTermMemory(writer, kernel, unit, scope, width.KeepsState);
        }
    }

    /// <summary>tanh(ltm) and wm of a section's units.</summary>
    private static void EmitWorkingMemories(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, SectionScope scope)
    {
        foreach (UnitVector unit in section.Units)
        {
            writer.Line();
            EmitWorkingMemory(writer, kernel, unit, scope, storesNext: !width.HoldsMemory);
        }
    }

    /// <summary>z = b + W x + U wm, a lane a gate, each in one fixed order.</summary>
    private static void EmitSums(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, SectionScope scope)
    {
        CellLayout layout = kernel.Layout;
        Dialect dialect = Dialect.Of(writer.Element, section.Units[0].SumLanes);
        writer.Line("// z = b + W x + U wm, for all four gates");
        string b = $"ref {scope.Weights}, ";
        if (width.Ahead == 0)
        {
            EmitBegin(writer, kernel, section, scope, "var ", (unit, sum) => $"{b}{scope.WeightOffset + WeightOf(unit, sum)}");
            writer.Line($"{dialect.Type} {scope.Input};");
            EmitRows(writer, kernel, width, section, scope, "x", 0, layout.FirstInputRow, layout.Input);
        }
        else
        {
            IEnumerable<string> sums = section.Units.SelectMany(unit => Enumerable.Range(0, unit.Sums).Select(sum => Sum(scope, unit, sum, 0)));
            writer.Line($"{dialect.Type} {string.Join(", ", sums)}, {scope.Input};");
            using (writer.Block("if (ahead)"))
            {
                EmitBegin(writer, kernel, section, scope, string.Empty, (unit, sum) => $"ref z, {scope.Lane(unit, sum * unit.Gates * unit.TileUnits)}");
            }

            using (writer.Block("else"))
            {
                EmitBegin(writer, kernel, section, scope, string.Empty, (unit, sum) => $"{b}{scope.WeightOffset + WeightOf(unit, sum)}");
                EmitRows(writer, kernel, width, section, scope, "x", 0, layout.FirstInputRow, layout.Input);
            }

            writer.Line();
        }

        EmitRows(writer, kernel, width, section, scope, "state", layout.Padded, layout.FirstMemoryRow, layout.Hidden);
    }

    /// <summary>What the sums begin with: the first of each gate at <paramref name="from"/>, others at 0.</summary>
    /// <param name="declare">Before the name of each sum.</param>
    /// <param name="from">The reference of a vector of sums, and its place from there.</param>
    private static void EmitBegin(
        SourceWriter writer, KernelPlan kernel, Section section, SectionScope scope, string declare, Func<UnitVector, int, string> from)
    {
        Dialect dialect = Dialect.Of(writer.Element, section.Units[0].SumLanes);
        foreach (UnitVector unit in section.Units)
        {
            for (int sum = 0; sum < unit.Sums; sum++)
            {
                writer.Line($"{declare}{Sum(scope, unit, sum, 0)} = Load{dialect.Suffix}({from(unit, sum)});");
                for (int chain = 1; chain < kernel.Chains; chain++)
                {
                    writer.Line($"{declare}{Sum(scope, unit, sum, chain)} = {dialect.Zero};");
                }
            }
        }
    }

    /// <summary>Adds the products with <paramref name="count"/> inputs, in a loop for as many as the plan says.</summary>
    private static void EmitRows(
        SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, SectionScope scope, string source, int sourceOffset, int firstRow, int count)
    {
        int looped = width.Looped(count);
        if (looped > 0)
        {
            // Tiles of another size have rows of another length.
            int[] strides = section.Units.Select(unit => unit.RowStride).Distinct().ToArray();
            string Rows(int stride) => $"{source}Row{scope.Name}" + (stride == strides[0] ? string.Empty : $"_{stride}");
            foreach (int stride in strides)
            {
                writer.Line($"ref {writer.Real} {Rows(stride)} = ref {Names.Unsafe}.Add(ref {scope.Weights}, {scope.WeightOffset + (firstRow * stride)});");
            }

            using (writer.Block($"for (nint k = {sourceOffset}; k < {sourceOffset + looped}; k += {width.RowsTogether})"))
            {
                for (int k = 0; k < width.RowsTogether; k++)
                {
                    EmitRow(writer, kernel, section, scope, $"Broadcast{Suffix(writer, section)}(ref {source}, {Names.Sum("k", k)})", k, unit => (Rows(unit.RowStride), k * unit.RowStride));
                }

                foreach (int stride in strides)
                {
                    writer.Line($"{Rows(stride)} = ref {Names.Unsafe}.Add(ref {Rows(stride)}, {width.RowsTogether * stride});");
                }
            }
        }

        for (int k = looped; k < count; k++)
        {
            string input = width.KeepsState && source == "state" ? $"Lane<TRun>(memory, {k}, " : $"Broadcast{Suffix(writer, section)}(";
            EmitRow(
                writer, kernel, section, scope, $"{input}ref {source}, {sourceOffset + k})", k,
                unit => (scope.Weights, scope.WeightOffset + ((firstRow + k) * unit.RowStride)));
        }
    }

    /// <param name="input">One input in every lane.</param>
    /// <param name="weights">For a vector of units, the reference from which its row is counted, and the row's place.</param>
    private static void EmitRow(
        SourceWriter writer, KernelPlan kernel, Section section, SectionScope scope, string input, int k,
        Func<UnitVector, (string From, int Row)> weights)
    {
        writer.Line($"{scope.Input} = {input};");
        foreach (UnitVector unit in section.Units)
        {
            (string from, int row) = weights(unit);
            for (int i = 0; i < unit.Sums; i++)
            {
                string sum = Sum(scope, unit, i, k % kernel.Chains);
                writer.Line($"{sum} = MultiplyAdd(ref {from}, {row + WeightOf(unit, i)}, {scope.Input}, {sum});");
            }
        }
    }

    /// <summary>Ends the names of methods for a section's sums.</summary>
    private static string Suffix(SourceWriter writer, Section section) => Dialect.Of(writer.Element, section.Units[0].SumLanes).Suffix;

    /// <summary>Where a row holds the weights of a vector of sums, counted from the section's first row.</summary>
    private static int WeightOf(UnitVector unit, int sum) => unit.Weight + (sum * unit.Gates * unit.TileUnits);

    /// <summary>The gates of one vector of units.</summary>
    /// <param name="sums">Each vector of sums z, by its place in a row.</param>
    public static void EmitGates(SourceWriter writer, KernelPlan kernel, Section section, UnitVector unit, SectionScope scope, Func<int, string> sums)
    {
        string n = scope.NameOf(unit);
        string at = scope.Unit(unit);
        string Real(string part) => section.Pads ? $"Real({part}, {at})" : part;
        string Z(int place) => unit.Gates == 1 ? Real(sums(place)) : sums(place);
        writer.Line();
        writer.Line(scope.Describe(unit));
        foreach (ActivationEmitter.SumVector vector in ActivationEmitter.SumVectors(unit.Gates).OrderBy(vector => vector.Place))
        {
            writer.Line($"var {vector.Name}{n} = {Z(vector.Place)};");
        }

        if (unit.Gates == 1)
        {
            EmitActivations(writer, kernel, unit, n, ActivationEmitter.SumVectors(1), 1);
        }
        else if (kernel.Halves)
        {
            // One formula: all gates leave their vectors after it.
            EmitActivations(writer, kernel, unit, n, ActivationEmitter.SumVectors(unit.Gates), unit.Gates);
            EmitPairs(writer, unit, n);
            EmitPair(writer, 2 * unit.Lanes, "remSave", "rem", "save", n, Real);
            EmitPair(writer, 2 * unit.Lanes, "focusCand", "focus", "cand", n, Real);
        }
        else
        {
            // Sigma and tanh are two: focus and ltm' leave their vector before it.
            EmitPairs(writer, unit, n);
            EmitPair(writer, 2 * unit.Lanes, "focusCand", "focus", "cand", n, Real);
            if (section.Pads)
            {
                EmitPair(writer, 2 * unit.Lanes, "remSave", "remSum", "saveSum", n, Real);
                writer.Line($"remSave{n} = {Dialect.Of(writer.Element, 2 * unit.Lanes).Vector}.Create(remSum{n}, saveSum{n});");
            }

            EmitActivations(writer, kernel, unit, n, ActivationEmitter.PairedSigmas, 1);
            EmitPair(writer, 2 * unit.Lanes, "remSave", "rem", "save", n);
            if (kernel.RecordsDerivatives)
            {
                EmitPair(writer, 2 * unit.Lanes, "remSave", "rem", "save", n + "Slope");
            }
        }
    }

    /// <summary>The activations of a unit vector's gates.</summary>
    /// <param name="gates">Gates of different formulas in a vector.</param>
    private static void EmitActivations(SourceWriter writer, KernelPlan kernel, UnitVector unit, string n, IReadOnlyList<ActivationEmitter.SumVector> vectors, int gates)
    {
        for (int i = 0; i < vectors.Count; i++)
        {
            string vector = $"{vectors[i].Name}{n}";
            writer.Line(Noted($"{vector} = {ActivationEmitter.Method(kernel, vectors[i].Sigmas, gates)}({vector}{Rest(kernel, unit, i, $"{vector}Slope", vectors[i].Sigmas > 0)});", vectors[i].Equation));
        }
    }

    /// <summary>What an activation is given besides z: a scale of its own, and where the derivative goes that is recorded.</summary>
    /// <param name="use">Which of the unit vector's activations it is.</param>
    /// <param name="sigma">Whether it is sigma alone; where that has a formula of its own it takes a margin as well.</param>
    private static string Rest(KernelPlan kernel, UnitVector unit, int use, string derivative, bool sigma = false) =>
        (kernel.Scalar == ScalarKind.Single ? $", {ActivationEmitter.Number(unit.Scale << use)}" : string.Empty)
        + (kernel.Scalar == ScalarKind.Single && sigma && !kernel.Halves ? $", {unit.Margin(use)}" : string.Empty)
        + (kernel.RecordsDerivatives ? $", out var {derivative}" : string.Empty);

    /// <summary>ltm of one vector of units from its gates, in place of the old one.</summary>
    /// <param name="keepsState">Whether the old ltm may be in a register.</param>
    public static void EmitLongTermMemory(SourceWriter writer, KernelPlan kernel, UnitVector unit, SectionScope scope, bool keepsState = false)
    {
        string n = scope.NameOf(unit);
        string at = scope.Unit(unit);
        Dialect dialect = Dialect.Of(writer.Element, unit.Lanes);
        string before = keepsState ? $"Kept<TRun>(ltm, ref state, {at})" : $"Load{dialect.Suffix}(ref state, {at})";
        const string Equation = "(4) ltm = rem * ltm + save * ltm'";
        if (kernel.Halves)
        {
            // Gates are 2 sigma - 1, ltm' is halved: a product of two is one multiply-add.
            writer.Lines($"""
                var before{n} = {before} * {dialect.Constant("0.5f")};
                {Noted($"var ltm{n} = MultiplyAdd(save{n}, cand{n}, MultiplyAdd(rem{n}, before{n}, before{n}) + cand{n});", Equation)}
                """);
        }
        else
        {
            writer.Line(Noted($"var ltm{n} = MultiplyAdd(rem{n}, {before}, save{n} * cand{n});", Equation));
        }

        writer.Line($"Store(ref state, {at}, ltm{n});");
    }

    /// <summary>wm of one vector of units from ltm and its gates, and the record of all.</summary>
    /// <param name="storesNext">Whether the new wm goes to <c>next</c>.</param>
    public static void EmitWorkingMemory(SourceWriter writer, KernelPlan kernel, UnitVector unit, SectionScope scope, bool storesNext)
    {
        string n = scope.NameOf(unit);
        const string Equation = "(6) wm = focus * tanh(ltm)";
        if (kernel.Halves)
        {
            // focus is 2 sigma - 1, tanh(ltm) is halved.
            writer.Line($"var tanh{n} = HalfTanh(ltm{n}{Rest(kernel, unit, 4, string.Empty)});");
            writer.Line(Noted($"var wm{n} = MultiplyAdd(focus{n}, tanh{n}, tanh{n});", Equation));
        }
        else
        {
            writer.Line($"var tanh{n} = Tanh(ltm{n}{Rest(kernel, unit, 4, $"tanh{n}Slope")});");
            writer.Line(Noted($"var wm{n} = focus{n} * tanh{n};", Equation));
        }

        if (storesNext)
        {
            writer.Line($"Store(ref next, {scope.Unit(unit)}, wm{n});");
        }

        EmitRecord(writer, kernel, unit, scope);
    }

    /// <summary>Takes the pairs of gates out of the vector that holds all four.</summary>
    private static void EmitPairs(SourceWriter writer, UnitVector unit, string n)
    {
        if (unit.Gates == 4)
        {
            EmitPair(writer, unit.SumLanes, "gates", "remSave", "focusCand", n);
        }
    }

    /// <summary>Takes two gates, or pairs of them, out of the vector of <paramref name="lanes"/> numbers that holds both.</summary>
    /// <param name="end">Ends all three names.</param>
    /// <param name="real">Sets padding to 0, where it has to be.</param>
    private static void EmitPair(SourceWriter writer, int lanes, string pair, string lower, string upper, string end, Func<string, string>? real = null)
    {
        string vector = Dialect.Of(writer.Element, lanes).Vector;
        string Half(string half) => $"{vector}.{half}({pair}{end})";
        writer.Lines($"""
            var {lower}{end} = {real?.Invoke(Half("GetLower")) ?? Half("GetLower")};
            var {upper}{end} = {real?.Invoke(Half("GetUpper")) ?? Half("GetUpper")};
            """);
    }

    private static void EmitRecord(SourceWriter writer, KernelPlan kernel, UnitVector unit, SectionScope scope)
    {
        TapePlan tape = kernel.Tape;
        string n = scope.NameOf(unit);
        using (writer.Block($"if ({Names.IsRecorded})"))
        {
            for (int gate = 0; gate < 4; gate++)
            {
                string value = $"{Gates[gate]}{n}";
                writer.Line($"Store(ref record, {scope.Lane(unit, gate * unit.TileUnits)}, {(!kernel.Halves ? value : gate == 3 ? $"{value} + {value}" : $"Sigma({value})")});");
            }

            if (kernel.RecordsDerivatives)
            {
                writer.Lines($$"""
                    Store(ref record, {{scope.Lane(unit, tape.Derivatives)}}, rem{{n}}Slope);
                    Store(ref record, {{scope.Lane(unit, tape.Derivatives + unit.TileUnits)}}, save{{n}}Slope);
                    Store(ref record, {{scope.Lane(unit, tape.Derivatives + (2 * unit.TileUnits))}}, focus{{n}}Slope);
                    Store(ref record, {{scope.Lane(unit, tape.Derivatives + (3 * unit.TileUnits))}}, cand{{n}}Slope);
                    Store(ref record, {{scope.Unit(unit, tape.TanhLtmDerivative)}}, tanh{{n}}Slope);
                    """);
            }

            writer.Lines($$"""
                Store(ref record, {{scope.Unit(unit, tape.TanhLtm)}}, tanh{{n}}{{(kernel.Halves ? $" + tanh{n}" : string.Empty)}});
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
            EmitCopy(writer, width, layout.Padded, "state", layout.Padded);
            return;
        }

        foreach ((Section section, UnitVector unit) in Held(width))
        {
            writer.Line($"Store(ref state, {layout.Padded + section.Unit + unit.Unit}, wm{section.Unit + unit.Unit});");
        }
    }

    /// <summary>
    /// Copies the new wm, each load from one of the vectors that have just been stored: a load that takes parts of two stores, as a
    /// block copy's may, waits until both have left the core.
    /// </summary>
    private static void EmitCopy(SourceWriter writer, WidthPlan width, int count, string to, int offset)
    {
        Dialect dialect = Dialect.Of(writer.Element, width.Lanes);
        int whole = count / width.Lanes * width.Lanes;
        if (whole > 0)
        {
            using (writer.Block($"for (nint unit = 0; unit < {whole}; {Names.Advance("unit", width.Lanes)})"))
            {
                writer.Line($"Store(ref {to}, {Names.Sum("unit", offset)}, Load{dialect.Suffix}(ref next, unit));");
            }
        }

        int lanes = width.Lanes;
        for (int unit = whole; unit < count; unit += lanes)
        {
            while (lanes > count - unit)
            {
                lanes = lanes == writer.Element.LeastLanes ? 1 : lanes / 2;
            }

            writer.Line($"Store(ref {to}, {offset + unit}, Load{Dialect.Of(writer.Element, lanes).Suffix}(ref next, {unit}));");
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
                    EmitReturned(writer, kernel, unit.Lanes, section.Unit + unit.Unit);
                }
            }
            else
            {
                EmitCopy(writer, width, kernel.ReturnStride, "wm", 0);
            }

            writer.Line($"wm = ref {Names.Unsafe}.Add(ref wm, {kernel.ReturnStride});");
        }

        writer.Line();
    }

    /// <summary>A whole vector where there is room for it, else the units that exist.</summary>
    private static void EmitReturned(SourceWriter writer, KernelPlan kernel, int lanes, int first)
    {
        if (first + lanes <= kernel.ReturnStride)
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

    private static string Sum(SectionScope scope, UnitVector unit, int place, int chain)
    {
        string name = ActivationEmitter.SumVectors(unit.Gates).Single(vector => vector.Place == place).Name;
        return $"{name}Sum{scope.NameOf(unit)}{(chain == 0 ? string.Empty : "b")}";
    }

    /// <summary>A statement and its equation, the equations of neighbours below each other.</summary>
    private static string Noted(string statement, string equation) => $"{statement.PadRight(72)} // {equation}";
}
