using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Output;

/// <summary>
/// Generated files compile without a single warning in whatever project they land in. Sizes and options, places, and projects are
/// varied one at a time: a compilation takes as long as there is text in it.
/// </summary>
public sealed class CompilationTests
{
    public static TheoryData<string> Places => [.. Declarations.Places.Keys];

    public static TheoryData<LanguageVersion, NullableContextOptions, bool> Projects => new()
    {
        { LanguageVersion.CSharp12, NullableContextOptions.Disable, true },
        { LanguageVersion.Latest, NullableContextOptions.Enable, false },
        { LanguageVersion.Preview, NullableContextOptions.Disable, false },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void EveryPlace_CompilesWithoutWarnings(string place)
    {
        string[] sources = Declarations.Places[place];
        int attributes = sources.Sum(source => Regex.Count(source, @"(LstmCell|LstmNetwork|DeepChain)\("));
        CSharpCompilation complete = Check(sources, attributes, LanguageVersion.CSharp12, NullableContextOptions.Disable);

        // Names that metadata cannot hold are found last.
        Assert.Empty(complete.Emit(Stream.Null).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void EveryShape_CompilesWithoutWarnings() =>
        Check(Declarations.Shapes, LanguageVersion.CSharp12, NullableContextOptions.Enable);

    [Theory]
    [MemberData(nameof(Projects))]
    public void EveryProject_CompilesWithoutWarnings(LanguageVersion language, NullableContextOptions nullable, bool overflowChecks) =>
        Check(Declarations.Representatives, language, nullable, overflowChecks);

    /// <summary><c>Initialize</c> takes a <c>ulong</c>, and <c>Gate</c> is of an assembly that promises nothing.</summary>
    [Fact]
    public void ProjectOfTheCommonLanguage_CompilesWithoutWarnings() => Check(
        [.. Declarations.Representatives.Select(Declarations.Source), "[assembly: System.CLSCompliant(true)]"],
        Declarations.Representatives.Count,
        LanguageVersion.CSharp12,
        NullableContextOptions.Enable);

    private static void Check(
        IReadOnlyList<string> declarations, LanguageVersion language, NullableContextOptions nullable, bool overflowChecks = true) =>
        Check([.. declarations.Select(Declarations.Source)], declarations.Count, language, nullable, overflowChecks);

    /// <summary>A project at its strictest: warnings of every wave, documentation comments read, no unsafe code, checked arithmetic.</summary>
    private static CSharpCompilation Check(
        string[] sources, int files, LanguageVersion language, NullableContextOptions nullable, bool overflowChecks = true)
    {
        CSharpCompilation user = TestCompilation.Create(sources, language);
        user = user.WithOptions(user.Options
            .WithAllowUnsafe(false)
            .WithOverflowChecks(overflowChecks)
            .WithNullableContextOptions(nullable)
            .WithWarningLevel(9999)
            .WithOptimizationLevel(OptimizationLevel.Release));
        CSharpCompilation complete = GeneratorRun.Complete(user, language);
        Assert.Equal(files, complete.SyntaxTrees.Length - user.SyntaxTrees.Length);

        Diagnostic[] problems =
        [
            .. complete.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
                    || (diagnostic.Severity == DiagnosticSeverity.Warning
                        && !(diagnostic.Location.SourceTree is { } tree && user.ContainsSyntaxTree(tree)))),
        ];
        Assert.True(problems.Length == 0, string.Join("\n", problems.Take(20).Select(problem => problem.ToString())));
        return complete;
    }
}
