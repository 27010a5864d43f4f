using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Tests.Infrastructure;
using Lstm.Generators.Tests.Output;
using Lstm.Generators.Tests.Portable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

/// <summary>A type of the user's own where generated code looks for one of the runtime or the framework.</summary>
public sealed class HiddenTypesTests
{
    private const string Declaration = "[Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct Cell { }";

    private static readonly string[] All =
    [
        .. Declarations.Representatives.Select((declaration, index) => $"{declaration} partial struct Iota{index} {{ }}"),
        "[Lstm.LstmNetwork(Weights = \"deep.onnx\")] partial struct Deep { }", WeightFiles.Rom,
    ];

    /// <summary>What is generated decides which names are in the list: sizes do not matter.</summary>
    [Fact]
    public void List_HasTheTypesThatGeneratedCodeNames()
    {
        string[] wrong = [.. All.Select(source => source.Replace("partial struct", "struct", StringComparison.Ordinal))];
        SortedSet<string> named = new(StringComparer.Ordinal);
        named.UnionWith(NamesIn(TestCompilation.Create(All)));
        named.UnionWith(NamesIn(TestCompilation.Create(All, LanguageVersion.CSharp9, references: NetStandard.References)));
        named.UnionWith(NamesIn(TestCompilation.Create(wrong)));
        Assert.Equal(
            HiddenTypes.Named.Order(StringComparer.Ordinal),
            named.Where(name => !name.StartsWith("Lstm.Kernels.", StringComparison.Ordinal)));

        IEnumerable<string> spaces = named.Select(SpaceOf)
            .SelectMany(space => space.Split('.').Select((_, index) => string.Join('.', space.Split('.').Take(index + 1))));
        Assert.Equal(
            spaces.Concat(["Lstm.Generated", "Lstm.Generated.Code", "Lstm.Generated.Rom"]).Distinct().Order(StringComparer.Ordinal),
            PlatformCheck.NeededNamespaces.Order(StringComparer.Ordinal));
    }

    /// <summary>Every name of the list, some of the runtime's kernels, short names of another namespace: one error, and nothing that fails.</summary>
    [Fact]
    public void EveryHiddenType_ReportsLstm024AndNothingElse()
    {
        string[] names =
        [
            .. HiddenTypes.Named, "Lstm.Kernels.Rows", "Lstm.Kernels.FusedFloat256", "Lstm.Kernels.PortableReference", "Lstm.Kernels.ICellShape",
            "Lstm.Kernels.Math", "Lstm.Kernels.Vector512`1", "System.Require", "System.Runtime.Intrinsics.Rows",
            "System.Runtime.InteropServices.Span`1", "Lstm.Generated.Code.Unsafe", "Lstm.Generated.Code.Require",
            "System.Runtime.CompilerServices.MethodImpl",
        ];
        Assert.All(names, name =>
        {
            string[] parts = name.Split('`');
            string type = parts[0][(SpaceOf(name).Length + 1)..]
                + (parts.Length == 1 ? "" : $"<{string.Join(", ", "ABCD".Take(parts[1][0] - '0'))}>");
            foreach (string declared in new[] { $"class {type} : System.Attribute {{ }}", $"public struct {type} {{ }}" })
            {
                string source = $"namespace {SpaceOf(name)} {{ {declared} }}";
                (var reported, var errors) = GeneratorMarkup.Report(TestCompilation.Create([source, Declaration]));
                Assert.Equal("LSTM024", string.Join(' ', reported.Concat(errors).Select(diagnostic => diagnostic.Id)));
            }
        });
    }

    [Theory]
    [InlineData("namespace Lstm { struct Gate { } }", "The type 'Lstm.Gate' hides 'Lstm.Gate' of Lstm.Runtime")]
    [InlineData("namespace Lstm { class IGradient<A> { } }", "The type 'Lstm.IGradient<A>' hides 'Lstm.IGradient<TNumber>' of Lstm.Runtime")]
    [InlineData("namespace Lstm.Kernels { class Rows { } }", "The type 'Lstm.Kernels.Rows' hides 'Lstm.Kernels.Rows' of Lstm.Runtime")]
    [InlineData("namespace Lstm.Kernels.Rows { class Mine { } }", "The namespace 'Lstm.Kernels.Rows' hides 'Lstm.Kernels.Rows' of Lstm.Runtime")]
    [InlineData("namespace Lstm.Gate.More { }", "The namespace 'Lstm.Gate' hides 'Lstm.Gate' of Lstm.Runtime")]
    [InlineData("namespace System { class Rows { } }", "The type 'System.Rows' hides 'Lstm.Kernels.Rows' of Lstm.Runtime")]
    public void HiddenType_ReportsLstm024AtEveryAttribute(string own, string message) => GeneratorMarkup.Verify(
        $$"""
        namespace A
        {
            using Lstm;
            [{|LSTM024:LstmCell|}(Input = 4, Hidden = 16)] partial struct Cell { }
            partial class Outer { [{|LSTM024:DeepChain|}(Layers = 3)] partial struct Chain { } }
        }
        {{own}}
        """,
        $"{message} from the code that is generated for 'Cell': write another name, or another namespace",
        $"{message} from the code that is generated for 'Chain': write another name, or another namespace");

