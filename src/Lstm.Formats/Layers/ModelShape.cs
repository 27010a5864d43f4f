using System;
using System.Globalization;
using System.Linq;

namespace Lstm.Formats.Layers;

/// <summary>What writers ask of a model.</summary>
internal static class ModelShape
{
    /// <summary>The length of what a layer reads.</summary>
    public static int InputOf(LstmModel model, int layer) => layer == 0 ? model.Input : model.Hidden(layer - 1);

    /// <summary>Whether every layer has the same d.</summary>
    public static bool HasEqualLayers(LstmModel model) => Enumerable.Range(1, model.LayerCount - 1).All(k => model.Hidden(k) == model.Hidden(0));

    /// <summary>The sizes as text, such as 1 -> 16 -> 8 -> 1.</summary>
    public static string SizesText(LstmModel model) => string.Join(
        " -> ",
        Enumerable.Range(0, model.LayerCount).Select(model.Hidden).Prepend(model.Input).Concat(model.Output > 0 ? [model.Output] : Array.Empty<int>())
            .Select(static size => size.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Refuses NaN and infinity, which no reader would take back.</summary>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static void CheckFinite(LstmModel model)
    {
        for (int k = 0; k < model.LayerCount; k++)
        {
            foreach (Gate gate in Enum.GetValues<Gate>())
            {
                Check(model.W(k, gate), "W", k, gate);
                Check(model.U(k, gate), "U", k, gate);
                Check(model.B(k, gate), "b", k, gate);
            }

            Check(model.InitialLongTermMemory(k), "initial ltm", k);
            Check(model.InitialWorkingMemory(k), "initial wm", k);
        }

        Check(model.V, "V");
        Check(model.C, "c");
    }

    private static void Check(Span<float> values, string name, int? layer = null, Gate? gate = null)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                string of = layer is null ? "" : FormattableString.Invariant($" of layer {layer}") + (gate is null ? "" : $", gate {gate}");
                throw new ArgumentException(
                    FormattableString.Invariant($"The model has {values[i]} in {name}{of}, number {i}: only finite numbers are written."), "model");
            }
        }
    }
}
