using System.Collections.Generic;

using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>Gates, ltm and wm of vectors of units, equations (1) to (6), and their record on the tape.</summary>
internal static class GateEmitter
{
    /// <summary>What the locals of a kernel hold, said once above them: the equations beside its lines are in these terms.</summary>
    public static IEnumerable<string> Notes(ActivationPlan activations)
    {
        yield return "ltm and tanh(ltm) are 0 where newLtm is tiny. tanh is computed from newLtm, so that it need not wait for that comparison.";
        if (activations.CarriesHalves)
        {
            yield return "rem, save and focus are carried as 2 sigma(z) - 1, cand and tanh as half their values, as one quotient gives both.";
            yield return "A gate's value times a tanh's is then one multiply-add: sigma * tanh = (2 sigma - 1) * tanh / 2 + tanh / 2.";
        }

        if (activations.FirstScale >= 0)
        {
            yield return "The number given to an activation scales its constants. It is a power of two that cancels in the quotient, and another one";
            yield return "for each use, so that no two uses share constants in registers.";
        }
    }

    /// <summary>The gates of one vector of units.</summary>
    public static void EmitGates(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, UnitVector unit, SectionScope scope)
    {
        string n = scope.NameOf(unit);
        LaneNames sums = LaneNames.Of(kernel, width, unit.SumLanes);
        writer.Line();
        writer.Line(scope.Describe(unit));
        foreach (GateVector vector in GateVector.Of(unit.GatesTogether, kernel.Activations))
        {
            string total = SumEmitter.Total(kernel, scope, unit, vector.Place);
            string value = unit.GatesTogether == 1 ? WithoutPadding(sums, section, unit, scope, total) : total;
            writer.Line($"{sums.Vector} {vector.Name}{n} = {value};");
        }

        if (unit.GatesTogether == 1)
        {
            EmitActivations(writer, kernel, unit, n, sums, narrow: sums);
        }
        else if (kernel.Activations.CarriesHalves)
        {
            EmitThenSplit(writer, kernel, width, section, unit, scope);
        }
        else
        {
            EmitSplitBefore(writer, kernel, width, section, unit, scope);
        }
    }

    /// <summary>The new ltm of one vector of units from its gates and the old one.</summary>
    public static void EmitLongTermMemory(SourceWriter writer, KernelPlan kernel, WidthPlan width, UnitVector unit, SectionScope scope)
    {
        string n = scope.NameOf(unit);
        string at = scope.Unit(unit);
        LaneNames names = LaneNames.Of(kernel, width, unit.Lanes);
        string before = width.KeepsState ? $"Kept<TRun>(ltmBefore, ref state, {at})" : $"{names.Operation("Load")}(ref state, {at})";
        string multiplyAdd = names.Operation("MultiplyAdd");
        if (kernel.Activations.CarriesHalves)
        {
            string sum = $"{multiplyAdd}(save{n}, cand{n}, {multiplyAdd}(rem{n}, half{n}, half{n}) + cand{n})";
            writer.Line($"{names.Vector} half{n} = {before} * {names.VectorClass}.Create(0.5f);");
            writer.Lines(Code.Noted($"{names.Vector} newLtm{n} = {sum};", "(4) sigma_rem * ltm + sigma_save * ltm'"));
        }
        else
        {
            writer.Lines(Code.Noted(
                $"{names.Vector} newLtm{n} = {multiplyAdd}(rem{n}, {before}, save{n} * cand{n});", "(4) rem * ltm + save * ltm'"));
        }
    }

