using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Lstm.Tasks.Learning;

namespace Lstm.Tasks.Report;

/// <summary>
/// Runs an experiment for several seeds and prints a line for each, the paper's row beside the means, and a line that a script can read.
/// </summary>
internal static class TrialReport
{
    /// <summary>Runs and prints.</summary>
    /// <returns>The trials, in the order of seeds.</returns>
    public static IReadOnlyList<Trial> Run(Experiment experiment, SeedOptions options, TextWriter output)
    {
        long limit = options.Limit ?? experiment.Limit;
        output.WriteLine($"{experiment.Name}: {experiment.Description}; at most {limit:N0} sequences");
        long start = Stopwatch.GetTimestamp();
        Trial?[] trials = new Trial?[options.Seeds];
        int printed = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        // One seed at a time to each thread: they take different times.
        Parallel.ForEach(Partitioner.Create(Seeds(options), EnumerablePartitionerOptions.NoBuffering), parallel, seed =>
        {
            Trial trial = experiment.Run(seed, limit);
            lock (trials)
            {
                trials[seed - options.FirstSeed] = trial;
                for (; printed < trials.Length && trials[printed] is { } next; printed++)
                {
                    output.WriteLine(Line(next));
                }
            }
        });

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine($"wall time {seconds:0.0} s, {Math.Min(options.Threads, options.Seeds)} threads, {Environment.ProcessorCount} cores");
        Trial[] all = [.. trials.OfType<Trial>()];
        PrintTable(experiment, all, output);
        output.WriteLine(LastLine(experiment, all));
        return all;
    }

    /// <summary>The trials as CSV, a line each.</summary>
    public static string Csv(Experiment experiment, IReadOnlyList<Trial> trials)
    {
        string lines = string.Concat(trials.Select(trial => string.Create(
            CultureInfo.InvariantCulture,
            $"{experiment.FileName},{trial.Seed},{trial.Outcome},{trial.Sequences},{trial.Wrong},{trial.Tested},"
            + $"{trial.MeanError:R},{trial.Weights},{trial.Seconds:0.00}\n")));
        return $"task,seed,outcome,sequences,wrong,tested,mean_error,weights,seconds\n{lines}";
    }

    /// <summary>Such as <c>adding T = 100: 10 of 10 seeds, median 24,000 sequences</c>; without a solved seed, <c>median none</c>.</summary>
    public static string LastLine(Experiment experiment, IReadOnlyList<Trial> trials)
    {
        long[] sequences = [.. Solved(trials).Select(static trial => trial.Sequences).Order()];
        if (sequences.Length == 0)
        {
            return $"{experiment.Name}: 0 of {trials.Count} seeds, median none";
        }

        long median = (sequences[(sequences.Length - 1) / 2] + sequences[sequences.Length / 2]) / 2;
        return string.Create(
            CultureInfo.InvariantCulture, $"{experiment.Name}: {sequences.Length} of {trials.Count} seeds, median {median:N0} sequences");
    }

    private static IEnumerable<int> Seeds(SeedOptions options) => Enumerable.Range(options.FirstSeed, options.Seeds);

    private static IEnumerable<Trial> Solved(IReadOnlyList<Trial> trials) => trials.Where(static trial => trial.Outcome == Outcome.Solved);

    private static string Line(Trial trial)
    {
        string how = trial.Outcome switch
        {
            Outcome.Solved => string.Empty,
            Outcome.FailedTest => "  too many wrong",
            Outcome.NotLearned => "  not learned",
            _ => "  a number was not finite",
        };
        return $"seed {trial.Seed,3}  {trial.Sequences,9:N0} sequences  {trial.Wrong,5:N0} of {trial.Tested:N0} wrong  {trial.Weights,6:N0} weights"
            + $"  {trial.Seconds,6:0.0} s{how}";
    }

    private static void PrintTable(Experiment experiment, Trial[] trials, TextWriter output)
    {
        output.WriteLine($"{"means of",-38}  {"weights",8}  {"sequences",10}  wrong");
        foreach (PaperRow row in experiment.Paper)
        {
            output.WriteLine($"{"1997, " + row.What,-38}  {row.Weights,8:N0}  {row.Sequences,10:N0}  {row.Wrong}");
        }

        Trial[] solved = [.. Solved(trials)];
        if (solved.Length > 0)
        {
            string what = $"here, {solved.Length} of {trials.Length} seeds";
            output.WriteLine(
                $"{what,-38}  {solved[0].Weights,8:N0}  {solved.Average(static trial => trial.Sequences),10:N0}  "
                + $"{solved.Average(static trial => trial.Wrong):0.0} of {solved[0].Tested:N0}, at most {solved.Max(static trial => trial.Wrong)}");
        }
    }
}
