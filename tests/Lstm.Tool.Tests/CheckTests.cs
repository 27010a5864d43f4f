using System;
using Lstm.Formats;
using Lstm.Formats.Tests;
using Xunit;

namespace Lstm.Tool.Tests;

public class CheckTests
{
    [Fact]
    public void SameModelInAnotherFormat_IsTheSame()
    {
        using var folder = new Folder();
        LstmModel model = Models.Random(1, 2, [5, 3], 2, state: true);
        string output = Tool.Output("check", Tool.Write(model, folder["a.safetensors"]), "--against", Tool.Write(model, folder["b.onnx"]));
        Assert.Equal("same: largest difference 0.0e+0, tolerance 1.0e-6", Tool.LastLine(output));
        Assert.Contains("2 -> 5 -> 3 -> 2", output, StringComparison.Ordinal);
    }

    /// <summary>A readout whose c is 0.5 larger gives outputs that are 0.5 larger: in double the difference is that to the digit.</summary>
    [Fact]
    public void OtherBias_IsTheDifference()
    {
        using var folder = new Folder();
        LstmModel model = Models.Random(2, 1, [4], 1);
        string a = Tool.Write(model, folder["a.nam"]);
        model.C[0] += 0.5f;
        string b = Tool.Write(model, folder["b.nam"]);

        (int code, string output, _) = Tool.Run("check", a, "--against", b);
        Assert.Equal(1, code);
        Assert.Equal("different: largest difference 5.0e-1, tolerance 1.0e-6", Tool.LastLine(output));
        Assert.Contains("silence", output, StringComparison.Ordinal);

        Assert.StartsWith("same", Tool.LastLine(Tool.Output("check", a, "--against", b, "--tolerance", "0.6")), StringComparison.Ordinal);
    }

    /// <summary>W alone differs: silence does not show it, noise and the sine do.</summary>
    [Fact]
    public void OtherInputWeights_ShowOverNoiseOnly()
    {
        using var folder = new Folder();
        LstmModel model = Models.Random(3, 1, [4], 1);
        string a = Tool.Write(model, folder["a.nam"]);
        model.W(0, Gate.Candidate)[2] += 0.25f;
        (int code, string output, _) = Tool.Run("check", a, "--against", Tool.Write(model, folder["b.nam"]), "--steps", "100");

        Assert.Equal(1, code);
        Assert.Contains(output.Split('\n'), static line => line.StartsWith("silence", StringComparison.Ordinal) && line.Contains("0.0e+0"));
        Assert.Contains(output.Split('\n'), static line => line.StartsWith("noise", StringComparison.Ordinal) && !line.Contains("0.0e+0"));
        Assert.Contains(output.Split('\n'), static line => line.StartsWith("sine", StringComparison.Ordinal) && !line.Contains("0.0e+0"));
    }

    [Fact]
    public void InitialState_Counts()
    {
        using var folder = new Folder();
        LstmModel model = Models.Random(4, 1, [4], 1, state: true);
        string a = Tool.Write(model, folder["a.nam"]);
        model.HasInitialState = false;
        Assert.Equal(1, Tool.Run("check", a, "--against", Tool.Write(model, folder["b.nam"])).Code);
    }

    /// <summary>Units that no weight reaches change no output: the sizes are said, and the function is the same.</summary>
    [Fact]
    public void OtherSizes_AreSaidAndCompared()
    {
        using var folder = new Folder();
        string a = Tool.Write(new LstmModel(1, [4], 1), folder["a.nam"]);
        string b = Tool.Write(new LstmModel(1, [6], 1), folder["b.nam"]);
        string output = Tool.Output("check", a, "--against", b);
        Assert.Contains("The sizes differ: 1 -> 4 -> 1 and 1 -> 6 -> 1.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherInputsOrOutputs_AreDifferent()
    {
        using var folder = new Folder();
        string a = Tool.Write(new LstmModel(1, [4], 1), folder["a.nam"]);
        string b = Tool.Write(new LstmModel(2, [4], 3), folder["b.onnx"]);
        (int code, string output, _) = Tool.Run("check", a, "--against", b);
        Assert.Equal(1, code);
        Assert.Equal("different: 1 values in and 1 out, against 2 and 3", Tool.LastLine(output));
    }
}
