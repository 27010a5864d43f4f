using System;
using System.Linq;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;
using Lstm.Formats.Onnx.Messages;

namespace Lstm.Formats.Onnx;

/// <summary>Reads affine layers.</summary>
internal static class OnnxDense
{
    /// <summary>x times a constant of inputs x outputs.</summary>
    /// <exception cref="LstmFormatException">It is something else.</exception>
    public static DenseLayer MatMul(OnnxGraph graph, NodeProto node)
    {
        Tensor weights = Weights(graph, node).Transposed();
        return new DenseLayer(OnnxGraph.At(node), weights.Shape[1], weights.Shape[0], weights.Values, new float[weights.Shape[0]]);
    }

    /// <summary>alpha A B + beta C, with B transposed where transB says so.</summary>
    /// <exception cref="LstmFormatException">It is something else.</exception>
    public static DenseLayer Gemm(OnnxGraph graph, NodeProto node)
    {
        if (OnnxGraph.Attribute(node, "transA")?.I is not (null or 0))
        {
            throw graph.Refuse(node, $"transA", "a first factor as it is");
        }

        Tensor b = Weights(graph, node);
        Tensor weights = OnnxGraph.Attribute(node, "transB")?.I is null or 0 ? b.Transposed() : b;
        (int output, int input) = (weights.Shape[0], weights.Shape[1]);
        float[] c = new float[output];
        if (OnnxGraph.Input(node, 2).Length > 0)
        {
            Tensor bias = Bias(graph, node, OnnxGraph.Input(node, 2));
            if (bias.Values.Length != output && bias.Values.Length != 1)
            {
                throw graph.Refuse(node, $"{bias.Values.Length} numbers added to {output} outputs", "a number for each output, or one for all");
            }

            c = bias.Values.Length == output ? bias.Values : [.. Enumerable.Repeat(bias.Values[0], output)];
        }

        return new DenseLayer(OnnxGraph.At(node), input, output, Scaled(weights.Values, node, "alpha"), Scaled(c, node, "beta"));
    }

    /// <summary>A constant that is added: one axis of more than one number, if any.</summary>
    /// <exception cref="LstmFormatException">It is something else.</exception>
    public static Tensor Bias(OnnxGraph graph, NodeProto node, string value)
    {
        Tensor bias = graph.Constant(value) ?? throw graph.Refuse(node, $"a sum of two values that are computed", "a bias, which is a constant");
        return bias.Values.Length > 0 && (bias.Rank == 0 || bias.Shape[^1] == bias.Values.Length) ? bias : throw graph.Refuse(
            node, $"a constant of {bias.ShapeText} added", "a bias along the last axis");
    }

    private static Tensor Weights(OnnxGraph graph, NodeProto node)
    {
        Tensor? weights = graph.Constant(OnnxGraph.Input(node, 1));
        string found = weights is null ? "computed" : FormattableString.Invariant(weights.ShapeText);
        return weights is { Rank: 2, Values.Length: > 0 } ? weights : throw graph.Refuse(
            node, $"a second factor that is {found}", "a constant with two axes");
    }

    private static float[] Scaled(float[] values, NodeProto node, string attribute) =>
        OnnxGraph.Attribute(node, attribute) is { } factor && factor.F != 1 ? [.. values.Select(value => value * factor.F)] : values;
}
