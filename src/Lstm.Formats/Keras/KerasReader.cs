using System;
using System.Collections.Generic;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;

namespace Lstm.Formats.Keras;

/// <summary>
/// Reads Keras 3: a <c>.keras</c> archive, whose configuration says which layers there are and with which activations; or <c>.weights.h5</c> alone,
/// where the names and shapes of the weights must say it.
/// </summary>
internal static class KerasReader
{
    /// <summary>Reads the model.</summary>
    /// <exception cref="LstmFormatException">The file is damaged, or holds what no model can express.</exception>
    public static LstmModel Read(Source source)
    {
        if (!KerasArchive.Is(source))
        {
            var alone = new KerasWeights(source);
            return Stack(source, alone, KerasGroups.Layers(alone));
        }

        (Source config, Source weights) = KerasArchive.Open(source);
        IReadOnlyList<KerasLayer> layers = KerasConfig.Layers(config);
        return Stack(weights, new KerasWeights(weights), layers);
    }

    private static LstmModel Stack(Source source, KerasWeights weights, IReadOnlyList<KerasLayer> layers)
    {
        var stack = new LayerStack(source);
        foreach (KerasLayer layer in layers)
        {
            string path = $"{weights.Root}/{layer.Group}";
            switch (layer.Kind)
            {
                case KerasLayerKind.Lstm:
                    stack.Add(Lstm(source, weights, $"{path}/cell/vars"));
                    break;
                case KerasLayerKind.TimeDistributedDense:
                    stack.Add(Dense(source, weights, $"{path}/layer/vars"));
                    break;
                default:
                    stack.Add(Dense(source, weights, $"{path}/vars"));
                    break;
            }
        }

        return stack.ToModel();
    }

    /// <summary>0 is the kernel, inputs x 4d; 1 the recurrent kernel, d x 4d; 2 the bias, 4d, if there is one.</summary>
    private static LstmLayer Lstm(Source source, KerasWeights weights, string vars)
    {
        Tensor kernel = weights.Tensor($"{vars}/0");
        Tensor recurrent = weights.Tensor($"{vars}/1");
        Tensor? bias = weights.Exists($"{vars}/2") ? weights.Tensor($"{vars}/2") : null;
        int hidden = recurrent.Rank == 2 ? recurrent.Shape[0] : 0;
        int input = kernel.Rank == 2 ? kernel.Shape[0] : 0;
        if (hidden > 0 && recurrent.Shape[1] != GateOrder.Count * (long)hidden)
        {
            throw source.Refuse(
                recurrent.Place, $"{recurrent.ShapeText}, {(recurrent.Shape[1] == 3L * hidden ? "a GRU" : "no LSTM")}",
                FormattableString.Invariant($"an LSTM, shape [{hidden}, {GateOrder.Count * (long)hidden}]"));
        }

        int columns = GateOrder.Count * hidden;
        Expect(source, recurrent, hidden, columns);
        Expect(source, kernel, input, columns);
        if (bias is not null)
        {
            Expect(source, bias, columns);
        }

        return new LstmLayer(
            vars, input, hidden, GateBlocks.Split(kernel.Values, GateOrder.Keras, hidden, input, transposed: true),
            GateBlocks.Split(recurrent.Values, GateOrder.Keras, hidden, hidden, transposed: true),
            bias is null ? LstmLayer.NoBiases(hidden) : GateBlocks.Split(bias.Values, GateOrder.Keras, hidden, 1));
    }

    /// <summary>0 is the kernel, inputs x outputs; 1 the bias, if there is one.</summary>
    private static DenseLayer Dense(Source source, KerasWeights weights, string vars)
    {
        Tensor kernel = weights.Tensor($"{vars}/0");
        (int input, int output) = kernel.Rank == 2 ? (kernel.Shape[0], kernel.Shape[1]) : (0, 0);
        Expect(source, kernel, input, output);
        float[] c = new float[output];
        if (weights.Exists($"{vars}/1"))
        {
            Tensor bias = weights.Tensor($"{vars}/1");
            Expect(source, bias, output);
            c = bias.Values;
        }

        return new DenseLayer(vars, input, output, kernel.Transposed().Values, c);
    }

    private static void Expect(Source source, Tensor tensor, params int[] shape)
    {
        if (!tensor.Is(shape) || tensor.Values.Length == 0)
        {
            throw source.Refuse(tensor.Place, tensor.ShapeText, FormattableString.Invariant(Tensor.Text(shape)));
        }
    }
}
