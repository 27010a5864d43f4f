using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lstm.Generators.Tests.Fuzz;

/// <summary>One compilation of several cases, with and without what the generator and the analyzers say and write.</summary>
internal sealed class FuzzRun
{
    /// <summary>Errors that a wrong declaration has beside ours, once its type has a second part.</summary>
    private static readonly string[] Consequences =
    [
        "CS0260", // a part without partial
        "CS0542", // a type State in a type State
    ];

    /// <summary>The constant that says a size, and the most that LSTM003 allows; a network's <c>Layers</c> end at 8.</summary>
    private static readonly Dictionary<string, (string Constant, int Most)> Sizes = new()
    {
        ["Input"] = ("InputSize", 1024),
        ["Hidden"] = ("HiddenSize", 1024),
        ["Output"] = ("OutputSize", 1024),
        ["Layers"] = ("LayerCount", 1000),
        ["Width"] = ("Width", 16),
    };

    private readonly IReadOnlyList<FuzzCase> cases;
    private readonly CSharpCompilation user;
    private readonly Compilation complete;
    private readonly GeneratorRunResult generated;
    private readonly ImmutableArray<Diagnostic> before;
    private readonly ImmutableArray<Diagnostic> after;
    private readonly IReadOnlyList<Diagnostic> analyzed;

    private FuzzRun(
        IReadOnlyList<FuzzCase> cases, CSharpCompilation user, Compilation complete, GeneratorRunResult generated, IReadOnlyList<Diagnostic> analyzed,
        bool whole)
    {
        (this.cases, this.user, this.complete, this.generated, this.analyzed) = (cases, user, complete, generated, analyzed);
        bool isBroken = cases.Any(one => one.Kind == FuzzKind.Broken);
        before = isBroken ? [] : user.GetDiagnostics();
        after = isBroken || !whole ? [] : complete.GetDiagnostics();
    }

    /// <summary>What the generator reported.</summary>
    public IEnumerable<string> Ids => generated.Diagnostics.IsDefault ? [] : generated.Diagnostics.Select(diagnostic => diagnostic.Id);

    /// <summary>How many files of real members were generated.</summary>
    public int Accepted => generated.GeneratedSources.IsDefault ? 0 : generated.GeneratedSources.Count(file => !IsStub(file.SyntaxTree));

    /// <param name="whole">Whether generated files are compiled, not only read, and the analyzers run: most of the time.</param>
    public static async Task<FuzzRun> Of(IReadOnlyList<FuzzCase> cases, bool whole = true)
    {
        LanguageVersion language = LanguageOf(cases[0]);
        CSharpParseOptions options = TestCompilation.ParseOptions(language);
        CSharpCompilation user = TestCompilation.Create([], language)
            .AddSyntaxTrees(cases.Select(one => CSharpSyntaxTree.ParseText(one.Source, options, one.Path)))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(WeightFiles.Rom, options, "Rom.cs"));
        user = user.WithOptions(user.Options.WithOverflowChecks(true).WithWarningLevel(9999));

