using System.Globalization;
using System.Linq;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

public sealed class DeclarationErrorTests
{
    [Theory]
    [InlineData("[Lstm.LstmCell(Input = 3, Hidden = 5)] public partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Input = 1024, Hidden = 1024, Accuracy = Lstm.Accuracy.Strict)] internal unsafe partial struct Cell { }")]
    [InlineData("[Lstm.LstmNetwork(Input = 1, Hidden = 16, Output = 1)] partial struct Net;")]
    [InlineData("[Lstm.LstmNetwork(Input = 1, Hidden = 16, Output = 1, Layers = 8, Arithmetic = Lstm.Arithmetic.Portable)] partial struct Net;")]
    [InlineData("[Lstm.DeepChain(Layers = 1000, Width = 16, Kind = Lstm.ChainKind.Dense)] partial struct Chain;")]
    [InlineData("[Lstm.DeepChain(Layers = 50)] partial struct Step;")]
    [InlineData("[Lstm.LstmCell(Input = 1 + 1, Hidden = 'A')] partial struct Cell;")]
    [InlineData("partial record R { partial interface I { partial class C { " +
        "[Lstm.LstmCell(Input = 3, Hidden = 5)] private partial struct Cell; } } }")]
    [InlineData("[Lstm.LstmCell(Input = 3, Hidden = 5)] partial struct Cell { static int s; const int K = 1; " +
        "int Twice => 2 * K; void Step(int n) { } class Inner { int f; } }")]
    [InlineData("[Lstm.LstmCell(Input = 3, Hidden = 5)] partial struct Cell; partial struct Cell { public override string ToString() => \"\"; }")]
    [InlineData("class LstmCellAttribute : System.Attribute { } [LstmCell] class Other;")]
    public void RightDeclaration_ReportsNothing(string source) => Verify(source);

    [Fact]
    public void NotPartial_ReportsLstm001OnTheName() => Verify("""
        [Lstm.LstmCell(Input = 2, Hidden = 4)]
        public struct {|CS0260:{|LSTM001:Cell|}|};
        """,
        "'Cell' must be partial so that its members can be generated: write 'partial struct Cell'");

    [Fact]
    public void OnePartNotPartial_ReportsLstm001OnThatPart() => Verify("""
        [Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Cell;
        struct {|CS0260:{|LSTM001:Cell|}|};
        """);

