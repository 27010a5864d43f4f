using System;
using System.Linq;
using Lstm.Testing;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Xunit;

namespace Lstm.Formats.Tests;

/// <summary>ONNX Runtime runs what is written here.</summary>
public class OnnxRuntimeTests
{
    private const int Steps = 1_000;

    /// <summary>
    /// 3e-6, absolute: both compute in float; their activations differ by a few units in the last place, and the state carries that on.
    /// </summary>
    private const double Tolerance = 3e-6;

    [Theory]
    [InlineData(1, new[] { 16 }, 1, false)]
    [InlineData(1, new[] { 8, 8 }, 1, true)]
    [InlineData(4, new[] { 20, 12, 5 }, 3, true)]
    [InlineData(3, new[] { 7, 9 }, 0, false)]
    [InlineData(1, new[] { 1 }, 1, false)]
    [InlineData(2, new[] { 32 }, 2, true)]
    public void Written_RunsAsTheReferenceDoes(int input, int[] hidden, int output, bool state)
    {
        LstmModel model = Models.Random(input + output, input, hidden, output, state);
        float[] x = Models.Input(1, model, Steps);
        float[] expected = Models.Run<float>(model, x);
        using var session = new InferenceSession(Models.Write(model, LstmFormat.Onnx));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(x, [Steps, 1, input]))]);
        Tensor<float> y = results.Single().AsTensor<float>();
        Assert.Equal([Steps, 1, output > 0 ? output : hidden[^1]], y.Dimensions.ToArray());
        float[] actual = [.. y];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance, $"y[{i}]: expected {expected[i]:R}, found {actual[i]:R}");
        }
    }

    /// <summary>Without an initial state the number of sequences is free: each gets what it would get alone.</summary>
    [Fact]
    public void Written_RunsManySequences()
    {
        LstmModel model = Models.Random(9, 2, [6], 1);
        const int sequences = 3;
        float[][] x = [.. Enumerable.Range(0, sequences).Select(sequence => Models.Input(sequence, model, 50))];
        var together = new DenseTensor<float>([50, sequences, 2]);
        for (int t = 0; t < 50; t++)
        {
            for (int b = 0; b < sequences; b++)
            {
                (together[t, b, 0], together[t, b, 1]) = (x[b][2 * t], x[b][(2 * t) + 1]);
            }
        }

        using var session = new InferenceSession(Models.Write(model, LstmFormat.Onnx));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor("x", together)]);
        Tensor<float> y = results.Single().AsTensor<float>();
        for (int b = 0; b < sequences; b++)
        {
            float[] expected = Models.Run<float>(model, x[b]);
            Assert.All(Enumerable.Range(0, 50), t => Assert.Equal(expected[t], y[t, b, 0], Tolerance));
        }
    }

    /// <summary>Files that PyTorch exported are read as ONNX Runtime runs them: the same order of gates, tested against a third party.</summary>
    [Theory]
    [InlineData("onnx_op13", true)]
    [InlineData("onnx_op16", true)]
    [InlineData("onnx_time_first", false)]
    public void PyTorchsFile_IsReadAsOnnxRuntimeRunsIt(string name, bool batchFirst)
    {
        LstmModel model = LstmFile.Read(TestFiles.Path(name + ".onnx"));
        float[] x = Models.Input(4, model, 30);
        using var session = new InferenceSession(TestFiles.Path(name + ".onnx"));
        int[] shape = batchFirst ? [1, 30, model.Input] : [30, 1, model.Input];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(x, shape))]);
        double[] expected = [.. results.First().AsTensor<float>().Select(static value => (double)value)];
        Close.Relative<float>(expected, Models.Run<float>(model, x), Tolerance, name, atLeast: 1);
    }
}
