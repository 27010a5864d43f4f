using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Lstm.Generators.Tests.Infrastructure;

/// <summary>
/// Checks an analyzer against source in which every expected diagnostic, the compiler's errors included, is marked as
/// <c>{|LSTM001:token|}</c>. The notation is that of Microsoft.CodeAnalysis.Testing.
/// </summary>
internal static class AnalyzerMarkup
{
    /// <summary>Fails unless exactly the marked diagnostics are reported, the analyzer's with these messages in source order.</summary>
    /// <param name="messages">Empty: messages are not compared.</param>
    public static Task Verify<TAnalyzer>(string markup, params string[] messages)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        Verify<TAnalyzer>(markup, LanguageVersion.Latest, TestCompilation.References, messages);

    public static async Task Verify<TAnalyzer>(
        string markup, LanguageVersion language, IEnumerable<MetadataReference> references, params string[] messages)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        (string source, List<(string Id, TextSpan Span)> marks) = Parse(markup);
        CSharpCompilation compilation = TestCompilation.Create([source], language, references: references);
        ImmutableArray<Diagnostic> reported = await Report<TAnalyzer>(compilation);
        IEnumerable<Diagnostic> errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        string expected = Describe(source, marks);
        string actual = Describe(source, reported.Concat(errors).Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.Equal(expected, actual);
        if (messages.Length > 0)
        {
            Assert.Equal(messages, reported.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>What is reported and <c>#pragma</c> does not suppress, in source order.</summary>
    public static Task<ImmutableArray<Diagnostic>> Report<TAnalyzer>(Compilation compilation)
        where TAnalyzer : DiagnosticAnalyzer, new() => Report(compilation, new TAnalyzer());

    public static async Task<ImmutableArray<Diagnostic>> Report(Compilation compilation, params DiagnosticAnalyzer[] analyzers)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([.. analyzers], new AnalyzerOptions([]));
        ImmutableArray<Diagnostic> reported = await analysis.GetAnalyzerDiagnosticsAsync();
        return reported
            .Where(diagnostic => !diagnostic.IsSuppressed)
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .ToImmutableArray();
    }

    /// <summary>Source without marks, and the marks.</summary>
    internal static (string Source, List<(string Id, TextSpan Span)> Marks) Parse(string markup)
    {
        StringBuilder source = new();
        List<(string Id, TextSpan Span)> marks = [];
        Stack<(string Id, int Start)> open = new();
        for (int i = 0; i < markup.Length; i++)
        {
            if (markup.AsSpan(i).StartsWith("{|"))
            {
                int colon = markup.IndexOf(':', i);
                open.Push((markup[(i + 2)..colon], source.Length));
                i = colon;
            }
            else if (markup.AsSpan(i).StartsWith("|}"))
            {
                (string id, int start) = open.Pop();
                marks.Add((id, TextSpan.FromBounds(start, source.Length)));
                i++;
            }
            else
            {
                source.Append(markup[i]);
            }
        }

        return (source.ToString(), marks);
    }

    /// <summary>One line each: id, position and the text that is underlined, so that a failure reads by itself.</summary>
    internal static string Describe(string source, IEnumerable<(string Id, TextSpan Span)> diagnostics) => string.Join(
        "\n",
        diagnostics.OrderBy(item => item.Span).ThenBy(item => item.Id, StringComparer.Ordinal)
            .Select(item => $"{item.Id} at {item.Span.Start}: '{source.Substring(item.Span.Start, item.Span.Length)}'"));
}
