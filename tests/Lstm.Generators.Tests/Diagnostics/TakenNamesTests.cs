using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

/// <summary>Which names the generated members leave to the struct and to the user's own members.</summary>
public sealed class TakenNamesTests
{
    public static IEnumerable<object[]> TakenNames()
    {
        string[] cell = ["InputSize", "HiddenSize", "ParameterCount", "ParameterLength", "Parameters", "W", "U", "B", "Initialize",
            "ExportParameters", "ImportParameters", "Load", "ToModel", "Step", "Forward", "TapeLength",
            "Backward", "Descend", "ReadTape", "State", "Gradient", "Trace"];
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
    public void StructNamedLikeAGeneratedMember_ReportsLstm007OnTheName(string attribute, string name)
    {
        string[] compilers = name is "State" or "Gradient" or "Trace"
            ? [$"CS0542: '{name}': member names cannot be the same as their enclosing type"]
            : [];
        (var reported, var errors) = GeneratorMarkup.Report(TestCompilation.Create($"[Lstm.{attribute}] partial struct {name};"));
        Assert.Equal(
            $"LSTM007: A struct named '{name}' cannot hold the generated member '{name}': write another name, such as 'My{name}'",
            Assert.Single(reported.Select(Text)));
        Assert.Equal(compilers, errors.Select(Text));

        static string Text(Diagnostic diagnostic) => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }

    [Theory]
    [InlineData("LstmCell(Input = 2, Hidden = 4, Backward = false)")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 4, Output = 1, Backward = false)")]
    public void NamesOfTrainingMembers_AreFreeWithoutBackward(string attribute)
    {
        Verify($$"""
            [Lstm.{{attribute}}] partial struct Model { struct Gradient { } const int TapeLength = 1; static int Backward; bool Descend => true; }
            [Lstm.{{attribute}}] partial struct Another { struct Trace { } static int ReadTape; }
            [Lstm.{{attribute}}] partial struct Backward;
            [Lstm.{{attribute}}] partial struct Gradient;
            [Lstm.{{attribute}}] partial struct Trace;
            """);
        Verify($$"""[Lstm.{{attribute}}] partial struct Model { static int {|LSTM014:Step|}; }""");
        string training = attribute.Replace("false", "true", System.StringComparison.Ordinal);
        Verify($$"""[Lstm.{{training}}] partial struct Model { static int {|LSTM014:Backward|}; }""");
    }

    [Theory]
    [InlineData("const int {|LSTM014:InputSize|} = 3;", "InputSize")]
    [InlineData("void {|LSTM014:Parameters|}() { }", "Parameters")]
    [InlineData("struct {|LSTM014:State|} { }", "State")]
    [InlineData("static int {|LSTM014:Step|};", "Step")]
    [InlineData("int {|LSTM014:W|} => 1;", "W")]
    [InlineData("static float {|LSTM014:FirstWeight|}(float x) => x;", "FirstWeight")]
    public void MemberNamedLikeAGeneratedOne_ReportsLstm014OnItsName(string member, string name) => Verify(
        $$"""[Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Cell { {{member}} }""",
        $"'{name}' is the name of a member that is generated into 'Cell': write another name");

    [Theory]
    [InlineData(
        "LstmCell(Input = 2, Hidden = 4)", "void {|LSTM014:Step|}(System.ReadOnlySpan<float> x, ref State s) { }",
        "Step(ReadOnlySpan<float>, ref State)")]
    [InlineData(
        "LstmCell(Input = 2, Hidden = 4)", "int {|LSTM014:Step|}(System.ReadOnlySpan<float> x, in Model.State s) => 1;",
        "Step(ReadOnlySpan<float>, ref State)")]
    [InlineData(
        "LstmCell(Input = 2, Hidden = 4)", "void {|LSTM014:Step|}(System.ReadOnlySpan<float> x, System.Span<Model.State> s) { }",
        "Step(ReadOnlySpan<float>, Span<State>)")]
    [InlineData("LstmCell(Input = 2, Hidden = 4)", "static int {|LSTM014:TapeLength|}(int steps) => steps;", "TapeLength(int)")]
    [InlineData(
        "LstmCell(Input = 2, Hidden = 4, Scalar = Lstm.Scalar.Double)", "void {|LSTM014:Initialize|}(ulong a, double b) { }",
        "Initialize(ulong, double)")]
    [InlineData(
        "LstmNetwork(Input = 2, Hidden = 4, Output = 1)", "float {|LSTM014:W|}(int l, Lstm.Gate g, int r, int c) => 1;", "W(int, Gate, int, int)")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 4, Output = 1)", "float {|LSTM014:C|}(int row) => 1;", "C(int)")]
    [InlineData("DeepChain(Layers = 2)", "void {|LSTM014:Descend|}(in Gradient g, float eta) { }", "Descend(ref Gradient, float)")]
    public void MethodWithAGeneratedSignature_ReportsLstm014OnItsName(string attribute, string method, string signature) => Verify(
        $$"""[Lstm.{{attribute}}] partial struct Model { {{method}} }""",
        $"'{signature}' is a method that is generated into 'Model': write another name or other parameters");

    [Fact]
    public void SeveralNames_ReportOneLstm014EachInTheirOrder() => Verify(
        """
        [Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Cell
        {
            void {|LSTM014:Step|}(System.ReadOnlySpan<float> x, ref State s) { }
            const int {|LSTM014:InputSize|} = 3, Own = 4;
            void Step() { }
            static event System.Action {|LSTM014:W|};
        }
        partial struct Cell { static int {|LSTM014:Parameters|} => 1; static int {|LSTM014:B|}(Lstm.Gate gate, int row) => 1; }
        """,
        "'Step(ReadOnlySpan<float>, ref State)' is a method that is generated into 'Cell': write another name or other parameters",
        "'InputSize' is the name of a member that is generated into 'Cell': write another name",
        "'W' is the name of a member that is generated into 'Cell': write another name",
        "'Parameters' is the name of a member that is generated into 'Cell': write another name",
        "'B(Gate, int)' is a method that is generated into 'Cell': write another name or other parameters");

    /// <summary>Inside the struct the generated <c>State</c> hides a type of that name outside.</summary>
    [Fact]
    public void MethodWithATypeThatTheGeneratedOneHides_ReportsLstm014() => Verify(
        """
        namespace Demo
        {
            struct State { }
            struct Gradient { }
            [Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Cell
            {
                void {|LSTM014:Step|}(System.ReadOnlySpan<float> x, ref State s) { }
                void {|LSTM014:Step|}(System.ReadOnlySpan<float> x, System.Span<State> s) { }
                void {|LSTM014:Descend|}(in Gradient gradient, float rate) { }
                void Forward(System.ReadOnlySpan<float> x, ref Demo.State s, System.Span<float> y) { }
                void Forward(System.ReadOnlySpan<float> x, System.Span<global::Demo.State> s, System.Span<float> y) { }
            }
        }
        """);

    [Theory]
    [InlineData(
        "LstmCell(Input = 2, Hidden = 4)",
        "void Step(System.ReadOnlySpan<float> x) { } void Step<T>(System.ReadOnlySpan<float> x, ref State s) { }")]
    [InlineData(
        "LstmCell(Input = 2, Hidden = 4)",
        "void Step(System.ReadOnlySpan<double> x, ref State s) { } void Step(System.ReadOnlySpan<float> x, State s) { }")]
    [InlineData("LstmCell(Input = 2, Hidden = 4)", "void Step(System.ReadOnlySpan<float> x, ref Other.State s) { }")]
    [InlineData("LstmCell(Input = 2, Hidden = 4)", "float W(int layer, Lstm.Gate gate, int row, int column) => 1;")]
    [InlineData("LstmCell(Input = 2, Hidden = 4, Backward = false)", "static int TapeLength(int steps) => steps;")]
    [InlineData("LstmCell(Input = 2, Hidden = 4, Scalar = Lstm.Scalar.Double)", "void Initialize(ulong seed, float bias) { }")]
    public void FurtherOverload_ReportsNothing(string attribute, string methods) => Verify(
        $$"""[Lstm.{{attribute}}] partial struct Model { {{methods}} } class Other { public struct State { } }""");

    private static void Verify(string markup, params string[] messages) =>
        GeneratorMarkup.Verify(markup, messages);
}
