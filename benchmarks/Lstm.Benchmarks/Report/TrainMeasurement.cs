using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>Microseconds of forward and backward of a contestant over N sequences.</summary>
internal readonly record struct TrainTime(string Contestant, CellSize Size, int Sequences, double Microseconds);

internal static class TrainMeasurement
{
    /// <summary>Those of all contestants at every size that is trained on so many sequences, the least of several processes each.</summary>
    public static IEnumerable<TrainTime> Least(int sequences, IReadOnlySet<string> peers) =>
        ChildRun.Least(ReportParts.Training(sequences)).SelectMany(size => TrainContestant.Among(peers)
            .Zip(size.Value, (contestant, time) => new TrainTime(contestant.Name, size.Key, sequences, time)));

    /// <summary>Those of each contestant, all by turns in this process, size after size.</summary>
    public static IEnumerable<(CellSize Size, double[] Times)> Measure(int sequences, IReadOnlyList<TrainContestant> contestants) =>
        CellSize.TrainedOn(sequences).Select(size => (size, Measure(size, sequences, contestants)));

    private static double[] Measure(CellSize size, int sequences, IReadOnlyList<TrainContestant> contestants)
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

        return Array.ConvertAll(times, static time => time / 1000);
    }
}
