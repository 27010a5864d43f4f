using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lstm.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Generated cells and networks against PyTorch autograd in float64.</summary>
public class GoldenTests(ITestOutputHelper output)
{
    /// <summary>The weights rounded to float cost 6e-8 each, sigma and tanh 3e-7 a step, over at most 32 steps.</summary>
    private const double Tolerance = 5e-6;

    /// <summary>Each case with each type of its size: fused and portable, unrolled and looped. A case without a type has the name "none".</summary>
    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string name in Golden.LstmNames.Concat(Golden.NetworkNames))
            {
                IEnumerable<string> types = ModelUnderTest.All.Where(model => Fits(name, model)).Select(model => model.Name).DefaultIfEmpty("none");
                foreach (string type in types)
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
        Assert.False(type == "none", $"No type in CellTypes.cs or NetworkTypes.cs has the size of {name}: declare one.");
        ModelUnderTest model = ModelUnderTest.Of(type);

        Oracle golden = model.IsCell ? Oracle.Of(Golden.Lstm(name), model) : Oracle.Of(Golden.Network(name), model);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {type}: {golden.AssertAgrees(model, Tolerance):0.0e0}"));
    }

    private static bool Fits(string name, ModelUnderTest model)
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
