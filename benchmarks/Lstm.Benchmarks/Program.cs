using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Lstm.Benchmarks;

Option<bool> verify = new("--verify") { Description = "Only check that every peer computes the same." };
Option<bool> quick = new("--quick") { Description = "A table of four sizes in about a minute." };
RootCommand command = new("Times the generated cells against what one would use instead. Other arguments go to BenchmarkDotNet.") { verify, quick };
command.TreatUnmatchedTokensAsErrors = false;
command.SetAction(arguments =>
{
    bool onnxRuntime = OnnxRuntimeCell.IsAvailable(out string? reason);
    if (!onnxRuntime)
    {
        Console.WriteLine($"ONNX Runtime is left out: its native library does not load here ({reason}).");
    }

    if (!Verification.Run(onnxRuntime))
    {
        return 1;
    }

    return arguments.GetValue(verify) ? 0 : Measure(arguments.GetValue(quick), [.. arguments.UnmatchedTokens], onnxRuntime);
});
return command.Parse(args).Invoke();

static int Measure(bool quick, string[] arguments, bool onnxRuntime)
{
    ManualConfig config = quick ? BenchmarkConfig.Quick() : BenchmarkConfig.Full();
    if (!onnxRuntime)
    {
        config.AddFilter(new SimpleFilter(benchmark => !benchmark.Descriptor.HasCategory(BenchmarkConfig.OnnxRuntime)));
    }

    IReadOnlyList<Summary> summaries;
    if (quick)
    {
        Console.WriteLine($"Measuring for about a minute; the log goes to {BenchmarkConfig.ArtifactsPath}.");
        summaries = [BenchmarkRunner.Run<StepBenchmark>(config, arguments)];
        MarkdownExporter.Console.ExportToLog(summaries[0], ConsoleLogger.Default);
    }
    else
    {
        summaries = [.. BenchmarkSwitcher.FromTypes([typeof(StepBenchmark), typeof(TrainBenchmark)]).Run(arguments is [] ? ["--filter", "*"] : arguments, config)];
    }

    return summaries.All(summary => summary.Reports.Any() && summary.Reports.All(report => report.Success)) ? 0 : 1;
}
