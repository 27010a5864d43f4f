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

    /// <summary>Opens the loops the plan asks for.</summary>
    /// <param name="reverse">The local that says whether tiles are taken in reverse; null: they never are.</param>
    /// <param name="lanes">Whether <see cref="Lane"/> is asked for.</param>
    public static SectionScope Open(SourceWriter writer, KernelPlan kernel, Section section, bool unrolled, string? reverse, bool lanes)
    {
        SectionScope scope = new(section, looped: !unrolled);
        if (unrolled)
        {
            return scope;
        }

        string tile = section.Tiles > 1 ? $"tile{scope.Name}" : string.Empty;
        string part = section.Parts > 1 ? $"part{scope.Name}" : string.Empty;
        if (tile.Length > 0)
        {
            string turn = reverse is null ? tile : $"turn{scope.Name}";
            scope.blocks.Push(writer.Block($"for (IntPtr {turn} = 0; {turn} < {section.Tiles}; {turn}++)"));
            if (reverse is not null)
            {
                writer.Line($"IntPtr {tile} = {reverse} ? {section.Tiles - 1} - {turn} : {turn};");
            }
        }

        if (part.Length > 0)
        {
            string next = Code.Advance(part, section.PartUnits);
            scope.blocks.Push(writer.Block($"for (IntPtr {part} = 0; {part} < {section.Parts * section.PartUnits}; {next})"));
        }

        string Place(int start, int stride)
        {
            string[] loops = { tile.Length > 0 ? $"({tile} * {stride})" : string.Empty, part };
            return Code.Add(string.Join(" + ", loops.Where(loop => loop.Length > 0)), start);
        }

        writer.Line($"IntPtr unit{scope.Name} = {Place(section.Unit, section.TileUnits)};");
        if (lanes)
        {
            writer.Line($"IntPtr lane{scope.Name} = {Place(section.Lane, Model.Gates.Count * section.TileUnits)};");
        }

        writer.Line($"ref {NumberNames.Of(kernel.Scalar).Type} {scope.Weights} = {Code.RefAt("w", Place(section.Weight, section.TileWeights))};");
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
        ? Code.Add($"unit{Name}", unit.Unit + offset)
        : Code.Add(string.Empty, section.Unit + unit.Unit + offset);

    /// <summary>Where some of the section's lanes stand in a row of all gates.</summary>
    public string Lane(int lane) => looped ? Code.Add($"lane{Name}", lane) : $"{section.Lane + lane}";

    /// <summary>A comment that says which units the vector holds.</summary>
    public string Describe(UnitVector unit) => unit.Lanes == 1
        ? $"// unit {Unit(unit)}"
        : $"// units {Unit(unit)} to {Unit(unit, unit.Lanes - 1)}";
}