    /// <summary>
    /// ltm in place of the old one, wm of one vector of units from ltm and its gates, and the record of all. ltm is flushed beside the chain of
    /// latency: tanh begins with the new ltm, and its result is flushed as well.
    /// </summary>
    public static void EmitWorkingMemory(SourceWriter writer, KernelPlan kernel, WidthPlan width, UnitVector unit, SectionScope scope)
    {
        string n = scope.NameOf(unit);
        ActivationPlan activations = kernel.Activations;
        LaneNames names = LaneNames.Of(kernel, width, unit.Lanes);
        string arguments = Arguments(activations, unit, Gates.Count, isSigma: false, names.Vector, $"tanh{n}Slope");
        string tanh = $"{names.Equation(activations.Tanh)}(newLtm{n}{arguments}{(activations.TanhFlushes ? ", flushes: true" : string.Empty)})";
        string flush = names.Operation("Flush");
        writer.Lines($"""
            {names.Vector} tanh{n} = {(activations.TanhFlushes ? tanh : $"{flush}({tanh}, newLtm{n})")};
            {Code.Noted($"{names.Vector} ltm{n} = {flush}(newLtm{n}, newLtm{n});", $"0 where |newLtm| < {names.Number.LeastMemory}")}
            {names.Operation("Store")}(ref state, {scope.Unit(unit)}, ltm{n});
            """);
        writer.Lines(activations.CarriesHalves
            ? Code.Noted($"{names.Vector} wm{n} = {names.Operation("MultiplyAdd")}(focus{n}, tanh{n}, tanh{n});", "(6) wm = sigma_focus * tanh(ltm)")
            : Code.Noted($"{names.Vector} wm{n} = focus{n} * tanh{n};", "(6) wm = focus * tanh(ltm)"));
        if (!width.KeepsNewWm)
        {
            writer.Line($"{names.Operation("Store")}(ref newWm, {scope.Unit(unit)}, wm{n});");
        }

        if (kernel.Backward)
        {
            EmitRecord(writer, kernel, unit, scope, names);
        }
    }

    /// <summary>One formula: all gates leave their vectors after it.</summary>
    private static void EmitThenSplit(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, UnitVector unit, SectionScope scope)
    {
        string n = scope.NameOf(unit);
        EmitActivations(writer, kernel, unit, n, LaneNames.Of(kernel, width, unit.SumLanes), narrow: null);
        EmitPairs(writer, kernel, width, unit, n);
        EmitHalves(writer, kernel, width, section, unit, scope, "remSave", "rem", "save");
        EmitHalves(writer, kernel, width, section, unit, scope, "focusCand", "focus", "cand");
    }

    /// <summary>Sigma and tanh are two formulas: focus and ltm' leave their vector before them.</summary>
    private static void EmitSplitBefore(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, UnitVector unit, SectionScope scope)
    {
        string n = scope.NameOf(unit);
        LaneNames pair = LaneNames.Of(kernel, width, 2 * unit.Lanes);
        EmitPairs(writer, kernel, width, unit, n);
        EmitHalves(writer, kernel, width, section, unit, scope, "focusCand", "focus", "cand");
        if (section.Pads)
        {
            EmitHalves(writer, kernel, width, section, unit, scope, "remSave", "remSum", "saveSum");
            writer.Line($"remSave{n} = {pair.VectorClass}.Create(remSum{n}, saveSum{n});");
        }

        LaneNames narrow = LaneNames.Of(kernel, width, unit.Lanes);
        EmitActivations(writer, kernel, unit, n, pair, narrow);
        EmitHalves(writer, pair, narrow, $"remSave{n}", $"rem{n}", $"save{n}");
        if (kernel.Activations.RecordsSlopes)
        {
            EmitHalves(writer, pair, narrow, $"remSave{n}Slope", $"rem{n}Slope", $"save{n}Slope");
        }
    }

    /// <summary>The activations of a unit vector's gates.</summary>
    /// <param name="wide">The names of vectors that hold more than one gate, or of all.</param>
    /// <param name="narrow">The names of vectors that hold one gate.</param>
    private static void EmitActivations(SourceWriter writer, KernelPlan kernel, UnitVector unit, string n, LaneNames wide, LaneNames? narrow)
    {
        IReadOnlyList<GateVector> vectors = GateVector.Activated(unit.GatesTogether, kernel.Activations);
        for (int use = 0; use < vectors.Count; use++)
        {
            GateVector vector = vectors[use];
            LaneNames names = vector.Gates.Count == 1 && narrow is not null ? narrow : wide;
            string arguments = Arguments(kernel.Activations, unit, use, vector.IsSigma, names.Vector, $"{vector.Name}{n}Slope");
            writer.Lines(Code.Noted(
                $"{vector.Name}{n} = {names.Equation(vector.Method!)}({vector.Name}{n}{arguments});",
                vector.Equation(kernel.Activations.CarriesHalves)));
        }
    }