    [Fact]
    public void SeveralHiddenTypes_AreReportedEach()
    {
        (ImmutableArray<Diagnostic> reported, _) = GeneratorMarkup.Report(TestCompilation.Create(
            [Declaration, "namespace Lstm.Kernels { class Rows { } enum Require { } }", "namespace System { class Math { } }"]));
        Assert.Equal(
            ["Lstm.Kernels.Require", "Lstm.Kernels.Rows", "System.Math"],
            reported.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture).Split('\'')[1]).Order(StringComparer.Ordinal));
    }

    /// <summary>The compiler takes these for its own: it refuses every attribute, or every exception. In generated files it finds none.</summary>
    [Theory]
    [InlineData("System.Attribute")]
    [InlineData("System.Exception")]
    public void TypeThatTheCompilerLooksFor_ReportsLstm024(string name)
    {
        string type = $"namespace System {{ class {name["System.".Length..]} {{ }} }}";
        CSharpCompilation compilation = TestCompilation.Create([Declaration, type, "[Lstm.DeepChain(Layers = 0)] partial struct Wrong { }"]);
        (ImmutableArray<Diagnostic> reported, ImmutableArray<Diagnostic> errors) = GeneratorMarkup.Report(compilation);
        Assert.All(reported, diagnostic => Assert.StartsWith($"The type '{name}'", diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        Assert.Equal(["LSTM024", "LSTM024"], reported.Select(diagnostic => diagnostic.Id));
        Assert.All(errors, error => Assert.True(compilation.ContainsSyntaxTree(error.Location.SourceTree), error.ToString()));
    }

    /// <summary>A declaration that is wrong in another way as well has no stubs that fail.</summary>
    [Fact]
    public void OtherMistakeBesideAHiddenType_HasNoStubsThatFail() => GeneratorMarkup.Verify("""
        [Lstm.LstmCell(Input = 4, Hidden = 16)] partial {|LSTM002:class|} Cell { }
        namespace Lstm { enum Gate { } }
        """);

    /// <summary>Stubs need nothing of the kernels, so programs that use the declaration have no further error.</summary>
    [Fact]
    public void TypeThatOnlyKernelsNeed_LeavesStubs() => GeneratorMarkup.Verify("""
        [{|LSTM024:Lstm.LstmCell|}(Input = 4, Hidden = 16)] partial struct Cell { }
        namespace Lstm.Kernels { class Rows { } }
        class User { void Run(Cell cell, System.Span<float> x, ref Cell.State state) { cell.Step(x, ref state); cell.W(Lstm.Gate.Save, 0, 0) = 1; } }
        """);

    [Fact]
    public void HiddenTypeInAnotherFile_ComesAndGoesWithTheEdit()
    {
        CSharpCompilation compilation = TestCompilation.Create([Declaration, "namespace Lstm.Kernels { class Row { } }"]);
        SyntaxTree other = compilation.SyntaxTrees[1];
        SyntaxTree hiding = CSharpSyntaxTree.ParseText("namespace Lstm.Kernels { class Rows { } }", TestCompilation.ParseOptions(), other.FilePath);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(compilation);
        Assert.Empty(GeneratorRun.Result(driver).Diagnostics);
        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(other, hiding));
        Assert.Equal("LSTM024", Assert.Single(GeneratorRun.Result(driver).Diagnostics).Id);
        driver = driver.RunGenerators(compilation);
        Assert.Empty(GeneratorRun.Result(driver).Diagnostics);
        Assert.Same(HiddenTypes.Of(compilation), HiddenTypes.Of(compilation));
    }

    /// <summary>The runtime's sources in the project itself hide nothing.</summary>
    [Fact]
    public void TypeThatStandsInTheProjectOnly_ReportsNothing()
    {
        const string Polyfill = "namespace System.Diagnostics.CodeAnalysis { class UnscopedRefAttribute : System.Attribute { } }";
        (ImmutableArray<Diagnostic> reported, ImmutableArray<Diagnostic> errors) = GeneratorMarkup.Report(
            TestCompilation.Create([Declaration, Polyfill], LanguageVersion.CSharp9, references: NetStandard.References), LanguageVersion.CSharp9);
        Assert.Empty(reported.Concat(errors));
    }

    private static string SpaceOf(string name) => name[..name.LastIndexOf('.')];

    /// <summary>The types of other assemblies that generated files name, documentation included.</summary>
    private static IEnumerable<string> NamesIn(CSharpCompilation user)
    {
        CSharpCompilation complete = GeneratorRun.Complete(user, user.LanguageVersion, WeightFiles.All);
        SyntaxTree[] generated = [.. complete.SyntaxTrees.Except(user.SyntaxTrees)];
        Assert.True(generated.Length > Declarations.Representatives.Count);
        foreach (SyntaxTree tree in generated)
        {
            SemanticModel model = complete.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>())
            {
                ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
                var type = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType : symbol as INamedTypeSymbol;
                if (type is { ContainingType: null } && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, complete.Assembly))
                {
                    yield return $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";
                }
            }
        }
    }
}
