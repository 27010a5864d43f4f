using System.IO;
using System.Text;
using System.Text.Json;
using Lstm.Formats.Layers;
using Lstm.Tool.Computing;

namespace Lstm.Tool.Inspect;

/// <summary>An inspection for scripts. Keys are never renamed.</summary>
internal static class InspectionJson
{
    /// <summary>One JSON object.</summary>
    public static string Write(Inspection inspection)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            LstmModel model = inspection.File.Model;
            json.WriteStartObject();
            json.WriteString("file", inspection.File.Path);
            json.WriteString("format", inspection.File.Format.ToString().ToLowerInvariant());
            json.WriteNumber("bytes", inspection.File.Length);
            json.WriteNumber("input", model.Input);
            json.WriteNumber("output", model.Output);
            json.WriteNumber("parameters", inspection.Parameters);
            json.WriteString("type", inspection.Type.Attribute);
            json.WriteStartObject("initialState");
            json.WriteBoolean("present", model.HasInitialState);
            json.WriteNumber("largestLtm", inspection.LargestInitialLtm);
            json.WriteNumber("largestWm", inspection.LargestInitialWm);
            json.WriteEndObject();
            json.WriteStartObject("step");
            json.WriteNumber("multiplyAdds", inspection.Cost.MultiplyAdds);
            json.WriteNumber("weightBytes", inspection.Cost.WeightBytes);
            json.WriteNumber("estimatedNanoseconds", inspection.Cost.Nanoseconds);
            json.WriteString("estimatedFor", StepCost.Machine);
            json.WriteEndObject();
            WriteLayers(inspection, json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteLayers(Inspection inspection, Utf8JsonWriter json)
    {
        LstmModel model = inspection.File.Model;
        json.WriteStartArray("layers");
        for (int k = 0; k < model.LayerCount; k++)
        {
            json.WriteStartObject();
            json.WriteNumber("input", ModelShape.InputOf(model, k));
            json.WriteNumber("hidden", model.Hidden(k));
            json.WriteStartObject("gates");
            foreach (GateStatistics gate in inspection.Gates)
            {
                if (gate.Layer == k)
                {
                    WriteGate(gate, json);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGate(GateStatistics gate, Utf8JsonWriter json)
    {
        json.WriteStartObject(gate.Gate.ToString());
        json.WriteNumber("rmsW", gate.RmsW);
        json.WriteNumber("rmsU", gate.RmsU);
        json.WriteNumber("meanB", gate.MeanB);
        json.WriteNumber("largestWeight", gate.LargestWeight);
        json.WriteNumber("mean", gate.Mean);
        json.WriteNumber("saturated", gate.Saturated);
        json.WriteEndObject();
    }
}
