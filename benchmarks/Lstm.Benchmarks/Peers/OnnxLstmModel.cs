using System;
using System.IO;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Lstm.Benchmarks;

/// <summary>
/// An ONNX model of one LSTM node, written field by field: the format is a small protobuf message, and no package of
/// its generated classes is at hand. Field numbers are those of onnx.proto; fixed shapes let the runtime plan ahead.
/// </summary>
internal static class OnnxLstmModel
{
    private const int FloatElements = 1;
    private const int IntAttribute = 2;
    private const int IrVersion = 8;
    private const int Opset = 14;

    // ONNX stacks the gates as "iofc".
    private static readonly Gate[] GateOrder = [Gate.Save, Gate.Focus, Gate.Remember, Gate.Candidate];

    /// <summary>Inputs x (T x 1 x p), wm0 and ltm0 (1 x 1 x d); outputs wmT and ltmT.</summary>
    public static byte[] Create(CellParameters parameters, int steps)
    {
        (int input, int hidden) = parameters.Size;
        ByteString graph = Message(graph =>
        {
            graph.Write(1, Node);
            graph.Write(2, "lstm");
            graph.Write(5, Initializer("W", Stack(parameters.W), 1, 4 * hidden, input));
            graph.Write(5, Initializer("R", Stack(parameters.U), 1, 4 * hidden, hidden));

            // B holds the biases of W, then those of R: this cell has one.
            graph.Write(5, Initializer("B", [.. Stack(parameters.B), .. new float[4 * hidden]], 1, 8 * hidden));
            graph.Write(11, Tensor("x", steps, 1, input));
            graph.Write(11, Tensor("wm0", 1, 1, hidden));
            graph.Write(11, Tensor("ltm0", 1, 1, hidden));
            graph.Write(12, Tensor("wmT", 1, 1, hidden));
            graph.Write(12, Tensor("ltmT", 1, 1, hidden));

            void Node(CodedOutputStream node)
            {
                foreach (string name in (string[])["x", "W", "R", "B", "", "wm0", "ltm0"])
                {
                    node.Write(1, name);
                }

                foreach (string name in (string[])["", "wmT", "ltmT"])
                {
                    node.Write(2, name);
                }

                node.Write(4, "LSTM");
                node.Write(5, attribute =>
                {
                    attribute.Write(1, "hidden_size");
                    attribute.Write(3, hidden);
                    attribute.Write(20, IntAttribute);
                });
            }
        });

        return Message(model =>
        {
            model.Write(1, IrVersion);
            model.WriteTag(7, WireFormat.WireType.LengthDelimited);
            model.WriteBytes(graph);
            model.Write(8, opset => opset.Write(2, Opset));
        }).ToByteArray();
    }

    private static float[] Stack(float[][] byGate) =>
        [.. byGate[(int)GateOrder[0]], .. byGate[(int)GateOrder[1]], .. byGate[(int)GateOrder[2]], .. byGate[(int)GateOrder[3]]];

    private static Action<CodedOutputStream> Initializer(string name, float[] values, params int[] shape) => tensor =>
    {
        foreach (int length in shape)
        {
            tensor.Write(1, length);
        }

        tensor.Write(2, FloatElements);
        tensor.Write(8, name);
        tensor.WriteTag(9, WireFormat.WireType.LengthDelimited);
        tensor.WriteBytes(ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)));
    };

    private static Action<CodedOutputStream> Tensor(string name, params int[] shape) => value =>
    {
        value.Write(1, name);
        value.Write(2, type => type.Write(1, tensor =>
        {
            tensor.Write(1, FloatElements);
            tensor.Write(2, dimensions =>
            {
                foreach (int length in shape)
                {
                    dimensions.Write(1, dimension => dimension.Write(1, length));
                }
            });
        }));
    };

    private static ByteString Message(Action<CodedOutputStream> content)
    {
        using MemoryStream bytes = new();
        using (CodedOutputStream output = new(bytes, leaveOpen: true))
        {
            content(output);
        }

        return ByteString.CopyFrom(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void Write(this CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Write(this CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void Write(this CodedOutputStream output, int field, Action<CodedOutputStream> message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(Message(message));
    }
}
