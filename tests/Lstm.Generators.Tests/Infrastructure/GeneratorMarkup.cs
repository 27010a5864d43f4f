using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Lstm.Generators.Parsing.Weights;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Lstm.Generators.Tests.Infrastructure;

/// <summary>Checks what the generator reports, in the notation of <see cref="AnalyzerMarkup"/>.</summary>
internal static class GeneratorMarkup
{
    /// <summary>
    /// Fails unless the generator reports exactly the marked errors, with these messages in source order, and the program with what was generated has
    /// exactly the marked compiler errors.
    /// </summary>
    /// <param name="messages">Empty: messages are not compared.</param>
    public static void Verify(string markup, params string[] messages) =>
        Verify(markup, LanguageVersion.Latest, TestCompilation.References, messages);

    public static void Verify(string markup, LanguageVersion language, IEnumerable<MetadataReference> references, params string[] messages)
    {
        (string source, List<(string Id, TextSpan Span)> marks) = AnalyzerMarkup.Parse(markup);
        Verify(source, marks, TestCompilation.Create([source], language, references: references), language, [], messages);
    }

    /// <summary>The same in a project that has files of weights.</summary>
    public static void Verify(string markup, IEnumerable<WeightsDescriptor> files, params string[] messages)
    {
        (string source, List<(string Id, TextSpan Span)> marks) = AnalyzerMarkup.Parse(markup);
        CSharpCompilation compilation = TestCompilation.Create([source, WeightFiles.Rom]);
        Verify(source, marks, compilation, LanguageVersion.Latest, [.. files.Select(file => new WeightFiles.Text(file))], messages);
    }

    private static void Verify(
        string source, List<(string Id, TextSpan Span)> marks, CSharpCompilation compilation, LanguageVersion language, AdditionalText[] texts,
        string[] messages)
    {
        (ImmutableArray<Diagnostic> reported, ImmutableArray<Diagnostic> errors) = Report(compilation, language, texts);

        string elsewhere = string.Join('\n', errors.Where(error => !compilation.ContainsSyntaxTree(error.Location.SourceTree)));
        Assert.True(elsewhere.Length == 0, elsewhere);
        string expected = AnalyzerMarkup.Describe(source, marks);
        string actual = AnalyzerMarkup.Describe(
            source, reported.Concat(errors).Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.True(expected == actual, $"expected\n{expected}\nbut found\n{actual}");
        if (messages.Length > 0)
        {
            Assert.Equal(messages, reported.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>What the generator reports, in source order, and the compiler's errors in the program with what was generated.</summary>
    public static (ImmutableArray<Diagnostic> Reported, ImmutableArray<Diagnostic> Errors) Report(
        CSharpCompilation compilation, LanguageVersion language = LanguageVersion.Latest, params AdditionalText[] texts)
    {
        GeneratorDriver driver = GeneratorRun.Driver(language, texts)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation complete, out ImmutableArray<Diagnostic> reported);
        GeneratorRun.Result(driver);
        return (
            [.. reported.OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, System.StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan)],
            [.. complete.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)]);
    }
}
