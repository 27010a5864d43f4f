using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Weights;
using Lstm.Generators.Planning;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Weights;

/// <summary>What the generator reads of a file, and what is computed again when it changes.</summary>
public sealed class WeightsPipelineTests
{
    private const string Source = """
        [Lstm.LstmNetwork(Weights = "deep.onnx")] partial struct Deep;
        [Lstm.LstmNetwork(Weights = "pedal.nam")] partial struct Pedal;
        [Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct Cell;
        """;

    private readonly AdditionalText deep = new WeightFiles.Text(WeightFiles.Deep);
    private readonly AdditionalText pedal = new WeightFiles.Text(WeightFiles.Pedal);

    [Fact]
    public void Text_IsReadAsItIsWritten()
    {
        foreach (WeightsDescriptor file in new[] { WeightFiles.Pedal, WeightFiles.Deep with { Name = "a b; c", Path = "x y/a b; c" } })
        {
            Assert.Equal(file, WeightsDescriptor.Parse(file.ToText()));
            Assert.Equal(file, WeightsDescriptor.Parse(file.ToText().Replace("\n", "\r\n", StringComparison.Ordinal)));
        }
    }

    /// <summary>Of a text of another version the name and the layout are read; nothing makes the reader throw.</summary>
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("layout 2\nname x y\nhidden many\nnews", "x y", 2)]
    [InlineData("name x\nname y\nlayout -1\nlayout 5", "x", 0)]
    [InlineData("layout 99999999999\nname\n\0", "", 0)]
    public void DamagedText_IsReadAsFarAsItGoes(string text, string name, int layout)
    {
        WeightsDescriptor file = WeightsDescriptor.Parse(text);
        Assert.Equal((name, layout, 0), (file.Name, file.Layout, file.Hidden));
    }

    [Fact]
    public void Sizes_GoIntoTheSpec()
    {
        GeneratorRunResult result = GeneratorRun.Result(Driver(deep, pedal).RunGenerators(Compilation()));
        LstmNetworkSpec spec = Assert.IsType<LstmNetworkSpec>(GeneratorRun.Outputs(result, TrackingNames.NetworkSpec).First().Value);
        Assert.Equal((2, 8, 3, 2), (spec.Input, spec.Hidden, spec.Output, spec.Layers));
        Assert.Equal(new TrainedWeights("deep.onnx", "nam", new string('a', 64), "Lstm.Generated.Rom.Test", 6464, 100), spec.Trained);
        Assert.Empty(result.Diagnostics);
    }

    /// <summary>A file with other sizes changes the network that it belongs to, and nothing else.</summary>
    [Fact]
    public void ChangedFile_RegeneratesItsTypeOnly()
    {
        CSharpCompilation compilation = Compilation();
        GeneratorDriver first = Driver(deep, pedal).RunGenerators(compilation);
        AdditionalText changed = new WeightFiles.Text(WeightFiles.Pedal with { Hidden = 12 });
        GeneratorDriver second = first.ReplaceAdditionalText(pedal, changed).RunGenerators(compilation);
        Assert.Equal(["Pedal.g.cs"], Written(second));
        Assert.Contains("HiddenSize = 12;", GeneratorRun.Files(second).Single(file => file.HintName == "Pedal.g.cs").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void SameText_OrAFileOfAnotherKind_RegeneratesNothing()
    {
        CSharpCompilation compilation = Compilation();
        GeneratorDriver first = Driver(deep, pedal).RunGenerators(compilation);
        GeneratorDriver second = first.ReplaceAdditionalText(pedal, new WeightFiles.Text(WeightFiles.Pedal)).RunGenerators(compilation);
        Assert.Empty(Written(second));
        CSharpCompilation edited = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Other;", TestCompilation.ParseOptions()));
        Assert.Empty(Written(second.RunGenerators(edited)));
    }

    /// <summary>The declaration moved: its error is reported again, at the new place, and its stubs are kept.</summary>
    [Fact]
    public void RemovedFile_GivesAnErrorAndStubs()
    {
        CSharpCompilation compilation = Compilation();
        GeneratorDriver first = Driver(deep, pedal).RunGenerators(compilation);
        GeneratorDriver second = first.RemoveAdditionalTexts([pedal]).RunGenerators(compilation);
        Assert.Equal("LSTM017", Assert.Single(GeneratorRun.Result(second).Diagnostics).Id);
        Assert.Equal(3, GeneratorRun.Files(second).Length);
        Assert.Contains("LSTM017", GeneratorRun.Files(second).Single(file => file.HintName == "Pedal.g.cs").Text, StringComparison.Ordinal);
    }

    /// <summary>The layout that the build task packs by is the plan's.</summary>
    [Theory]
    [InlineData(1, 16, 1, 1)]
    [InlineData(3, 21, 2, 3)]
    [InlineData(2, 13, 5, 2)]
    public void Layout_IsThatOfThePlan(int input, int hidden, int output, int layers)
    {
        TargetType target = new("", default, new("struct", "Net"), "Net.g.cs");
        LstmNetworkPlan plan = LstmNetworkPlanner.Plan(
            new(target, input, hidden, output, layers, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Auto));
        NetworkLayout layout = NetworkLayout.Of(input, hidden, output, layers);
        Assert.Equal(plan.Layout, layout);
        Assert.Equal((plan.Length, plan.Readout.Weights, plan.Readout.Biases), (layout.Length, layout.Weights, layout.Biases));
        Assert.Equal(plan.First.Batch.StateStride, layout.StateLength);
        LstmCellPlan cell = LstmCellPlanner.Plan(new(target, input, hidden, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Auto));
        Assert.Equal(cell.Kernel.Layout.Length, NetworkLayout.Of(input, hidden, 0, 1).Length);
        Assert.Equal(cell.Kernel.Batch.StateStride, NetworkLayout.Of(input, hidden, 0, 1).StateLength);
    }

    private static CSharpCompilation Compilation() => TestCompilation.Create([Source, WeightFiles.Rom]);

    private static GeneratorDriver Driver(params AdditionalText[] files) => GeneratorRun.Driver(LanguageVersion.Latest, files);

    /// <summary>Hint names of the files that the last run wrote anew.</summary>
    private static IEnumerable<string> Written(GeneratorDriver driver) => GeneratorRun.Result(driver).TrackedOutputSteps.Values
        .SelectMany(steps => steps)
        .Where(step => step.Outputs.Any(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified))
        .Select(step => step.Inputs.Single())
        .Select(input => input.Source.Outputs[input.OutputIndex].Value)
        .OfType<LstmNetworkPlan>()
        .Select(plan => plan.Target.HintName);
}
