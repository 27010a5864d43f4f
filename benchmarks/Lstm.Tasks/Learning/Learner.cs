using System;

namespace Lstm.Tasks.Learning;

/// <summary>A generated network of any size and what it needs to be trained on batches. One thread; the same bits for the same seed.</summary>
internal sealed class Learner<TNetwork, TState, TGradient> : IPredictor, IDisposable
    where TNetwork : unmanaged, ITrainableLstm<TNetwork, float, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<float>
{
    private readonly LearningSettings settings;
    private readonly AlignedMemory<TNetwork> network = new();
    private readonly AlignedMemory<TGradient> gradient = new();
    private readonly AlignedMemory<float> tape;
    private readonly Adam adam;
    private readonly TState[] dStates;
    private TState[] states;
    private double rate;

    /// <summary>A network with its first weights.</summary>
    /// <param name="settings">How it learns.</param>
    /// <param name="largestSteps">The most steps of a training sequence.</param>
    /// <param name="seed">Decides the first weights.</param>
    public Learner(LearningSettings settings, int largestSteps, int seed)
    {
        this.settings = settings;
        tape = new AlignedMemory<float>(TNetwork.TapeLength(largestSteps, settings.BatchSize));
        adam = new Adam(TNetwork.ParameterLength, settings.LearningRate);
        states = new TState[settings.BatchSize];
        dStates = new TState[settings.BatchSize];
        rate = settings.LearningRate;
        network.Value.Initialize((ulong)seed, rememberBias: 1f);
        if (settings.MemorySpan > 0)
        {
            RememberFor(settings.MemorySpan, new Random(seed));
        }
    }

    /// <summary>Runs the sequences of a batch, lets the task judge the answers, and takes one step of Adam.</summary>
    /// <returns>False: a number was not finite, and nothing was changed.</returns>
    public bool Learn(Batch batch, Action<Batch> judge)
    {
        ref TNetwork net = ref network.Value;
        net.Forward(batch.X, Fresh(batch.Sequences), batch.Y, tape.GetSpan());
        judge(batch);
        foreach (ref float d in batch.DY)
        {
            d /= batch.Sequences; // the loss is the mean over sequences
        }

        dStates.AsSpan().Clear();
        gradient.Value.Clear();
        net.Backward(batch.X, tape.GetSpan(), batch.DY, dStates, ref gradient.Value, default);

        Span<float> values = gradient.Value.Values;
        adam.LearningRate = rate;
        rate = Math.Max(rate * settings.Decay, settings.LearningRate * LearningSettings.LeastShare);
        return double.IsFinite(GradientClipping.ByGlobalNorm(values, settings.LargestNorm)) && adam.Step(net.Parameters, values);
    }

    /// <inheritdoc/>
    public void Predict(Batch batch) => network.Value.Forward(batch.X, Fresh(batch.Sequences), batch.Y);

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        gradient.Dispose();
        tape.Dispose();
    }

    /// <summary>States of 0, for any number of sequences.</summary>
    private Span<TState> Fresh(int sequences)
    {
        if (states.Length < sequences)
        {
            Array.Resize(ref states, sequences);
        }

        Span<TState> fresh = states.AsSpan(0, sequences);
        fresh.Clear();
        return fresh;
    }

    /// <summary>Chrono initialization (Tallec and Ollivier, 2018): unit by unit, memories that last from 1 to T steps.</summary>
    private void RememberFor(int steps, Random random)
    {
        for (int row = 0; row < TNetwork.HiddenSize; row++)
        {
            double lasts = 1 + ((steps - 2) * random.NextDouble());
            network.Value.B(0, Gate.Remember, row) = (float)Math.Log(lasts);
            network.Value.B(0, Gate.Save, row) = -(float)Math.Log(lasts);
        }
    }
}
