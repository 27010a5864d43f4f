using System;
using System.Linq;
using System.Text.Json;
using Lstm.Formats;
using Lstm.Formats.Tests;
using Lstm.Tool.Computing;
using Xunit;

namespace Lstm.Tool.Tests;

public class InspectTests
{
    public static TheoryData<string> Files => Tool.Files;

    /// <summary>The table of docs/benchmarks.md: p, d, and the nanoseconds of a step that were measured.</summary>
    public static TheoryData<int, int, double> Measured => new()
    {
        { 1, 8, 37.2 }, { 1, 16, 59.1 }, { 1, 20, 77.4 }, { 1, 32, 154 }, { 1, 40, 240 }, { 1, 64, 647 },
        { 4, 16, 61.2 }, { 16, 64, 817 }, { 1, 128, 2911 }, { 8, 128, 3127 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryFile_IsShownWithin100Columns(string name)
    {
        string output = Tool.Output("inspect", Tool.File(name));
        LstmModel model = LstmFile.Read(Tool.File(name));
        Assert.Contains($"{model.Input} -> {model.Hidden(0)}", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n').SkipLast(2), line => Assert.True(line.TrimEnd().Length <= 100, line));
        Assert.Contains("Candidate", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_HoldsWhatTheModelHas()
    {
        using var folder = new Folder();
        LstmModel model = Models.Random(1, 1, [16], 1, state: true);
        using JsonDocument json = JsonDocument.Parse(Tool.Output("inspect", Tool.Write(model, folder["a.nam"]), "--json"));
        JsonElement root = json.RootElement;

        Assert.Equal("nam", root.GetProperty("format").GetString());
        Assert.Equal((4 * 16 * 18) + 17, root.GetProperty("parameters").GetInt32());
        Assert.Equal("[LstmNetwork(Input = 1, Hidden = 16, Output = 1)]", root.GetProperty("type").GetString());
        Assert.True(root.GetProperty("initialState").GetProperty("present").GetBoolean());
        Assert.Equal((4 * 16 * 17) + 16, root.GetProperty("step").GetProperty("multiplyAdds").GetInt32());
        Assert.Equal(16, root.GetProperty("layers")[0].GetProperty("hidden").GetInt32());
        Assert.Equal(["Remember", "Save", "Focus", "Candidate"],
            root.GetProperty("layers")[0].GetProperty("gates").EnumerateObject().Select(static gate => gate.Name));
    }

    /// <summary>Weights that are all one number have that root mean square; a bias of 10 saturates, one of 0 leaves sigma at 0.5.</summary>
    [Fact]
    public void Statistics_AreThoseOfTheWeights()
    {
        using var folder = new Folder();
        var model = new LstmModel(1, [4], 1);
        model.B(0, Gate.Remember).Fill(10);
        model.B(0, Gate.Candidate).Fill(-10);
        model.W(0, Gate.Focus).Fill(-2);
        model.U(0, Gate.Save).Fill(0.5f);
        using JsonDocument json = JsonDocument.Parse(Tool.Output("inspect", Tool.Write(model, folder["a.nam"]), "--json"));
        JsonElement gates = json.RootElement.GetProperty("layers")[0].GetProperty("gates");

        Assert.Equal(2, gates.GetProperty("Focus").GetProperty("rmsW").GetDouble());
        Assert.Equal(2, gates.GetProperty("Focus").GetProperty("largestWeight").GetDouble());
        Assert.Equal(0.5, gates.GetProperty("Save").GetProperty("rmsU").GetDouble());
        Assert.Equal(10, gates.GetProperty("Remember").GetProperty("meanB").GetDouble());
        Assert.Equal(1, gates.GetProperty("Remember").GetProperty("saturated").GetDouble());
        Assert.Equal(1, gates.GetProperty("Candidate").GetProperty("saturated").GetDouble());
        Assert.Equal(-1, gates.GetProperty("Candidate").GetProperty("mean").GetDouble(), tolerance: 1e-8);
        Assert.Equal(0, gates.GetProperty("Focus").GetProperty("saturated").GetDouble());
        Assert.Equal(0.5, gates.GetProperty("Focus").GetProperty("mean").GetDouble(), tolerance: 0.05);
    }

    [Fact]
    public void SizesThatNoGeneratedTypeHas_AreSaid()
    {
        using var folder = new Folder();
        Assert.Contains(
            "none: its layers have 5, 3 units",
            Tool.Output("inspect", Tool.Write(Models.Random(1, 1, [5, 3], 1), folder["a.onnx"])), StringComparison.Ordinal);
        Assert.Contains(
            "none behind its 2 layers",
            Tool.Output("inspect", Tool.Write(Models.Random(1, 1, [3, 3]), folder["b.onnx"])), StringComparison.Ordinal);
        Assert.Contains(
            "[LstmCell(Input = 2, Hidden = 3)]",
            Tool.Output("inspect", Tool.Write(Models.Random(1, 2, [3]), folder["c.onnx"])), StringComparison.Ordinal);
    }

    /// <summary>10 %, as the documents say: the estimate is fitted to these numbers.</summary>
    [Theory]
    [MemberData(nameof(Measured))]
    public void Estimate_IsTheMeasuredTable(int input, int hidden, double nanoseconds) =>
        Assert.Equal(1, StepCost.Of(new LstmModel(input, [hidden])).Nanoseconds / nanoseconds, tolerance: 0.1);

    [Fact]
    public void Picture_ShowsTheLargestWeight()
    {
        using var folder = new Folder();
        var model = new LstmModel(1, [4], 1);
        model.W(0, Gate.Save)[2] = -3;
        model.U(0, Gate.Candidate)[1] = 1.5f;
        string[] lines = Tool.Output("inspect", Tool.Write(model, folder["a.nam"])).Split('\n');
        int start = Array.FindIndex(lines, static line => line.StartsWith("Layer 0", StringComparison.Ordinal));

        Assert.Contains("3.00", lines[start], StringComparison.Ordinal);
        Assert.Equal("Remem  Save   Focus  Candi", lines[start + 1].TrimEnd());
        Assert.Equal("                       =", lines[start + 2].TrimEnd()); // half of the largest, in U's column 1: x stands in front
        Assert.Equal("       @", lines[start + 4].TrimEnd());
    }
}
