using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>Nanoseconds of one time step of a contestant.</summary>
internal readonly record struct StepTime(string Contestant, CellSize Size, double Nanoseconds);

internal static class StepMeasurement
{
    /// <summary>Those of all contestants at every size, the least of several processes each.</summary>
    public static IReadOnlyList<StepTime> Least(IReadOnlySet<string> peers) => [.. ChildRun.Least(ReportParts.Contest).SelectMany(
        size => StepContestant.Among(peers).Zip(size.Value, (contestant, time) => new StepTime(contestant.Name, size.Key, time)))];

    /// <summary>Those of each contestant at every size, all by turns in this process, size after size.</summary>
    public static IEnumerable<(CellSize Size, double[] Times)> Measure(IReadOnlyList<StepContestant> contestants) =>
        CellSize.All.Select(size => (size, Measure(size, contestants)));

    private static double[] Measure(CellSize size, IReadOnlyList<StepContestant> contestants)
    {
        CellParameters parameters = CellParameters.Random(size, seed: 1);
        float[] x = Sequence.Random(size.Input, seed: 2);
        IStreamedCell[] cells = [.. contestants.Select(contestant => contestant.Create(parameters))];
        double[] times = Interleaved.Measure([.. cells.Select(cell => (Action)(() => cell.Stream(x)))]);
        foreach (IDisposable cell in cells.OfType<IDisposable>())
        {
            cell.Dispose();
        }

        return Array.ConvertAll(times, static time => time / Sequence.Steps);
    }
}
