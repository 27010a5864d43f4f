using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Planning;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Incremental;

/// <summary>What is computed again after an edit, step by step.</summary>
public sealed class CachingTests
{
    /// <summary>All three kinds in one file, with code of the user's around them.</summary>
    private const string Models = """
        using Lstm;
        namespace Demo
        {
            [LstmCell(Input = 2, Hidden = 3)]
            public partial struct Cell
            {
                public static int Twice(int value) => 2 * value;
            }

            [LstmNetwork(Input = 2, Hidden = 3, Output = 1)]
            public partial struct Net;

            [DeepChain(Layers = 3)]
            public partial struct Chain;

            class User { int M() => 1; }
        }
        """;

    private const string Elsewhere = "class Elsewhere { }";

    private static readonly string[] Steps =
    [
        TrackingNames.Problems,
        TrackingNames.CellSpec, TrackingNames.CellPlan,
        TrackingNames.NetworkSpec, TrackingNames.NetworkPlan,
        TrackingNames.ChainSpec, TrackingNames.ChainPlan,
    ];

    [Theory]
    [InlineData("class User { int M() => 1; }", "class User { int M() => 2; }")]
    [InlineData("=> 2 * value;", "=> value + value;")]
    [InlineData("public partial struct Net;", "public partial struct Net; // a comment")]
    [InlineData("using Lstm;\n", "// a first line\nusing Lstm;\n\n")]
    [InlineData("class User", "[System.Serializable] class User")]
    [InlineData("[DeepChain(Layers = 3)]", "[DeepChain(Layers = 3)] [System.Obsolete]")]
    [InlineData("Hidden = 3)]\n    public", "Hidden = 1 + 2)]\n    internal")]
    [InlineData("[LstmCell(Input = 2, Hidden = 3)]", "[LstmCell(Hidden = 3, Input = 2)]")]
    [InlineData("class User", "struct Another; class User")]
    public void EditInTheSameFile_ReusesSpecPlanAndSource(string before, string after)
    {
        Assert.Contains(before, Models);
        CSharpCompilation compilation = TestCompilation.Create([Models, Elsewhere]);
        AssertReused(RunTwice(compilation, Replace(compilation, 0, Models.Replace(before, after, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("class Elsewhere { int field; }")]
    [InlineData("")]
    [InlineData("class Elsewhere { unfinished(")]
    public void EditElsewhere_ReusesSpecPlanAndSource(string after)
    {
        CSharpCompilation compilation = TestCompilation.Create([Models, Elsewhere]);
        AssertReused(RunTwice(compilation, Replace(compilation, 1, after)));
    }

    [Fact]
    public void FileAddedOrRemoved_ReusesSpecPlanAndSource()
    {
        CSharpCompilation one = TestCompilation.Create([Models]);
        CSharpCompilation two = TestCompilation.Create([Models, Elsewhere]);
        two = two.ReplaceSyntaxTree(two.SyntaxTrees[0], one.SyntaxTrees[0]);
        AssertReused(RunTwice(one, two));
        AssertReused(RunTwice(two, one));
    }

    [Fact]
    public void ChangedArgument_RecomputesThatTypeOnly()
    {
        CSharpCompilation compilation = TestCompilation.Create([Models, Elsewhere]);
        GeneratorRunResult result = RunTwice(
            compilation, Replace(compilation, 0, Models.Replace("Output = 1", "Output = 2", StringComparison.Ordinal)));

        Assert.Equal(["Demo.Net.g.cs"], Recomputed(result));
        Assert.All(Steps, step => Assert.All(
            GeneratorRun.Outputs(result, step),
            output => Assert.Equal(
                step is TrackingNames.NetworkSpec or TrackingNames.NetworkPlan, output.Reason == IncrementalStepRunReason.Modified)));
    }

    [Fact]
    public void ChangedArgumentOfOneOfTwoCells_RecomputesThatCellOnly()
    {
        string[] sources =
        [
            "[Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct First;\n[Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct Second;",
            "[Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct Third;",
        ];
        CSharpCompilation compilation = TestCompilation.Create(sources);
        string changed = sources[0].Replace("3)] partial struct Second", "4)] partial struct Second", StringComparison.Ordinal);
        GeneratorRunResult result = RunTwice(compilation, Replace(compilation, 0, changed));
        Assert.Equal(["Second.g.cs"], Recomputed(result));
    }

    [Fact]
    public void SecondType_DoesNotRegenerateTheFirst()
    {
        CSharpCompilation compilation = TestCompilation.Create([Models, Elsewhere]);
        GeneratorRunResult result = RunTwice(
            compilation, Replace(compilation, 1, "[Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct Second;"));
        Assert.Equal(["Second.g.cs"], Recomputed(result));
        Assert.Equal(4, result.GeneratedSources.Length);
    }

    /// <summary>What is read once for a compilation is read again for the next one.</summary>
    [Theory]
    [InlineData("[assembly: Lstm.LstmPortable]", "PortableReference")]
    [InlineData("namespace Lstm { class Kernels { } }", "LSTM016")]
    public void EditElsewhereThatChangesThePlatform_RecomputesAll(string after, string expected)
    {
        CSharpCompilation compilation = TestCompilation.Create([Models, Elsewhere]);
        GeneratorRunResult result = RunTwice(compilation, Replace(compilation, 1, after));
        Assert.Equal(3, result.GeneratedSources.Length);
        Assert.All(result.GeneratedSources, source => Assert.Contains(expected, source.SourceText.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void RemovedAttribute_RemovesItsSourceAndKeepsTheOthers()
    {
        CSharpCompilation compilation = TestCompilation.Create([Models, Elsewhere]);
        GeneratorRunResult result = RunTwice(
            compilation, Replace(compilation, 0, Models.Replace("[LstmCell(Input = 2, Hidden = 3)]", "", StringComparison.Ordinal)));
        Assert.Empty(Recomputed(result));
        Assert.Equal(["Demo.Chain.g.cs", "Demo.Net.g.cs"], result.GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Wrong declarations move: they are reported at their new places, and neither they nor the right ones are planned or written again.
    /// </summary>
    [Theory]
    [InlineData("using Lstm;\n", "// a first line\nusing Lstm;\n\n")]
    [InlineData("using Lstm;\n", "using Lstm;\nclass Another { int M() => 1; }\n")]
    public void MovedWrongDeclaration_IsReportedAgainAndReusesItsStubs(string before, string after)
    {
        const string Wrong = "using Lstm;\n[LstmCell(Input = 0, Hidden = 3)] partial struct Bad;\n[DeepChain(Layers = 2)] class Worse { }\n";
        CSharpCompilation compilation = TestCompilation.Create([Models, Elsewhere, Wrong]);
        GeneratorDriver first = GeneratorRun.Driver().RunGenerators(compilation);
        GeneratorDriver second = first.RunGenerators(Replace(compilation, 2, Wrong.Replace(before, after, StringComparison.Ordinal)));
        GeneratorRunResult result = GeneratorRun.Result(second);

        Assert.All(GeneratorRun.Outputs(result, TrackingNames.Stub), output => Assert.True(IsReused(output.Reason)));
        Assert.All(
            Steps.Where(step => step != TrackingNames.Problems),
            step => Assert.All(GeneratorRun.Outputs(result, step), output => Assert.True(IsReused(output.Reason), step)));
        Assert.Empty(Recomputed(result));
        Assert.Equal(5, result.GeneratedSources.Length);
        Assert.Equal(2, GeneratorRun.Outputs(result, TrackingNames.Problems).Count(output => output.Reason == IncrementalStepRunReason.Modified));
        Assert.Equal([("LSTM003", 1), ("LSTM002", 2)], Places(GeneratorRun.Result(first)));
        int moved = after.Count(character => character == '\n') - before.Count(character => character == '\n');
        Assert.Equal([("LSTM003", 1 + moved), ("LSTM002", 2 + moved)], Places(result));

        static IEnumerable<(string Id, int Line)> Places(GeneratorRunResult run) =>
            run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line))
                .OrderBy(place => place.Item2);
    }

    [Fact]
    public void EditElsewhere_ReportsNothingAgain()
    {
        CSharpCompilation compilation = TestCompilation.Create(["[Lstm.LstmCell(Input = 0, Hidden = 3)] partial struct Bad;", Elsewhere]);
        GeneratorRunResult result = RunTwice(compilation, Replace(compilation, 1, "class Elsewhere { int field; }"));
        Assert.Single(result.Diagnostics);
        Assert.All(
            result.TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs),
            output => Assert.True(IsReused(output.Reason)));
    }

    /// <summary>The declaration is mended: its stubs give way to the real members.</summary>
    [Fact]
    public void MendedDeclaration_GetsItsMembers()
    {
        CSharpCompilation compilation = TestCompilation.Create(["[Lstm.LstmCell(Input = 0, Hidden = 3)] partial struct Bad;"]);
        GeneratorRunResult result = RunTwice(compilation, Replace(compilation, 0, "[Lstm.LstmCell(Input = 1, Hidden = 3)] partial struct Bad;"));
        Assert.Empty(result.Diagnostics);
        Assert.DoesNotContain("NotSupportedException", Assert.Single(result.GeneratedSources).SourceText.ToString(), StringComparison.Ordinal);
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, int file, string source)
    {
        SyntaxTree old = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)old.Options, old.FilePath));
    }

    private static GeneratorRunResult RunTwice(Compilation before, Compilation after) =>
        GeneratorRun.Result(GeneratorRun.Driver().RunGenerators(before).RunGenerators(after));

    private static void AssertReused(GeneratorRunResult result)
    {
        Assert.All(Steps, step =>
        {
            (object? Value, IncrementalStepRunReason Reason)[] outputs = [.. GeneratorRun.Outputs(result, step)];
            Assert.NotEmpty(outputs);
            Assert.All(outputs, output => Assert.True(IsReused(output.Reason), $"{step} was {output.Reason}"));
        });
        Assert.Empty(Recomputed(result));
        Assert.Equal(3, result.GeneratedSources.Length);
    }

    /// <summary>Hint names of the files that were written again or anew.</summary>
    private static IEnumerable<string> Recomputed(GeneratorRunResult result)
    {
        IncrementalGeneratorRunStep[] outputs = [.. result.TrackedOutputSteps.Values.SelectMany(steps => steps)];
        Assert.NotEmpty(outputs);
        return outputs
            .Where(step => step.Inputs.Single() is var input && input.Source.Outputs[input.OutputIndex].Value is not EquatableArray<Problem>)
            .Where(step => step.Outputs.Any(output => !IsReused(output.Reason) && output.Reason != IncrementalStepRunReason.Removed))
            .Select(step => HintName(step.Inputs.Single()))
            .Order(StringComparer.Ordinal);
    }

    private static string HintName((IncrementalGeneratorRunStep Source, int OutputIndex) input)
    {
        TargetType target = input.Source.Outputs[input.OutputIndex].Value switch
        {
            LstmCellPlan plan => plan.Target,
            LstmNetworkPlan plan => plan.Target,
            DeepChainPlan plan => plan.Target,
            object other => throw new InvalidOperationException($"A source is made from {other.GetType()}"),
        };
        return target.HintName;
    }

    private static bool IsReused(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;
}
