using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;
using Lstm.Formats.PyTorch;

namespace Lstm.Formats.Safetensors;

/// <summary>Reads a safetensors file with the names of a PyTorch state_dict.</summary>
internal static class SafetensorsReader
{
    /// <summary>Reads the model.</summary>
    /// <exception cref="LstmFormatException">The file is damaged, or holds what no model can express.</exception>
    public static LstmModel Read(Source source)
    {
        SafetensorsHeader header = SafetensorsHeader.Read(source);
        List<Tensor> tensors = [.. header.Entries.Select(entry => source.Tensor(entry.Name, entry.Shape, Decode(entry)))];
        (List<LstmLayer> layers, DenseLayer? readout) = StateDict.Read(source, tensors, inOrder: false);
        var stack = new LayerStack(source);
        for (int k = 0; k < layers.Count; k++)
        {
            stack.Add(layers[k] with
            {
                InitialLongTermMemory = InitialState(source, header, SafetensorsNames.InitialLongTermMemory(k), layers[k].Hidden),
                InitialWorkingMemory = InitialState(source, header, SafetensorsNames.InitialWorkingMemory(k), layers[k].Hidden),
            });
        }

        if (readout is not null)
        {
            stack.Add(readout);
        }

        return stack.ToModel();
    }

    private static float[] Decode(SafetensorsHeader.Entry entry) => entry.Type switch
    {
        "F64" => Numbers.FromDoubles(entry.Data.Span),
        "F32" => Numbers.FromFloats(entry.Data.Span),
        "F16" => Numbers.FromHalves(entry.Data.Span),
        _ => Numbers.FromBrainFloats(entry.Data.Span),
    };

    private static float[]? InitialState(Source source, SafetensorsHeader header, string name, int hidden)
    {
        if (!header.Texts.TryGetValue(name, out string? text))
        {
            return null;
        }

        string place = $"metadata '{name}'";
        string[] words = text.Split(' ');
        if (words.Length != hidden)
        {
            throw source.Refuse(place, $"{words.Length} numbers", FormattableString.Invariant($"{hidden} numbers with spaces between"));
        }

        float[] values = new float[hidden];
        for (int i = 0; i < hidden; i++)
        {
            if (!float.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
            {
                throw source.Refuse(place, $"'{Quoted.Of(words[i])}'", "numbers with spaces between");
            }
        }

        return source.Tensor(place, [hidden], values).Values;
    }
}
