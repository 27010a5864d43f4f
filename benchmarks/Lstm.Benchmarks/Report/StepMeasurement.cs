using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>Nanoseconds of one time step of a contestant.</summary>
internal readonly record struct StepTime(string Contestant, CellSize Size, double Nanoseconds);

internal static class StepMeasurement
{
    /// <summary>All contestants by turns, size after size.</summary>
    public static IReadOnlyList<StepTime> Run(IEnumerable<CellSize> sizes, IReadOnlyList<StepContestant> contestants) =>
        [.. sizes.SelectMany(size => Run(size, contestants))];

    private static StepTime[] Run(CellSize size, IReadOnlyList<StepContestant> contestants)
    {
        CellParameters parameters = CellParameters.Random(size, seed: 1);
        float[] x = Sequence.Random(size.Input, seed: 2);
        IStreamedCell[] cells = [.. contestants.Select(contestant => contestant.Create(parameters))];
        double[] times = Interleaved.Measure([.. cells.Select(cell => (Action)(() => cell.Stream(x)))]);
        foreach (IDisposable cell in cells.OfType<IDisposable>())
        {
            cell.Dispose();
        }

        return [.. contestants.Zip(times, (contestant, time) => new StepTime(contestant.Name, size, time / Sequence.Steps))];
    }
}
