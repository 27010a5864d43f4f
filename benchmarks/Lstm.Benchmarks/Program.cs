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
Option<bool> report = new("--report") { Description = "Measure everything by turns and write docs/benchmarks.md." };
Option<bool> draw = new("--draw") { Description = "Measure nothing; draw the charts of docs/benchmarks.md from its tables." };
Option<bool> editor = new("--editor") { Description = "Measure only what an edit costs in the generator; write that part of docs/benchmarks.md." };
Option<string?> part = new("--part") { Description = "What --report asks of a process of its own.", Hidden = true };
Option<bool> quick = new("--quick") { Description = "A table of four sizes in about a minute." };
RootCommand command = new("Times the generated cells against what one would use instead. Other arguments go to BenchmarkDotNet.")
{
    verify, quick, report, draw, editor, part,
};
command.TreatUnmatchedTokensAsErrors = false;
command.SetAction(arguments =>
{
    if (arguments.GetValue(part) is { } child)
    {
        return ReportParts.Run(child);
    }

    if (arguments.GetValue(draw))
    {
        ReportCommand.Draw();
        return 0;
    }

    if (arguments.GetValue(editor))
    {
        ReportCommand.Editor();
        return 0;
    }

    IReadOnlySet<string> peers = OptionalPeers.Find(Console.WriteLine);
    if (!Verification.Run(peers))
    {
        return 1;
    }

    if (arguments.GetValue(report))
    {
        ReportCommand.Run(peers);
        return 0;
    }

    return arguments.GetValue(verify) ? 0 : Measure(arguments.GetValue(quick), [.. arguments.UnmatchedTokens], peers);
});
return command.Parse(args).Invoke();

static int Measure(bool quick, string[] arguments, IReadOnlySet<string> peers)
{
    ManualConfig config = quick ? BenchmarkConfig.Quick() : BenchmarkConfig.Full();
    foreach (string missing in OptionalPeers.All.Except(peers))
    {
        config.AddFilter(new SimpleFilter(benchmark => !benchmark.Descriptor.HasCategory(missing)));
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
        BenchmarkSwitcher switcher = BenchmarkSwitcher.FromTypes([typeof(StepBenchmark), typeof(TrainBenchmark)]);
        summaries = [.. switcher.Run(arguments is [] ? ["--filter", "*"] : arguments, config)];
    }

    return summaries.All(summary => summary.Reports.Any() && summary.Reports.All(report => report.Success)) ? 0 : 1;
}
