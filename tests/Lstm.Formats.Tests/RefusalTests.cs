using System;
using System.IO;
using System.Text;
using Xunit;

namespace Lstm.Formats.Tests;

/// <summary>What no model can express, or no file may hold, is refused by name: the message has the place and what was found.</summary>
public class RefusalTests
{
    private const string Dense = """{"type":"dense","activation":"","shape":[null,null,1],"weights":[[[1],[2]],[0]]}""";
    private const string Lstm =
        """{"type":"lstm","activation":"tanh","shape":[null,null,1],"weights":[[[1,2,3,4]],[[1,2,3,4]],[1,2,3,4]]}""";

    [Theory]
    [InlineData("""{"layers":[{"type":"dense","activation":"tanh","shape":[1],"weights":[[[1]],[0]]}, LSTM]}""", "layers[0]", "tanh")]
    [InlineData("""{"layers":[{"type":"gru","activation":"tanh","shape":[1],"weights":[]}]}""", "layers[0]", "\"gru\"")]
    [InlineData("""{"layers":[{"type":"conv1d","activation":"tanh","shape":[1],"weights":[]}, LSTM]}""", "layers[0]", "\"conv1d\"")]
    [InlineData("""{"layers":[LSTM, DENSE]}""", "layers[1]", "2 inputs")]
    [InlineData("""{"in_shape":[null,null,3],"layers":[LSTM]}""", "layers[0]", "1 inputs")]
    [InlineData("""{"layers":[]}""", "its layers", "no LSTM layer")]
    [InlineData("""{"in_skip":1,"layers":[LSTM]}""", "in_skip", "skip connection")]
    [InlineData("""{"out_gain":6,"layers":[LSTM]}""", "out_gain", "gain")]
    [InlineData("""{"layers":[LSTM],"layers":[LSTM]}""", "byte", "'layers' a second time")]
    [InlineData("""{"layers":[{"type":"lstm","shape":[2],"weights":[[[1,2,3,4]],[[1,2,3,4]],[1,2,3,4]]}]}""", "layers[0].weights[0]", "shape [1, 4]")]
    [InlineData("""{"layers":[{"type":"lstm","shape":[1],"weights":[[[1,2,3,4],[1]],[[1,2,3,4]],[1,2,3,4]]}]}""", "weights[0][1]", "a row of 1")]
    [InlineData("""{"layers":[{"type":"lstm","shape":[1],"weights":[[[1,2,3,4]],[[1,2,3,4]],[1,2,3,1e39]]}]}""", "weights[2], number 3", "Infinity")]
    [InlineData("""{"layers":[{"type":"lstm","shape":[1],"weights":[[[1,2,3,NaN]],[[1,2,3,4]],[1,2,3,4]]}]}""", "line 1", "'N' is an invalid")]
    [InlineData("""{"layers":[{"type":"lstm","shape":[1],"weights":[[[1,2,3,"4"]],[[1,2,3,4]],[1,2,3,4]]}]}""", "weights[0][0][3]", "\"4\"")]
    [InlineData("""{"model_data":{"unit_type":"LSTM","skip":1},"state_dict":{}}""", "model_data.skip", "skip connection")]
    [InlineData("""{"model_data":{"unit_type":"GRU","skip":0},"state_dict":{}}""", "model_data.unit_type", "\"GRU\"")]
    [InlineData("""{"a.weight_ih_l0_reverse":[[1]]}""", "a.weight_ih_l0_reverse", "bidirectional")]
    [InlineData("""{"a.weight_hr_l0":[[1]]}""", "a.weight_hr_l0", "projection")]
    [InlineData("""{"a.weight_ih_l0":[[1],[1],[1]],"a.weight_hh_l0":[[1],[1],[1]]}""", "a.weight_hh_l0", "GRU")]
    [InlineData("""{"a.weight_ih_l0":[[1]],"a.weight_hh_l0":[[1]]}""", "a.weight_hh_l0", "plain RNN")]
    [InlineData("""{"a.weight_ih_l0":[[1],[1],[1],[1]]}""", "a.weight_ih_l0", "no weight_hh of layer 0")]
    [InlineData("""{"a.weight_ih_l1":[[1],[1],[1],[1]],"a.weight_hh_l1":[[1],[1],[1],[1]]}""", "a.weight_ih_l1", "without a layer 0")]
    [InlineData("""{"level_adjust":18}""", "level_adjust", "18")]
    [InlineData("""{"conv.weight":[1,2]}""", "conv.weight", "belongs to no LSTM")]
    [InlineData("""{"a.weight":[[1]],"b.weight":[[1]]}""", "b.weight", "a second nn.Linear")]
    public void RtNeural(string json, string place, string found) =>
        AssertRefused(LstmFormat.RtNeural, json.Replace("LSTM]", Lstm + "]").Replace("LSTM,", Lstm + ",").Replace("DENSE", Dense), place, found);

    [Theory]
    [InlineData("""{"version":"0.5.4","architecture":"WaveNet","config":{},"weights":[]}""", "architecture", "\"WaveNet\"")]
    [InlineData("""{"version":"1.0.0","architecture":"LSTM","config":{},"weights":[]}""", "version", "\"1.0.0\"")]
    [InlineData("""{"architecture":"LSTM","config":{},"weights":[]}""", "its root", "no 'version'")]
    [InlineData(
        """{"version":"0.5.4","architecture":"LSTM","config":{"input_size":1,"hidden_size":3,"num_layers":1},"weights":[1,2]}""",
        "weights", "2 numbers")]
    [InlineData(
        """
        {"version":"0.5.4","architecture":"LSTM",
        "config":{"input_size":2147483647,"hidden_size":2147483647,"num_layers":2147483647},"weights":[1]}
        """,
        "weights", "1 numbers")]
    [InlineData(
        """{"version":"0.5.4","architecture":"LSTM","config":{"input_size":0,"hidden_size":3,"num_layers":1},"weights":[]}""",
        "config.input_size", "0")]
    public void Nam(string json, string place, string found) => AssertRefused(LstmFormat.Nam, json, place, found);

