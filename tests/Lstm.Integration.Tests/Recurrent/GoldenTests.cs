using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using Lstm.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class GoldenTestsOfFloats(ITestOutputHelper output) : GoldenTests<float>(output);

public sealed class GoldenTestsOfDoubles(ITestOutputHelper output) : GoldenTests<double>(output);

/// <summary>Generated cells and networks against PyTorch autograd in float64.</summary>
public abstract class GoldenTests<T>(ITestOutputHelper output)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Floats: rounding the weights costs 6e-8 each, sigma and tanh 3e-7 a step, over at most 32 steps. Doubles: the last digits of
    /// PyTorch's own sums, which run in another order; the largest error seen is 1e-14.
    /// </summary>
    internal static readonly double Tolerance = Numbers.Choose<T, double>(floats: 5e-6, doubles: 1e-12);

    /// <summary>Each case with each type of its size: fused and portable, unrolled and looped. A case without a type has the name "none".</summary>
    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string name in Golden.LstmNames.Concat(Golden.NetworkNames))
            {
                IEnumerable<string> types = ModelUnderTest<T>.All.Where(model => Fits(name, model)).Select(model => model.Name);
                foreach (string type in types.DefaultIfEmpty("none"))
                {
                    cases.Add(name, type);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputsStatesAndGradients_AreThoseOfPyTorch(string name, string type)
    {
        Assert.False(type == "none", $"No type of Lstm.Integration.Types has the size of {name}: declare one.");
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(type);

        Oracle<T> golden = model.IsCell ? Oracle<T>.Of(Golden.Lstm(name), model) : Oracle<T>.Of(Golden.Network(name), model);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {type}: {golden.AssertAgrees(model, Tolerance):0.0e0}"));
    }

    private static bool Fits(string name, ModelUnderTest<T> model)
    {
        if (name.StartsWith("lstm"))
        {
            GoldenLstm cell = Golden.Lstm(name);
            return model.IsCell && (cell.Input, cell.Hidden) == (model.Input, model.Hidden);
        }

        GoldenNetwork network = Golden.Network(name);
        return !model.IsCell
            && (network.Input, network.Hidden, network.Output, network.Layers) == (model.Input, model.Hidden, model.Output, model.Layers);
    }
}
