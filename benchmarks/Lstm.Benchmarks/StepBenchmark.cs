using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace Lstm.Benchmarks;

/// <summary>One time step, with the input arriving step by step unless it says otherwise; times are per step.</summary>
public class StepBenchmark
{
    private CellParameters parameters = null!;
    private float[] x = [];
    private IStreamedCell? cell;

    public static IEnumerable<CellSize> Sizes => CellSize.All;

    [ParamsSource(nameof(Sizes))]
    public CellSize Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        parameters = CellParameters.Random(Size, seed: 1);
        x = Sequence.Random(Size.Input, seed: 2);
    }

    [GlobalCleanup]
    public void Cleanup() => (cell as IDisposable)?.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Sequence.Steps, Description = StepContestant.Generated)]
    public void Generated() => Stream(StepContestant.Generated);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = StepContestant.GeneratedAtOnce)]
    public void GeneratedAtOnce() => Stream(StepContestant.GeneratedAtOnce);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = StepContestant.Native)]
    [BenchmarkCategory(OptionalPeers.Native)]
    public void Native() => Stream(StepContestant.Native);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = StepContestant.NativeAtOnce)]
    [BenchmarkCategory(OptionalPeers.Native)]
    public void NativeAtOnce() => Stream(StepContestant.NativeAtOnce);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = StepContestant.TensorPrimitives)]
    public void TensorPrimitives() => Stream(StepContestant.TensorPrimitives);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = StepContestant.PlainLoop)]
    public void PlainLoop() => Stream(StepContestant.PlainLoop);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = StepContestant.Reference)]
    public void Reference() => Stream(StepContestant.Reference);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = StepContestant.OnnxRuntime)]
    [BenchmarkCategory(OptionalPeers.OnnxRuntime)]
    public void OnnxRuntime() => Stream(StepContestant.OnnxRuntime);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = StepContestant.OnnxRuntimeAtOnce)]
    [BenchmarkCategory(OptionalPeers.OnnxRuntime)]
    public void OnnxRuntimeAtOnce() => Stream(StepContestant.OnnxRuntimeAtOnce);

    // Made by the first call: an instance only ever runs one of the methods, and what another needs may be missing here.
    private void Stream(string contestant) => (cell ??= StepContestant.Find(contestant).Create(parameters)).Stream(x);
}
