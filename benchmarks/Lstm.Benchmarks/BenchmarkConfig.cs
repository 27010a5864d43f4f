using System;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Lstm.Benchmarks;

/// <summary>How the benchmarks run and what their tables show.</summary>
internal static class BenchmarkConfig
{
    /// <summary>Where logs and tables go, whatever the working directory: <c>artifacts/benchmarks</c> of the repository.</summary>
    public static string ArtifactsPath { get; } = Path.Combine(Repository.Root, "artifacts", "benchmarks");

    /// <summary>
    /// Every case in a process of its own, which keeps apart what one case does to the next (heap, inlining, tiers) and lets
    /// a job set variables such as <c>DOTNET_EnableAVX512</c>.
    /// </summary>
    public static ManualConfig Full() => Common(Job.Default
            .WithIterationTime(TimeInterval.FromMilliseconds(200))
            .WithEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "0")) // as in the project file, which that process does not read
        .AddLogger(ConsoleLogger.Default)
        .WithBuildTimeout(TimeSpan.FromMinutes(10)); // it builds this project anew, with all its generated cells

    /// <summary>
    /// Four sizes in this process: building a second project with every generated cell in it would take longer than the measurements.
    /// </summary>
    public static ManualConfig Quick() => Common(Job.ShortRun
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(50))
            .WithIterationCount(15))
        .AddLogger(NullLogger.Instance)
        .AddFilter(new SimpleFilter(benchmark => benchmark.Parameters[nameof(StepBenchmark.Size)] is CellSize size && CellSize.Quick.Contains(size)));

    private static ManualConfig Common(Job job) => ManualConfig.CreateEmpty()
        .AddJob(job)
        .AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)))
        .AddColumn(TargetMethodColumn.Method, StatisticColumn.Median, StatisticColumn.Min, BaselineRatioColumn.RatioMean)
        .AddColumnProvider(DefaultColumnProviders.Params, DefaultColumnProviders.Metrics)
        .AddExporter(MarkdownExporter.GitHub, CsvExporter.Default)
        .WithArtifactsPath(ArtifactsPath);
}
