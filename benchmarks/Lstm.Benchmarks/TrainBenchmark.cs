using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace Lstm.Benchmarks;

/// <summary>Forward and backward through 64 steps of one sequence, and of several at once.</summary>
public class TrainBenchmark
{
    private CellParameters parameters = null!;
    private float[] x = [];
    private float[] dWm = [];
    private ITrainedCell? cell;

    public static IEnumerable<CellSize> Sizes => CellSize.Trained;

    public static IEnumerable<int> Counts => Sequence.Counts;

    [ParamsSource(nameof(Sizes))]
    public CellSize Size { get; set; }

    [ParamsSource(nameof(Counts))]
    public int Sequences { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        parameters = CellParameters.Random(Size, seed: 1);
        x = Sequence.Random(Sequences * Size.Input, seed: 2);
        dWm = Sequence.Random(Sequences * Size.Hidden, seed: 3);
    }

    [GlobalCleanup]
    public void Cleanup() => (cell as IDisposable)?.Dispose();

    [Benchmark(Baseline = true, Description = TrainContestant.Generated)]
    public void Generated() => Train(TrainContestant.Generated);

    [Benchmark(Description = TrainContestant.Native)]
    [BenchmarkCategory(OptionalPeers.Native)]
    public void Native() => Train(TrainContestant.Native);

    [Benchmark(Description = TrainContestant.OneDnn)]
    [BenchmarkCategory(OptionalPeers.OneDnn)]
    public void OneDnn() => Train(TrainContestant.OneDnn);

    [Benchmark(Description = TrainContestant.Reference)]
    public void Reference() => Train(TrainContestant.Reference);

    // Made by the first call: an instance only ever runs one of the methods, and what another needs may be missing here.
    private void Train(string contestant) => (cell ??= TrainContestant.Find(contestant).Create(parameters, Sequences)).Train(x, dWm);
}
