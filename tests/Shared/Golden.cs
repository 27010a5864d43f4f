using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lstm.Testing;

/// <summary>
/// The golden cases under <c>tests/golden</c>, made with PyTorch autograd in float64. Every tensor is flat, row-major;
/// names and shapes are described at the head of <c>make_golden.py</c> there.
/// </summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        Converters = { new FlatTensorConverter() },
    };

    private static readonly string Folder = FindFolder();

    /// <summary>The names of all LSTM cases, in order, to give to <see cref="Lstm"/>.</summary>
    public static IEnumerable<string> LstmNames => Names("lstm_*.json");

    /// <summary>The names of all network cases, in order, to give to <see cref="Network"/>.</summary>
    public static IEnumerable<string> NetworkNames => Names("network_*.json");

    /// <summary>The names of all chain cases, in order, to give to <see cref="Chain"/>.</summary>
    public static IEnumerable<string> ChainNames => Names("chain_*.json");

    public static GoldenLstm Lstm(string name) => Load<GoldenLstm>(name);

    public static GoldenNetwork Network(string name) => Load<GoldenNetwork>(name);

    public static GoldenChain Chain(string name) => Load<GoldenChain>(name);

    private static IEnumerable<string> Names(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern).Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    private static TCase Load<TCase>(string name)
    {
        using FileStream file = File.OpenRead(Path.Combine(Folder, name + ".json"));
        return JsonSerializer.Deserialize<TCase>(file, Options) ?? throw new InvalidDataException($"{name} is empty.");
    }

    private static string FindFolder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "tests", "golden");
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"No tests/golden above {AppContext.BaseDirectory}.");
    }

    /// <summary>Reads arrays nested to any depth as one flat, row-major array.</summary>
    private sealed class FlatTensorConverter : JsonConverter<double[]>
    {
        public override double[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var values = new List<double>();
            int depth = 0;
            do
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartArray: depth++; break;
                    case JsonTokenType.EndArray: depth--; break;
                    default: values.Add(reader.GetDouble()); break;
                }
            }
            while (depth > 0 && reader.Read());
            return [.. values];
        }

        public override void Write(Utf8JsonWriter writer, double[] value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }
}

/// <summary>One tensor per gate.</summary>
internal sealed class GateTensors
{
    public required double[] Rem { get; init; }

    public required double[] Save { get; init; }

    public required double[] Focus { get; init; }

    public required double[] Cand { get; init; }

    public double[] this[Gate gate] => gate switch
    {
        Gate.Remember => Rem,
        Gate.Save => Save,
        Gate.Focus => Focus,
        Gate.Candidate => Cand,
        _ => throw new ArgumentOutOfRangeException(nameof(gate)),
    };
}

/// <summary>dL/dW, dL/dU, dL/db of a cell.</summary>
internal sealed class GoldenLstmGradient
{
    public required GateTensors W { get; init; }

    public required GateTensors U { get; init; }

    public required GateTensors B { get; init; }
}

/// <summary>A cell; loss = sum_t &lt;dWm_t, wm_t&gt; + &lt;dLtmT, ltm_T&gt;.</summary>
internal sealed class GoldenLstm
{
    public required int Input { get; init; }

    public required int Hidden { get; init; }

    public required int Steps { get; init; }

    public required GateTensors W { get; init; }

    public required GateTensors U { get; init; }

    public required GateTensors B { get; init; }

    public required double[] X { get; init; }

    public required double[] Ltm0 { get; init; }

    public required double[] Wm0 { get; init; }

    public required double[] Rem { get; init; }

    public required double[] Save { get; init; }

    public required double[] Focus { get; init; }

    public required double[] Cand { get; init; }

    public required double[] Ltm { get; init; }

    public required double[] Wm { get; init; }

    public required double[] DWm { get; init; }

    public required double[] DLtmT { get; init; }

    public required double Loss { get; init; }

    public required GoldenLstmGradient Grad { get; init; }

    public required double[] DX { get; init; }

    public required double[] DLtm0 { get; init; }

    public required double[] DWm0 { get; init; }
}

/// <summary>The gradients of a network's parameters; an entry per layer in W, U and B.</summary>
internal sealed class GoldenNetworkGradient
{
    public required GateTensors[] W { get; init; }

    public required GateTensors[] U { get; init; }

    public required GateTensors[] B { get; init; }

    public required double[] V { get; init; }

    public required double[] C { get; init; }
}

/// <summary>A stack with readout; loss = sum_t &lt;dY_t, y_t&gt;. States are layers x d, W, U and B have an entry per layer.</summary>
internal sealed class GoldenNetwork
{
    public required int Input { get; init; }

    public required int Hidden { get; init; }

    public required int Output { get; init; }

    public required int Layers { get; init; }

    public required int Steps { get; init; }

    public required GateTensors[] W { get; init; }

    public required GateTensors[] U { get; init; }

    public required GateTensors[] B { get; init; }

    public required double[] V { get; init; }

    public required double[] C { get; init; }

    public required double[] X { get; init; }

    public required double[] Ltm0 { get; init; }

    public required double[] Wm0 { get; init; }

    public required double[] Y { get; init; }

    public required double[] LtmT { get; init; }

    public required double[] WmT { get; init; }

    public required double[] DY { get; init; }

    public required double Loss { get; init; }

    public required GoldenNetworkGradient Grad { get; init; }

    public required double[] DX { get; init; }

    public required double[] DLtm0 { get; init; }

    public required double[] DWm0 { get; init; }
}

/// <summary>A chain; loss = 0.5 (y - yHat)^2. Weights and gradients are laid out as in <c>Parameters</c>: layer 1 to L, flat.</summary>
internal sealed class GoldenChain
{
    [JsonConverter(typeof(JsonStringEnumConverter<ChainKind>))]
    public required ChainKind Kind { get; init; }

    public required int Layers { get; init; }

    public required int Width { get; init; }

    public required double[] Weights { get; init; }

    public required double[] X { get; init; }

    public required double Y { get; init; }

    public required double YHat { get; init; }

    public required double Loss { get; init; }

    public required double[] Grad { get; init; }

    public required double[] DX { get; init; }
}
