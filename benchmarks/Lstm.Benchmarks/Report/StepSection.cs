using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>One step at every size, by everyone.</summary>
internal static class StepSection
{
    public static string Write(IReadOnlyList<StepTime> times)
    {
        string[] contestants = [.. times.Select(static time => time.Contestant).Distinct()];
        return $"""
            Nanoseconds per step:

            {Table(times, contestants)}
            {Ratios(times, contestants)}
            {CallCost(contestants)}
            ![Nanoseconds per step against d](images/step.svg)
            """;
    }

    /// <summary>The chart of the table.</summary>
    public static void Draw(ReportDocument document) => SizeChart.Write(
        "Nanoseconds per step, p = 1", "ns", Path.Combine(ReportDocument.Images, "step.svg"), document["step"], static name => !IsAtOnce(name));

    private static string CallCost(string[] contestants)
    {
        if (!contestants.Contains(StepContestant.Native))
        {
            return string.Empty;
        }

        using NativeCell empty = NativeCell.Empty();
        float[] x = Sequence.Random(1, seed: 2);
        double time = Interleaved.Measure([() => empty.Stream(x)])[0] / Sequence.Steps;
        return $"A call of an empty C++ step takes {Numbers.Time(time)} ns. The C++ times above include it.\n";
    }

    private static MarkdownTable Table(IReadOnlyList<StepTime> times, string[] contestants)
    {
        MarkdownTable table = new(["(p,d)", .. contestants]);
        foreach (IGrouping<CellSize, StepTime> size in times.GroupBy(static time => time.Size))
        {
            table.Add([size.Key.ToString(), .. size.Select(static time => Numbers.Time(time.Nanoseconds))]);
        }

        return table;
    }

    private static bool IsAtOnce(string name) =>
        name is StepContestant.GeneratedAtOnce or StepContestant.NativeAtOnce or StepContestant.OnnxRuntimeAtOnce;

    /// <summary>What runs as many steps in a call as this contestant.</summary>
    private static string ComparedWith(string name) =>
        name == StepContestant.OnnxRuntimeAtOnce ? StepContestant.GeneratedAtOnce : StepContestant.Generated;

    private static string Ratios(IReadOnlyList<StepTime> times, string[] contestants)
    {
        if (!contestants.Contains(StepContestant.Native))
        {
            return string.Empty;
        }

        (string Title, string Over, string Under)[] ratios =
        [
            ("generated / C++", StepContestant.Generated, StepContestant.Native),
            ("generated / C++, 64 steps at once", StepContestant.GeneratedAtOnce, StepContestant.NativeAtOnce),
            .. contestants.Except([StepContestant.Native, StepContestant.NativeAtOnce, StepContestant.Generated, StepContestant.GeneratedAtOnce])
                .Select(static name => ($"{name} / {ComparedWith(name)}", name, Under: ComparedWith(name))),
        ];
        MarkdownTable table = new(["(p,d)", .. ratios.Select(static ratio => ratio.Title)]);
        Dictionary<CellSize, Dictionary<string, double>> bySize = times.GroupBy(static time => time.Size)
            .ToDictionary(static size => size.Key, static size => size.ToDictionary(static time => time.Contestant, static time => time.Nanoseconds));
        foreach ((CellSize size, Dictionary<string, double> at) in bySize)
        {
            table.Add([size.ToString(), .. ratios.Select(ratio => Numbers.Ratio(at[ratio.Over] / at[ratio.Under]))]);
        }

        IEnumerable<double> Of((string Title, string Over, string Under) ratio) => bySize.Values.Select(at => at[ratio.Over] / at[ratio.Under]);
        table.Add(["geometric mean", .. ratios.Select(ratio => Numbers.Ratio(Numbers.GeometricMean(Of(ratio))))]);
        table.Add(["largest", .. ratios.Select(ratio => Numbers.Ratio(bySize.Values.Max(at => at[ratio.Over] / at[ratio.Under])))]);
        return $"Ratios:\n\n{table}";
    }
}
