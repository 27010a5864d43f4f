using System;
using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using Lstm.Formats.Content;
using Lstm.Formats.Onnx.Messages;

namespace Lstm.Formats.Onnx;

/// <summary>A graph of ONNX: who makes a value, and which values are constants.</summary>
internal sealed class OnnxGraph
{
    private const int DeepestConstant = 16;

    private readonly Source source;
    private readonly Dictionary<string, NodeProto> producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor?> constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValueInfoProto> inputs = new(StringComparer.Ordinal);

    private OnnxGraph(Source source, GraphProto graph)
    {
        this.source = source;
        Graph = graph;
        foreach (TensorProto initializer in graph.Initializer)
        {
            initializers[initializer.Name] = initializer;
        }

        foreach (ValueInfoProto input in graph.Input)
        {
            inputs[input.Name] = input;
        }

        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output.Where(static output => output.Length > 0))
            {
                if (!producers.TryAdd(output, node))
                {
                    throw Refuse(node, $"the value '{Quoted.Of(output)}' a second time", "values that one node makes");
                }
            }
        }
    }

    /// <summary>The message.</summary>
    public GraphProto Graph { get; }

    /// <summary>Parses a model.</summary>
    /// <exception cref="LstmFormatException">It is damaged, or has no graph.</exception>
    public static OnnxGraph Parse(Source source)
    {
        OnnxScan.CheckCount(source);
        try
        {
            ModelProto model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(source.Bytes.Span);
            if (model.Graph is null || model.OpsetImport.Count == 0)
            {
                throw source.Refuse("its model", $"no {(model.Graph is null ? "graph" : "operator set behind the graph")}", "a whole ONNX model");
            }

            return new OnnxGraph(source, model.Graph);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw source.Refuse("its messages", $"'{error.Message}'", "an ONNX model, in protocol buffers", error);
        }
    }

    /// <summary>The error for what a node is or has.</summary>
    public LstmFormatException Refuse(NodeProto node, FormattableString found, string supported) => source.Refuse(At(node), found, supported);

    /// <summary>The place of a node, for errors: its name, or its first output where it has none.</summary>
    public static string At(NodeProto node) =>
        $"node '{Quoted.Of(node.HasName && node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? "")}' ({Quoted.Of(node.OpType)})";

    /// <summary>The node that makes a value, or null.</summary>
    public NodeProto? Producer(string value) => producers.GetValueOrDefault(value);

    /// <summary>Whether a value is given by the caller of the graph.</summary>
    public bool IsInput(string value) => inputs.ContainsKey(value) && !initializers.ContainsKey(value) && !producers.ContainsKey(value);

    /// <summary>The number of axes of an input, or null where the file does not say.</summary>
    public int? InputRank(string value) => inputs[value].Type?.TensorType?.Shape?.Dim.Count;

    /// <summary>The name of a node's input, or empty where it has none.</summary>
    public static string Input(NodeProto node, int index) => index < node.Input.Count ? node.Input[index] : "";

    /// <summary>An attribute of a node, or null.</summary>
    public static AttributeProto? Attribute(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>A constant of floats, or null where the value is computed from the input.</summary>
    /// <exception cref="LstmFormatException">It is damaged, or of another type.</exception>
    public Tensor? Constant(string value)
    {
        if (!constants.TryGetValue(value, out Tensor? constant))
        {
            constants.Add(value, constant = Constant(value, depth: 0));
        }

        return constant;
    }

    /// <summary>A constant of whole numbers, or null where there is none.</summary>
    /// <exception cref="LstmFormatException">It is damaged, or of another type.</exception>
    public long[]? Whole(string value)
    {
        if (initializers.TryGetValue(value, out TensorProto? initializer))
        {
            return OnnxTensors.Whole(source, initializer, $"initializer '{Quoted.Of(value)}'");
        }

        if (Producer(value) is not { OpType: "Constant" } node)
        {
            return null;
        }

        return Attribute(node, "value")?.T is { } tensor ? OnnxTensors.Whole(source, tensor, At(node))
            : Attribute(node, "value_ints") is { } ints ? [.. ints.Ints]
            : Attribute(node, "value_int") is { } one ? [one.I]
            : null;
    }

    private Tensor? Constant(string value, int depth)
    {
        if (initializers.TryGetValue(value, out TensorProto? initializer))
        {
            return OnnxTensors.Floats(source, initializer, $"initializer '{Quoted.Of(value)}'");
        }

        if (depth > DeepestConstant || Producer(value) is not { } node)
        {
            return null;
        }

        return node.OpType switch
        {
            "Constant" => ConstantNode(node),
            "Identity" or "Cast" => Constant(Input(node, 0), depth + 1),
            "Transpose" => Constant(Input(node, 0), depth + 1) is { Rank: 2 } matrix ? matrix.Transposed() : null,
            "Squeeze" or "Unsqueeze" => OnnxShapes.WithoutOnes(Constant(Input(node, 0), depth + 1)),
            _ => null,
        };
    }

    private Tensor? ConstantNode(NodeProto node) =>
        Attribute(node, "value")?.T is { } tensor ? OnnxTensors.Floats(source, tensor, At(node))
        : Attribute(node, "value_floats") is { } floats ? source.Tensor(At(node), [floats.Floats.Count], [.. floats.Floats])
        : Attribute(node, "value_float") is { } one ? source.Tensor(At(node), [], [one.F])
        : null;
}
