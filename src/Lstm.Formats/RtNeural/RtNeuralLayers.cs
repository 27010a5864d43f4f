using System;
using System.Globalization;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;

namespace Lstm.Formats.RtNeural;

/// <summary>The entries of "layers": type, activation, shape and weights, as the arrays of Keras have them.</summary>
internal static class RtNeuralLayers
{
    /// <summary>What an LSTM layer has besides what RTNeural knows: the memories that it begins with.</summary>
    public const string InitialLongTermMemory = "initial_ltm";

    /// <inheritdoc cref="InitialLongTermMemory"/>
    public const string InitialWorkingMemory = "initial_wm";

    private const string Types = "lstm, dense and time-distributed-dense, without activation";

    /// <summary>The last number of a shape, which has null for batch and time.</summary>
    /// <exception cref="LstmFormatException">There is none.</exception>
    public static int Size(JsonPlace shape) => shape.Count > 0
        ? shape[shape.Count - 1].Whole(least: 1)
        : throw shape.Refuse($"an empty shape", "a shape whose last number is a size");

    /// <summary>Reads a layer and adds it.</summary>
    /// <param name="stack">The layers before.</param>
    /// <param name="layer">The entry.</param>
    /// <param name="inputGain">What the first input is multiplied with before it is read.</param>
    /// <exception cref="LstmFormatException">It is damaged, or no model can express it.</exception>
    public static void Add(LayerStack stack, JsonPlace layer, double inputGain)
    {
        JsonPlace type = layer.Property("type");
        JsonPlace? activation = layer.Find("activation");
        string function = activation?.Text() ?? "";
        switch (type.Text())
        {
            case "lstm" when function is "" or "tanh":
                stack.Add(Lstm(layer, inputGain));
                break;
            case "dense" or "time-distributed-dense" when function is "" or "linear":
                stack.Add(Dense(layer, inputGain));
                break;
            case "activation" when function is "" or "linear":
                break;
            case "lstm" or "dense" or "time-distributed-dense" or "activation":
                throw layer.Refuse(
                    $"a layer {type.Shown()} with activation {activation?.Shown()}", type.Text() == "lstm" ? "activation \"tanh\" or \"\"" : Types);
            default:
                throw layer.Refuse($"a layer {type.Shown()}", Types);
        }
    }

    private static LstmLayer Lstm(JsonPlace layer, double inputGain)
    {
        JsonPlace weights = Weights(layer, 3, 3);
        Tensor kernel = weights[0].Matrix();
        Tensor recurrent = weights[1].Matrix();
        Tensor bias = weights[2].Vector();
        int hidden = Size(layer.Property("shape"));
        int input = kernel.Shape[0];
        if (hidden > int.MaxValue / GateOrder.Count)
        {
            throw layer.Property("shape").Refuse($"a size of {hidden}", "a size that its weights have");
        }

        int columns = GateOrder.Count * hidden;
        Expect(weights[0], kernel, input, columns);
        Expect(weights[1], recurrent, hidden, columns);
        Expect(weights[2], bias, columns);
        Scale(kernel.Values.AsSpan(0, columns), inputGain); // row 0 multiplies the first input
        return new LstmLayer(
            layer.Path, input, hidden, GateBlocks.Split(kernel.Values, GateOrder.RtNeural, hidden, input, transposed: true),
            GateBlocks.Split(recurrent.Values, GateOrder.RtNeural, hidden, hidden, transposed: true),
            GateBlocks.Split(bias.Values, GateOrder.RtNeural, hidden, 1))
        {
            InitialLongTermMemory = State(layer, InitialLongTermMemory, hidden),
            InitialWorkingMemory = State(layer, InitialWorkingMemory, hidden),
        };
    }

    private static DenseLayer Dense(JsonPlace layer, double inputGain)
    {
        JsonPlace weights = Weights(layer, 1, 2);
        Tensor kernel = weights[0].Matrix();
        (int input, int output) = (kernel.Shape[0], Size(layer.Property("shape")));
        Expect(weights[0], kernel, input, output);
        Scale(kernel.Values.AsSpan(0, output), inputGain);
        float[] c = new float[output];
        if (weights.Count > 1)
        {
            Tensor bias = weights[1].Vector();
            Expect(weights[1], bias, output);
            c = bias.Values;
        }

        return new DenseLayer(layer.Path, input, output, kernel.Transposed().Values, c);
    }

    private static JsonPlace Weights(JsonPlace layer, int least, int most)
    {
        JsonPlace weights = layer.Property("weights");
        return weights.Count >= least && weights.Count <= most ? weights : throw weights.Refuse(
            $"{weights.Count} arrays", FormattableString.Invariant($"{least} to {most} arrays: kernels, then biases"));
    }

    private static float[]? State(JsonPlace layer, string name, int hidden)
    {
        if (layer.Find(name) is not { } value)
        {
            return null;
        }

        Tensor state = value.Vector();
        Expect(value, state, hidden);
        return state.Values;
    }

    private static void Scale(Span<float> values, double factor)
    {
        if (factor == 1)
        {
            return;
        }

        foreach (ref float value in values)
        {
            value = (float)(value * factor);
        }
    }

    private static void Expect(JsonPlace place, Tensor tensor, params int[] shape)
    {
        if (!tensor.Is(shape) || tensor.Values.Length == 0)
        {
            throw place.Refuse(tensor.ShapeText, Tensor.Text(shape).ToString(CultureInfo.InvariantCulture));
        }
    }
}
