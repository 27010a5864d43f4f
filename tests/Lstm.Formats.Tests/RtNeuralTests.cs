using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Lstm.Testing;
using Xunit;

namespace Lstm.Formats.Tests;

/// <summary>RTNeural's JSON, and what GuitarML and AIDA-X make of it.</summary>
public class RtNeuralTests
{
    private static readonly LstmModel Model = Models.Random(4, 2, [3, 3], 1);

    /// <summary>AIDA-X writes no activation, and texts beside the layers.</summary>
    [Fact]
    public void ActivationThatIsEmpty_IsTanh()
    {
        JsonNode json = Json(Model);
        foreach (JsonNode? layer in json["layers"]!.AsArray())
        {
            layer!["activation"] = "";
        }

        json["metadata"] = new JsonObject { ["name"] = "an amplifier", ["samplerate"] = "48000" };
        json["in_skip"] = 0;
        Models.AssertSame(Model, Read(json), "AIDA-X");
    }

    /// <summary>20 dB before the first input alone, and -20 dB behind the output.</summary>
    [Fact]
    public void Gains_AreTakenUpByWeights()
    {
        JsonNode json = Json(Model);
        json["in_gain"] = 20;
        json["out_gain"] = -20.0;
        float[] x = Models.Input(1, Model, 50);
        double[] scaled = [.. x.Select(static (value, i) => i % 2 == 0 ? 10.0 * value : value)];
        double[] expected = [.. Models.Run<double>(Model, scaled).Select(static y => y / 10)];
        Close.Relative<double>(expected, Models.Run<double>(Read(json), [.. x.Select(static value => (double)value)]), 1e-6, "gains");
    }

    /// <summary>Affine layers before, between and behind: each is as if it ran by itself. Rounding each weight once costs a few 1e-7.</summary>
    [Fact]
    public void AffineLayers_BecomePartOfTheirNeighbours()
    {
        var random = new Random(3);
        JsonNode json = Json(Model);
        JsonArray layers = json["layers"]!.AsArray();
        layers.Insert(2, Dense(3, 3));  // behind both LSTM layers, before the readout
        layers.Insert(1, Dense(3, 3));
        layers.Insert(0, Dense(4, 2));
        json["in_shape"]![2] = 4;
        LstmModel model = Read(json);
        Assert.Equal((4, 2, 1), (model.Input, model.LayerCount, model.Output));

        var first = new LstmModel(2, [3]);
        var second = new LstmModel(3, [3]);
        CopyLayer(Model, 0, first);
        CopyLayer(Model, 1, second);
        double[] x = [.. Enumerable.Range(0, 4 * 60).Select(_ => (random.NextDouble() * 2) - 1)];
        double[] below = Models.Run<double>(first, Affine(layers[0]!, x));
        double[] wm = Models.Run<double>(second, Affine(layers[2]!, below));
        double[] expected = Affine(layers[5]!, Affine(layers[4]!, wm));
        Close.Relative<double>(expected, Models.Run<double>(model, x), 1e-6, "affine layers", atLeast: 0.5);

        JsonNode Dense(int input, int output) => JsonNode.Parse($$"""
            {
              "type": "time-distributed-dense", "activation": "", "shape": [null, null, {{Text(output)}}],
              "weights": [{{Numbers(input, output)}}, {{Numbers(output)}}]
            }
            """)!;

        static string Text(int size) => size.ToString(CultureInfo.InvariantCulture);

        string Numbers(params int[] shape) => shape.Length == 0
            ? random.NextSingle().ToString(CultureInfo.InvariantCulture)
            : $"[{string.Join(",", Enumerable.Range(0, shape[0]).Select(_ => Numbers(shape[1..])))}]";
    }

    [Fact]
    public void DenseWithoutBias_HasZeros()
    {
        JsonNode json = Json(Model);
        json["layers"]![2]!["weights"]!.AsArray().RemoveAt(1);
        LstmModel model = Read(json);
        Assert.Equal([0f], model.C.ToArray());
        Assert.Equal(Model.V.ToArray(), model.V.ToArray());
    }

    /// <summary>The state_dict of the PyTorch form, wrapped.</summary>
    [Fact]
    public void GuitarMl_IsAStateDictInAnObject()
    {
        JsonNode state = JsonNode.Parse(TestFiles.Bytes("rtneural_torch.json"))!;
        var json = new JsonObject
        {
            ["model_data"] = new JsonObject { ["model"] = "SimpleRNN", ["unit_type"] = "LSTM", ["skip"] = 0, ["bias_fl"] = true },
            ["state_dict"] = state,
        };
        Models.AssertSame(LstmFile.Read(TestFiles.Path("rtneural_torch.json")), Read(json), "GuitarML");
    }

    /// <summary>A narrow layer between wide ones would make a large model of a small file.</summary>
    [Fact]
    public void AffineLayersThatWouldBecomeLarge_AreRefused()
    {
        string ones = string.Join(",", Enumerable.Repeat("1", 3_000));
        string rows = string.Join(",", Enumerable.Repeat("[1]", 3_000));
        string json = $$"""
            {"layers":[{"type":"dense","shape":[1],"weights":[[{{rows}}]]},{"type":"dense","shape":[3000],"weights":[[[{{ones}}]]]}]}
            """;
        RefusalTests.AssertRefused(LstmFormat.RtNeural, json, "layers[1]", "an affine layer of 3000 x 1");
    }

    private static JsonNode Json(LstmModel model) => JsonNode.Parse(Models.Write(model, LstmFormat.RtNeural))!;

    private static LstmModel Read(JsonNode json) => Models.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), LstmFormat.RtNeural);

    private static void CopyLayer(LstmModel from, int layer, LstmModel to)
    {
        foreach (Gate gate in Models.Gates)
        {
            from.W(layer, gate).CopyTo(to.W(0, gate));
            from.U(layer, gate).CopyTo(to.U(0, gate));
            from.B(layer, gate).CopyTo(to.B(0, gate));
        }
    }

    /// <summary>x K + c for each step, with K of inputs x outputs as the file has it.</summary>
    private static double[] Affine(JsonNode layer, double[] x)
    {
        JsonArray kernel = layer["weights"]![0]!.AsArray();
        double[] c = [.. layer["weights"]![1]!.AsArray().Select(static value => (double)value!.GetValue<float>())];
        double[,] k = new double[kernel.Count, c.Length];
        for (int i = 0; i < kernel.Count; i++)
        {
            for (int j = 0; j < c.Length; j++)
            {
                k[i, j] = kernel[i]![j]!.GetValue<float>();
            }
        }

        double[] y = new double[x.Length / kernel.Count * c.Length];
        for (int at = 0; at < y.Length; at++)
        {
            (int t, int j) = (at / c.Length, at % c.Length);
            y[at] = c[j] + Enumerable.Range(0, kernel.Count).Sum(i => x[(t * kernel.Count) + i] * k[i, j]);
        }

        return y;
    }
}
