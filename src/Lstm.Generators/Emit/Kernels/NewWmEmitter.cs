using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The end of a step: every gate has read the old wm, so the new one takes its place, and goes to the caller.</summary>
internal static class NewWmEmitter
{
    public static void Emit(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        int padded = kernel.Layout.Padded;
        if (width.KeepsNewWm)
        {
            foreach ((int first, int lanes) in Vectors(width))
            {
                writer.Line($"{LaneNames.Of(kernel, width, lanes).Operation("Store")}(ref state, {padded + first}, wm{first});");
            }
        }
        else
        {
            EmitCopy(writer, kernel, width, width.NewWm, "state", padded);
        }

        if (width.KeepsState)
        {
            writer.Lines("""
                ltmBefore = ltm0;
                wmBefore = wm0;
                """);
        }

        EmitReturned(writer, kernel, width);
    }

    private static void EmitReturned(SourceWriter writer, KernelPlan kernel, WidthPlan width)
    {
        using (writer.Block("if (returnsWm)"))
        {
            if (width.KeepsNewWm)
            {
                foreach ((int first, int lanes) in Vectors(width))
                {
                    EmitReturned(writer, kernel, width, first, lanes);
                }
            }
            else
            {
                EmitCopy(writer, kernel, width, width.ReturnedWm, "wm", 0);
            }

            writer.Line($"wm = {Code.RefAt("wm", kernel.WmStride)};");
        }

        writer.Line();
    }

    /// <summary>A whole vector where there is room for it, else the units that exist.</summary>
    private static void EmitReturned(SourceWriter writer, KernelPlan kernel, WidthPlan width, int first, int lanes)
    {
        if (first + lanes <= kernel.WmStride)
        {
            writer.Line($"{LaneNames.Of(kernel, width, lanes).Operation("Store")}(ref wm, {first}, wm{first});");
            return;
        }

        for (int unit = first; unit < kernel.WmStride; unit++)
        {
            writer.Line($"Unsafe.Add(ref wm, {unit}) = Unsafe.Add(ref state, {kernel.Layout.Padded + unit});");
        }
    }

    private static void EmitCopy(SourceWriter writer, KernelPlan kernel, WidthPlan width, CopyPlan copy, string to, int offset)
    {
        if (copy.Looped > 0)
        {
            using (writer.Block($"for (IntPtr unit = 0; unit < {copy.Looped}; {Code.Advance("unit", width.Lanes)})"))
            {
                writer.Line($"Store(ref {to}, {Code.Add("unit", offset)}, Load(ref newWm, unit));");
            }
        }

        foreach (CopyPart part in copy.Rest)
        {
            LaneNames names = LaneNames.Of(kernel, width, part.Lanes);
            writer.Line(part.Lanes == 1
                ? $"Unsafe.Add(ref {to}, {offset + part.At}) = Unsafe.Add(ref newWm, {part.At});"
                : $"{names.Operation("Store")}(ref {to}, {offset + part.At}, {names.Operation("Load")}(ref newWm, {part.At}));");
        }
    }

    /// <summary>The vectors of units of an unrolled step: first unit and length.</summary>
    private static IEnumerable<(int First, int Lanes)> Vectors(WidthPlan width) =>
        width.Sections.SelectMany(section => section.Units.Select(unit => (section.Unit + unit.Unit, unit.Lanes)));
}
