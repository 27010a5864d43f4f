using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Lstm.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Lstm.Generators.Tests.CodeFixes;

public sealed class FixAllTests
{
    /// <summary>Which diagnostics have a fix. The others say what to decide, not what to write.</summary>
    private static readonly string[] Fixed =
    [
        "LSTM001", "LSTM002", "LSTM003", "LSTM005", "LSTM006", "LSTM008", "LSTM010", "LSTM015", "LSTM020", "LSTM022", "LSTM023",
    ];

    private static readonly string[] NotFixed =
    [
        "LSTM004", "LSTM007", "LSTM009", "LSTM011", "LSTM012", "LSTM013", "LSTM014", "LSTM016", "LSTM017", "LSTM018", "LSTM019",
        "LSTM021", "LSTM024", "LSTM030", "LSTM031", "LSTM032",
    ];

    /// <summary>The package has the assembly beside the generator. A compiler that is older than its Roslyn must have no reason to load it.</summary>
    [Fact]
    public void Assembly_HasNothingThatCompilersLoad() => Assert.DoesNotContain(
        typeof(EditingCodeFixProvider).Assembly.GetTypes(),
        type => type.IsDefined(typeof(DiagnosticAnalyzerAttribute)) || type.IsDefined(typeof(GeneratorAttribute)));

    [Fact]
    public void EveryDiagnostic_HasAFixOrIsListedWithout()
    {
        Assert.Equal(Fixed, FixMarkup.Providers.SelectMany(provider => provider.FixableDiagnosticIds).Order(StringComparer.Ordinal));
        IEnumerable<string> reported = typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().Select(descriptor => descriptor.Id);
        Assert.Equal(
            reported.Concat(["LSTM030", "LSTM031", "LSTM032"]).Order(StringComparer.Ordinal),
            Fixed.Concat(NotFixed).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryPage_SaysWhatTheEditorOffers() => Assert.All(Fixed.Concat(NotFixed), id =>
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics", id + ".md"));
        string[] parts = page.Split("## Fix in the editor\n\n");
        Assert.Equal(2, parts.Length);
        Assert.Contains("\n## Suppress\n", parts[1], StringComparison.Ordinal);
        Assert.Equal(NotFixed.Contains(id), parts[1].StartsWith("None", StringComparison.Ordinal));
    });

    /// <summary>Each of the structs needs the same <c>partial</c> around it.</summary>
    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task TwoStructsInOneClass_ShareItsPartial(FixAllScope scope)
    {
        const string Structs = "[Lstm.DeepChain(Layers = 2)] {0}struct A; [Lstm.DeepChain(Layers = 3)] {0}struct B;";
        Solution solution = await FixMarkup.ApplyAll(
            "LSTM001", "partial", scope, "class Outer { " + Structs.Replace("{0}", "", StringComparison.Ordinal) + " }");
        Assert.Equal(
            ["partial class Outer { " + Structs.Replace("{0}", "partial ", StringComparison.Ordinal) + " }"], await FixMarkup.Texts(solution));
    }

    [Fact]
    public async Task Project_IsFixedInAllItsFiles()
    {
        Solution solution = await FixMarkup.ApplyAll(
            "LSTM003",
            "nearest size",
            FixAllScope.Project,
            "[Lstm.LstmNetwork(Input = 0, Hidden = 2000, Output = 1, Layers = 0)] partial struct A;",
            "[Lstm.LstmCell(Input = 1, Hidden = -5)] partial struct Second;");
        Assert.Equal(
            [
                "[Lstm.LstmNetwork(Input = 1, Hidden = 1024, Output = 1, Layers = 1)] partial struct A;",
                "[Lstm.LstmCell(Input = 1, Hidden = 1)] partial struct Second;",
            ],
            await FixMarkup.Texts(solution));
    }

    [Fact]
    public void FixThatOverlapsAnEarlierOne_IsLeftOutWhole()
    {
        DocumentId document = DocumentId.CreateNewId(ProjectId.CreateNewId());
        Edit At(int start, int length, string text) => new(document, new TextSpan(start, length), text);
        IReadOnlyCollection<Edit> merged = SolutionEdits.Merge(
        [
            new Fix("", "", At(10, 5, "a"), At(30, 0, "b")),
            new Fix("", "", At(12, 1, "c"), At(50, 0, "d")),
            new Fix("", "", At(30, 0, "b"), At(60, 0, "e")),
            new Fix("", "", At(30, 0, "other")),
        ]);
        Assert.Equal([At(10, 5, "a"), At(30, 0, "b"), At(60, 0, "e")], merged);
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
