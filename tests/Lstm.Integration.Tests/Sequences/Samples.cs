using System;
using System.Linq;
using Lstm.Kernels;
using Net = Lstm.Integration.Types.Network3x12x2Layers2;

namespace Lstm.Integration.Tests.Sequences;

/// <summary>Sequences of different lengths, the longest first, with a class at two of three steps; and what each gives alone.</summary>
internal sealed class Samples
{
    private UniformRandom _random;

    public Samples(ulong seed, params int[] lengths)
    {
        _random = new UniformRandom(seed);
        Lengths = lengths;
        Net net = default;
        net.Initialize(seed);
        Net = net;
        X = [.. lengths.Select(length => Uniform(length * Net.InputSize))];
        Targets = [.. lengths.Select(length => Uniform(length).Select(u => u < -0.33f ? -1 : u < 0.33f ? 0 : 1).ToArray())];
        Initial = [.. lengths.Select(_ => RandomState())];
    }

    /// <summary>Around the 64 steps of a block of Backward; two that end together; one without steps.</summary>
    public static int[] SomeLengths { get; } = [130, 65, 64, 64, 9, 1, 0];

    public int[] Lengths { get; }

    public Net Net { get; }

    public float[][] X { get; }

    /// <summary>A class at each step, or -1.</summary>
    public int[][] Targets { get; }

    public Net.State[] Initial { get; }

    public Net.State RandomState()
    {
        Net.State state = default;
        for (int layer = 0; layer < Net.LayerCount; layer++)
        {
            Uniform(Net.HiddenSize).CopyTo(state.LongTermMemory(layer));
            Uniform(Net.HiddenSize).CopyTo(state.WorkingMemory(layer));
        }

        return state;
    }

    /// <summary>Sequence n by itself.</summary>
    /// <param name="n">Which sequence.</param>
    /// <param name="dState">dL/d(its final state), besides the loss of its targets.</param>
    public Alone RunAlone(int n, Net.State dState = default)
    {
        float[] y = new float[Lengths[n] * Net.OutputSize], dY = new float[y.Length], dX = new float[X[n].Length];
        float[] tape = new float[Net.TapeLength(Lengths[n])];
        Net.State state = Initial[n];
        Net.Gradient gradient = default;
        Net.Forward(X[n], ref state, y, tape);
        double loss = Loss.SoftmaxCrossEntropy(y, Net.OutputSize, Targets[n], dY);
        Net.Backward(X[n], tape, dY, ref dState, ref gradient, dX);
        return new Alone(y, state, dX, dState, gradient.Values.ToArray(), loss);
    }

    /// <summary>So many uniform numbers in (-1, 1).</summary>
    public float[] Uniform(int count)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = _random.Next(1f);
        }

        return numbers;
    }

    /// <summary>All numbers of a state.</summary>
    public static float[] Numbers(Net.State state)
    {
        float[] numbers = new float[Net.State.Length];
        state.Export(numbers);
        return numbers;
    }
}

/// <summary>What one sequence gives: outputs, final state, dX, dL/d(initial state), weight gradient, loss.</summary>
internal sealed record Alone(float[] Y, Net.State Final, float[] DX, Net.State DInitial, float[] Gradient, double Loss)
{
    /// <summary>The weight gradients of several, added in double.</summary>
    public static double[] Sum(Alone[] all) => [.. Enumerable.Range(0, all[0].Gradient.Length).Select(i => all.Sum(one => (double)one.Gradient[i]))];
}
