using System;

namespace Lstm.Tasks.Learning;

/// <summary>Sequences of one length, side by side: rows of step 0 of all sequences, then those of step 1.</summary>
/// <param name="largestSteps">The most steps that a sequence may have.</param>
/// <param name="sequences">N.</param>
/// <param name="inputSize">p, the width of x.</param>
/// <param name="outputSize">K, the width of y.</param>
internal sealed class Batch(int largestSteps, int sequences, int inputSize, int outputSize)
{
    private readonly float[] x = new float[largestSteps * sequences * inputSize];
    private readonly float[] y = new float[largestSteps * sequences * outputSize];
    private readonly float[] dY = new float[largestSteps * sequences * outputSize];
    private readonly int[] classes = new int[largestSteps * sequences];

    /// <summary>N.</summary>
    public int Sequences => sequences;

    /// <summary>T.</summary>
    public int Steps { get; private set; }

    /// <summary>The most that T may be.</summary>
    public int LargestSteps => largestSteps;

    /// <summary>T x N x p.</summary>
    public Span<float> X => x.AsSpan(0, Steps * sequences * inputSize);

    /// <summary>T x N x K.</summary>
    public Span<float> Y => y.AsSpan(0, Steps * sequences * outputSize);

    /// <summary>dL/dy, T x N x K.</summary>
    public Span<float> DY => dY.AsSpan(0, Steps * sequences * outputSize);

    /// <summary>The class that is right at each step, or -1 for none; T x N.</summary>
    public Span<int> Classes => classes.AsSpan(0, Steps * sequences);

    /// <summary>The number that is right at the end of each sequence; N. For tasks without classes.</summary>
    public float[] Sums { get; } = new float[sequences];

    /// <summary>How wrong the answer to each sequence is, in the unit of the task; N.</summary>
    public double[] Errors { get; } = new double[sequences];

    /// <summary>Begins new sequences: x = 0, and no step has a class.</summary>
    /// <param name="steps">T.</param>
    public void Begin(int steps)
    {
        Steps = steps;
        X.Clear();
        Classes.Fill(-1);
    }

    /// <summary>x of a step of a sequence; p.</summary>
    public Span<float> Input(int step, int sequence) => x.AsSpan(((step * sequences) + sequence) * inputSize, inputSize);

    /// <summary>y of a step of a sequence; K.</summary>
    public Span<float> Output(int step, int sequence) => y.AsSpan(((step * sequences) + sequence) * outputSize, outputSize);

    /// <summary>The class that is right at a step of a sequence, or -1.</summary>
    public ref int Class(int step, int sequence) => ref classes[(step * sequences) + sequence];
}
