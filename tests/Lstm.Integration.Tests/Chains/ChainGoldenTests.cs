using System;
using System.Numerics.Tensors;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

/// <summary>Generated chains, unrolled and looped, against PyTorch autograd in float64.</summary>
public class ChainGoldenTests
{
    /// <summary>The golden weights rounded to float: 50 factors of 6e-8 each at worst.</summary>
    private const double Tolerance = 5e-6;

    /// <summary>The same, in decimal logarithms, which are 0.43 of it.</summary>
    private const double LogTolerance = 1e-5;

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string golden in Golden.ChainNames)
            {
                GoldenChain chain = Golden.Chain(golden);
                cases.Add(golden, $"{chain.Kind}{chain.Layers}x{chain.Width}");
                cases.Add(golden, $"Looped+{chain.Kind}{chain.Layers}x{chain.Width}");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputLossGradientsAndMagnitudes_AreThoseOfPyTorch(string name, string shape)
    {
        GoldenChain golden = Golden.Chain(name);
        ChainUnderTest chain = ChainUnderTest.Fresh(shape);
        Array.ConvertAll(golden.Weights, value => (float)value).CopyTo(chain.Parameters);
        float[] x = Array.ConvertAll(golden.X, value => (float)value);
        float y = (float)golden.Y;
        float[] dX = new float[chain.Width];

        float loss = chain.Backward(x, y, dX);
        double[] log10 = chain.GradientMagnitudes(x, y);

        Close.Relative([golden.YHat], [chain.Forward(x)], Tolerance, "yHat");
        Close.Relative([golden.Loss], [loss], Tolerance, "loss");
        Close.Relative(golden.DX, dX, Tolerance, "dX");
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            ReadOnlySpan<double> gradient = golden.Grad.AsSpan(chain.Layer(layer));
            Close.Relative(gradient, chain.Gradient[chain.Layer(layer)], Tolerance, $"gradient of layer {layer + 1}");
            Assert.Equal(Math.Log10(TensorPrimitives.Norm(gradient)), log10[layer], LogTolerance);
        }
    }
}
