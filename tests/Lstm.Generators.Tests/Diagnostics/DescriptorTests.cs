using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

public sealed class DescriptorTests
{
    private static readonly DiagnosticDescriptor[] All =
    [
        .. typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];

    public static IEnumerable<object[]> Ids() => All.Select(descriptor => new object[] { descriptor.Id });

    [Fact]
    public void Ids_AreDistinct() => Assert.Equal(All.Length, All.Select(descriptor => descriptor.Id).Distinct().Count());

    [Fact]
    public void EveryWarning_IsSupportedByOneAnalyzer() => Assert.Equal(
        All.Where(descriptor => descriptor.DefaultSeverity != DiagnosticSeverity.Error).Select(descriptor => descriptor.Id),
        new DiagnosticAnalyzer[] { new LargeCopyAnalyzer(), new LostWriteAnalyzer(), new PortableBitsAnalyzer() }
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Select(descriptor => descriptor.Id)
            .Order(StringComparer.Ordinal));

    /// <summary>The generator reports errors; without the tag a project could silence them, and stubs would compile.</summary>
    [Fact]
    public void EveryError_IsNotConfigurable() => Assert.All(
        All.Where(descriptor => descriptor.DefaultSeverity == DiagnosticSeverity.Error),
        descriptor =>
        {
            Assert.Contains(WellKnownDiagnosticTags.NotConfigurable, descriptor.CustomTags);
            Assert.Same(descriptor, Descriptors.Of(descriptor.Id));
        });

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryDescriptor_HasItsPageAndLinksToIt(string id)
    {
        DiagnosticDescriptor descriptor = All.Single(item => item.Id == id);
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics", id + ".md"));
        string title = descriptor.Title.ToString(CultureInfo.InvariantCulture);
        Assert.StartsWith($"# {id}: {title}\n\n{descriptor.DefaultSeverity}.\n", page, StringComparison.Ordinal);
        Assert.All(new[] { "## Cause", "## Wrong", "## Right", "## Suppress" }, heading => Assert.Contains(heading, page, StringComparison.Ordinal));
        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryDescriptor_HasOneReleaseLine(string id)
    {
        DiagnosticDescriptor descriptor = All.Single(item => item.Id == id);
        string folder = Path.Combine(Root(), "src", "Lstm.Generators");
        string[] lines =
        [
            .. File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Shipped.md")),
            .. File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Unshipped.md")),
        ];
        Assert.Equal(
            $"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title.ToString(CultureInfo.InvariantCulture)}",
            Assert.Single(lines, line => line.StartsWith(id, StringComparison.Ordinal)));
    }

    [Fact]
    public void NoPage_IsLeftWithoutItsDescriptorOrBuildMessage() => Assert.Equal(
        All.Select(descriptor => descriptor.Id).Concat(BuildMessages()).Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(Root(), "docs", "diagnostics"), "LSTM*.md")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void EveryBuildMessage_LinksToItsPage() => Assert.All(
        BuildMessages(),
        id => Assert.Contains($"/docs/diagnostics/{id}.md\"", BuildTargets(), StringComparison.Ordinal));

    [Fact]
    public void Pages_QuoteTheLimitsInForce()
    {
        string sizes = File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics", "LSTM003.md"));
        Assert.Contains($"| `[LstmCell]` | `Input`, `Hidden` | {ArgumentRanges.Units} |", sizes, StringComparison.Ordinal);
        Assert.Contains($"| `[LstmNetwork]` | `Layers` | {ArgumentRanges.NetworkLayers} |", sizes, StringComparison.Ordinal);
        Assert.Contains($"| `[DeepChain]` | `Layers` | {ArgumentRanges.ChainLayers} |", sizes, StringComparison.Ordinal);
        Assert.Contains($"| `[DeepChain]` | `Width` | {ArgumentRanges.ChainWidth} |", sizes, StringComparison.Ordinal);
        string parameters = File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics", "LSTM009.md"));
        Assert.Contains($"{DeclarationLimits.ParameterBytes / 1024 / 1024} MiB", parameters, StringComparison.Ordinal);
    }

    /// <summary>IDs of what the package's <c>.targets</c> print; no analyzer has them.</summary>
    private static IEnumerable<string> BuildMessages() =>
        Regex.Matches(BuildTargets(), "Code=\"(LSTM[0-9]+)\"").Select(match => match.Groups[1].Value);

    private static string BuildTargets() =>
        File.ReadAllText(Path.Combine(Root(), "src", "Lstm.Runtime", "build", "Lstm.Generators.targets"));

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
