using System;
using System.Globalization;
using System.Linq;
using Lstm.Formats.Content;
using Lstm.Formats.Layers;
using Lstm.Formats.Onnx.Messages;

namespace Lstm.Formats.Onnx;

/// <summary>
/// Reads an LSTM operator: W, 1 x 4d x inputs; R, 1 x 4d x d; B, 1 x 8d, the biases of W and then those of R; initial_h and initial_c,
/// 1 x B x d (layout 1: B x 1 x d).
/// </summary>
/// <param name="graph">The graph.</param>
internal sealed class OnnxLstm(OnnxGraph graph)
{
    private const int DeepestState = 16;
    private const int SequenceLengths = 4;
    private const int InitialH = 5;
    private const int InitialC = 6;
    private const int Peepholes = 7;

    /// <summary>Operators that leave zeros zeros, and a row that is the same for all sequences the same.</summary>
    private static readonly string[] MovesOnly =
        ["Expand", "Slice", "Unsqueeze", "Squeeze", "Reshape", "Transpose", "Identity", "Cast", "Gather"];

    /// <summary>Whether sequences stand in front of steps.</summary>
    public static bool IsBatchFirst(NodeProto node) => OnnxGraph.Attribute(node, "layout")?.I == 1;

    /// <summary>Reads an operator.</summary>
    /// <exception cref="LstmFormatException">It is damaged, or no model can express it.</exception>
    public LstmLayer Read(NodeProto node)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            Check(node, attribute);
        }

        RefuseInput(node, SequenceLengths, "sequence_lens", "sequences of one length");
        RefuseInput(node, Peepholes, "peepholes (P)", "an LSTM without them");
        Tensor w = Weights(node, 1, "W");
        Tensor r = Weights(node, 2, "R");
        int hidden = r.Rank == 3 ? r.Shape[2] : 0;
        int input = w.Rank == 3 ? w.Shape[2] : 0;
        int rows = hidden > int.MaxValue / 8 ? 0 : GateOrder.Count * hidden;
        Expect(node, w, "W", 1, rows, input);
        Expect(node, r, "R", 1, rows, hidden);
        if (OnnxGraph.Attribute(node, "hidden_size") is { } size && size.I != hidden)
        {
            throw graph.Refuse(node, $"hidden_size {size.I}", FormattableString.Invariant($"{hidden}, as R has"));
        }

        return new LstmLayer(
            OnnxGraph.At(node), input, hidden, GateBlocks.Split(w.Values, GateOrder.Onnx, hidden, input),
            GateBlocks.Split(r.Values, GateOrder.Onnx, hidden, hidden), Biases(node, hidden))
        {
            InitialWorkingMemory = State(node, InitialH, "initial_h", hidden),
            InitialLongTermMemory = State(node, InitialC, "initial_c", hidden),
        };
    }

    private float[][] Biases(NodeProto node, int hidden)
    {
        if (OnnxGraph.Input(node, 3).Length == 0)
        {
            return LstmLayer.NoBiases(hidden);
        }

        int rows = GateOrder.Count * hidden;
        Tensor b = Weights(node, 3, "B");
        Expect(node, b, "B", 1, 2 * rows);
        return GateBlocks.Split(LstmLayer.BiasSum(b.Values[..rows], b.Values[rows..]), GateOrder.Onnx, hidden, 1);
    }

    private void Check(NodeProto node, AttributeProto attribute)
    {
        switch (attribute.Name)
        {
            case "hidden_size" or "output_sequence":
            case "direction" when attribute.S.ToStringUtf8() == "forward":
            case "layout" when attribute.I is 0 or 1:
            case "input_forget" when attribute.I == 0:
            case "activations" when Names(attribute).ToLowerInvariant() == "sigmoid, tanh, tanh":
            case "activation_alpha" or "activation_beta" when attribute.Floats.Count == 0:
                return;
            case "direction":
                throw graph.Refuse(node, $"direction {Quoted.Of(attribute.S.ToStringUtf8())}", "forward");
            case "activations":
                throw graph.Refuse(node, $"activations {Names(attribute)}", "Sigmoid, Tanh, Tanh");
            default:
                double number = attribute.Type == AttributeProto.Types.AttributeType.Float ? attribute.F : attribute.I;
                throw graph.Refuse(node, $"{Quoted.Of(attribute.Name)} {number}", "an LSTM without it");
        }
    }

    private static string Names(AttributeProto activations) =>
        string.Join(", ", activations.Strings.Take(8).Select(static name => Quoted.Of(name.ToStringUtf8())));

    private void RefuseInput(NodeProto node, int index, string name, string supported)
    {
        if (OnnxGraph.Input(node, index).Length > 0)
        {
            throw graph.Refuse(node, $"{name}", supported);
        }
    }

    private Tensor Weights(NodeProto node, int index, string name) =>
        graph.Constant(OnnxGraph.Input(node, index))
        ?? throw graph.Refuse(node, $"{name} that is computed, or missing", $"{name} as a constant");

    private void Expect(NodeProto node, Tensor tensor, string name, params int[] shape)
    {
        if (!tensor.Is(shape) || tensor.Values.Length == 0)
        {
            throw graph.Refuse(node, $"{name} of {tensor.ShapeText}", Tensor.Text(shape).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>
    /// An initial state that is a constant. Zeros of a computed shape, as PyTorch exports them, and a state that the caller of the graph gives are
    /// none.
    /// </summary>
    private float[]? State(NodeProto node, int index, string name, int hidden)
    {
        string value = OnnxGraph.Input(node, index);
        for (int depth = 0; depth < DeepestState && value.Length > 0 && !graph.IsInput(value); depth++)
        {
            if (graph.Constant(value) is { } constant)
            {
                return Row(node, constant, name, hidden);
            }

            NodeProto? producer = graph.Producer(value);
            if (producer is { OpType: "ConstantOfShape" })
            {
                return OnnxGraph.Attribute(producer, "value") is not { } repeated || IsZero(repeated.T)
                    ? null
                    : throw graph.Refuse(node, $"{name} of a number other than 0", "zeros, or a constant");
            }

            value = producer is not null && MovesOnly.Contains(producer.OpType) ? OnnxGraph.Input(producer, 0) : throw graph.Refuse(
                node, $"{name} that is computed by {Quoted.Of(producer?.OpType ?? "nothing")}", "zeros, a constant, or an input of the graph");
        }

        return null;
    }

    private static bool IsZero(TensorProto? repeated) =>
        repeated is not null && repeated.RawData.Span.TrimStart((byte)0).IsEmpty && repeated.FloatData.All(static value => value == 0);

    /// <summary>The state of every sequence, which must be one for all.</summary>
    private float[] Row(NodeProto node, Tensor states, string name, int hidden)
    {
        float[] first = states.Values.AsSpan(0, Math.Min(hidden, states.Values.Length)).ToArray();
        bool areRows = states.Values.Length > 0 && states.Values.Length % hidden == 0;
        for (int at = 0; areRows && at < states.Values.Length; at += hidden)
        {
            areRows = states.Values.AsSpan(at, hidden).SequenceEqual(first);
        }

        return areRows ? first : throw graph.Refuse(
            node, $"{name} of {states.ShapeText}", FormattableString.Invariant($"the same {hidden} numbers for each sequence"));
    }
}
