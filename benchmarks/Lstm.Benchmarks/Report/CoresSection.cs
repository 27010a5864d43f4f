using System;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>A mini-batch forward and back by <see cref="DataParallel{TGradient}"/>: one thread against one a core.</summary>
internal static class CoresSection
{
    private const int SequencesPerShard = 4; // the default of DataParallel
    private const int Calls = 32; // to a turn: only the first one has to wake the threads, as in training that goes on

    public static string Write()
    {
        int cores = Environment.ProcessorCount;
        if (cores == 1)
        {
            return "Left out: this process has one core.";
        }

        MarkdownTable table = new("(p,d), N, us", string.Empty, "one call, no shards", "shards, one thread", $"shards, {cores} threads", "one thread / all", "one call / all");
        Add<Cell1x16, Cell1x16.State, Cell1x16.Gradient>(table, new CellSize(1, 16), sequences: 16);
        Add<Cell1x16, Cell1x16.State, Cell1x16.Gradient>(table, new CellSize(1, 16), sequences: 64);
        Add<Cell1x32, Cell1x32.State, Cell1x32.Gradient>(table, new CellSize(1, 32), sequences: 16);
        return table.ToString();
    }

    private static void Add<TCell, TState, TGradient>(MarkdownTable table, CellSize size, int sequences)
        where TCell : unmanaged, IGenerated<TCell, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        using ShardedCell<TCell, TState, TGradient> whole = new(size, sequences, threads: 1, sequencesPerShard: sequences);
        using ShardedCell<TCell, TState, TGradient> alone = new(size, sequences, threads: 1, SequencesPerShard);
        using ShardedCell<TCell, TState, TGradient> together = new(size, sequences, threads: 0, SequencesPerShard);
        Spread[] spreads = Interleaved.MeasureSpread([() => Repeat(whole), () => Repeat(alone), () => Repeat(together)]);
        Add("median", static spread => spread.Median);
        Add("best", static spread => spread.Best);

        void Add(string title, Func<Spread, double> figure)
        {
            double[] times = [.. spreads.Select(spread => figure(spread) / (1000 * Calls))];
            table.Add([$"{size}, {sequences}", title, .. times.Select(Numbers.Time), Numbers.Ratio(times[1] / times[2]), Numbers.Ratio(times[0] / times[2])]);
        }
    }

    private static void Repeat<TCell, TState, TGradient>(ShardedCell<TCell, TState, TGradient> cell)
        where TCell : unmanaged, IGenerated<TCell, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        for (int call = 0; call < Calls; call++)
        {
            cell.Train();
        }
    }
}
