using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Lstm.Formats.Content;

namespace Lstm.Formats.Keras;

/// <summary>Reads config.json: the layers of a Sequential model, or of a Functional one that is a chain.</summary>
internal static class KerasConfig
{
    private const string Supported =
        "LSTM, Dense and TimeDistributed(Dense) without activation; InputLayer, Dropout and linear Activation are passed over";

    /// <summary>The layers that have weights, in the order in which they run.</summary>
    /// <exception cref="LstmFormatException">A layer is none that a model can express.</exception>
    public static IReadOnlyList<KerasLayer> Layers(Source source)
    {
        using JsonDocument json = JsonScan.Parse(source, source.Bytes, "its JSON");
        var root = new JsonPlace(source, json.RootElement, "");
        JsonPlace model = root.Property("class_name");
        if (model.Text() is not ("Sequential" or "Functional"))
        {
            throw model.Refuse($"a model of class {model.Shown()}", "Sequential and Functional");
        }

        var layers = new List<KerasLayer>();
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        string? before = null;
        foreach (JsonPlace layer in root.Property("config").Property("layers").Items())
        {
            string type = layer.Property("class_name").Text();
            JsonPlace config = layer.Property("config");
            if (model.Text() == "Functional")
            {
                CheckChain(layer, before);
                before = (layer.Find("name") ?? config.Property("name")).Text();
            }

            string group = Group(type, used);
            if (Kind(layer, type, config) is { } kind)
            {
                layers.Add(new KerasLayer(group, kind));
            }
        }

        return layers;
    }

    private static KerasLayerKind? Kind(JsonPlace layer, string type, JsonPlace config)
    {
        switch (type)
        {
            case "InputLayer" or "Dropout" or "SpatialDropout1D":
                return null;
            case "Activation":
                Expect(config, "activation", "linear");
                return null;
            case "LSTM":
                Expect(config, "activation", "tanh");
                Expect(config, "recurrent_activation", "sigmoid");
                RefuseIfSet(config, "go_backwards");
                RefuseIfSet(config, "time_major");
                return KerasLayerKind.Lstm;
            case "Dense":
                Expect(config, "activation", "linear");
                return KerasLayerKind.Dense;
            case "TimeDistributed" when config.Property("layer").Property("class_name").Text() == "Dense":
                Expect(config.Property("layer").Property("config"), "activation", "linear");
                return KerasLayerKind.TimeDistributedDense;
            default:
                throw layer.Refuse($"a layer of class '{Quoted.Of(type)}'", Supported);
        }
    }

    /// <summary>The name of a layer's group: LSTM is lstm, then lstm_1; TimeDistributed is time_distributed.</summary>
    private static string Group(string type, Dictionary<string, int> used)
    {
        string name = type switch
        {
            "LSTM" => "lstm",
            "TimeDistributed" => "time_distributed",
            _ => type.ToLowerInvariant(),
        };
        int number = used.GetValueOrDefault(name);
        used[name] = number + 1;
        return number == 0 ? name : FormattableString.Invariant($"{name}_{number}");
    }

    private static void Expect(JsonPlace config, string name, string expected)
    {
        JsonPlace value = config.Property(name);
        if (value.Kind != JsonValueKind.String || value.Text() != expected)
        {
            throw value.Refuse($"{name} {value.Shown()}", expected);
        }
    }

    private static void RefuseIfSet(JsonPlace config, string name)
    {
        if (config.Find(name) is { } value && value.IsSet())
        {
            throw value.Refuse($"{name}", "sequences that run forwards, sequences in front of steps");
        }
    }

    /// <summary>Each layer of a Functional model must be called once, with what the layer before gives.</summary>
    private static void CheckChain(JsonPlace layer, string? before)
    {
        string[] from = [.. layer.Find("inbound_nodes") is { } nodes ? Histories(nodes) : []];
        bool isChained = before is null ? from.Length == 0 : from.Length == 1 && from[0] == before;
        if (!isChained)
        {
            throw layer.Refuse(
                $"a layer that reads {(from.Length == 0 ? "nothing" : string.Join(", ", from.Take(4).Select(static name => Quoted.Of(name))))}",
                before is null ? "an input as the first layer" : $"a chain: it would read '{Quoted.Of(before)}' alone");
        }
    }

    /// <summary>The names of the layers whose results stand somewhere in a value.</summary>
    private static IEnumerable<string> Histories(JsonPlace value) => value.Kind switch
    {
        JsonValueKind.Array => value.Items().SelectMany(Histories),
        JsonValueKind.Object => value.Properties().SelectMany(static property => property.Name == "keras_history" && property.Value.Count > 0
            ? [property.Value[0].Text()]
            : Histories(property.Value)),
        _ => [],
    };
}
