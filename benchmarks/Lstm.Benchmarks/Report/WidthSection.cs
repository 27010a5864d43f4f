using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;

namespace Lstm.Benchmarks;

/// <summary>The same steps with narrower vectors, as on processors that have no others.</summary>
internal static class WidthSection
{
    public static string Write()
    {
        List<(string Title, Dictionary<CellSize, double> Times)> runs = [("unchanged", Run())];
        if (Vector512.IsHardwareAccelerated)
        {
            runs.Add(("DOTNET_EnableAVX512=0", Run(("DOTNET_EnableAVX512", "0"))));
        }

        runs.Add(("DOTNET_EnableAVX2=0", Run(("DOTNET_EnableAVX2", "0"))));
        MarkdownTable table = new(
            ["(p,d)", .. runs.Select(static run => run.Title), .. runs.Skip(1).Select(static run => $"{run.Title} / unchanged")]);
        foreach (CellSize size in CellSize.All)
        {
            double[] times = [.. runs.Select(run => run.Times[size])];
            table.Add([size.ToString(), .. times.Select(Numbers.Time), .. times.Skip(1).Select(time => Numbers.Ratio(time / times[0]))]);
        }

        string without = Vector512.IsHardwareAccelerated
            ? string.Empty
            : "No vectors of 512 bits here, so there is no column for `DOTNET_EnableAVX512=0`: it would be the first one again.\n\n";
        return $"{without}Nanoseconds per generated step. Each column is a process of its own:\n\n{table}";
    }

    private static Dictionary<CellSize, double> Run(params (string Name, string Value)[] switches) =>
        ChildRun.Figures(ReportParts.Steps, switches).ToDictionary(static size => size.Key, static size => size.Value[0]);
}
