using System;
using Lstm.Testing;
using Xunit;

namespace Lstm.Formats.Tests;

[LstmNetwork(Input = 1, Hidden = 8, Output = 1, Backward = false)]
internal partial struct OneLayer;

[LstmNetwork(Input = 2, Hidden = 5, Output = 2, Layers = 3, Backward = false, Scalar = Scalar.Double)]
internal partial struct ThreeLayers;

/// <summary>From a file of PyTorch to the outputs of a generated type.</summary>
public class LoadTests
{
    /// <summary>3e-6 of the largest output: float arithmetic, and tanh and sigma within a few 1e-7 at each step.</summary>
    [Fact]
    public void LoadedFile_ComputesWhatPyTorchDoes()
    {
        OneLayer network = default;
        OneLayer.State state = default;
        LstmModel model = LstmFile.Read(TestFiles.Path("torch_p1_d8_l1_k1.safetensors"));
        network.Load(model);
        state.Load(model);
        (double[] x, double[] y) = TestFiles.Expected("torch_p1_d8_l1_k1");
        float[] actual = new float[y.Length];

        network.Forward(Array.ConvertAll(x, static value => (float)value), ref state, actual);

        Close.Relative<float>(y, actual, 3e-6, "y", atLeast: 0.1);
    }

    /// <summary>As <see cref="FilesTests.File_ComputesWhatPyTorchDoes"/> in double: 1e-6, since the two biases are added as floats.</summary>
    [Fact]
    public void LoadedFileOfDoubles_ComputesWhatPyTorchDoes()
    {
        ThreeLayers network = default;
        ThreeLayers.State state = default;
        network.Load(LstmFile.Read(TestFiles.Path("torch_p2_d5_l3_k2.safetensors")));
        (double[] x, double[] y) = TestFiles.Expected("torch_p2_d5_l3_k2");
        double[] actual = new double[y.Length];

        network.Forward(x, ref state, actual);

        Close.Relative<double>(y, actual, 1e-6, "y", atLeast: 0.1);
    }
}
