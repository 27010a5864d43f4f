using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Lstm.Generators.Tests.Parsing;

public sealed class ParserTests
{
    [Fact]
    public void Cell_ReadsEveryArgument()
    {
        LstmCellSpec? spec = SpecReader.Read<LstmCellSpec>("""
            using Lstm;
            namespace A.B;
            [LstmCell(Unrolling = Unrolling.None, Hidden = 5, Input = 3, Accuracy = Accuracy.Strict, Arithmetic = Arithmetic.Portable,
                Scalar = Scalar.Double, Backward = false)]
            internal partial struct Cell;
            """);
        TargetType target = new("A.B", default, new TypeDeclaration("struct", "Cell"), "A.B.Cell.g.cs");
        Assert.Equal(
            new LstmCellSpec(target, 3, 5, ArithmeticKind.Portable, AccuracyKind.Strict, UnrollingKind.None, ScalarKind.Double, Backward: false),
            spec);
    }

    [Fact]
    public void Network_HasOneLayerByDefault()
    {
        LstmNetworkSpec? spec = SpecReader.Read<LstmNetworkSpec>(
            "[Lstm.LstmNetwork(Input = 1, Hidden = 16, Output = 2)] partial struct Net;");
        TargetType target = new("", default, new TypeDeclaration("struct", "Net"), "Net.g.cs");
        Assert.Equal(
            new LstmNetworkSpec(target, 1, 16, 2, Layers: 1, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Auto), spec);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", Backward = true", true)]
    [InlineData(", Backward = false", false)]
    [InlineData(", Backward = 1 > 2", false)]
    public void Backward_IsReadAsABoolThatIsTrueByDefault(string argument, bool expected)
    {
        string cell = $"[Lstm.LstmCell(Input = 1, Hidden = 2{argument})] partial struct Cell;";
        string network = $"[Lstm.LstmNetwork(Input = 1, Hidden = 2, Output = 3{argument})] partial struct Net;";
        Assert.Equal(expected, SpecReader.Read<LstmCellSpec>(cell)?.Backward);
        Assert.Equal(expected, SpecReader.Read<LstmNetworkSpec>(network)?.Backward);
    }

    [Fact]
    public void Chain_IsDiagonalAndTwoWideByDefault()
    {
        DeepChainSpec? spec = SpecReader.Read<DeepChainSpec>("[Lstm.DeepChain(Layers = 50)] partial struct Chain;");
        TargetType target = new("", default, new TypeDeclaration("struct", "Chain"), "Chain.g.cs");
        Assert.Equal(new DeepChainSpec(target, 50, Width: 2, ChainForm.Diagonal, UnrollingKind.Auto), spec);
    }

    [Fact]
    public void Enums_MirrorThePublicOnes()
    {
        Assert.Equal(System.Enum.GetNames<Arithmetic>(), System.Enum.GetNames<ArithmeticKind>());
        Assert.Equal(System.Enum.GetNames<Accuracy>(), System.Enum.GetNames<AccuracyKind>());
        Assert.Equal(System.Enum.GetNames<Unrolling>(), System.Enum.GetNames<UnrollingKind>());
        Assert.Equal(System.Enum.GetNames<Scalar>(), System.Enum.GetNames<ScalarKind>());
        Assert.Equal(System.Enum.GetNames<ChainKind>(), System.Enum.GetNames<ChainForm>());
    }

    [Fact]
    public void ContainingTypes_KeepTheKeywordTheirPartialDeclarationNeeds()
    {
        TargetType target = Target("""
            namespace N { static partial class A { partial interface B { partial record C(int X) {
                readonly partial record struct D { ref partial struct E { partial struct F {
                    [Lstm.LstmCell(Input = 1, Hidden = 1)] partial struct Cell; } } } } } } }
            """);
        Assert.Equal(
            ["class A", "interface B", "record C", "record struct D", "struct E", "struct F"],
            target.Containing.Select(type => $"{type.Keyword} {type.Name}"));
        Assert.Equal("N.A.B.C.D.E.F.Cell.g.cs", target.HintName);
    }

    [Theory]
    [InlineData("namespace @class.@event { [Lstm.LstmCell(Input = 1, Hidden = 1)] partial struct @struct; }", "@class.@event", "@struct",
        "class.event.struct.g.cs")]
    [InlineData("[Lstm.LstmCell(Input = 1, Hidden = 1)] partial struct @required;", "", "@required", "required.g.cs")]
    [InlineData("[Lstm.LstmCell(Input = 1, Hidden = 1)] partial struct Größe;", "", "Größe", "Gr-00f6-00dfe.g.cs")]
    [InlineData("[Lstm.LstmCell(Input = 1, Hidden = 1)] partial struct C\\u0065ll;", "", "Cell", "Cell.g.cs")]
    public void Names_AreWrittenAsTheCompilerNeedsThem(string source, string @namespace, string name, string hint)
    {
        TargetType target = Target(source);
        Assert.Equal((@namespace, name, hint), (target.Namespace, target.Type.Name, target.HintName));
    }

    [Fact]
    public void PartialRedeclarations_CompileForEveryName()
    {
        const string Source = """
            namespace @class.@event.async
            {
                static partial class @record { partial interface @file { partial record @required(int X) {
                    readonly partial record struct @where { ref partial struct @scoped {
                        [Lstm.LstmCell(Input = 1, Hidden = 1)] private partial struct @partial; } } } } }
            }
            """;
        Compilation compilation = TestCompilation.Create(Source);
        TargetType target = Assert.IsType<LstmCellSpec>(Assert.Single(SpecReader.ReadAll(compilation))).Target;
        string generated = Emit.TypeFrame.Emit(
            target, [], bases: "", static writer => writer.Line("public const int InputSize = 1;"), static _ => { });
        Assert.DoesNotContain(
            TestCompilation.Create([Source, generated]).GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void HintNames_DifferWithoutRegardToCase()
    {
        const string Attribute = "[Lstm.LstmCell(Input = 1, Hidden = 1)]";
        string[] sources =
        [
            $"{Attribute} partial struct Cell; {Attribute} partial struct cell; {Attribute} partial struct cEll;",
            $"namespace A {{ {Attribute} partial struct Cell; }} namespace a {{ {Attribute} partial struct Cell; }}",
            $"partial class Outer {{ {Attribute} partial struct Cell; }} partial class OUTER {{ {Attribute} partial struct Cell; }}",
            $"namespace X.Y {{ {Attribute} partial struct Cell; }} namespace X {{ partial class y {{ {Attribute} partial struct Cell; }} }}",
            $"{Attribute} partial struct Ä; {Attribute} partial struct ä; {Attribute} partial struct _00e4;",
            $"{Attribute} partial struct AZ; {Attribute} partial struct Az; {Attribute} partial struct aZ; {Attribute} partial struct az;",
        ];
        string[] hints = [.. SpecReader.ReadAll(TestCompilation.Create(sources)).Select(spec => ((LstmCellSpec)spec!).Target.HintName)];
        Assert.Equal(16, hints.Length);
        Assert.Equal(hints.Length, hints.Distinct(System.StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(hints, hint => Assert.Matches(@"^[A-Za-z0-9._-]+\.g\.cs$", hint));
        Assert.Contains("X.Y.Cell-x51.g.cs", hints);
    }

    /// <summary>
    /// Names of 288 characters, in an alphabet of which each letter takes five, in pairs that differ in case, and one that just fits.
    /// </summary>
    [Fact]
    public void LongHintNames_AreShortenedAndStayDistinct()
    {
        const string Attribute = "[Lstm.LstmCell(Input = 1, Hidden = 1)]";
        string space = string.Join('.', Enumerable.Repeat("Namespace_", 26));
        string letters = string.Concat(Enumerable.Repeat("漢字", 19));
        string[] sources =
        [
            $"namespace {space} {{ {Attribute} partial struct First; {Attribute} partial struct Second; {Attribute} partial struct first; }}",
            $"{Attribute} partial struct {letters}; {Attribute} partial struct {letters}字;",
            $"{Attribute} partial struct {new string('a', 95)}; {Attribute} partial struct {new string('a', 96)};",
        ];
        string[] hints = [.. SpecReader.ReadAll(TestCompilation.Create(sources)).Select(spec => ((LstmCellSpec)spec!).Target.HintName)];
        Assert.Equal(7, hints.Distinct(System.StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(hints, hint => Assert.Matches(@"^[A-Za-z0-9._-]{1,95}\.g\.cs$", hint));
        Assert.Equal(7 - 1, hints.Count(hint => hint.Contains("-h", System.StringComparison.Ordinal)));
        Assert.Contains(new string('a', 95) + ".g.cs", hints);

        // The same on every machine: a part of the name of a file that people keep.
        Assert.Contains($"{new string('a', 77)}-hd0e3d86864f0a245.g.cs", hints);
    }

    [Fact]
    public void NeighboursThatDifferInMoreThanCase_LeaveThePlainHintName() =>
        Assert.Equal("A.Cell.g.cs", Target("""
            namespace A { [Lstm.LstmCell(Input = 1, Hidden = 1)] partial struct Cell; class Cells { } } namespace B { class cell { } }
            """).HintName);

    [Fact]
    public void EditsThatChangeNothingAsked_GiveEqualSpecs()
    {
        string[] sources =
        [
            "namespace A; [Lstm.LstmCell(Input = 3, Hidden = 5)] public partial struct Cell;",
            "using Lstm;\n\nnamespace A\n{\n    // a comment\n" +
            "    [LstmCellAttribute(Hidden = 4 + 1, Input = 3, Arithmetic = Arithmetic.Fused, Backward = true)]\n" +
            "    internal partial struct Cell : System.IDisposable { public void Dispose() { } }\n class Other { }\n}",
            "namespace A { partial struct Cell { static int counter; } } namespace A { [Lstm.LstmCell(Input = 3, Hidden = Sizes.Hidden)] " +
            "partial struct Cell { } static class Sizes { public const int Hidden = 5; } }",
        ];
        LstmCellSpec?[] specs = [.. sources.Select(SpecReader.Read<LstmCellSpec>)];
        Assert.NotNull(specs[0]);
        Assert.All(specs, spec => Assert.Equal(specs[0], spec));
        Assert.All(specs, spec => Assert.Equal(specs[0]!.GetHashCode(), spec!.GetHashCode()));
    }

    [Fact]
    public void SameNameAsANamespace_IsLeftToTheCompiler()
    {
        const string Attribute = "[Lstm.LstmCell(Input = 1, Hidden = 1)]";
        Compilation compilation = TestCompilation.Create(
            $"namespace A.B {{ {Attribute} partial struct Cell; }} namespace A {{ partial class B {{ {Attribute} partial struct Cell; }} }}");
        Assert.Single(SpecReader.ReadAll(compilation), spec => spec is not null);
        Assert.Contains(compilation.GetDiagnostics(), diagnostic => diagnostic.Id == "CS0101");
    }

    public static IEnumerable<object[]> Declarations() =>
    [
        ["[Lstm.LstmCell(Input = 3, Hidden = 5)] public partial struct Cell;", true],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5)] public struct Cell;", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5)] partial class Cell;", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5)] partial record struct Cell;", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5)] readonly partial struct Cell;", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5)] ref partial struct Cell;", false],
        ["[Lstm.LstmCell(Input = 0, Hidden = 5)] partial struct Cell;", false],
        ["[Lstm.LstmCell] partial struct Cell;", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5)] partial struct Cell<T>;", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5)] file partial struct Cell;", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5)] partial struct Step;", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5)] partial struct Cell { int field; }", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5, Unrolling = (Lstm.Unrolling)9)] partial struct Cell;", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 500, Unrolling = Lstm.Unrolling.Full)] partial struct Cell;", false],
        ["class Outer { [Lstm.LstmCell(Input = 3, Hidden = 5)] partial struct Cell; }", false],
        ["[Lstm.LstmCell(Input = 3, Hidden = 5), Lstm.DeepChain(Layers = 3)] partial struct Model;", false],
        ["[Lstm.LstmNetwork(Input = 1024, Hidden = 1024, Output = 1, Layers = 8)] partial struct Net;", false],
        ["[Lstm.DeepChain(Layers = 3, Width = 0)] partial struct Chain;", false],
        ["[Lstm.DeepChain(Layers = 3)] partial struct Chain;", true],
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Source_IsGeneratedExactlyWhereThereIsNoProblem(string source, bool isRight)
    {
        Compilation compilation = TestCompilation.Create(source);
        Declaration declaration = Assert.Single(Types(compilation.Assembly.GlobalNamespace)
            .Select(type => DeclarationReader.Read(type, compilation, default))
            .OfType<Declaration>());
        Assert.Equal(isRight, DeclarationProblems.Of(declaration).IsEmpty);
        Assert.Equal(declaration.Problems.IsEmpty, declaration.Spec is not null);
        Assert.Equal(
            isRight ? 1 : 0,
            GeneratorRun.Files(compilation).Count(file => !file.Text.Contains("// Stubs", System.StringComparison.Ordinal)));
    }

    private static TargetType Target(string source) => Assert.IsType<LstmCellSpec>(SpecReader.Read<LstmCellSpec>(source)).Target;

    /// <summary>All types of a namespace, nested ones too.</summary>
    internal static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol parent) => parent.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => Types(member).Concat(member is INamedTypeSymbol type ? [type] : []));
}
