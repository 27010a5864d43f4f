using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading.Tasks;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Lstm.Generators.Tests.Portable;

/// <summary>Which platform is chosen, and that LSTM023 says so.</summary>
public sealed class PlatformTests
{
    private const string Cell = "[Lstm.LstmCell(Input = 2, Hidden = 3)] public partial struct Cell { }";

    [Theory]
    [InlineData(LanguageVersion.CSharp9, true)]
    [InlineData(LanguageVersion.CSharp11, true)]
    [InlineData(LanguageVersion.CSharp12, false)]
    public void Language_Chooses(LanguageVersion language, bool portable) =>
        Assert.Equal(portable, IsPortable(GeneratorRun.Driver(language), TestCompilation.Create(Cell, language)));

    [Fact]
    public void Framework_Chooses() => Assert.True(IsPortable(
        GeneratorRun.Driver(), TestCompilation.Create([Cell], references: NetStandard.References)));

    /// <summary>What the interfaces of the runtime for .NET 8 need is not there, whoever has a <c>Vector512</c>.</summary>
    [Fact]
    public void RuntimeForNetStandard_Chooses()
    {
        const string Own = "namespace System.Runtime.Intrinsics { static class Vector512 { } }";
        ImmutableArray<MetadataReference> modern = [.. TestCompilation.References.Where(reference => !IsRuntime(reference))];
        CSharpCompilation[] compilations =
        [
            TestCompilation.Create([Cell, Own], references: NetStandard.References),
            TestCompilation.Create([Cell], references: [.. modern, MetadataReference.CreateFromFile(NetStandard.Runtime)]),
        ];
        Assert.All(compilations, compilation =>
        {
            Assert.True(IsPortable(GeneratorRun.Driver(), compilation));
            Assert.Empty(GeneratorMarkup.Report(compilation).Errors);
        });

        static bool IsRuntime(MetadataReference reference) => reference.Display!.EndsWith("Lstm.Runtime.dll", StringComparison.Ordinal);
    }

    [Fact]
    public void AssemblyAttribute_Chooses() =>
        Assert.True(IsPortable(GeneratorRun.Driver(), TestCompilation.Create(["[assembly: Lstm.LstmPortable]", Cell])));

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public void Property_Chooses(string value, bool portable) => Assert.Equal(
        portable, IsPortable(GeneratorRun.Driver().WithUpdatedAnalyzerConfigOptions(new Properties(value)), TestCompilation.Create(Cell)));

    [Theory]
    [InlineData("[{|LSTM023:Lstm.LstmCell|}(Input = 2, Hidden = 3)] partial struct Model { }")]
    [InlineData("[{|LSTM023:Lstm.LstmNetwork|}(Input = 2, Hidden = 3, Output = 1)] partial struct Model { }")]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 3, Arithmetic = {|LSTM023:Lstm.Arithmetic.Fused|})] partial struct Model { }")]
    [InlineData("[Lstm.LstmCell(Input = 2, Hidden = 3, Arithmetic = Lstm.Arithmetic.Portable)] partial struct Model { }")]
    [InlineData("[Lstm.DeepChain(Layers = 3)] partial struct Model { }")]
    [InlineData("[Lstm.LstmCell(Input = 0, Hidden = 3)] partial struct Model { }")]
    public Task FusedArithmeticOnThePortablePlatform_ReportsLstm023(string source) => AnalyzerMarkup.Verify<PortableBitsAnalyzer>(
        source, LanguageVersion.CSharp9, NetStandard.References,
        source.Contains("LSTM023", StringComparison.Ordinal)
            ? ["'Model' has the bits of Arithmetic.Portable here, where code for C# 9 and netstandard2.1 is generated, "
                + "and others on .NET 8 and later: write Arithmetic = Arithmetic.Portable"]
            : []);

    [Fact]
    public async Task Elsewhere_NothingIsReported() => Assert.Empty(await AnalyzerMarkup.Report<PortableBitsAnalyzer>(TestCompilation.Create(Cell)));

    [Fact]
    public async Task ForcedByTheProperty_ReportsLstm023()
    {
        AnalyzerOptions options = new([], new Properties("true"));
        ImmutableArray<Diagnostic> reported = await TestCompilation.Create(Cell)
            .WithAnalyzers([new PortableBitsAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync();
        Assert.Equal("LSTM023", Assert.Single(reported).Id);
    }

    private static bool IsPortable(GeneratorDriver driver, Compilation compilation) =>
        Assert.Single(GeneratorRun.Files(driver.RunGenerators(compilation))).Text.Contains("Portable profile", StringComparison.Ordinal);

    /// <summary>The MSBuild property as the compiler passes it on.</summary>
    private sealed class Properties(string value) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } =
            new Options(new Dictionary<string, string> { ["build_property.LstmPortable"] = value });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
