using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace ExploringLstms;

/// <summary>
/// A string with its gates and memories as the viewer of Chen's article reads it: <c>chars</c>, <c>name</c>, and for each layer k <c>cs</c>k,
/// <c>hs</c>k, <c>f_gate</c>k, <c>i_gate</c>k, <c>j_gate</c>k and <c>o_gate</c>k as [neuron][t].
/// </summary>
internal static class ViewerJson
{
    private static readonly IReadOnlyList<(string Name, Quantity Quantity)> Fields =
    [
        ("cs", Quantity.Ltm), ("hs", Quantity.Wm), ("f_gate", Quantity.Remember), ("i_gate", Quantity.Save), ("j_gate", Quantity.Candidate),
        ("o_gate", Quantity.Focus),
    ];

    public static string Of(string name, TracedText text)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("chars");
            foreach (char character in text.Read)
            {
                json.WriteStringValue($"{character}");
            }

            json.WriteEndArray();
            json.WriteString("name", name);
            for (int layer = 0; layer < text.Layers; layer++)
            {
                foreach ((string field, Quantity quantity) in Fields)
                {
                    json.WriteStartArray($"{field}{layer}");
                    foreach (Neuron neuron in text.Neurons.Where(neuron => neuron.Layer == layer))
                    {
                        json.WriteStartArray();
                        for (int t = 0; t < text.Steps; t++)
                        {
                            json.WriteNumberValue(text[neuron, quantity, t]);
                        }

                        json.WriteEndArray();
                    }

                    json.WriteEndArray();
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
