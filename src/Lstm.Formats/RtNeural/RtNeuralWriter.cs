using System.IO;
using System.Text.Json;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;

namespace Lstm.Formats.RtNeural;

/// <summary>Writes RTNeural's JSON, in the shape of its Keras exporter.</summary>
internal static class RtNeuralWriter
{
    /// <summary>Writes the model.</summary>
    public static void Write(LstmModel model, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        WriteShape(json, "in_shape", model.Input);
        json.WriteStartArray("layers");
        for (int k = 0; k < model.LayerCount; k++)
        {
            WriteLstm(json, model, k);
        }

        if (model.Output > 0)
        {
            WriteDense(json, model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLstm(Utf8JsonWriter json, LstmModel model, int k)
    {
        int input = ModelShape.InputOf(model, k);
        int hidden = model.Hidden(k);
        int columns = GateOrder.Count * hidden;
        WriteHead(json, "lstm", "tanh", hidden);
        JsonNumbers.WriteMatrix(
            json, GateBlocks.Join(gate => model.W(k, gate).ToArray(), GateOrder.RtNeural, hidden, input, transposed: true), columns);
        JsonNumbers.WriteMatrix(
            json, GateBlocks.Join(gate => model.U(k, gate).ToArray(), GateOrder.RtNeural, hidden, hidden, transposed: true), columns);
        JsonNumbers.WriteVector(json, GateBlocks.Join(gate => model.B(k, gate).ToArray(), GateOrder.RtNeural, hidden, 1));
        json.WriteEndArray();
        if (model.HasInitialState)
        {
            json.WritePropertyName(RtNeuralLayers.InitialLongTermMemory);
            JsonNumbers.WriteVector(json, model.InitialLongTermMemory(k));
            json.WritePropertyName(RtNeuralLayers.InitialWorkingMemory);
            JsonNumbers.WriteVector(json, model.InitialWorkingMemory(k));
        }

        json.WriteEndObject();
    }

    private static void WriteDense(Utf8JsonWriter json, LstmModel model)
    {
        int hidden = model.Hidden(model.LayerCount - 1);
        Tensor v = new Tensor("V", [model.Output, hidden], model.V.ToArray()).Transposed();
        WriteHead(json, "dense", "", model.Output);
        JsonNumbers.WriteMatrix(json, v.Values, model.Output);
        JsonNumbers.WriteVector(json, model.C);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, string type, string activation, int size)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("activation", activation);
        WriteShape(json, "shape", size);
        json.WriteStartArray("weights");
    }

    private static void WriteShape(Utf8JsonWriter json, string name, int size)
    {
        json.WriteStartArray(name);
        json.WriteNullValue(); // batch
        json.WriteNullValue(); // time
        json.WriteNumberValue(size);
        json.WriteEndArray();
    }
}
