using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Lstm.Generators;
using Lstm.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lstm.Benchmarks;

/// <summary>What the generator and the analyzers cost an editor after each edit of a project with fifty generated types.</summary>
internal static class EditorSection
{
    private const int Rounds = 50;

    /// <summary>Edits before any is timed: until the JIT has optimized the compiler's methods and ours, with profiles.</summary>
    private const int WarmUpEdits = 1_500;

    private const int WarmUpRounds = 30;

    /// <summary>Of the analyzers, for which a whole project is bound.</summary>
    private const int AnalyzerRounds = 30;

    public static string Write()
    {
        EditorProject project = new();
        long start = Stopwatch.GetTimestamp();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new LstmGenerator()).RunGenerators(project.Compilation);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        GeneratorDriver finding = CSharpGeneratorDriver.Create(new FindingGenerator()).RunGenerators(project.Compilation);
        int files = driver.GetRunResult().Results.Single().GeneratedSources.Length;
        if (files != EditorProject.Types)
        {
            throw new InvalidOperationException($"{files} types were generated, not {EditorProject.Types}.");
        }

        for (int edit = 1; edit <= WarmUpEdits; edit++)
        {
            Func<int, CSharpCompilation> warmUp = project.Edits[edit % project.Edits.Count].After;
            _ = Run(driver, warmUp(edit)) + Run(finding, warmUp(edit));
        }

        MarkdownTable table = new("edit", "the generator, ms: best", "median", "attributes found, nothing read, ms: best", "median");
        foreach ((string name, Func<int, CSharpCompilation> after) in project.Edits)
        {
            (double Own, double Found)[] times = [.. Enumerable.Range(1, WarmUpRounds + Rounds).Select(Round).Skip(WarmUpRounds)];
            Spread own = SpreadOf(times.Select(static time => time.Own)), found = SpreadOf(times.Select(static time => time.Found));
            table.Add(name, Numbers.Time(own.Best), Numbers.Time(own.Median), Numbers.Time(found.Best), Numbers.Time(found.Median));

            // Each has a compilation of its own: the symbols of an edited project are built for whoever asks first.
            (double Own, double Found) Round(int round) => (Run(driver, after(round)), Run(finding, after(round)));
        }

        // An editor keeps the trees of generated files whose text has not changed.
        ImmutableArray<SyntaxTree> generated = driver.GetRunResult().GeneratedTrees;
        Spread analyzers = Repeat(Analyze), looking = Repeat(Look);
        return $"""
            {Processor.Name}, {Environment.ProcessorCount} cores; Roslyn {typeof(Compilation).Assembly.GetName().Version};
            {Rounds} edits of each kind, after {WarmUpEdits:N0} others.

            {table}
            The first run, which writes all {EditorProject.Types} types and includes the generator's own JIT: {Numbers.Time(first)} ms.
            The three analyzers, over the edited file with ten declarations: {Numbers.Time(analyzers.Best)} ms (best),
            {Numbers.Time(analyzers.Median)} ms (median). In these is the first look for a type in the edited project, which someone
            always does: alone it takes {Numbers.Time(looking.Best)} ms, {Numbers.Time(looking.Median)} ms.
            """;

        Spread Repeat(Func<Compilation, double> time) => SpreadOf(Enumerable.Range(1, 2 * AnalyzerRounds)
            .Select(round => time(project.Edits[2].After(round).AddSyntaxTrees(generated))).Skip(AnalyzerRounds));
    }

    /// <summary>Milliseconds that the driver counts for its one generator.</summary>
    private static double Run(GeneratorDriver driver, CSharpCompilation edited) =>
        driver.RunGenerators(edited).GetTimingInfo().GeneratorTimes.Single().ElapsedTime.TotalMilliseconds;

    /// <summary>Milliseconds that the analyzers take for the file with declarations, in a compilation that nobody has looked into yet.</summary>
    private static double Analyze(Compilation complete)
    {
        DiagnosticAnalyzer[] analyzers = [new LargeCopyAnalyzer(), new LostWriteAnalyzer(), new PortableBitsAnalyzer()];
        CompilationWithAnalyzers analysis = complete.WithAnalyzers(
            [.. analyzers],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
        SemanticModel model = complete.GetSemanticModel(complete.SyntaxTrees.Single(static tree => tree.FilePath == "Models0.cs"));
        _ = analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None).GetAwaiter().GetResult();
        return analyzers.Sum(analyzer =>
            analysis.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None).GetAwaiter().GetResult().ExecutionTime.TotalMilliseconds);
    }

    /// <summary>Milliseconds until the compiler has found an attribute's class, and so knows which types there are.</summary>
    private static double Look(Compilation complete)
    {
        long start = Stopwatch.GetTimestamp();
        _ = complete.GetTypesByMetadataName(typeof(LstmCellAttribute).FullName!);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Spread SpreadOf(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return new Spread(sorted[0], sorted[sorted.Length / 2]);
    }
}
