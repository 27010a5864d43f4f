using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace Lstm.Benchmarks;

/// <summary>Forward and backward through one sequence of 64 steps.</summary>
public class TrainBenchmark
{
    private float[] x = [];
    private float[] dWm = [];
    private GeneratedCell generated = null!;
    private ReferencePeer reference = null!;

    public static IEnumerable<CellSize> Sizes => CellSize.Trained;

    [ParamsSource(nameof(Sizes))]
    public CellSize Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        CellParameters parameters = CellParameters.Random(Size, seed: 1);
        x = Sequence.Random(Size.Input, seed: 2);
        dWm = Sequence.Random(Size.Hidden, seed: 3);
        generated = GeneratedCell.Create(parameters);
        reference = new ReferencePeer(parameters);
    }

    [Benchmark(Baseline = true, Description = "generated")]
    public void Generated() => generated.Train(x, dWm);

    [Benchmark(Description = "reference")]
    public void Reference() => reference.Train(x, dWm);
}
