using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Output;

/// <summary>Generated files compile without a single warning in whatever project they land in.</summary>
public sealed class CompilationTests
{
    public static TheoryData<string> Places => [.. Declarations.Places.Keys];

    /// <summary>The declarations differ in shape only, so that every tenth of them is enough for further languages.</summary>
    private const int Tenth = 10;

    public static TheoryData<LanguageVersion, NullableContextOptions> OtherLanguages => new()
    {
        { LanguageVersion.CSharp12, NullableContextOptions.Disable },
        { LanguageVersion.Latest, NullableContextOptions.Enable },
        { LanguageVersion.Preview, NullableContextOptions.Disable },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void EveryPlace_CompilesWithoutWarnings(string place)
    {
        string[] sources = Declarations.Places[place];
        int attributes = sources.Sum(source => Regex.Count(source, @"(LstmCell|LstmNetwork|DeepChain)\("));
        Check(sources, attributes, LanguageVersion.CSharp12, NullableContextOptions.Enable);
        Check(sources, attributes, LanguageVersion.Latest, NullableContextOptions.Disable);
    }

    [Fact]
    public void EveryShape_CompilesWithoutWarnings() =>
        Check(Declarations.Shapes, LanguageVersion.CSharp12, NullableContextOptions.Enable);

    [Theory]
    [MemberData(nameof(OtherLanguages))]
    public void EveryLanguageVersion_CompilesWithoutWarnings(LanguageVersion language, NullableContextOptions nullable) =>
        Check(Declarations.Shapes.Where((_, index) => index % Tenth == 1), language, nullable);

    private static void Check(IEnumerable<string> shapes, LanguageVersion language, NullableContextOptions nullable)
    {
        string[] sources = [.. shapes.Select((shape, index) => $"namespace Demo; {shape} public partial struct Model{index};")];
        Check(sources, sources.Length, language, nullable);
    }

    /// <summary>A project at its strictest: warnings of every wave, documentation comments read, no unsafe code, checked arithmetic.</summary>
    private static void Check(IReadOnlyList<string> sources, int files, LanguageVersion language, NullableContextOptions nullable)
    {
        CSharpCompilation user = TestCompilation.Create(sources, language);
        user = user.WithOptions(user.Options
            .WithAllowUnsafe(false)
            .WithOverflowChecks(true)
            .WithNullableContextOptions(nullable)
            .WithWarningLevel(9999)
            .WithOptimizationLevel(OptimizationLevel.Release));
        Compilation complete = GeneratorRun.Complete(user, language);
        Assert.Equal(files, complete.SyntaxTrees.Count() - user.SyntaxTrees.Length);

        Diagnostic[] problems =
        [
            .. complete.Emit(Stream.Null).Diagnostics
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
                    || (diagnostic.Severity == DiagnosticSeverity.Warning
                        && !(diagnostic.Location.SourceTree is { } tree && user.ContainsSyntaxTree(tree)))),
        ];
        Assert.True(problems.Length == 0, string.Join("\n", problems.Take(20).Select(problem => problem.ToString())));
    }
}
