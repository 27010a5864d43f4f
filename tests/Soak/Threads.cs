using System;

namespace Lstm.Soak;

/// <summary>Trains on threads that stay, and on others that start and end, with the same bits.</summary>
internal sealed class Threads : ILoad, IDisposable
{
    private const int Sequences = 16;
    private const int Steps = 32;

    /// <summary>Threads start and end once in so many turns.</summary>
    private const int NewThreads = 8;

    private readonly float[] x = new float[Sequences * Steps], y = new float[Sequences * Steps], dY = new float[Sequences * Steps];
    private readonly float[] tape = new float[Sequences * Net.TapeLength(Steps)];
    private readonly DataParallel<Net.Gradient> parallel = new(threads: 2);
    private readonly ShardGradient<Net.Gradient> shardGradient;
    private readonly AlignedMemory<Net> net = new();
    private Net.Gradient gradient;
    private Net.Gradient other;
    private int turn;

    public Threads()
    {
        shardGradient = Run;
        net.Value.Initialize(seed: 7);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (float)Math.Sin(0.17 * i);
        }
    }

    public long Turn()
    {
        gradient.Clear();
        double loss = SoakException.Finite(parallel.AddGradients(Sequences, gradient.Values, shardGradient), "the mini-batch");
        if (turn++ % NewThreads == 0)
        {
            using DataParallel<Net.Gradient> started = new(threads: 3);
            other.Clear();
            double same = started.AddGradients(Sequences, other.Values, shardGradient);
            if (same != loss || !other.Values.SequenceEqual(gradient.Values))
            {
                throw new SoakException($"Three threads give the loss {same:R} and two give {loss:R}, or another gradient");
            }
        }

        net.Value.Descend(in gradient, 0.0001f);
        return Sequences * Steps;
    }

    public void Dispose()
    {
        parallel.Dispose();
        net.Dispose();
    }

    private double Run(Shard shard, ref Net.Gradient sum)
    {
        double loss = 0;
        for (int n = shard.First; n < shard.First + shard.Count; n++)
        {
            Span<float> own = x.AsSpan(n * Steps, Steps), wm = y.AsSpan(n * Steps, Steps), slope = dY.AsSpan(n * Steps, Steps);
            Span<float> record = tape.AsSpan(n * Net.TapeLength(Steps), Net.TapeLength(Steps));
            Net.State state = default, dState = default;
            net.Value.Forward(own, ref state, wm, record);
            loss += Loss.Squared(wm, own, slope);
            net.Value.Backward(own, record, slope, ref dState, ref sum);
        }

        return loss;
    }
}
