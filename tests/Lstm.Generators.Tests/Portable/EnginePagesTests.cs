using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Tests.Infrastructure;
using Lstm.Unity.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Portable;

/// <summary>The code of the pages about game engines compiles, against stubs of the engines' types, without a warning.</summary>
public sealed class EnginePagesTests
{
    [Fact]
    public Task Unity_CompilesAsCSharp9() =>
        Check("unity.md", "UnityEngine.cs", LanguageVersion.CSharp9, NullableContextOptions.Disable, NetStandard.References);

    [Theory]
    [InlineData("godot.md", "Godot.cs")]
    [InlineData("monogame.md", "MonoGame.cs")]
    public Task Others_CompileAsCSharp12(string page, string stub) =>
        Check(page, stub, LanguageVersion.CSharp12, NullableContextOptions.Enable, TestCompilation.References);

    private static async Task Check(
        string page, string stub, LanguageVersion language, NullableContextOptions nullable, IEnumerable<MetadataReference> references)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "EnginePages", page));
        string[] blocks =
        [
            .. Regex.Matches(text, "^```csharp\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
                .Select(match => match.Groups[1].Value),
        ];
        Assert.NotEmpty(blocks);
        CSharpCompilation user = TestCompilation.Create(
            blocks.Append(File.ReadAllText(Path.Combine(UnityProject.Stubs, stub))), language, references: references);
        user = user.WithOptions(user.Options.WithAllowUnsafe(false).WithNullableContextOptions(nullable)
            // The package of Unsafe is for netstandard2.0; the SDK silences this as well. The code of the pages has no XML comments.
            .WithSpecificDiagnosticOptions(new Dictionary<string, ReportDiagnostic>
            {
                ["CS1701"] = ReportDiagnostic.Suppress,
                ["CS1591"] = ReportDiagnostic.Suppress,
            }));
        CSharpCompilation complete = GeneratorRun.Complete(user, language);
        Assert.NotEqual(user.SyntaxTrees.Length, complete.SyntaxTrees.Length);
        Assert.Empty(complete.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)
            .Concat(await AnalyzerMarkup.Report(complete, new PortableBitsAnalyzer(), new LargeCopyAnalyzer(), new LostWriteAnalyzer()))
            .Select(diagnostic => diagnostic.ToString()));
    }
}
