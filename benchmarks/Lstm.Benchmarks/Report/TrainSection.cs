using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>Forward and backward over 64 steps.</summary>
internal static class TrainSection
{
    public static string Write(IReadOnlyList<TrainTime> times) => $"""
        {string.Join("\n", times.GroupBy(static time => time.Sequences).Select(Part))}
        ![Microseconds of forward and backward over 64 steps against d](images/train.svg)
        """;

    /// <summary>The chart of the first table, which is of one sequence.</summary>
    public static void Draw(ReportDocument document) => SizeChart.Write(
        "Microseconds of forward and backward over 64 steps, p = 1", "us", Path.Combine(ReportDocument.Images, "train.svg"), document["train"],
        static name => !name.StartsWith($"{TrainContestant.Generated} / ", StringComparison.Ordinal));

    private static string Part(IGrouping<int, TrainTime> sequences) => $"N = {sequences.Key}, microseconds:\n\n{Table([.. sequences])}";

    private static MarkdownTable Table(IReadOnlyList<TrainTime> times)
    {
        string[] contestants = [.. times.Select(static time => time.Contestant).Distinct()];
        string[] peers = [.. contestants.Where(static name => name != TrainContestant.Generated)];
        MarkdownTable table = new(["(p,d)", .. contestants, .. peers.Select(static peer => $"generated / {peer}")]);
        Dictionary<CellSize, double[]> ratios = [];
        foreach (IGrouping<CellSize, TrainTime> size in times.GroupBy(static time => time.Size))
        {
            Dictionary<string, double> at = size.ToDictionary(static time => time.Contestant, static time => time.Microseconds);
            ratios.Add(size.Key, [.. peers.Select(peer => at[TrainContestant.Generated] / at[peer])]);
            table.Add([size.Key.ToString(), .. contestants.Select(name => Numbers.Time(at[name])), .. ratios[size.Key].Select(Numbers.Ratio)]);
        }

        AddMean("geometric mean", [.. ratios.Keys]);
        if (ratios.Count > CellSize.Trained.Count)
        {
            AddMean("geometric mean of the sizes with N = 16", CellSize.Trained);
        }

        return table;

        void AddMean(string title, IReadOnlyList<CellSize> sizes) => table.Add(
        [
            title, .. contestants.Select(static _ => string.Empty),
            .. peers.Select((_, peer) => Numbers.Ratio(Numbers.GeometricMean(sizes.Select(size => ratios[size][peer])))),
        ]);
    }
}
