using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Numerics.Tensors;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Chains;

public sealed class ChainGoldenTestsOfFloats : ChainGoldenTests<float>;

public sealed class ChainGoldenTestsOfDoubles : ChainGoldenTests<double>;

/// <summary>Generated chains, unrolled and looped, against PyTorch autograd in float64.</summary>
public abstract class ChainGoldenTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Floats: the golden weights are rounded, 50 factors of 6e-8 each at worst. Doubles: 50 roundings of 1e-16.</summary>
    private static readonly double Tolerance = Numbers.Choose<T, double>(floats: 5e-6, doubles: 1e-12);

    /// <summary>The same in decimal logarithms, which are 0.43 of it.</summary>
    private static readonly double LogTolerance = Numbers.Choose<T, double>(floats: 1e-5, doubles: 1e-12);

    /// <summary>Each case with each type of its shape: unrolled and looped. A case without a type has the name "none".</summary>
    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string golden in Golden.ChainNames)
            {
                GoldenChain chain = Golden.Chain(golden);
                IEnumerable<string> types = from type in ChainUnderTest<T>.All
                                            where (type.Kind, type.Layers, type.Width) == (chain.Kind, chain.Layers, chain.Width)
                                            select type.Name;
                foreach (string type in types.DefaultIfEmpty("none"))
                {
                    cases.Add(golden, type);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputLossGradientsAndMagnitudes_AreThoseOfPyTorch(string name, string type)
    {
        Assert.False(type == "none", $"No chain of Lstm.Integration.Types has the shape of {name}: declare one.");
        GoldenChain golden = Golden.Chain(name);
        ChainUnderTest<T> chain = ChainUnderTest<T>.Fresh(type);
        Numbers.Of<T>(golden.Weights).CopyTo(chain.Parameters);
        T[] x = Numbers.Of<T>(golden.X);
        T y = T.CreateTruncating(golden.Y);
        T[] dX = new T[chain.Width];

        T loss = chain.Backward(x, y, dX);
        double[] log10 = chain.GradientMagnitudes(x, y);

        Close.Relative<T>([golden.YHat], [chain.Forward(x)], Tolerance, "yHat");
        Close.Relative<T>([golden.Loss], [loss], Tolerance, "loss");
        Close.Relative<T>(golden.DX, dX, Tolerance, "dX");
        for (int layer = 0; layer < chain.Layers; layer++)
        {
            ReadOnlySpan<double> gradient = golden.Grad.AsSpan(chain.Layer(layer));
            Close.Relative<T>(gradient, chain.Gradient[chain.Layer(layer)], Tolerance, $"gradient of layer {layer + 1}");
            Assert.Equal(Math.Log10(TensorPrimitives.Norm(gradient)), log10[layer], LogTolerance);
        }
    }
}
