using System;
using System.IO;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Lstm.Formats.Layers;
using Lstm.Formats.Onnx.Messages;

namespace Lstm.Formats.Onnx;

/// <summary>
/// Writes an ONNX model: x of T x B x inputs, an LSTM operator and a Squeeze for each layer, MatMul and Add for the readout, y of T x B x outputs.
/// A model with an initial state is written for one sequence, since a state stands for each.
/// </summary>
internal static class OnnxWriter
{
    private const int IrVersion = 8;
    private const int OperatorSet = 14;
    private const int FloatType = 1;
    private const string DirectionAxis = "direction_axis";

    /// <summary>Writes the model.</summary>
    public static void Write(LstmModel model, Stream stream)
    {
        var graph = new GraphProto { Name = "lstm" };
        graph.Initializer.Add(OnnxTensors.Of(DirectionAxis, [1L]));
        string value = "x";
        graph.Input.Add(Value(model, value, model.Input));
        for (int k = 0; k < model.LayerCount; k++)
        {
            bool isOutput = k == model.LayerCount - 1 && model.Output == 0;
            value = AddLayer(graph, model, k, value, isOutput ? "y" : FormattableString.Invariant($"wm{k}"));
        }

        if (model.Output > 0)
        {
            AddReadout(graph, model, value);
        }

        graph.Output.Add(Value(model, "y", model.Output > 0 ? model.Output : model.Hidden(model.LayerCount - 1)));
        new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "Lstm.Generators",
            Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorSet } },
        }.WriteTo(stream);
    }

    private static string AddLayer(GraphProto graph, LstmModel model, int k, string value, string result)
    {
        int hidden = model.Hidden(k);
        int input = ModelShape.InputOf(model, k);
        int rows = GateOrder.Count * hidden;
        string name = FormattableString.Invariant($"lstm{k}");
        float[] b = new float[2 * rows]; // those of W are ours, those of R are 0
        GateBlocks.Join(gate => model.B(k, gate).ToArray(), GateOrder.Onnx, hidden, 1).CopyTo(b, 0);
        RepeatedField<TensorProto> constants = graph.Initializer;
        float[] w = GateBlocks.Join(gate => model.W(k, gate).ToArray(), GateOrder.Onnx, hidden, input);
        float[] r = GateBlocks.Join(gate => model.U(k, gate).ToArray(), GateOrder.Onnx, hidden, hidden);
        constants.Add(OnnxTensors.Of(name + ".W", w, 1, rows, input));
        constants.Add(OnnxTensors.Of(name + ".R", r, 1, rows, hidden));
        constants.Add(OnnxTensors.Of(name + ".B", b, 1, 2 * rows));
        var node = new NodeProto
        {
            Name = name,
            OpType = "LSTM",
            Input = { value, name + ".W", name + ".R", name + ".B" },
            Output = { name + ".Y" },
            Attribute = { new AttributeProto { Name = "hidden_size", Type = AttributeProto.Types.AttributeType.Int, I = hidden } },
        };
        if (model.HasInitialState)
        {
            constants.Add(OnnxTensors.Of(name + ".initial_h", model.InitialWorkingMemory(k), 1, 1, hidden));
            constants.Add(OnnxTensors.Of(name + ".initial_c", model.InitialLongTermMemory(k), 1, 1, hidden));
            node.Input.Add(["", name + ".initial_h", name + ".initial_c"]); // no sequence_lens
        }

        graph.Node.Add(node);
        graph.Node.Add(new NodeProto { Name = name + ".squeeze", OpType = "Squeeze", Input = { name + ".Y", DirectionAxis }, Output = { result } });
        return result;
    }

    private static void AddReadout(GraphProto graph, LstmModel model, string value)
    {
        int hidden = model.Hidden(model.LayerCount - 1);
        var v = new Content.Tensor("V", [model.Output, hidden], model.V.ToArray());
        graph.Initializer.Add(OnnxTensors.Of("readout.V", v.Transposed().Values, hidden, model.Output));
        graph.Initializer.Add(OnnxTensors.Of("readout.c", model.C, model.Output));
        graph.Node.Add(new NodeProto { Name = "readout.product", OpType = "MatMul", Input = { value, "readout.V" }, Output = { "readout.Vwm" } });
        graph.Node.Add(new NodeProto { Name = "readout.bias", OpType = "Add", Input = { "readout.Vwm", "readout.c" }, Output = { "y" } });
    }

    private static ValueInfoProto Value(LstmModel model, string name, int size) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = FloatType,
                Shape = new TensorShapeProto
                {
                    Dim =
                    {
                        new TensorShapeProto.Types.Dimension { DimParam = "steps" },
                        model.HasInitialState
                            ? new TensorShapeProto.Types.Dimension { DimValue = 1 }
                            : new TensorShapeProto.Types.Dimension { DimParam = "sequences" },
                        new TensorShapeProto.Types.Dimension { DimValue = size },
                    },
                },
            },
        },
    };
}
