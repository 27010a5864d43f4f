using System.Linq;
using Lstm.Formats.Layers;

namespace Lstm.Tool.Computing;

/// <summary>The generated type that a model goes into.</summary>
/// <param name="Attribute">Its declaration, such as [LstmNetwork(Input = 1, Hidden = 16, Output = 1)]; null where there is none.</param>
/// <param name="IsCell">Whether it is a cell: one layer without a readout.</param>
/// <param name="Hindrance">Why there is none.</param>
internal sealed record GeneratedType(string? Attribute, bool IsCell, string? Hindrance)
{
    /// <summary>The type for a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Further arguments of the attribute, each with a comma in front.</param>
    public static GeneratedType Of(LstmModel model, string options = "")
    {
        if (!ModelShape.HasEqualLayers(model))
        {
            string sizes = string.Join(", ", Enumerable.Range(0, model.LayerCount).Select(model.Hidden));
            return new GeneratedType(null, IsCell: false, $"its layers have {sizes} units, and those of a generated network are equal");
        }

        if (model.Output == 0 && model.LayerCount > 1)
        {
            return new GeneratedType(
                null, IsCell: false, $"a generated network has a readout, and this model has none behind its {model.LayerCount} layers");
        }

        string layers = model.LayerCount > 1 ? $", Layers = {model.LayerCount}" : "";
        return model.Output == 0
            ? new GeneratedType($"[LstmCell(Input = {model.Input}, Hidden = {model.Hidden(0)}{options})]", IsCell: true, null)
            : new GeneratedType(
                $"[LstmNetwork(Input = {model.Input}, Hidden = {model.Hidden(0)}, Output = {model.Output}{layers}{options})]", IsCell: false, null);
    }
}