    [Theory]
    [InlineData("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8, "a.dtype", "\"I64\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "a.data_offsets", "4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,4]}}""", 4, "a.data_offsets", "4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'a'", "bytes 4 to 8")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        4, "'b'", "bytes 0 to 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 6, "its data", "2 bytes behind")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 2, "'a'", "bytes 0 to 4")]
    [InlineData("""{"../a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'../a'", "path characters")]
    [InlineData("""{"a\u0000":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'a?'", "control")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "a.shape[0]", "-1")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        4, "header", "'a' a second time")]
    public void Safetensors(string header, int dataBytes, string place, string found) =>
        AssertRefused(
            LstmFormat.Safetensors, [.. BitConverter.GetBytes((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]],
            place, found);

    [Fact]
    public void Safetensors_HeaderThatIsTooLongOrTooDeep()
    {
        AssertRefused(LstmFormat.Safetensors, [1, 2, 3], "byte 0", "3 bytes");
        AssertRefused(LstmFormat.Safetensors, [.. BitConverter.GetBytes(ulong.MaxValue), .. "{}"u8], "byte 0", "18446744073709551615");
        AssertRefused(LstmFormat.Safetensors, [3, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8], "byte 0", "a header of 3 bytes");
        byte[] deep = Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 70) + new string(']', 70) + "}");
        AssertRefused(LstmFormat.Safetensors, [.. BitConverter.GetBytes((ulong)deep.Length), .. deep], "its header", "depth");
    }

    /// <summary>Names that are sorted say nothing of the order in which equally large modules run.</summary>
    [Fact]
    public void Safetensors_ModulesWithoutOrder()
    {
        string text = """{"A.weight_hh_l0":HH,"A.weight_ih_l0":IH,"B.weight_hh_l0":HH,"B.weight_ih_l0":IH}""";
        AssertRefused(LstmFormat.Safetensors, Two(text, "decoder", "encoder"), "'decoder', 'encoder'", "which one runs first");
        Assert.Equal(2, Models.Read(Two(text, "lstm10", "lstm2"), LstmFormat.Safetensors).LayerCount);

        static byte[] Two(string text, string first, string second)
        {
            text = text.Replace("A.", first + ".").Replace("B.", second + ".");
            int at = 0;
            foreach (string part in (string[])["HH", "IH", "HH", "IH"])
            {
                int place = text.IndexOf(":" + part, StringComparison.Ordinal);
                string entry = $$""":{"dtype":"F32","shape":[4,1],"data_offsets":[{{at}},{{at += 16}}]}""";
                text = text[..place] + entry + text[(place + 1 + part.Length)..];
            }

            return [.. BitConverter.GetBytes((ulong)text.Length), .. Encoding.UTF8.GetBytes(text), .. new byte[at]];
        }
    }

    [Fact]
    public void Path_NamesTheFile()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".nam");
        try
        {
            File.WriteAllText(path, "{");
            LstmFormatException error = Assert.Throws<LstmFormatException>(() => LstmFile.Read(path));
            Assert.Equal(path, error.File);
            Assert.StartsWith(path + ", its JSON, line 1", error.Message, StringComparison.Ordinal);
            File.Move(path, path + ".unknown");
            LstmFormatException unknown = Assert.Throws<LstmFormatException>(() => LstmFile.Read(path + ".unknown"));
            Assert.Contains("no known format", unknown.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
            File.Delete(path + ".unknown");
        }
    }

    [Fact]
    public void Write_WhatAFormatCannotHold()
    {
        ArgumentException sizes = Assert.Throws<ArgumentException>("model", () => Models.Write(Models.Random(1, 1, [3, 4], 1), LstmFormat.Nam));
        Assert.Contains("1 -> 3 -> 4 -> 1", sizes.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("model", () => Models.Write(Models.Random(1, 1, [3]), LstmFormat.Nam));
        Assert.Throws<NotSupportedException>(() => Models.Write(Models.Random(1, 1, [3]), LstmFormat.Keras));
        Assert.Throws<ArgumentOutOfRangeException>("format", () => Models.Write(Models.Random(1, 1, [3]), (LstmFormat)9));
        Assert.Throws<ArgumentException>("path", () => LstmFile.Write(Models.Random(1, 1, [3]), "model.bin"));
        LstmModel notFinite = Models.Random(1, 1, [3], 1);
        notFinite.U(0, Gate.Focus)[2] = float.NaN;
        ArgumentException nan = Assert.Throws<ArgumentException>("model", () => Models.Write(notFinite, LstmFormat.Onnx));
        Assert.Contains("NaN in U of layer 0, gate Focus, number 2", nan.Message, StringComparison.Ordinal);
    }

    internal static void AssertRefused(LstmFormat format, string text, string place, string found) =>
        AssertRefused(format, Encoding.UTF8.GetBytes(text), place, found);

    internal static void AssertRefused(LstmFormat format, byte[] file, string place, string found, string? name = null)
    {
        LstmFormatException error = Assert.Throws<LstmFormatException>(() => Models.Read(file, format));
        Assert.Equal(name ?? "stream", error.File);
        Assert.Contains(place, error.Place, StringComparison.Ordinal);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.NotEmpty(error.Supported);
    }
}