        // The users of generated members have errors until these are there, so they come second.
        SyntaxTree[] uses = [.. cases.Where(one => one.Use.Length > 0).Select(one => CSharpSyntaxTree.ParseText(one.Use, options, "Use" + one.Path))];
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new LstmGenerator().AsSourceGenerator()], WeightFiles.All, options)
            .RunGeneratorsAndUpdateCompilation(user.AddSyntaxTrees(uses), out Compilation complete, out _);
        List<Diagnostic> analyzed = [];
        CompilationWithAnalyzers analysis = complete.WithAnalyzers([new LargeCopyAnalyzer(), new LostWriteAnalyzer()], new AnalyzerOptions([]));
        foreach (SyntaxTree tree in whole ? user.SyntaxTrees.Concat(uses) : [])
        {
            SemanticModel model = complete.GetSemanticModel(tree);
            analyzed.AddRange(await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None));
        }

        return new FuzzRun(cases, user, complete, driver.GetRunResult().Results.Single(), analyzed, whole);
    }

    /// <summary>Everything that must not be, a line each, with the number of the case where it is known.</summary>
    public IEnumerable<string> Complaints()
    {
        if (generated.Exception is { } exception)
        {
            return [$"The generator threw {exception}"];
        }

        IEnumerable<string> always = analyzed.Where(diagnostic => diagnostic.Id == "AD0001").Concat(generated.Diagnostics.Where(IsForeign))
            .Concat(generated.GeneratedSources.SelectMany(file => file.SyntaxTree.GetDiagnostics()))
            .Select(Text);
        return always.Concat(ErrorsOfGeneratedFiles()).Concat(cases.Where(one => one.Kind != FuzzKind.Broken).SelectMany(Complaints));
    }

    private static bool IsForeign(Diagnostic diagnostic) => !diagnostic.Id.StartsWith("LSTM0", StringComparison.Ordinal);

    /// <summary>Whether a file is one that the generator wrote for a right declaration.</summary>
    private static bool IsOfMembers(SyntaxTree tree) =>
        tree.ToString().StartsWith("// <auto-generated/>\n", StringComparison.Ordinal) && !IsStub(tree);

    private static bool IsStub(SyntaxTree tree) => tree.ToString().StartsWith("// <auto-generated/>\n// Stubs", StringComparison.Ordinal);

    private static string Text(Diagnostic diagnostic) =>
        $"{diagnostic.Location.SourceTree?.FilePath}: {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)} "
        + $"at '{diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}'";

    private static LanguageVersion LanguageOf(FuzzCase one) => one.Kind switch
    {
        FuzzKind.Project => (one.Index % 7) switch
        {
            0 => LanguageVersion.CSharp12,
            1 => LanguageVersion.Preview,
            2 when !one.MustWork => LanguageVersion.CSharp11,
            3 when !one.MustWork => LanguageVersion.CSharp9,
            4 when !one.MustWork => LanguageVersion.CSharp7_3,
            _ => LanguageVersion.Latest,
        },
        _ => one.Index / FuzzCase.Run % 3 == 0 ? LanguageVersion.CSharp12 : LanguageVersion.Latest,
    };

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    /// <summary>Where files that are C# give files that are none. Warnings count where nothing at all is wrong with the user's files.</summary>
    private IEnumerable<string> ErrorsOfGeneratedFiles()
    {
        Dictionary<SyntaxTree, string> files = generated.GeneratedSources.ToDictionary(file => file.SyntaxTree, file => file.HintName);
        return after
            .Where(diagnostic => diagnostic.Location.SourceTree is { } tree && files.TryGetValue(tree, out string? name)
                && Counts(diagnostic, CaseOf(name)))
            .Select(Text);

        // Null where a file is no C#, so that its namespace is another one.
        FuzzCase? CaseOf(string name) =>
            cases.Count == 1 ? cases[0] : cases.FirstOrDefault(one => name.StartsWith($"N{one.Index}.", StringComparison.Ordinal));
        bool Counts(Diagnostic diagnostic, FuzzCase? one) => one is not null && (IsError(diagnostic)
            ? !IsWrongByItself(TreeOf(one)) && diagnostic.Id != "CS0542"
            : one.MustWork && diagnostic.Severity == DiagnosticSeverity.Warning);
    }

    private SyntaxTree TreeOf(FuzzCase one) => user.SyntaxTrees.Single(tree => tree.FilePath == one.Path);

    /// <summary>
    /// Whether a file has an error without the generator that is none of an attribute: then generated parts of its types may have some too.
    /// </summary>
    private bool IsWrongByItself(SyntaxTree tree) => before.Any(diagnostic => IsError(diagnostic) && diagnostic.Location.SourceTree == tree
        && tree.GetRoot().FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeListSyntax>() is null);

    private IEnumerable<string> Complaints(FuzzCase one)
    {
        SyntaxTree tree = TreeOf(one);
        if (tree.GetDiagnostics().Any(IsError))
        {
            return one.MustWork ? [$"{one.Path}: is no C#: {Text(tree.GetDiagnostics().First(IsError))}"] : [];
        }

        Diagnostic[] own = [.. before.Where(diagnostic => IsError(diagnostic) && diagnostic.Location.SourceTree == tree)];
        HashSet<Microsoft.CodeAnalysis.Text.TextSpan> known = [.. own.Select(error => error.Location.SourceSpan)];
        Diagnostic[] reported = [.. generated.Diagnostics.Where(diagnostic =>
            diagnostic.Location.GetLineSpan().Path.StartsWith(one.Path, StringComparison.Ordinal))];

        // Within a type State its name is that of the generated one.
        bool excused = IsWrongByItself(tree) || reported.Any(diagnostic => diagnostic.Id == "LSTM007")
            || (reported.Length > 0 && AttributedTypes(tree).Any(type => type.Name is "State" or "Gradient" or "Trace"));
        IEnumerable<string> news = after
            .Where(diagnostic => IsError(diagnostic) && (diagnostic.Location.SourceTree == tree
                || diagnostic.Location.SourceTree?.FilePath == "Use" + one.Path))
            .Where(error => !excused && !known.Contains(error.Location.SourceSpan))
            .Where(error => reported.Length == 0 || !Consequences.Contains(error.Id))
            .Select(Text);
        INamedTypeSymbol[] types = [.. AttributedTypes(tree)];
        IEnumerable<string> refused = own.Length == 0 && reported.Length == 0
            ? types.Where(type => !HasMembers(type))
                .Select(type => $"{one.Path}: nothing was generated for {type}, and nobody says why")
            : [];
        IEnumerable<string> wrongly = one.MustWork
            ? own.Concat(reported).Select(diagnostic => $"{one.Path}: nothing is wrong with it, but {Text(diagnostic)} is reported")
            : [];
        IEnumerable<string> sizes = types.Where(HasMembers).SelectMany(WrongSizes).Select(wrong => $"{one.Path}: {wrong}");
        return news.Concat(refused).Concat(wrongly).Concat(sizes);
    }

    /// <summary>Sizes that are not generated as they are written, or are not to be had.</summary>
    private static IEnumerable<string> WrongSizes(INamedTypeSymbol type)
    {
        foreach (AttributeData data in type.GetAttributes().Where(IsOurs))
        {
            foreach ((string name, TypedConstant value) in data.NamedArguments)
            {
                if (Sizes.TryGetValue(name, out (string Constant, int Most) size) && value.Value is int written)
                {
                    int most = name == "Layers" && data.AttributeClass?.Name == "LstmNetworkAttribute" ? 8 : size.Most;
                    object? generated = type.GetMembers(size.Constant).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue;
                    if (written < 1 || written > most || !written.Equals(generated))
                    {
                        yield return $"{type} was generated for {name} = {written}, with {size.Constant} = {generated}, and nobody says why";
                    }
                }
            }
        }
    }

    private IEnumerable<INamedTypeSymbol> AttributedTypes(SyntaxTree tree)
    {
        SemanticModel model = complete.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes()
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Select(node => model.GetDeclaredSymbol(node))
            .OfType<INamedTypeSymbol>()
            .Where(type => type.GetAttributes().Any(IsOurs));
    }

    private static bool IsOurs(AttributeData data) => data.AttributeClass is { ContainingNamespace.Name: "Lstm" } attribute
        && attribute.Name is "LstmCellAttribute" or "LstmNetworkAttribute" or "DeepChainAttribute";

    private static bool HasMembers(INamedTypeSymbol type) =>
        type.GetMembers("ParameterCount").Any(member => member.DeclaringSyntaxReferences.Any(part => IsOfMembers(part.SyntaxTree)));
}
