using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;
using Lstm.Formats.Onnx.Messages;

namespace Lstm.Formats.Onnx;

/// <summary>
/// Reads an ONNX model: the path from the first output back to an input, which must be LSTM operators, affine layers (MatMul, Gemm, Add), and
/// operators that only move axes.
/// </summary>
internal static class OnnxReader
{
    private const string Supported =
        "LSTM, MatMul, Gemm and Add of constants, Squeeze, Unsqueeze, Transpose, Reshape, Identity, Dropout, Gather of the last step";

    /// <summary>Reads the model.</summary>
    /// <exception cref="LstmFormatException">The file is damaged, or holds what no model can express.</exception>
    public static LstmModel Read(Source source)
    {
        OnnxGraph graph = OnnxGraph.Parse(source);
        if (graph.Graph.Output.Count == 0)
        {
            throw source.Refuse("its graph", $"no output", "a graph with an output");
        }

        List<Step> path = Path(source, graph, graph.Graph.Output[0].Name, out string input);
        var stack = new LayerStack(source);
        var shapes = new OnnxShapes(graph);
        shapes.Begin(graph.InputRank(input));
        foreach (Step step in path)
        {
            Add(graph, stack, shapes, step);
        }

        if (path.Count > 0)
        {
            shapes.End(path[^1].Node);
        }

        return stack.ToModel();
    }

    /// <summary>The operators from an input to a value, in the order in which they run.</summary>
    private static List<Step> Path(Source source, OnnxGraph graph, string value, out string input)
    {
        var path = new List<Step>();
        while (!graph.IsInput(value))
        {
            NodeProto node = graph.Producer(value)
                ?? throw source.Refuse($"value '{Quoted.Of(value)}'", $"no node that makes it, and no input of this name", Supported);
            path.Add(new Step(node, node.Output.IndexOf(value)));
            if (path.Count > graph.Graph.Node.Count)
            {
                throw graph.Refuse(node, $"a loop", "a graph without loops");
            }

            value = OnnxGraph.Input(node, DataInput(graph, node));
        }

        input = value;
        path.Reverse();
        return path;
    }

    /// <summary>Which input of an operator is computed from the graph's input.</summary>
    private static int DataInput(OnnxGraph graph, NodeProto node)
    {
        if (node.OpType != "Add")
        {
            return 0;
        }

        int constants = Enumerable.Range(0, 2).Count(index => graph.Constant(OnnxGraph.Input(node, index)) is not null);
        if (constants != 1)
        {
            throw graph.Refuse(node, $"a sum of {2 - constants} values that are computed", "a bias, which is a constant, added to one value");
        }

        return graph.Constant(OnnxGraph.Input(node, 0)) is null ? 0 : 1;
    }

    private static void Add(OnnxGraph graph, LayerStack stack, OnnxShapes shapes, Step step)
    {
        NodeProto node = step.Node;
        if (node.HasDomain && node.Domain is not ("" or "ai.onnx"))
        {
            throw graph.Refuse(node, $"an operator of the domain '{Quoted.Of(node.Domain)}'", Supported);
        }

        switch (node.OpType)
        {
            case "LSTM" when step.Output <= 1:
                shapes.Lstm(node, OnnxLstm.IsBatchFirst(node), lastStep: step.Output == 1);
                stack.Add(new OnnxLstm(graph).Read(node));
                break;
            case "LSTM":
                throw graph.Refuse(node, $"its long-term memory (Y_c) as a result", "its working memory (Y or Y_h)");
            case "MatMul":
                shapes.Dense(node, isMatrix: false);
                stack.Add(OnnxDense.MatMul(graph, node));
                break;
            case "Gemm":
                shapes.Dense(node, isMatrix: true);
                stack.Add(OnnxDense.Gemm(graph, node));
                break;
            case "Add":
                shapes.Dense(node, isMatrix: false);
                stack.AddBias(OnnxDense.Bias(graph, node, OnnxGraph.Input(node, 1 - DataInput(graph, node))));
                break;
            case "Squeeze" or "Unsqueeze" or "Transpose" or "Reshape" or "Identity" or "Dropout" or "Gather":
                shapes.Move(node, stack.Width);
                break;
            default:
                throw graph.Refuse(node, $"operator {Quoted.Of(node.OpType)}", Supported);
        }
    }

    /// <summary>An operator, and which of its outputs is used.</summary>
    private readonly record struct Step(NodeProto Node, int Output);
}
