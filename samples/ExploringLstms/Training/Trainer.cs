using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using Lstm;

namespace ExploringLstms;

/// <summary>Trains a network to continue the strings of an experiment: cross-entropy, mini-batches, clipping, Adam; on one thread.</summary>
internal sealed class Trainer<TNetwork, TState, TGradient> : IDisposable
    where TNetwork : unmanaged, ICharacterNetwork<TNetwork, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<float>
{
    private readonly Experiment experiment;
    private readonly Random random;
    private readonly Adam adam = new(TNetwork.ParameterLength);
    private readonly AlignedMemory<TNetwork> network = new();
    private readonly AlignedMemory<TGradient> gradient = new();
    private readonly TState[] states;
    private readonly float[] kept = new float[TNetwork.ParameterCount];

    // They grow to what the longest batch takes, and are used again.
    private float[] outputs = [];
    private float[] dOutputs = [];
    private float[] tape = [];

    public Trainer(Experiment experiment, int seed)
    {
        this.experiment = experiment;
        random = new Random(seed);
        states = new TState[experiment.Plan.Batch];
        network.Value.Initialize((ulong)random.NextInt64(), experiment.Plan.RememberBias);
    }

    public ref TNetwork Network => ref network.Value;

    /// <summary>One update of the weights.</summary>
    /// <returns>The mean loss of a character.</returns>
    public float Update(int update)
    {
        StringBatch batch = new(experiment, [.. Enumerable.Range(0, experiment.Plan.Batch).Select(_ => DrawTraining())]);
        Span<float> y = Room(ref outputs, batch.Targets.Length * TNetwork.OutputSize), dY = Room(ref dOutputs, y.Length);
        Span<float> recorded = Room(ref tape, TNetwork.TapeLength(batch.Steps, batch.Count));
        Array.Clear(states);
        Network.Forward(batch.X, states, y, recorded);
        int count = Loss.Count(batch.Targets);
        float loss = Loss.SoftmaxCrossEntropy(y, TNetwork.OutputSize, batch.Targets, dY) / count;
        TensorPrimitives.Multiply(dY, 1f / count, dY);
        Array.Clear(states);
        gradient.Value.Clear();
        Network.Backward(batch.X, recorded, dY, states, ref gradient.Value, default);
        GradientClipping.ByGlobalNorm(gradient.Value.Values, TrainingPlan.LargestNorm);
        adam.LearningRate = experiment.Plan.LearningRateAt(update);
        adam.Step(Network.Parameters, gradient.Value.Values);
        return loss;
    }

    /// <summary>How many strings are right, and the least probability of a right character at a determined place.</summary>
    public (int Right, float Least) Evaluate(IReadOnlyList<string> texts)
    {
        int right = 0;
        float least = 1;
        foreach (string[] some in texts.Chunk(64))
        {
            StringBatch batch = new(experiment, some);
            float[] y = new float[batch.Targets.Length * TNetwork.OutputSize], probabilities = new float[TNetwork.OutputSize];
            Network.Forward(batch.X, new TState[batch.Count], y);
            for (int n = 0; n < batch.Count; n++)
            {
                bool all = true;
                foreach (int row in batch.Determined(n))
                {
                    ReadOnlySpan<float> logits = y.AsSpan(row * TNetwork.OutputSize, TNetwork.OutputSize);
                    all &= Loss.ArgMax(logits) == batch.Targets[row];
                    Loss.Softmax(logits, probabilities);
                    least = Math.Min(least, probabilities[batch.Targets[row]]);
                }

                right += all ? 1 : 0;
            }
        }

        return (right, least);
    }

    /// <summary>Keeps the weights as they are now.</summary>
    public void Keep() => Network.ExportParameters(kept);

    /// <summary>Goes back to the weights that were kept.</summary>
    public void Restore() => Network.ImportParameters(kept);

    public void Dispose()
    {
        network.Dispose();
        gradient.Dispose();
    }

    /// <summary>A string to train on: every count is equally likely.</summary>
    public string DrawTraining()
    {
        while (true)
        {
            string text = experiment.Draw(random, 1 + random.Next(experiment.Largest));
            if (experiment.UseOf(text) == Use.Training)
            {
                return text;
            }
        }
    }

    private static Span<float> Room(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new float[length];
        }

        return buffer.AsSpan(0, length);
    }
}