    /// <summary>What an activation is given besides z: a scale of its own, a margin, and where the slope goes that is recorded.</summary>
    /// <param name="use">Which of the unit vector's activations it is.</param>
    private static string Arguments(ActivationPlan activations, UnitVector unit, int use, bool isSigma, string vector, string slope)
    {
        long scale = unit.Scale << use;
        return (activations.FirstScale >= 0 ? $", {Number(scale)}" : string.Empty)
            + (activations.TakesMargin && isSigma ? $", {ActivationPlan.Margin(scale)}" : string.Empty)
            + (activations.RecordsSlopes ? $", out {vector} {slope}" : string.Empty);
    }

    /// <summary>A whole number as a float literal.</summary>
    private static string Number(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture) + "f";

    /// <summary>Takes the pairs of gates out of the vector that holds all four.</summary>
    private static void EmitPairs(SourceWriter writer, KernelPlan kernel, WidthPlan width, UnitVector unit, string n)
    {
        if (unit.GatesTogether == Gates.Count)
        {
            EmitHalves(
                writer, LaneNames.Of(kernel, width, unit.SumLanes), LaneNames.Of(kernel, width, unit.SumLanes / 2),
                $"gates{n}", $"remSave{n}", $"focusCand{n}");
        }
    }

    /// <summary>Takes two gates out of the vector of both, and sets padding to 0.</summary>
    private static void EmitHalves(
        SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, UnitVector unit, SectionScope scope,
        string pair, string lower, string upper)
    {
        string n = scope.NameOf(unit);
        LaneNames wide = LaneNames.Of(kernel, width, 2 * unit.Lanes);
        LaneNames narrow = LaneNames.Of(kernel, width, unit.Lanes);
        string Half(string half) => WithoutPadding(narrow, section, unit, scope, $"{wide.VectorClass}.{half}({pair}{n})");
        writer.Lines($"""
            {narrow.Vector} {lower}{n} = {Half("GetLower")};
            {narrow.Vector} {upper}{n} = {Half("GetUpper")};
            """);
    }

    private static void EmitHalves(
        SourceWriter writer, LaneNames wide, LaneNames narrow, string pair, string lower, string upper) => writer.Lines($"""
        {narrow.Vector} {lower} = {wide.VectorClass}.GetLower({pair});
        {narrow.Vector} {upper} = {wide.VectorClass}.GetUpper({pair});
        """);

    private static string WithoutPadding(LaneNames names, Section section, UnitVector unit, SectionScope scope, string sums) =>
        section.Pads ? $"{names.Operation("WithoutPadding")}({sums}, {scope.Unit(unit)}, HiddenSize)" : sums;

    private static void EmitRecord(SourceWriter writer, KernelPlan kernel, UnitVector unit, SectionScope scope, LaneNames names)
    {
        TapeLayout tape = kernel.Tape;
        string n = scope.NameOf(unit);
        string Store(string at, string value) => $"{names.Operation("Store")}(ref record, {at}, {value});";
        bool halves = kernel.Activations.CarriesHalves;
        using (writer.Block($"if ({Code.IsRecorded})"))
        {
            foreach (Gate gate in Gates.All)
            {
                string carried = $"{gate.Name}{n}";
                string value = !halves ? carried : gate.IsSigma ? $"{names.Equation("SigmaOfCarried")}({carried})" : $"{carried} + {carried}";
                writer.Line(Store(scope.Lane(unit.Lane + (gate.Place * unit.TileUnits)), value));
            }

            if (kernel.Activations.RecordsSlopes)
            {
                foreach (Gate gate in Gates.All)
                {
                    writer.Line(Store(scope.Lane(unit.Lane + tape.Slopes + (gate.Place * unit.TileUnits)), $"{gate.Name}{n}Slope"));
                }

                writer.Line(Store(scope.Unit(unit, tape.TanhLtmSlope), $"tanh{n}Slope"));
            }

            writer.Lines($"""
                {Store(scope.Unit(unit, tape.TanhLtm), halves ? $"tanh{n} + tanh{n}" : $"tanh{n}")}
                {Store(scope.Unit(unit, tape.Ltm), $"ltm{n}")}
                {Store(scope.Unit(unit, tape.Wm), $"wm{n}")}
                """);
        }

        writer.Line();
    }
}
