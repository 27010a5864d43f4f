using System;
using System.Collections.Generic;
using System.Text.Json;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;
using Lstm.Formats.PyTorch;

namespace Lstm.Formats.RtNeural;

/// <summary>
/// Reads RTNeural's JSON. Its Keras exporter writes layers with transposed weights, which AIDA-X extends by gains; its PyTorch loader takes a
/// state_dict as JSON, which GuitarML wraps into an object beside a description.
/// </summary>
internal static class RtNeuralReader
{
    /// <summary>Reads the model.</summary>
    /// <exception cref="LstmFormatException">The file is damaged, or holds what no model can express.</exception>
    public static LstmModel Read(Source source)
    {
        using JsonDocument json = JsonScan.Parse(source, source.Bytes, "its JSON");
        var root = new JsonPlace(source, json.RootElement, "");
        return root.Find("layers") is { } layers ? ReadLayers(source, root, layers)
            : root.Find("state_dict") is { } state ? ReadGuitarMl(source, root, state)
            : ReadStateDict(source, root);
    }

    private static LstmModel ReadLayers(Source source, JsonPlace root, JsonPlace layers)
    {
        RefuseSkip(root.Find("in_skip"));
        double inputGain = Gain(root.Find("in_gain"));
        double outputGain = Gain(root.Find("out_gain"));
        var stack = new LayerStack(source);
        if (root.Find("in_shape") is { } shape)
        {
            stack.ExpectInput(RtNeuralLayers.Size(shape), shape.Path);
        }

        bool isFirst = true;
        foreach (JsonPlace layer in layers.Items())
        {
            RtNeuralLayers.Add(stack, layer, isFirst ? inputGain : 1);
            isFirst &= layer.Property("type").Text() == "activation"; // which has no weights that could take up the gain
        }

        if (outputGain != 1)
        {
            stack.ScaleReadout(outputGain, "out_gain");
        }

        return stack.ToModel();
    }

    private static LstmModel ReadGuitarMl(Source source, JsonPlace root, JsonPlace state)
    {
        if (root.Find("model_data") is { } data)
        {
            if (data.Find("unit_type") is { } unit && unit.Text() != "LSTM")
            {
                throw unit.Refuse($"a recurrent unit {unit.Shown()}", "LSTM");
            }

            RefuseSkip(data.Find("skip"));
        }

        return ReadStateDict(source, state);
    }

    private static LstmModel ReadStateDict(Source source, JsonPlace root)
    {
        var tensors = new List<Tensor>();
        foreach ((string name, JsonPlace value) in root.Properties())
        {
            if (value.Kind != JsonValueKind.Array)
            {
                throw value.Refuse($"{value.Shown()}", "'layers', 'state_dict', or a state_dict itself, whose every value is an array");
            }

            tensors.Add(value.VectorOrMatrix() with { Place = name });
        }

        (List<LstmLayer> layers, DenseLayer? readout) = StateDict.Read(source, tensors, inOrder: true);
        var stack = new LayerStack(source);
        layers.ForEach(stack.Add);
        if (readout is not null)
        {
            stack.Add(readout);
        }

        return stack.ToModel();
    }

    /// <summary>A model that learned the difference between output and input: the input is added to what the layers give.</summary>
    private static void RefuseSkip(JsonPlace? skip)
    {
        if (skip is { } value && value.IsSet())
        {
            throw value.Refuse(
                $"a skip connection: y is what the layers give, plus x",
                "layers alone; set the value to 0 in a copy of the file, and add x to y where the model runs");
        }
    }

    /// <summary>A gain of so many decibels as a factor.</summary>
    private static double Gain(JsonPlace? decibels) => decibels is { } value ? Math.Pow(10, value.Number() / 20) : 1;
}
