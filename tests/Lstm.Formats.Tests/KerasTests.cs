using System;
using System.IO;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Xunit;

namespace Lstm.Formats.Tests;

/// <summary>The configuration of a .keras archive; its weights are read in <see cref="FilesTests"/>.</summary>
public class KerasTests
{
    [Fact]
    public void Archive_HasTheModelOfItsWeights() =>
        Models.AssertSame(LstmFile.Read(TestFiles.Path("keras.weights.h5")), LstmFile.Read(TestFiles.Path("keras.keras")), "keras.keras");

    [Theory]
    [InlineData(1, "activation", "relu", "layers[1].config.activation", "\"relu\"")]
    [InlineData(1, "recurrent_activation", "hard_sigmoid", "layers[1].config.recurrent_activation", "\"hard_sigmoid\"")]
    [InlineData(1, "go_backwards", "true", "layers[1].config.go_backwards", "go_backwards")]
    [InlineData(4, "activation", "tanh", "layers[4].config.activation", "\"tanh\"")]
    public void OtherOption_IsRefusedByName(int layer, string option, string value, string place, string found) =>
        AssertRefused(layers => layers[layer]!["config"]![option] = value == "true" ? JsonValue.Create(true) : JsonValue.Create(value), place, found);

    [Theory]
    [InlineData(1, "GRU", "'GRU'")]
    [InlineData(1, "Bidirectional", "'Bidirectional'")]
    [InlineData(2, "Conv1D", "'Conv1D'")]
    public void OtherLayer_IsRefusedByName(int layer, string type, string found) =>
        AssertRefused(layers => layers[layer]!["class_name"] = type, $"layers[{layer}]", found);

    /// <summary>A Functional model says what each layer reads: a chain is read, a layer that reads two is not.</summary>
    [Fact]
    public void FunctionalChain_IsRead_AndAnotherGraphIsNot()
    {
        byte[] chain = Changed(static root => Functional(root, branch: false));
        byte[] branch = Changed(static root => Functional(root, branch: true));
        Models.AssertSame(LstmFile.Read(TestFiles.Path("keras.keras")), Models.Read(chain, LstmFormat.Keras), "chain");
        RefusalTests.AssertRefused(LstmFormat.Keras, branch, "layers[4]", "reads lstm_1, input_layer", "stream/config.json");
    }

    [Fact]
    public void PartThatUnpacksToTooMuch_IsRefused()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream part = archive.CreateEntry("config.json").Open();
            part.Write(new byte[10_000_000]);
        }

        RefusalTests.AssertRefused(LstmFormat.Keras, stream.ToArray(), "config.json", "bytes when unpacked");
    }

    /// <summary>A header that goes on where it stands itself, and an address beyond the file.</summary>
    [Fact]
    public void Hdf5Loop_IsRefused()
    {
        RefusalTests.AssertRefused(LstmFormat.Keras, Hdf5(root: 96), "its header", "64 pieces");
        RefusalTests.AssertRefused(LstmFormat.Keras, Hdf5(root: 1_000_000), "its header", "address 1000000");
        RefusalTests.AssertRefused(LstmFormat.Keras, Hdf5(root: ulong.MaxValue), "its header", "address");
    }

    /// <summary>A superblock of version 0, and at 96 a header of version 1 with one message: that it goes on at 112, which is this message.</summary>
    private static byte[] Hdf5(ulong root)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write([0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 0x1A, 10, 0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0]);
        ulong[] addresses = [0, ulong.MaxValue, 136, ulong.MaxValue, 0, root, 0, 0, 0];
        Array.ForEach(addresses, writer.Write);
        writer.Write([1, 0, 1, 0, 1, 0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write([0x10, 0, 16, 0, 0, 0, 0, 0]);
        writer.Write(112UL);
        writer.Write(24UL);
        return stream.ToArray();
    }

    private static void Functional(JsonNode root, bool branch)
    {
        root["class_name"] = "Functional";
        JsonArray layers = root["config"]!["layers"]!.AsArray();
        string? before = null;
        foreach (JsonNode? layer in layers)
        {
            layer!["name"] = layer["config"]!["name"]!.GetValue<string>();
            layer["inbound_nodes"] = before is null ? new JsonArray() : new JsonArray(new JsonObject { ["args"] = new JsonArray(Tensor(before)) });
            before = layer["name"]!.GetValue<string>();
        }

        if (branch)
        {
            layers[4]!["inbound_nodes"]![0]!["args"]!.AsArray().Add(Tensor("input_layer"));
        }

        static JsonNode Tensor(string of) => new JsonObject
        {
            ["class_name"] = "__keras_tensor__",
            ["config"] = new JsonObject { ["keras_history"] = new JsonArray(of, 0, 0) },
        };
    }

    private static void AssertRefused(Action<JsonArray> change, string place, string found) =>
        RefusalTests.AssertRefused(
            LstmFormat.Keras, Changed(root => change(root["config"]!["layers"]!.AsArray())), "config." + place, found, "stream/config.json");

    private static byte[] Changed(Action<JsonNode> change)
    {
        using var stream = new MemoryStream();
        stream.Write(TestFiles.Bytes("keras.keras"));
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            ZipArchiveEntry entry = archive.GetEntry("config.json")!;
            JsonNode root;
            using (Stream part = entry.Open())
            {
                root = JsonNode.Parse(part)!;
            }

            change(root);
            entry.Delete();
            using var writer = new StreamWriter(archive.CreateEntry("config.json").Open());
            writer.Write(root.ToJsonString());
        }

        return stream.ToArray();
    }
}
