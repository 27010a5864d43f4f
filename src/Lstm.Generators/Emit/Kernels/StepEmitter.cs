using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The forward kernel: any number of steps, recorded or not, at one vector width.</summary>
internal static class StepEmitter
{
    public static void Emit(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        string tape = kernel.Backward ? ", nor is a tape unless the type argument asks for it" : string.Empty;
        writer.Lines($$"""

            /// <summary>
            /// Runs <paramref name="steps"/> steps, {{(width.Unrolled ? "unrolled" : "in register tiles")}}.
            /// A null <paramref name="wm"/> is not written{{tape}}.
            /// </summary>
            {{Code.Hot}}
            """);
        using (writer.Block(Signature(kernel)))
        {
            EmitStart(writer, kernel, width);
            using (writer.Block("for (int step = 0; step < steps; step++)"))
            {
                if (width.StepsAhead > 0)
                {
                    InputSumEmitter.EmitNext(writer, kernel, width);
                }

                EmitSections(writer, kernel, width);
                NewWmEmitter.Emit(writer, kernel, width);
                EmitAdvance(writer, kernel, width);
            }

            if (kernel.Reverses)
            {
                writer.Line($"{kernel.Prefix}Cell.Reverse = reverse;");
            }
        }

        if (width.SectionsAreMethods)
        {
            foreach (Section section in width.Sections)
            {
                EmitSectionMethod(writer, kernel, width, section);
            }
        }
    }

    /// <summary>The head of the method, which is the same at every width.</summary>
    public static string Signature(KernelPlan kernel)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        return $"public static void Run<TRun>(\n"
            + $"    ref {number} w, ref {number} x, IntPtr xStride, int steps, ref {number} state, ref {number} wm, ref {number} record)\n"
            + "    where TRun : struct";
    }

    /// <summary>Whether a wm is to be returned, and what is kept from step to step.</summary>
    private static void EmitStart(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        LaneNames names = LaneNames.Of(kernel, width);
        string number = names.Number.Type;
        int padded = kernel.Layout.Padded;
        writer.Line("bool returnsWm = !Unsafe.IsNullRef(ref wm);");
        if (!width.KeepsNewWm)
        {
            writer.Line($"ref {number} newWm = ref MemoryMarshal.GetReference((Span<{number}>)stackalloc {number}[{padded}]);");
        }

        if (width.KeepsState)
        {
            writer.Lines($"""
                {names.Vector} ltmBefore = Load(ref state, 0);
                {names.Vector} wmBefore = Load(ref state, {padded});
                """);
        }

        if (kernel.Reverses)
        {
            writer.Line($"bool reverse = {kernel.Prefix}Cell.Reverse;");
        }

        if (width.StepsAhead > 0)
        {
            InputSumEmitter.EmitStart(writer, kernel, width);
        }
    }

    /// <summary>What changes from one step to the next.</summary>
    private static void EmitAdvance(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        writer.Line("x = ref Unsafe.Add(ref x, xStride);");
        if (kernel.Backward)
        {
            using (writer.Block($"if ({Code.IsRecorded})"))
            {
                writer.Line($"record = {Code.RefAt("record", kernel.Tape.Record)};");
            }
        }

        if (width.StepsAhead > 0)
        {
            writer.Line("inputSums = ref Unsafe.Add(ref inputSums, inputSumsStride);");
        }

        if (kernel.Reverses)
        {
            writer.Line("reverse = !reverse;");
        }
    }

    /// <summary>
    /// The parts of a step, in reverse order the last one first. Where nothing loops, the gates of all units come before the tanh(ltm) of any: it
    /// waits for them, and the processor looks only so far ahead for something else to do.
    /// </summary>
    private static void EmitSections(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        if (width.Unrolled)
        {
            (Section Section, SectionScope Scope)[] sections = width.Sections
                .Select(section => (section, Open(writer, kernel, width, section))).ToArray();
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
        else if (!width.SectionsAreMethods)
        {
            foreach (Section section in width.Sections)
            {
                EmitSection(writer, kernel, width, section);
            }
        }
        else if (kernel.Reverses)
        {
            using (writer.Block("if (reverse)"))
            {
                EmitCalls(writer, kernel, width, width.Sections.Reverse());
            }

            using (writer.Block("else"))
            {
                EmitCalls(writer, kernel, width, width.Sections);
            }
        }
        else
        {
            EmitCalls(writer, kernel, width, width.Sections);
        }
    }

    private static void EmitCalls(SourceWriter writer, KernelPlan kernel, WidthPlan width, IEnumerable<Section> sections)
    {
        foreach (Section section in sections)
        {
            string inputSums = width.StepsAhead > 0 ? ", ref inputSums, hasInputSums" : string.Empty;
            string reverse = kernel.Reverses ? ", reverse" : string.Empty;
            writer.Line($"Units{section.Unit}<TRun>(ref w, ref x, ref state, ref newWm, ref record{inputSums}{reverse});");
        }
    }

    /// <summary>A section as a method of its own.</summary>
    private static void EmitSectionMethod(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section)
    {
        string number = NumberNames.Of(kernel.Scalar).Type;
        string inputSums = width.StepsAhead > 0 ? $", ref {number} inputSums, bool hasInputSums" : string.Empty;
        string reverse = kernel.Reverses ? ", bool reverse" : string.Empty;
        writer.Lines($$"""

            /// <summary>Part of a step, from unit {{section.Unit}} on.</summary>
            {{Code.Hot}}
            """);
        string parameters = $"ref {number} w, ref {number} x, ref {number} state, ref {number} newWm, ref {number} record{inputSums}{reverse}";
        using (writer.Block($"private static void Units{section.Unit}<TRun>(\n    {parameters})\n    where TRun : struct"))
        {
            EmitSection(writer, kernel, width, section);
        }
    }

    private static void EmitSection(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section)
    {
        SectionScope scope = Open(writer, kernel, width, section);
        EmitLongTermMemories(writer, kernel, width, section, scope);
        EmitWorkingMemories(writer, kernel, width, section, scope);
        scope.Close();
    }

    private static SectionScope Open(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section) =>
        SectionScope.Open(
            writer, kernel, section, width.Unrolled, kernel.Reverses ? "reverse" : null, lanes: kernel.Backward || width.StepsAhead > 0);

    /// <summary>The sums, gates and ltm of a section. ltm comes right behind its gates: only focus has to be kept beside it.</summary>
    private static void EmitLongTermMemories(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, SectionScope scope)
    {
        SumEmitter.Emit(writer, kernel, width, section, scope);
        foreach (UnitVector unit in section.Units)
        {
            GateEmitter.EmitGates(writer, kernel, width, section, unit, scope);
            GateEmitter.EmitLongTermMemory(writer, kernel, width, unit, scope);
        }
    }

    /// <summary>tanh(ltm) and wm of a section's units.</summary>
    private static void EmitWorkingMemories(SourceWriter writer, KernelPlan kernel, WidthPlan width, Section section, SectionScope scope)
    {
        foreach (UnitVector unit in section.Units)
        {
            writer.Line();
            GateEmitter.EmitWorkingMemory(writer, kernel, width, unit, scope);
        }
    }
}
