using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lstm.Formats.Keras;

/// <summary>
/// Finds the layers of a file of weights alone. Their groups carry the names of their classes, numbered; so the LSTM layers are in order, and one
/// Dense layer stands behind them. Its activation is not in the file: it is taken as linear.
/// </summary>
internal static class KerasGroups
{
    private const int Deepest = 4;
    private const string Supported = "LSTM layers and one Dense layer behind them";

    /// <summary>The layers that have weights.</summary>
    /// <exception cref="LstmFormatException">There are others.</exception>
    public static IReadOnlyList<KerasLayer> Layers(KerasWeights weights)
    {
        var recurrent = new List<(int Number, KerasLayer Layer)>();
        var dense = new List<KerasLayer>();
        foreach (string group in weights.Groups(weights.Root))
        {
            string path = $"{weights.Root}/{group}";
            if (weights.Exists($"{path}/cell/vars/0"))
            {
                recurrent.Add((Number(group), new KerasLayer(group, KerasLayerKind.Lstm)));
            }
            else if (weights.Exists($"{path}/vars/0"))
            {
                dense.Add(new KerasLayer(group, KerasLayerKind.Dense));
            }
            else if (weights.Exists($"{path}/layer/vars/0"))
            {
                dense.Add(new KerasLayer(group, KerasLayerKind.TimeDistributedDense));
            }
            else if (weights.Exists($"{path}/forward_layer"))
            {
                throw weights.Refuse(path, $"a bidirectional layer", "one direction");
            }
            else if (HasWeights(weights, path, 0))
            {
                throw weights.Refuse(path, $"a layer with weights that is none of these", Supported);
            }
        }

        if (dense.Count > 1)
        {
            throw weights.Refuse(
                $"{weights.Root}/{dense[1].Group}", $"a second Dense layer, with what activations is not known",
                Supported + "; a .keras file tells more");
        }

        return [.. recurrent.OrderBy(static layer => layer.Number).Select(static layer => layer.Layer), .. dense];
    }

    /// <summary>The number behind the last underscore, or 0.</summary>
    private static int Number(string group) =>
        int.TryParse(group.AsSpan(group.LastIndexOf('_') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static bool HasWeights(KerasWeights weights, string path, int depth) =>
        weights.HasDatasets(path) || (depth < Deepest && weights.Groups(path).Any(group => HasWeights(weights, $"{path}/{group}", depth + 1)));
}