    [Theory]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 4)] partial {|LSTM002:class|} Cell;", "class")]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 4)] sealed {|LSTM002:class|} {|CS0260:Cell|};", "class")]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 4)] partial {|LSTM002:record|} Cell;", "record")]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 4)] partial {|LSTM002:record|} struct Cell;", "record struct")]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 4)] {|LSTM002:ref|} partial struct Cell;", "ref struct")]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Cell; {|LSTM002:readonly|} partial struct Cell;", "readonly struct")]
    [InlineData("[{|CS0592:Lstm.LstmCell|}(Input = 2, Hidden = 4)] {|LSTM002:interface|} {|CS0260:Cell|};", "interface")]
    [InlineData("[{|CS0592:Lstm.LstmCell|}(Input = 2, Hidden = 4)] {|LSTM002:enum|} Cell { }", "enum")]
    [InlineData("[{|CS0592:Lstm.LstmCell|}(Input = 2, Hidden = 4)] {|LSTM002:delegate|} void Cell();", "delegate")]
    public void NotAPlainStruct_ReportsLstm002OnTheKeyword(string source, string found) => Verify(
        source, $"[LstmCell] generates the members of a plain struct, not of a {found}: write 'partial struct Cell'");

    [Theory]
    [InlineData("LstmCell", "Input = {|LSTM003:0|}, Hidden = 4", "Input = 0 is out of range: write a value from 1 to 1024")]
    [InlineData("LstmCell", "Input = 2, Hidden = {|LSTM003:-1|}", "Hidden = -1 is out of range: write a value from 1 to 1024")]
    [InlineData("LstmCell", "Input = 2, Hidden = {|LSTM003:int.MaxValue|}", "Hidden = 2147483647 is out of range: write a value from 1 to 1024")]
    [InlineData("LstmNetwork", "Input = 2, Hidden = 4, Output = {|LSTM003:1025|}", "Output = 1025 is out of range: write a value from 1 to 1024")]
    [InlineData("LstmNetwork", "Input = 2, Hidden = 4, Output = 1, Layers = {|LSTM003:9|}", "Layers = 9 is out of range: write a value from 1 to 8")]
    [InlineData("DeepChain", "Layers = {|LSTM003:1001|}", "Layers = 1001 is out of range: write a value from 1 to 1000")]
    [InlineData("DeepChain", "Layers = 2, Width = {|LSTM003:17|}", "Width = 17 is out of range: write a value from 1 to 16")]
    public void SizeOutOfRange_ReportsLstm003OnTheArgument(string attribute, string arguments, string message) => Verify(
        $"[Lstm.{attribute}({arguments})] partial struct Model;", message);

    [Theory]
    [InlineData("{|LSTM003:LstmCell|}",
        "Input and Hidden are missing: write Input from 1 to 1024 and Hidden from 1 to 1024, for example [LstmCell(Input = 3, Hidden = 5)]")]
    [InlineData("{|LSTM003:LstmCell|}(Input = 2)",
        "Hidden is missing: write Hidden from 1 to 1024, for example [LstmCell(Input = 3, Hidden = 5)]")]
    [InlineData("{|LSTM003:LstmNetworkAttribute|}(Input = 2, Hidden = 3)",
        "Output is missing: write Output from 1 to 1024, for example [LstmNetwork(Input = 1, Hidden = 16, Output = 1)]")]
    [InlineData("{|LSTM003:DeepChain|}()", "Layers is missing: write Layers from 1 to 1000, for example [DeepChain(Layers = 50)]")]
    public void SizeMissing_ReportsLstm003OnTheAttribute(string attribute, string message) => Verify(
        $"using Lstm; [{attribute}] partial struct Model;", message);

    [Fact]
    public void SeveralWrongSizes_ReportOneLstm003Each() => Verify("""
        [Lstm.LstmNetwork(Input = {|LSTM003:0|}, Hidden = {|LSTM003:2000|}, Output = 1, Layers = {|LSTM003:0|})] partial struct Net;
        """);

    [Theory]
    [InlineData("Input = {|CS0103:unknown|}, Hidden = 4")]
    [InlineData("Input = {|CS0029:\"2\"|}, Hidden = 4")]
    [InlineData("Input = {|CS0182:{|CS0266:99999999999|}|}, Hidden = 4")]
    [InlineData("Input = {|CS0220:int.MaxValue + 1|}, Hidden = 4")]
    [InlineData("Input = {|CS0029:new[] { 1 }|}, Hidden = 4")]
    [InlineData("Input = {|CS1525:,|} Hidden = 4")]
    [InlineData("Input = 2, {|CS0643:Input = 3|}, Hidden = 4")]
    [InlineData("Input = 2, Hidden = 4, {|CS0246:Size|} = 3")]
    [InlineData("Input = {|CS0029:true|}, Hidden = 4")]
    [InlineData("Input = 2, Hidden = 4, Backward = {|CS0029:1|}")]
    public void ArgumentThatTheCompilerRefuses_IsLeftToTheCompiler(string arguments) => Verify(
        $"[Lstm.LstmCell({arguments})] partial struct Cell;");

    [Fact]
    public void Generic_ReportsLstm004OnTheTypeParameters() => Verify("""
        [Lstm.LstmCell(Input = 2, Hidden = 4)]
        partial struct Cell{|LSTM004:<T>|};
        """,
        "'Cell' has type parameters, but [LstmCell] generates for one fixed type: write 'partial struct Cell'");

    [Fact]
    public void InsideGenericType_ReportsLstm004OnThatTypesParameters() => Verify("""
        partial class Outer{|LSTM004:<T>|}
        {
            partial class Middle { [Lstm.DeepChain(Layers = 2)] partial struct Chain; }
        }
        """,
        "'Outer' has type parameters, but [DeepChain] generates for one fixed type: write 'Chain' outside 'Outer'");

    [Theory]
    [InlineData("class", "class")]
    [InlineData("static class", "class")]
    [InlineData("struct", "struct")]
    [InlineData("ref struct", "struct")]
    [InlineData("interface", "interface")]
    [InlineData("record", "record")]
    [InlineData("record class", "record")]
    [InlineData("readonly record struct", "record struct")]
    public void ContainingTypeNotPartial_ReportsLstm005OnItsName(string declared, string keyword) => Verify(
        $$"""
        {{declared}} {|CS0260:{|LSTM005:Outer|}|}
        {
            [Lstm.LstmCell(Input = 2, Hidden = 4)] public partial struct Cell;
        }
        """,
        $"'Outer' must be partial so that the members of 'Cell' inside it can be generated: write 'partial {keyword} Outer'");

    [Theory]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 4)] {|LSTM006:file|} partial struct Outer;")]
    [InlineData("{|LSTM006:file|} partial class Outer { [Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Cell; }")]
    public void FileLocal_ReportsLstm006OnTheModifier(string source) => Verify(
        source, "'Outer' is visible in this file only, but members are generated in another file: write 'internal' instead of 'file'");

    /// <summary>The cost and the limit are the planner's; here only that they are told.</summary>
    [Theory]
    [InlineData("LstmCell(Input = 1, Hidden = 100, Unrolling = {|LSTM008:Lstm.Unrolling.Full|})")]
    [InlineData("LstmCell(Input = 1, Hidden = 12, Scalar = Lstm.Scalar.Double, Unrolling = {|LSTM008:Lstm.Unrolling.Full|})")]
    [InlineData("LstmNetwork(Input = 1, Hidden = 36, Output = 1, Layers = 2, Unrolling = {|LSTM008:Lstm.Unrolling.Full|})")]
    [InlineData("DeepChain(Layers = 1000, Unrolling = {|LSTM008:Lstm.Unrolling.Full|})")]
    [InlineData("DeepChain(Layers = 101, Width = 4, Kind = Lstm.ChainKind.Dense, Unrolling = {|LSTM008:(Lstm.Unrolling)1|})")]
    public void TooLargeForFullUnrolling_ReportsLstm008OnTheArgument(string attribute)
    {
        string markup = $"[Lstm.{attribute}] partial struct Model;";
        Verify(markup);
        string source = markup.Replace("{|LSTM008:", "", System.StringComparison.Ordinal).Replace("|}", "", System.StringComparison.Ordinal);
        Diagnostic reported = Assert.Single(GeneratorMarkup.Report(TestCompilation.Create(source)).Reported);
        Assert.Matches(
            @"^Unrolled, 'Model' needs \d+ .*more than the \d+ .*: write Unrolling\.Auto$",
            reported.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("LstmCell(Input = 1, Hidden = 8, Unrolling = Lstm.Unrolling.Full)")]
    [InlineData("LstmCell(Input = 1, Hidden = 1000, Unrolling = Lstm.Unrolling.None)")]
    [InlineData("LstmCell(Input = 1, Hidden = 1000, Unrolling = Lstm.Unrolling.Auto)")]
    [InlineData("LstmNetwork(Input = 1, Hidden = 8, Output = 1, Unrolling = Lstm.Unrolling.Full)")]
    [InlineData("DeepChain(Layers = 100, Unrolling = Lstm.Unrolling.Full)")]
    public void WithinTheUnrollBudget_ReportsNothing(string attribute) => Verify($"[Lstm.{attribute}] partial struct Model;");

    [Fact]
    public void TooManyParameters_ReportsLstm009OnHidden() => Verify("""
        [Lstm.LstmNetwork(Input = 1024, Hidden = {|LSTM009:1024|}, Output = 1, Layers = 2)] partial struct Net;
        """,
        "The parameters of 'Net' need 65 MiB, more than the 64 MiB allowed: write a smaller Hidden or fewer Layers");

    [Theory]
    [InlineData("LstmCell(Input = 1, Hidden = 1, Arithmetic = {|LSTM010:(Lstm.Arithmetic)2|})",
        "Arithmetic = 2 is not defined: write Arithmetic.Fused or Arithmetic.Portable")]
    [InlineData("LstmCell(Input = 1, Hidden = 1, Accuracy = {|LSTM010:(Lstm.Accuracy)(-1)|})",
        "Accuracy = -1 is not defined: write Accuracy.Standard or Accuracy.Strict")]
    [InlineData("LstmCell(Input = 1, Hidden = 1, Unrolling = {|LSTM010:(Lstm.Unrolling)3|})",
        "Unrolling = 3 is not defined: write Unrolling.Auto or Unrolling.Full or Unrolling.None")]
    [InlineData("DeepChain(Layers = 1, Kind = {|LSTM010:(Lstm.ChainKind)int.MaxValue|})",
        "Kind = 2147483647 is not defined: write ChainKind.Diagonal or ChainKind.Dense")]
    public void UndefinedEnumValue_ReportsLstm010OnTheArgument(string attribute, string message) => Verify(
        $"[Lstm.{attribute}] partial struct Model;", message);

    [Fact]
    public void OldLanguageVersion_ReportsLstm011OnTheAttribute() => GeneratorMarkup.Verify(
        "[{|LSTM011:Lstm.LstmCell|}(Input = 2, Hidden = 4)] public partial struct Cell { }",
        LanguageVersion.CSharp8,
        TestCompilation.References,
        "The generated code needs C# 9 or later: write <LangVersion>9</LangVersion> in the project file");

    [Fact]
    public void OldFramework_ReportsLstm011OnTheAttribute()
    {
        // A framework of the test's own: its core library has what the attributes and the stubs need; no Vector512, and no Span either.
        const string Framework = """
            namespace System
            {
                public class Object { } public class ValueType { } public class Enum { } public struct Void { } public struct Int32 { }
                public struct Boolean { } public class String { } public class Attribute { } public struct Single { } public struct UInt64 { }
                public class Exception { } public class NotSupportedException : Exception { public NotSupportedException(string message) { } }
                public enum AttributeTargets { Class = 4, Struct = 8 }
                public class AttributeUsageAttribute : Attribute { public AttributeUsageAttribute(AttributeTargets on) { } }
            }
            namespace System.CodeDom.Compiler
            { public class GeneratedCodeAttribute : Attribute { public GeneratedCodeAttribute(string tool, string version) { } } }
            namespace System.Diagnostics.CodeAnalysis { public class ExcludeFromCodeCoverageAttribute : Attribute { } }
            namespace Lstm { public enum Gate { } public class LstmModel { } }
            namespace Lstm { public class LstmCellAttribute : System.Attribute { public int Input { get; set; } public int Hidden { get; set; } } }
            """;
        MetadataReference framework = TestCompilation.Create([Framework], references: []).ToMetadataReference();
        GeneratorMarkup.Verify(
            "[{|LSTM011:Lstm.LstmCell|}(Input = 2, Hidden = 4)] partial struct Cell;",
            LanguageVersion.Latest,
            [framework],
            "The generated code needs netstandard2.1 or .NET 8 or later: "
            + "write <TargetFramework>netstandard2.1</TargetFramework> in the project file");
    }

    [Theory]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 4), {|LSTM012:Lstm.DeepChain|}(Layers = 2)] partial struct Model;")]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Model; [{|LSTM012:Lstm.DeepChain|}(Layers = 2)] partial struct Model;")]
    public void TwoAttributes_ReportLstm012OnTheSecond(string source) => Verify(
        source, "'Model' has [LstmCell] already: write [DeepChain] on a struct of its own");

    [Theory]
    [InlineData("int {|LSTM013:extra|};")]
    [InlineData("public int {|LSTM013:extra|} { get; set; }")]
    [InlineData("public event System.Action {|LSTM013:extra|};")]
    public void InstanceField_ReportsLstm013OnItsName(string member) => Verify(
        $$"""[Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Cell { {{member}} }""",
        "'extra' would be stored in 'Cell', which holds nothing but the generated parameters: " +
        "write it in a type that has a 'Cell', or make it static");

    [Fact]
    public void SeveralInstanceFields_ReportOneLstm013Each() => Verify("""
        [Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Cell { int {|LSTM013:a|}, {|LSTM013:b|}; static int c; int {|LSTM013:D|} { get; } }
        """);

    [Fact]
    public void PrimaryConstructor_ReportsLstm013OnItsParameter() => Verify("""
        [Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct Cell(int {|LSTM013:extra|}) { int Twice => 2 * extra; }
        """);

    [Theory]
    [InlineData("[{|LSTM015:StructLayout|}(LayoutKind.Explicit)]", "StructLayout", "Cell")]
    [InlineData("[{|LSTM015:System.Runtime.CompilerServices.InlineArray|}(2)]", "InlineArray", "{|CS9169:Cell|}")]
    public void LayoutAttribute_ReportsLstm015OnIt(string attribute, string name, string cell) => GeneratorMarkup.Verify(
        $"using System.Runtime.InteropServices; {attribute} [Lstm.LstmCell(Input = 2, Hidden = 4)] partial struct {cell};",
        $"[{name}] would change the memory layout that is generated for 'Cell': write 'Cell' without it");

    [Fact]
    public void SeveralProblems_ReportOnlyTheFirst() => Verify("""
        class {|CS0260:Outer|}<T> { [Lstm.LstmCell(Input = 0)] {|LSTM002:record|} struct {|CS0260:Step|}<U> { int field; } }
        """);

    [Theory]
    [InlineData("#pragma warning disable")]
    [InlineData("#pragma warning disable LSTM001")]
    public void Pragma_HidesNoError(string pragma) => Verify($$"""
        {{pragma}}
        [Lstm.LstmCell(Input = 2, Hidden = 4)] struct {|CS0260:{|LSTM001:A|}|};
        """);

    /// <summary>What stands in <c>NoWarn</c>, and what a configuration file says.</summary>
    [Fact]
    public void ProjectSettings_HideNoError()
    {
        CSharpCompilation compilation = TestCompilation.Create("[Lstm.LstmCell(Input = 0, Hidden = 4)] partial struct Cell;");
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            [new("LSTM003", ReportDiagnostic.Suppress)]));
        Diagnostic reported = Assert.Single(GeneratorMarkup.Report(compilation).Reported);
        Assert.Equal(("LSTM003", DiagnosticSeverity.Error, false), (reported.Id, reported.Severity, reported.IsSuppressed));
    }

    [Fact]
    public void WhatThisGeneratorWrote_IsNotHeldAgainstTheUser()
    {
        const string Generated = """
            // <auto-generated/>
            [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)]
            partial struct Cell { const int InputSize = 2; private float storage; void Step() { } public struct State { } }
            """;
        CSharpCompilation compilation = TestCompilation.Create("[Lstm.LstmCell(Input = 2, Hidden = 4)] public partial struct Cell;");
        SyntaxTree output = CSharpSyntaxTree.ParseText(
            Generated, TestCompilation.ParseOptions(), "Lstm.Generators/Lstm.Generators.LstmGenerator/Cell.g.cs");
        Assert.Empty(GeneratorMarkup.Report(compilation.AddSyntaxTrees(output)).Reported);
    }

    private static void Verify(string markup, params string[] messages) =>
        GeneratorMarkup.Verify(markup, messages);
}
