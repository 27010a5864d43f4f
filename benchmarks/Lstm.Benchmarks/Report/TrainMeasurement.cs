using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>Microseconds of forward and backward of a contestant over N sequences.</summary>
internal readonly record struct TrainTime(string Contestant, CellSize Size, int Sequences, double Microseconds);

internal static class TrainMeasurement
{
    /// <summary>All contestants by turns, size after size.</summary>
    public static IReadOnlyList<TrainTime> Run(IEnumerable<CellSize> sizes, int sequences, IReadOnlyList<TrainContestant> contestants) =>
        [.. sizes.SelectMany(size => Run(size, sequences, contestants))];

    private static TrainTime[] Run(CellSize size, int sequences, IReadOnlyList<TrainContestant> contestants)
    {
        CellParameters parameters = CellParameters.Random(size, seed: 1);
        float[] x = Sequence.Random(sequences * size.Input, seed: 2);
        float[] dWm = Sequence.Random(sequences * size.Hidden, seed: 3);
        ITrainedCell[] cells = [.. contestants.Select(contestant => contestant.Create(parameters, sequences))];
        double[] times = Interleaved.Measure([.. cells.Select(cell => (Action)(() => cell.Train(x, dWm)))]);
        foreach (IDisposable cell in cells.OfType<IDisposable>())
        {
            cell.Dispose();
        }

        return [.. contestants.Zip(times, (contestant, time) => new TrainTime(contestant.Name, size, sequences, time / 1000))];
    }
}
