using System;
using System.Linq;
using Google.Protobuf;
using Lstm.Formats.Onnx.Messages;
using Xunit;

namespace Lstm.Formats.Tests;

/// <summary>Graphs of ONNX that are not, or not only, a stack of LSTMs with a readout.</summary>
public class OnnxRefusalTests
{
    private const string Node = "'lstm0' (LSTM)";

    public static TheoryData<string, string, string> Cases => new()
    {
        { "reverse", Node, "direction reverse" },
        { "bidirectional", Node, "direction bidirectional" },
        { "relu", Node, "activations Relu, Tanh, Tanh" },
        { "clip", Node, "clip 3" },
        { "input_forget", Node, "input_forget 1" },
        { "hidden_size", Node, "hidden_size 7" },
        { "peepholes", Node, "peepholes" },
        { "sequence_lens", Node, "sequence_lens" },
        { "computed weights", Node, "W that is computed" },
        { "external", "initializer 'lstm0.W'", "another file" },
        { "count", "initializer 'lstm0.W'", "numbers" },
        { "overflow", "initializer 'lstm0.W'", "numbers" },
        { "tanh between", "'between' (Tanh)", "operator Tanh" },
        { "domain", "'between' (Identity)", "domain 'custom'" },
        { "residual", "'between' (Add)", "a sum of 2 values" },
        { "transposed", Node, "axes are" },
        { "long-term memory", Node, "Y_c" },
        { "loop", "(Identity)", "a loop" },
        { "no output", "its graph", "no output" },
        { "features removed", "'last' (Squeeze)", "axis 2 of [steps, sequences, features]" },
        { "features moved", "'last' (Transpose)", "an output whose axes are [steps, features, sequences]" },
        { "twice", "'between' (Identity)", "a second time" },
        { "many messages", "its messages", "more than 100000" },
        { "shared", "(LSTM)", "numbers up to here" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Graph_IsRefusedByName(string name, string place, string found) =>
        RefusalTests.AssertRefused(LstmFormat.Onnx, Changed(name).ToByteArray(), place, found);

    /// <summary>The same graph with sequences in front, which only the axes tell apart.</summary>
    [Fact]
    public void Layout1_IsReadAsLayout0()
    {
        LstmModel model = Models.Random(2, 3, [4], 1);
        ModelProto message = Message(model);
        NodeProto lstm = message.Graph.Node[0];
        lstm.Attribute.Add(new AttributeProto { Name = "layout", Type = AttributeProto.Types.AttributeType.Int, I = 1 });
        message.Graph.Initializer.Single(constant => constant.Name == "direction_axis").Int64Data[0] = 2;
        Models.AssertSame(model, Models.Read(message.ToByteArray(), LstmFormat.Onnx), "layout 1");
    }

    /// <summary>As where PyTorch's module ends with squeeze(-1).</summary>
    [Fact]
    public void SingleOutput_MayLoseItsAxis()
    {
        LstmModel model = Models.Random(2, 3, [4], 1);
        ModelProto message = Message(model);
        Append(message.Graph, "Squeeze", [2]);
        Models.AssertSame(model, Models.Read(message.ToByteArray(), LstmFormat.Onnx), "squeezed");
    }

    /// <summary>Gemm with a transposed factor and scales, behind the last step.</summary>
    [Fact]
    public void Gemm_IsRead()
    {
        LstmModel model = Models.Random(2, 3, [4], 2);
        ModelProto message = Message(model);
        GraphProto graph = message.Graph;
        graph.Node.Clear();
        ModelProto again = Message(model);
        graph.Node.Add(again.Graph.Node[0]);
        graph.Node[0].Output.Add("last"); // Y_h
        graph.Node.Add(new NodeProto { OpType = "Squeeze", Input = { "last", "zero" }, Output = { "wm" } });
        graph.Node.Add(new NodeProto
        {
            OpType = "Gemm",
            Input = { "wm", "V", "readout.c" },
            Output = { "y" },
            Attribute =
            {
                new AttributeProto { Name = "transB", Type = AttributeProto.Types.AttributeType.Int, I = 1 },
                new AttributeProto { Name = "alpha", Type = AttributeProto.Types.AttributeType.Float, F = 0.5f },
            },
        });
        graph.Initializer.Add(new TensorProto { Name = "zero", DataType = 7, Dims = { 1 }, Int64Data = { 0 } });
        float[] doubled = [.. model.V.ToArray().Select(static v => 2 * v)];
        graph.Initializer.Add(new TensorProto { Name = "V", DataType = 1, Dims = { 2, 4 }, FloatData = { doubled } });
        Models.AssertSame(model, Models.Read(message.ToByteArray(), LstmFormat.Onnx), "Gemm");
    }

    private static ModelProto Message(LstmModel model) => ModelProto.Parser.ParseFrom(Models.Write(model, LstmFormat.Onnx));

    private static ModelProto Changed(string name)
    {
        ModelProto message = Message(Models.Random(1, 3, [3, 3], 3));
        GraphProto graph = message.Graph;
        NodeProto lstm = graph.Node[0];
        TensorProto w = graph.Initializer.Single(static constant => constant.Name == "lstm0.W");
        switch (name)
        {
            case "reverse" or "bidirectional":
                lstm.Attribute.Add(new AttributeProto { Name = "direction", S = ByteString.CopyFromUtf8(name) });
                break;
            case "relu":
                string[] names = ["Relu", "Tanh", "Tanh"];
                lstm.Attribute.Add(new AttributeProto { Name = "activations", Strings = { names.Select(ByteString.CopyFromUtf8) } });
                break;
            case "clip":
                lstm.Attribute.Add(new AttributeProto { Name = name, F = 3, Type = AttributeProto.Types.AttributeType.Float });
                break;
            case "input_forget":
                lstm.Attribute.Add(new AttributeProto { Name = name, I = 1 });
                break;
            case "hidden_size":
                lstm.Attribute[0].I = 7;
                break;
            case "peepholes":
                lstm.Input.Add(["", "", "", "P"]);
                break;
            case "sequence_lens":
                lstm.Input.Add("lengths");
                break;
            case "computed weights":
                lstm.Input[1] = "x";
                break;
            case "external":
                w.DataLocation = TensorProto.Types.DataLocation.External;
                break;
            case "count":
                w.RawData = ByteString.CopyFrom(new byte[8]);
                break;
            case "overflow":
                w.Dims.Add([1L << 30, 1L << 30, 1L << 30]);
                break;
            case "features removed":
                Append(graph, "Squeeze", [2]);
                break;
            case "features moved":
                Append(graph, "Transpose", [0, 2, 1]);
                break;
            case "no output":
                graph.Output.Clear();
                break;
            case "long-term memory":
                lstm.Output.Add(["", "c"]);
                graph.Node[1].Input[0] = "c";
                break;
            case "loop":
                graph.Node[1].Output[0] = "other";
                graph.Node.Add(new NodeProto { Name = "a", OpType = "Identity", Input = { "wm0" }, Output = { "b" } });
                graph.Node.Add(new NodeProto { Name = "b", OpType = "Identity", Input = { "b" }, Output = { "wm0" } });
                break;
            case "many messages":
                graph.Node.Add(Enumerable.Range(0, 100_001).Select(static _ => new NodeProto()));
                break;
            case "shared":
                Share(graph);
                break;
            default:
                Between(graph, name);
                break;
        }

        return message;
    }

    /// <summary>A node between the first and the second layer, which read and wrote wm0.</summary>
    private static void Between(GraphProto graph, string name)
    {
        var node = new NodeProto { Name = "between", OpType = "Identity", Input = { "wm0" }, Output = { "wm0'" } };
        graph.Node[2].Input[0] = "wm0'";
        switch (name)
        {
            case "tanh between":
                node.OpType = "Tanh";
                break;
            case "domain":
                node.Domain = "custom";
                break;
            case "residual":
                node.OpType = "Add";
                node.Input.Add("x");
                break;
            case "transposed":
                node.OpType = "Transpose";
                node.Attribute.Add(new AttributeProto { Name = "perm", Ints = { 1, 0, 2 } });
                graph.Node[2].Name = "lstm0";
                break;
            case "twice":
                node.Output.Add("y");
                break;
        }

        graph.Node.Add(node);
    }

    /// <summary>A node behind y, with an attribute for its axes as older operator sets have it.</summary>
    private static void Append(GraphProto graph, string type, long[] axes)
    {
        var node = new NodeProto { Name = "last", OpType = type, Input = { "y" }, Output = { "z" } };
        node.Attribute.Add(new AttributeProto { Name = type == "Squeeze" ? "axes" : "perm", Ints = { axes } });
        graph.Node.Add(node);
        graph.Output[0].Name = "z";
    }

    /// <summary>A thousand layers on the same weights: a small file, and a large model.</summary>
    private static void Share(GraphProto graph)
    {
        var wide = new LstmModel(40, [40]);
        ModelProto one = Message(wide);
        graph.MergeFrom(new GraphProto { Initializer = { one.Graph.Initializer } });
        string value = "x40";
        graph.Node.Clear();
        graph.Input[0].Name = value;
        for (int k = 0; k < 1_000; k++)
        {
            NodeProto lstm = one.Graph.Node[0].Clone();
            (lstm.Name, lstm.Input[0], lstm.Output[0]) = ($"lstm {k}", value, $"Y{k}");
            value = $"wm{k}";
            graph.Node.Add([lstm, new NodeProto { OpType = "Squeeze", Input = { lstm.Output[0], "direction_axis" }, Output = { value } }]);
        }

        graph.Output[0].Name = value;
    }
}
