using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Tests.Infrastructure;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

/// <summary>Which names the generated members leave to the struct and to the user's own members.</summary>
public sealed class TakenNamesTests
{
    public static IEnumerable<object[]> TakenNames()
    {
        string[] cell = ["InputSize", "HiddenSize", "ParameterCount", "ParameterLength", "Parameters", "W", "U", "B", "Initialize",
            "ExportParameters", "ImportParameters", "Step", "Forward", "TapeLength",
            "Backward", "Descend", "State", "Gradient"];
        string[] network = [.. cell, "OutputSize", "LayerCount", "V", "C"];
        string[] chain = ["LayerCount", "Width", "ParameterCount", "ParameterLength", "Parameters", "ExportParameters", "ImportParameters", "Forward",
            "Backward", "GradientMagnitudes", "Descend", "Gradient"];
        return
        [
            .. cell.Select(name => new object[] { "LstmCell(Input = 2, Hidden = 4)", name }),
            .. network.Select(name => new object[] { "LstmNetwork(Input = 2, Hidden = 4, Output = 1)", name }),
            .. chain.Select(name => new object[] { "DeepChain(Layers = 2)", name }),
            ["LstmCell(Input = 2, Hidden = 4)", "FirstWeight"],
            ["LstmNetwork(Input = 2, Hidden = 4, Output = 1)", "Weights"],
            ["DeepChain(Layers = 2)", "Weights"],
        ];
    }

    [Theory]
    [MemberData(nameof(TakenNames))]
    public Task StructNamedLikeAGeneratedMember_ReportsLstm007OnTheName(string attribute, string name) => Verify(
        $"[Lstm.{attribute}] partial struct {{|LSTM007:{name}|}};",
        $"A struct named '{name}' cannot hold the generated member '{name}': write another name, such as 'My{name}'");

    [Theory]
    [InlineData("LstmCell(Input = 2, Hidden = 4, Backward = false)")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 4, Output = 1, Backward = false)")]
    public async Task NamesOfTrainingMembers_AreFreeWithoutBackward(string attribute)
    {
        await Verify($$"""
            [Lstm.{{attribute}}] partial struct Model { struct Gradient { } const int TapeLength = 1; static int Backward; bool Descend => true; }
            [Lstm.{{attribute}}] partial struct Backward;
            [Lstm.{{attribute}}] partial struct Gradient;
            """);
        await Verify($$"""[Lstm.{{attribute}}] partial struct Model { static int {|LSTM014:Step|}; }""");
        string training = attribute.Replace("false", "true", System.StringComparison.Ordinal);
        await Verify($$"""[Lstm.{{training}}] partial struct Model { static int {|LSTM014:Backward|}; }""");
    }

    [Theory]
    [InlineData("const int {|LSTM014:InputSize|} = 3;", "InputSize")]
    [InlineData("void {|LSTM014:Parameters|}() { }", "Parameters")]
    [InlineData("struct {|LSTM014:State|} { }", "State")]
    [InlineData("static int {|LSTM014:Step|};", "Step")]
    [InlineData("int {|LSTM014:W|} => 1;", "W")]
    [InlineData("static float {|LSTM014:FirstWeight|}(float x) => x;", "FirstWeight")]
    public Task MemberNamedLikeAGeneratedOne_ReportsLstm014OnItsName(string member, string name) => Verify(
        $$"""[Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Cell { {{member}} }""",
        $"'{name}' is the name of a member that is generated into 'Cell': write another name");

    private static Task Verify(string markup, params string[] messages) =>
        AnalyzerMarkup.Verify<DeclarationAnalyzer>(markup, messages);
}
