using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace Lstm.Benchmarks;

/// <summary>One time step, with the input arriving step by step; times are per step.</summary>
public class StepBenchmark
{
    private CellParameters parameters = null!;
    private float[] x = [];
    private GeneratedCell generated = null!;
    private TensorPrimitivesCell tensorPrimitives = null!;
    private PlainLoopCell plainLoop = null!;
    private ReferencePeer reference = null!;
    private OnnxRuntimeCell onnxRuntime = null!;
    private OnnxRuntimeCell onnxRuntimeAtOnce = null!;

    public static IEnumerable<CellSize> Sizes => CellSize.All;

    [ParamsSource(nameof(Sizes))]
    public CellSize Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        parameters = CellParameters.Random(Size, seed: 1);
        x = Sequence.Random(Size.Input, seed: 2);
        generated = GeneratedCell.Create(parameters);
        tensorPrimitives = new TensorPrimitivesCell(parameters);
        plainLoop = new PlainLoopCell(parameters);
        reference = new ReferencePeer(parameters);
    }

    // Apart, because its native library need not load here.
    [GlobalSetup(Targets = [nameof(OnnxRuntime), nameof(OnnxRuntimeAtOnce)])]
    public void SetupOnnxRuntime()
    {
        Setup();
        onnxRuntime = new OnnxRuntimeCell(parameters, steps: 1);
        onnxRuntimeAtOnce = new OnnxRuntimeCell(parameters, Sequence.Steps);
    }

    [GlobalCleanup(Targets = [nameof(OnnxRuntime), nameof(OnnxRuntimeAtOnce)])]
    public void CleanupOnnxRuntime()
    {
        onnxRuntime.Dispose();
        onnxRuntimeAtOnce.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Sequence.Steps, Description = "generated")]
    public void Generated() => generated.Stream(x);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = "generated, 64 steps at once")]
    public void GeneratedAtOnce() => generated.StreamAtOnce(x);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = "TensorPrimitives")]
    public void TensorPrimitives() => tensorPrimitives.Stream(x);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = "plain MathF loop")]
    public void PlainLoop() => plainLoop.Stream(x);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = "reference")]
    public void Reference() => reference.Stream(x);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = "ONNX Runtime")]
    [BenchmarkCategory(BenchmarkConfig.OnnxRuntime)]
    public void OnnxRuntime() => onnxRuntime.Stream(x);

    [Benchmark(OperationsPerInvoke = Sequence.Steps, Description = "ONNX Runtime, 64 steps at once")]
    [BenchmarkCategory(BenchmarkConfig.OnnxRuntime)]
    public void OnnxRuntimeAtOnce() => onnxRuntimeAtOnce.Stream(x);
}
