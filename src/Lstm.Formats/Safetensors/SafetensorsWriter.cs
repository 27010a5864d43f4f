using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;

namespace Lstm.Formats.Safetensors;

/// <summary>Writes a safetensors file of F32 tensors with the names of a PyTorch state_dict.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes the model.</summary>
    public static void Write(LstmModel model, Stream stream)
    {
        List<Tensor> tensors = Tensors(model);
        byte[] header = Header(model, tensors);
        Span<byte> length = stackalloc byte[Alignment];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (Tensor tensor in tensors)
        {
            stream.Write(Numbers.ToBytes(tensor.Values));
        }
    }

    private static List<Tensor> Tensors(LstmModel model)
    {
        bool equal = ModelShape.HasEqualLayers(model);
        var tensors = new List<Tensor>();
        for (int k = 0; k < model.LayerCount; k++)
        {
            int layer = k;
            int input = ModelShape.InputOf(model, k);
            int hidden = model.Hidden(k);
            int rows = GateOrder.Count * hidden;

            // PyTorch adds two biases. Ours is the first; the second is 0.
            Add("weight_ih", [rows, input], GateBlocks.Join(gate => model.W(layer, gate).ToArray(), GateOrder.PyTorch, hidden, input));
            Add("weight_hh", [rows, hidden], GateBlocks.Join(gate => model.U(layer, gate).ToArray(), GateOrder.PyTorch, hidden, hidden));
            Add("bias_ih", [rows], GateBlocks.Join(gate => model.B(layer, gate).ToArray(), GateOrder.PyTorch, hidden, 1));
            Add("bias_hh", [rows], new float[rows]);

            void Add(string part, int[] shape, float[] values) =>
                tensors.Add(new Tensor(SafetensorsNames.Of(model, equal, layer, part), shape, values));
        }

        if (model.Output > 0)
        {
            tensors.Add(new Tensor("linear.weight", [model.Output, model.Hidden(model.LayerCount - 1)], model.V.ToArray()));
            tensors.Add(new Tensor("linear.bias", [model.Output], model.C.ToArray()));
        }

        return tensors;
    }

    private static byte[] Header(LstmModel model, List<Tensor> tensors)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            for (int k = 0; k < model.LayerCount && model.HasInitialState; k++)
            {
                json.WriteString(SafetensorsNames.InitialLongTermMemory(k), Text(model.InitialLongTermMemory(k)));
                json.WriteString(SafetensorsNames.InitialWorkingMemory(k), Text(model.InitialWorkingMemory(k)));
            }

            json.WriteEndObject();
            long begin = 0;
            foreach (Tensor tensor in tensors)
            {
                long end = begin + ((long)tensor.Values.Length * sizeof(float));
                json.WriteStartObject(tensor.Place);
                json.WriteString("dtype", "F32");
                WriteArray(json, "shape", tensor.Shape.Select(static length => (long)length));
                WriteArray(json, "data_offsets", [begin, end]);
                json.WriteEndObject();
                begin = end;
            }

            json.WriteEndObject();
        }

        while (bytes.Length % Alignment != 0)
        {
            bytes.WriteByte((byte)' ');
        }

        return bytes.ToArray();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>The shortest text of each number that gives its bits again.</summary>
    private static string Text(Span<float> values) =>
        string.Join(' ', values.ToArray().Select(static value => value.ToString("R", CultureInfo.InvariantCulture)));
}
