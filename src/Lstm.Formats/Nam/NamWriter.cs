using System;
using System.IO;
using System.Text.Json;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;

namespace Lstm.Formats.Nam;

/// <summary>Writes a Neural Amp Modeler file of architecture LSTM. The array of weights: see <see cref="NamReader"/>.</summary>
internal static class NamWriter
{
    private const string Version = "0.5.4";

    /// <summary>Writes the model.</summary>
    /// <exception cref="ArgumentException">It has layers of different sizes, or no readout.</exception>
    public static void Write(LstmModel model, Stream stream)
    {
        if (!ModelShape.HasEqualLayers(model))
        {
            throw new ArgumentException(
                $"A .nam file has layers of one size, but the model's sizes are {ModelShape.SizesText(model)}.", nameof(model));
        }

        if (model.Output == 0)
        {
            throw new ArgumentException("A .nam file has a readout, but the model has none.", nameof(model));
        }

        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteString("architecture", "LSTM");
        json.WriteStartObject("config");
        json.WriteNumber("input_size", model.Input);
        json.WriteNumber("hidden_size", model.Hidden(0));
        json.WriteNumber("num_layers", model.LayerCount);
        if (model.Input != 1 || model.Output != 1)
        {
            json.WriteNumber("in_channels", model.Input);
            json.WriteNumber("out_channels", model.Output);
        }

        json.WriteEndObject();
        json.WriteStartArray("weights");
        for (int k = 0; k < model.LayerCount; k++)
        {
            WriteLayer(json, model, k);
        }

        JsonNumbers.WriteItems(json, model.V);
        JsonNumbers.WriteItems(json, model.C);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter json, LstmModel model, int k)
    {
        int input = ModelShape.InputOf(model, k);
        int hidden = model.Hidden(k);
        ReadOnlySpan<float> w = GateBlocks.Join(gate => model.W(k, gate).ToArray(), GateOrder.Nam, hidden, input);
        ReadOnlySpan<float> u = GateBlocks.Join(gate => model.U(k, gate).ToArray(), GateOrder.Nam, hidden, hidden);
        for (int row = 0; row < GateOrder.Count * hidden; row++)
        {
            JsonNumbers.WriteItems(json, w.Slice(row * input, input));
            JsonNumbers.WriteItems(json, u.Slice(row * hidden, hidden));
        }

        JsonNumbers.WriteItems(json, GateBlocks.Join(gate => model.B(k, gate).ToArray(), GateOrder.Nam, hidden, 1));
        JsonNumbers.WriteItems(json, model.InitialWorkingMemory(k));
        JsonNumbers.WriteItems(json, model.InitialLongTermMemory(k));
    }
}
