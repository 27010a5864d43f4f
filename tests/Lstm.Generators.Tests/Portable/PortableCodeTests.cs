using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm.Generators.Tests.Infrastructure;
using Lstm.Generators.Tests.Output;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Portable;

/// <summary>
/// The portable profile is C# 9 for netstandard2.1, without a warning, and has nothing of what Unity's compilers and runtimes lack.
/// </summary>
public sealed class PortableCodeTests
{
    private const string Forced = "[assembly: Lstm.LstmPortable]";

    public static TheoryData<string> Places => [.. Declarations.Places.Keys];

    [Fact]
    public void EveryShape_CompilesAsCSharp9() => Check(
        Declarations.Shapes.Select((declaration, index) => $"namespace Demo.Shapes {{ {declaration} public partial struct Iota{index} {{ }} }}"),
        LanguageVersion.CSharp9, NullableContextOptions.Disable, NetStandard.References);

    /// <summary>An old language on a new framework, some of whose methods have parameters that only new languages know.</summary>
    [Fact]
    public void EveryRepresentative_CompilesAsCSharp9OnDotNet() => Check(
        Declarations.Representatives.Select((declaration, index) => $"namespace Demo {{ {declaration} public partial struct Iota{index} {{ }} }}")
            .Append("[Lstm.LstmNetwork(Weights = \"deep.onnx\")] partial struct Deep { }")
            .Append(WeightFiles.Rom),
        LanguageVersion.CSharp9, NullableContextOptions.Disable, TestCompilation.References, WeightFiles.All);

    [Fact]
    public void CommonLanguage_NullableAndCheckedArithmetic_CompileAsCSharp9() => Check(
        Declarations.Representatives.Select((declaration, index) => $"namespace Demo {{ {declaration} public partial struct Iota{index} {{ }} }}")
            .Append("[assembly: System.CLSCompliant(true)]"),
        LanguageVersion.CSharp9, NullableContextOptions.Enable, NetStandard.References);

    [Theory]
    [MemberData(nameof(Places))]
    public void EveryPlace_Compiles(string place) => Check(
        Declarations.Places[place].Append(Forced), LanguageVersion.CSharp12, NullableContextOptions.Disable, TestCompilation.References);

    [Fact]
    public void WeightsOfFiles_CompileAsCSharp9() => Check(
        [
            "[Lstm.LstmNetwork(Weights = \"pedal.nam\")] partial struct Pedal { }",
            "[Lstm.LstmNetwork(Weights = \"deep.onnx\")] partial struct Deep { }",
            "[Lstm.LstmCell(Weights = \"cell.safetensors\", Backward = false)] partial struct Cell { }",
            WeightFiles.Rom,
        ],
        LanguageVersion.CSharp9, NullableContextOptions.Disable, NetStandard.References, WeightFiles.All);

    [Fact]
    public void Code_HasNothingThatOldPlatformsLack()
    {
        string[] sources = [.. Declarations.Representatives.Select(Declarations.Source), Forced];
        string[] missing =
        [
            "Intrinsics", "AggressiveOptimization", "UnscopedRef", "unsafe", "static abstract", "IntPtr", "nint ", "file ", "ILstm",
            "IGradient", "Fused", "Vector",
        ];
        foreach ((string name, string text) in GeneratorRun.Files(TestCompilation.Create(sources)))
        {
            string code = Regex.Replace(text, "//.*", string.Empty);
            Assert.All(missing, word => Assert.False(code.Contains(word, StringComparison.Ordinal), $"{name} has '{word}'"));

            // The indexer of a read-only span: in what is generated only these have that type.
            Assert.DoesNotMatch(@"\b(x|y|tape|source|dWm|dY)\[", code);

            // Mono's JIT takes a negative place for a large one.
            Assert.DoesNotMatch(@"Unsafe\.Add\([^()]*, (-|\d+ - )", code);
        }
    }

    private static void Check(
        IEnumerable<string> sources, LanguageVersion language, NullableContextOptions nullable, IEnumerable<MetadataReference> references,
        params AdditionalText[] texts)
    {
        CSharpCompilation user = TestCompilation.Create(sources, language, references: references);
        user = user.WithOptions(user.Options
            .WithAllowUnsafe(false)
            .WithOverflowChecks(true)
            .WithNullableContextOptions(nullable)
            .WithWarningLevel(9999)
            // The package of Unsafe is for netstandard2.0; the SDK silences this as well.
            .WithSpecificDiagnosticOptions(new Dictionary<string, ReportDiagnostic> { ["CS1701"] = ReportDiagnostic.Suppress })
            .WithOptimizationLevel(OptimizationLevel.Release));
        CSharpCompilation complete = GeneratorRun.Complete(user, language, texts);
        Assert.NotEqual(user.SyntaxTrees.Length, complete.SyntaxTrees.Length);
        string[] problems = complete.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden && !user.ContainsSyntaxTree(diagnostic.Location.SourceTree))
            .Select(diagnostic => $"{diagnostic}\n{Line(diagnostic.Location)}")
            .Take(5)
            .ToArray();
        Assert.True(problems.Length == 0, string.Join('\n', problems));

        static string? Line(Location location) =>
            location.SourceTree?.GetText().Lines[location.GetLineSpan().StartLinePosition.Line].ToString();
    }
}
