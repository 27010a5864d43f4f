using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The loops around a section, and how its units are addressed inside them.</summary>
internal sealed class SectionScope
{
    private readonly Stack<SourceWriter.Scope> blocks = new();
    private readonly Section section;
    private readonly bool looped;

    private SectionScope(Section section, bool looped)
    {
        this.section = section;
        this.looped = looped;
    }

    /// <summary>The reference from which the section's weights are counted.</summary>
    public string Weights => looped ? $"rows{Name}" : "w";

    /// <summary>Where the section's weights begin, from <see cref="Weights"/>.</summary>
    public int WeightOffset => looped ? 0 : section.Weight;

    /// <summary>Tells the section's locals from those of others.</summary>
    public string Name => $"{section.Unit}";

    /// <summary>The local that holds the broadcast input.</summary>
    public string Input => $"input{Name}";

    /// <summary>The section inside a method that gets its unit and its lane as parameters.</summary>
    public static SectionScope Inside(Section section) => new(section, looped: true);

    /// <summary>Opens the loops the plan asks for.</summary>
    /// <param name="weights">Whether the section reads weights.</param>
    /// <param name="units">Whether the section reads what stands in a row of d.</param>
    /// <param name="back">The local that says whether tiles are taken in reverse; null: they never are.</param>
    public static SectionScope Open(SourceWriter writer, Section section, bool unrolled, bool weights, bool units = true, string? back = null)
    {
        SectionScope scope = new(section, looped: !unrolled);
        if (unrolled)
        {
            return scope;
        }

        string tile = section.Outer > 1 ? $"tile{scope.Name}" : string.Empty;
        string part = section.Inner > 1 ? $"part{scope.Name}" : string.Empty;
        if (tile.Length > 0)
        {
            string count = back is null ? tile : $"turn{scope.Name}";
            scope.blocks.Push(writer.Block($"for (nint {count} = 0; {count} < {section.Outer}; {count}++)"));
            if (back is not null)
            {
                writer.Line($"nint {tile} = {back} ? {section.Outer - 1} - {count} : {count};");
            }
        }

        if (part.Length > 0)
        {
            scope.blocks.Push(writer.Block($"for (nint {part} = 0; {part} < {section.Inner * section.InnerUnits}; {Names.Advance(part, section.InnerUnits)})"));
        }

        string Place(int start, int stride)
        {
            string[] loops = { tile.Length > 0 ? $"({tile} * {stride})" : string.Empty, part };
            return Names.Sum(string.Join(" + ", loops.Where(loop => loop.Length > 0)), start);
        }

        if (units)
        {
            writer.Line($"nint unit{scope.Name} = {Place(section.Unit, section.OuterUnits)};");
        }

        writer.Line($"nint lane{scope.Name} = {Place(section.Lane, 4 * section.OuterUnits)};");
        if (weights)
        {
            writer.Line($"ref {writer.Real} {scope.Weights} = {Names.At("w", Place(section.Weight, section.OuterWeights))};");
        }

        return scope;
    }

    /// <summary>Closes the loops.</summary>
    public void Close()
    {
        while (blocks.Count > 0)
        {
            blocks.Pop().Dispose();
        }
    }

    /// <summary>Names a vector of units by its first one.</summary>
    public string NameOf(UnitVector unit) => $"{section.Unit + unit.Unit}";

    /// <summary>Where the vector's units stand in a row of d.</summary>
    public string Unit(UnitVector unit, int offset = 0) => looped
        ? Names.Sum($"unit{Name}", unit.Unit + offset)
        : Names.Sum(string.Empty, section.Unit + unit.Unit + offset);

    /// <summary>Where the vector's remember gates stand in a row of all gates.</summary>
    public string Lane(UnitVector unit, int offset = 0) => looped
        ? Names.Sum($"lane{Name}", unit.Lane + offset)
        : $"{section.Lane + unit.Lane + offset}";

    /// <summary>A comment that says which units the vector holds.</summary>
    public string Describe(UnitVector unit) => unit.Lanes == 1
        ? $"// unit {Unit(unit)}"
        : $"// units {Unit(unit)} to {Unit(unit, unit.Lanes - 1)}";
}
