using System;
using System.Linq;

namespace Lstm.Kernels;

/// <summary>Whether a model has the sizes of a generated type.</summary>
internal static class ModelFit
{
    private const string Parameter = "model";

    /// <summary>Refuses a model of other sizes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">InputSize.</param>
    /// <param name="hidden">HiddenSize.</param>
    /// <param name="layers">LayerCount; 1 for a cell.</param>
    /// <param name="outputs">OutputSize; 0 for a cell.</param>
    /// <exception cref="ArgumentNullException">There is no model.</exception>
    /// <exception cref="ArgumentException">A size differs.</exception>
    public static void Check(LstmModel model, int input, int hidden, int layers, int outputs)
    {
        _ = model ?? throw new ArgumentNullException(nameof(model));
        bool isCell = outputs == 0;
        Size("Input", input, model.Input, "It is InputSize.");
        Size("Output", outputs, model.Output, isCell ? NeedsReadout(model) : "It is OutputSize. A model with Output 0 has no readout.");
        Size("LayerCount", layers, model.LayerCount, isCell ? "A cell is one layer: use an [LstmNetwork]." : "It is LayerCount.");
        int[] found = [.. Enumerable.Range(0, layers).Select(model.Hidden)];
        if (found.Any(size => size != hidden))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{Parameter}' must have {hidden} units in each layer, but it has {string.Join(", ", found)}. ")
                    + "It is HiddenSize, which all layers share.",
                Parameter);
        }
    }

    private static void Size(string size, int expected, int actual, string origin)
    {
        if (actual != expected)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{Parameter}' must have {size} {expected}, but its {size} is {actual}. {origin}"), Parameter);
        }
    }

    private static string NeedsReadout(LstmModel model) =>
        FormattableString.Invariant($"A cell has no readout: use [LstmNetwork(Input = {model.Input}, Hidden = {model.Hidden(0)}, ")
            + FormattableString.Invariant($"Output = {model.Output}, Layers = {model.LayerCount})].");
}
