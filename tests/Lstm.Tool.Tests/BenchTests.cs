using Lstm.Formats;
using Lstm.Formats.Tests;
using Lstm.Tool.Bench;
using Xunit;

namespace Lstm.Tool.Tests;

public class BenchTests
{
    /// <summary>2e-6 of outputs within 3: float arithmetic, and tanh and sigma within a few 1e-7 at each step.</summary>
    private const double Tolerance = 2e-6;

    [Fact]
    public void Network_IsMeasured()
    {
        string output = Tool.Output("bench", Tool.File("torch_p1_d8_l1_k1.safetensors"), "--seconds", "0.01");
        Assert.Contains("[LstmNetwork(Input = 1, Hidden = 8, Output = 1, Backward = false)]", output, System.StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d ns a step, real time x \d+ at 44100 Hz, x \d+ at 48000 Hz$", Tool.LastLine(output));
    }

    [Theory]
    [InlineData(2, 5, 3, 2, true)]
    [InlineData(1, 16, 1, 1, false)]
    [InlineData(3, 20, 1, 0, true)]
    public void GeneratedNetwork_ComputesWhatTheModelDoes(int input, int hidden, int layers, int output, bool state)
    {
        int[] sizes = new int[layers];
        System.Array.Fill(sizes, hidden);
        double error = GeneratedNetwork.Of(Models.Random(1, input, sizes, output, state)).LargestError();
        Assert.InRange(error, 0, Tolerance);
    }

    [Fact]
    public void SizesThatNoGeneratedTypeHas_GetOneLine()
    {
        using var folder = new Folder();
        Tool.Refused("There is nothing to measure: its layers", "bench", Tool.Write(Models.Random(1, 1, [5, 3], 1), folder["a.onnx"]));
        Tool.Refused("to measure: a generated network has a readout", "bench", Tool.Write(Models.Random(1, 1, [3, 3]), folder["b.onnx"]));
    }
}
