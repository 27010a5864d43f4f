using System;
using System.Text.Json;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;

namespace Lstm.Formats.Nam;

/// <summary>
/// Reads a Neural Amp Modeler file of architecture LSTM. Its weights are one array. For each layer: 4d x (inputs + d) over [x, wm] row after row,
/// 4d biases, d of the initial wm, d of the initial ltm. Then the head: K x d, and K biases.
/// </summary>
internal static class NamReader
{
    /// <summary>Reads the model.</summary>
    /// <exception cref="LstmFormatException">The file is damaged, or holds what no model can express.</exception>
    public static LstmModel Read(Source source)
    {
        using JsonDocument json = JsonScan.Parse(source, source.Bytes, "its JSON");
        var root = new JsonPlace(source, json.RootElement, "");
        CheckVersion(root.Property("version"));
        JsonPlace architecture = root.Property("architecture");
        if (architecture.Text() != "LSTM")
        {
            throw architecture.Refuse($"architecture {architecture.Shown()}", "LSTM");
        }

        JsonPlace config = root.Property("config");
        int input = config.Property("input_size").Whole(least: 1);
        int hidden = config.Property("hidden_size").Whole(least: 1);
        int layers = config.Property("num_layers").Whole(least: 1);
        int output = config.Find("out_channels")?.Whole(least: 1) ?? 1;
        RefuseVariants(config);

        JsonPlace place = root.Property("weights");
        Int128 expected = Count(input, hidden, layers, output);
        if (place.Count != expected)
        {
            throw place.Refuse(
                $"{place.Count} numbers",
                FormattableString.Invariant($"{expected}, for {layers} layers of {hidden} units, {input} inputs and {output} outputs"));
        }

        return Stack(source, place.Vector().Values, input, hidden, layers, output);
    }

    /// <summary>How many weights there must be.</summary>
    internal static Int128 Count(int input, int hidden, int layers, int output)
    {
        Int128 d = hidden;
        Int128 first = (GateOrder.Count * d * (input + d + 1)) + (2 * d);
        Int128 above = (GateOrder.Count * d * (d + d + 1)) + (2 * d);
        return first + ((layers - 1) * above) + (output * (d + 1));
    }

    private static LstmModel Stack(Source source, ReadOnlySpan<float> weights, int input, int hidden, int layers, int output)
    {
        var stack = new LayerStack(source);
        for (int k = 0; k < layers; k++)
        {
            int inputs = k == 0 ? input : hidden;
            int rows = GateOrder.Count * hidden;
            float[] w = new float[rows * inputs];
            float[] u = new float[rows * hidden];
            for (int row = 0; row < rows; row++)
            {
                Take(ref weights, inputs).CopyTo(w.AsSpan(row * inputs));
                Take(ref weights, hidden).CopyTo(u.AsSpan(row * hidden));
            }

            float[][] b = GateBlocks.Split(Take(ref weights, rows), GateOrder.Nam, hidden, 1);
            float[] wm = Take(ref weights, hidden).ToArray();
            float[] ltm = Take(ref weights, hidden).ToArray();
            stack.Add(new LstmLayer(
                FormattableString.Invariant($"weights of layer {k}"), inputs, hidden, GateBlocks.Split(w, GateOrder.Nam, hidden, inputs),
                GateBlocks.Split(u, GateOrder.Nam, hidden, hidden), b) { InitialLongTermMemory = ltm, InitialWorkingMemory = wm });
        }

        float[] v = Take(ref weights, output * hidden).ToArray();
        float[] c = Take(ref weights, output).ToArray();
        stack.Add(new DenseLayer("weights of the head", hidden, output, v, c));
        return stack.ToModel();
    }

    private static ReadOnlySpan<float> Take(ref ReadOnlySpan<float> weights, int count)
    {
        ReadOnlySpan<float> taken = weights[..count];
        weights = weights[count..];
        return taken;
    }

    private static void CheckVersion(JsonPlace version)
    {
        if (!Version.TryParse(version.Text(), out Version? number) || number.Major != 0 || number.Minor < 5)
        {
            throw version.Refuse($"version {version.Shown()}", "0.5.0 and later 0.x");
        }
    }

    /// <summary>Options of the LSTM that the trainer passes through to PyTorch.</summary>
    private static void RefuseVariants(JsonPlace config)
    {
        foreach (string option in (ReadOnlySpan<string>)["bidirectional", "proj_size"])
        {
            if (config.Find(option) is { } value && value.IsSet())
            {
                throw value.Refuse($"{option} {value.Shown()}", "an LSTM of one direction, without projection");
            }
        }
    }
}
