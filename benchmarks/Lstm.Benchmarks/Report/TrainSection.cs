using System.Collections.Generic;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>Forward and backward over 64 steps.</summary>
internal static class TrainSection
{
    public static string Write(IReadOnlyList<TrainTime> times) =>
        string.Join("\n", times.GroupBy(static time => time.Sequences).Select(static sequences => $"N = {sequences.Key}, microseconds:\n\n{Table([.. sequences])}"));

    private static MarkdownTable Table(IReadOnlyList<TrainTime> times)
    {
        string[] contestants = [.. times.Select(static time => time.Contestant).Distinct()];
        string[] peers = [.. contestants.Where(static name => name != TrainContestant.Generated)];
        MarkdownTable table = new(["(p,d)", .. contestants, .. peers.Select(static peer => $"generated / {peer}")]);
        List<double[]> ratios = [];
        foreach (IGrouping<CellSize, TrainTime> size in times.GroupBy(static time => time.Size))
        {
            Dictionary<string, double> at = size.ToDictionary(static time => time.Contestant, static time => time.Microseconds);
            ratios.Add([.. peers.Select(peer => at[TrainContestant.Generated] / at[peer])]);
            table.Add([size.Key.ToString(), .. contestants.Select(name => Numbers.Time(at[name])), .. ratios[^1].Select(Numbers.Ratio)]);
        }

        table.Add(
        [
            "geometric mean", .. contestants.Select(static _ => string.Empty),
            .. peers.Select((_, peer) => Numbers.Ratio(Numbers.GeometricMean(ratios.Select(row => row[peer])))),
        ]);
        return table;
    }
}
