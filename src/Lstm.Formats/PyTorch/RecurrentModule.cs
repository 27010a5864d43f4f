using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;

namespace Lstm.Formats.PyTorch;

/// <summary>The tensors of one <c>nn.LSTM</c> or <c>nn.LSTMCell</c>.</summary>
/// <param name="source">The file.</param>
/// <param name="prefix">What stands before the last dot of its names; empty where there is no dot.</param>
internal sealed class RecurrentModule(Source source, string prefix)
{
    private readonly SortedDictionary<int, Dictionary<string, Tensor>> layers = [];

    /// <summary>What stands before the last dot of its names; empty where there is no dot.</summary>
    public string Prefix => prefix;

    /// <summary>The length of what its first layer reads.</summary>
    public int Input => Part(layers.First().Value, "weight_ih", layers.First().Key).Shape is [_, int input] ? input : 0;

    /// <summary>The length of what its last layer gives.</summary>
    public int Output => Hidden(Part(layers.Last().Value, "weight_hh", layers.Last().Key));

    /// <summary>Adds a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">Its name, matched: kind, from, layer, reverse.</param>
    /// <exception cref="LstmFormatException">It belongs to an LSTM that no model can express.</exception>
    public void Add(Tensor tensor, Match name)
    {
        if (name.Groups["reverse"].Success)
        {
            throw source.Refuse(StateDict.At(tensor), $"a bidirectional LSTM", "one direction");
        }

        if (name.Groups["from"].Value == "hr")
        {
            throw source.Refuse(StateDict.At(tensor), $"an LSTM with projection (proj_size)", "working memories as they are");
        }

        // An nn.LSTMCell has no layers.
        int layer = name.Groups["layer"].Success ? int.Parse(name.Groups["layer"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        if (!layers.TryGetValue(layer, out Dictionary<string, Tensor>? parts))
        {
            layers.Add(layer, parts = new Dictionary<string, Tensor>(StringComparer.Ordinal));
        }

        string part = $"{name.Groups["kind"].Value}_{name.Groups["from"].Value}";
        if (!parts.TryAdd(part, tensor))
        {
            throw source.Refuse(StateDict.At(tensor), $"{part} of layer {layer} a second time", "each tensor once");
        }
    }

    /// <summary>Its layers, the first one first.</summary>
    /// <exception cref="LstmFormatException">A tensor is missing or has a wrong size.</exception>
    public IEnumerable<LstmLayer> Layers()
    {
        int expected = 0;
        foreach (KeyValuePair<int, Dictionary<string, Tensor>> layer in layers)
        {
            if (layer.Key != expected++)
            {
                throw source.Refuse(
                    StateDict.At(layer.Value.Values.First()), $"layer {layer.Key} without a layer {expected - 1}", "layers from 0 on, without holes");
            }

            yield return Layer(layer);
        }
    }

    private LstmLayer Layer(KeyValuePair<int, Dictionary<string, Tensor>> layer)
    {
        Dictionary<string, Tensor> parts = layer.Value;
        Tensor weightIh = Part(parts, "weight_ih", layer.Key);
        Tensor weightHh = Part(parts, "weight_hh", layer.Key);
        int hidden = Hidden(weightHh);
        int input = weightIh.Rank == 2 ? weightIh.Shape[1] : 0;
        Expect(weightIh, GateOrder.Count * hidden, input);
        float[][] b = LstmLayer.NoBiases(hidden);
        if (parts.Count > 2)
        {
            Tensor biasIh = Part(parts, "bias_ih", layer.Key);
            Tensor biasHh = Part(parts, "bias_hh", layer.Key);
            Expect(biasIh, GateOrder.Count * hidden);
            Expect(biasHh, GateOrder.Count * hidden);
            b = GateBlocks.Split(LstmLayer.BiasSum(biasIh.Values, biasHh.Values), GateOrder.PyTorch, hidden, 1);
        }

        return new LstmLayer(
            StateDict.At(weightIh), input, hidden, GateBlocks.Split(weightIh.Values, GateOrder.PyTorch, hidden, input),
            GateBlocks.Split(weightHh.Values, GateOrder.PyTorch, hidden, hidden), b);
    }

    private int Hidden(Tensor weightHh)
    {
        int hidden = weightHh.Rank == 2 ? weightHh.Shape[1] : 0;
        if (hidden > 0 && weightHh.Shape[0] == 3L * hidden)
        {
            throw source.Refuse(StateDict.At(weightHh), $"{weightHh.ShapeText}: three gates, a GRU", "an LSTM, with four gates");
        }

        if (hidden > 0 && weightHh.Shape[0] == hidden)
        {
            throw source.Refuse(StateDict.At(weightHh), $"{weightHh.ShapeText}: no gates, a plain RNN", "an LSTM, with four gates");
        }

        if (hidden < 1 || weightHh.Shape[0] != 4L * hidden)
        {
            throw source.Refuse(StateDict.At(weightHh), weightHh.ShapeText, "shape [4 d, d] with d of at least 1");
        }

        return hidden;
    }

    private Tensor Part(Dictionary<string, Tensor> parts, string part, int layer) => parts.TryGetValue(part, out Tensor? tensor)
        ? tensor
        : throw source.Refuse(
            StateDict.At(parts.Values.First()), $"no {part} of layer {layer} beside it", "weight_ih and weight_hh, with both biases or none");

    private void Expect(Tensor tensor, params int[] shape)
    {
        if (!tensor.Is(shape) || tensor.Values.Length == 0)
        {
            throw source.Refuse(StateDict.At(tensor), tensor.ShapeText, Tensor.Text(shape).ToString(CultureInfo.InvariantCulture));
        }
    }
}
