using System;
using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;

namespace Lstm.Benchmarks;

/// <summary>
/// The cell in ONNX Runtime with <c>steps</c> time steps to a run: 1 when the input arrives step by step. As cheap as its API allows:
/// one thread, and inputs and outputs bound once, the state's two copies taking turns.
/// </summary>
internal sealed class OnnxRuntimeCell : IStreamedCell, IDisposable
{
    private readonly SessionOptions options = new()
    {
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
    };

    private readonly RunOptions runOptions = new();
    private readonly InferenceSession session;
    private readonly Tensor x;
    private readonly Tensor[] wm;
    private readonly Tensor[] ltm;
    private readonly OrtIoBinding[] bindings;
    private int present;

    public OnnxRuntimeCell(CellParameters parameters, int steps)
    {
        (int input, int hidden) = parameters.Size;
        session = new InferenceSession(OnnxLstmModel.Create(parameters, steps), options);
        x = new Tensor(steps, 1, input);
        wm = [new Tensor(1, 1, hidden), new Tensor(1, 1, hidden)];
        ltm = [new Tensor(1, 1, hidden), new Tensor(1, 1, hidden)];
        bindings = [Bind(from: 0, to: 1), Bind(from: 1, to: 0)];
    }

    public ReadOnlySpan<float> WorkingMemory => wm[present].Values;

    /// <summary>Whether the native library loads here.</summary>
    public static bool IsAvailable([NotNullWhen(false)] out string? reason)
    {
        try
        {
            _ = OrtEnv.Instance();
            reason = null;
            return true;
        }
        catch (Exception exception)
            when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            reason = exception.GetBaseException().Message;
            return false;
        }
    }

    public void Stream(ReadOnlySpan<float> x)
    {
        Span<float> block = this.x.Values;
        for (int start = 0; start < x.Length; start += block.Length)
        {
            x.Slice(start, block.Length).CopyTo(block);
            session.RunWithBinding(runOptions, bindings[present]);
            present = 1 - present;
        }
    }

    public void Dispose()
    {
        Array.ForEach(bindings, binding => binding.Dispose());
        Array.ForEach([x, .. wm, .. ltm], tensor => tensor.Value.Dispose());
        session.Dispose();
        runOptions.Dispose();
        options.Dispose();
    }

    private OrtIoBinding Bind(int from, int to)
    {
        OrtIoBinding binding = session.CreateIoBinding();
        binding.BindInput("x", x.Value);
        binding.BindInput("wm0", wm[from].Value);
        binding.BindInput("ltm0", ltm[from].Value);
        binding.BindOutput("wmT", wm[to].Value);
        binding.BindOutput("ltmT", ltm[to].Value);
        return binding;
    }

    /// <summary>An array that managed and native code share.</summary>
    private sealed class Tensor
    {
        public Tensor(params long[] shape)
        {
            Values = new float[shape[0] * shape[1] * shape[2]];
            Value = OrtValue.CreateTensorValueFromMemory(Values, shape);
        }

        public float[] Values { get; }

        public OrtValue Value { get; }
    }
}
