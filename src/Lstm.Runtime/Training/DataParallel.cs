using System;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Data-parallel training: splits a mini-batch into shards, lets several threads work on them, each shard with a gradient of its own, and adds
/// these gradients in a fixed order.
/// </summary>
/// <remarks>
/// <para>The split follows from the number of sequences alone. Gradients and losses are added in the order of the shards. So any number of threads
/// gives the same bits.</para>
/// <para>It owns its threads, and a gradient for each shard in 64-byte aligned memory. The first call with as many sequences makes them; later calls
/// allocate nothing. Between calls a thread looks for work for 0.1 ms, then sleeps. Dispose it to end the threads.</para>
/// </remarks>
/// <typeparam name="TGradient">The <c>Gradient</c> of a generated cell, network or chain, of floats or doubles.</typeparam>
/// <example><code>
/// using var parallel = new DataParallel&lt;Net.Gradient&gt;();
/// ShardGradient&lt;Net.Gradient&gt; shardGradient = (Shard shard, ref Net.Gradient gradient) =>
/// {
///     double loss = 0;
///     for (int n = shard.First; n &lt; shard.First + shard.Count; n++)
///     {
///         Net.State state = default, dState = default;
///         net.Value.Forward(x[n], ref state, y[n], tape[n]);
///         loss += Loss.Squared(y[n], target[n], dY[n]);
///         net.Value.Backward(x[n], tape[n], dY[n], ref dState, ref gradient);
///     }
///
///     return loss;
/// };
///
/// gradient.Clear();
/// double loss = parallel.AddGradients(sequences: 64, gradient.Values, shardGradient);
/// </code></example>
public sealed class DataParallel<TGradient> : IDisposable, ITeamWork
    where TGradient : unmanaged
{
    private const int LargestShardCount = 64;

    private readonly int sequencesPerShard;
    private readonly ThreadTeam team;
    private readonly object failing = new();
    private AlignedMemory<TGradient>[] gradients = [];
    private double[] losses = [];
    private int inUse;
    private bool disposed;

    // Of the call that is running.
    private int sequences;
    private int shards;
    private ShardGradient<TGradient>? shardGradient;
    private int failedShard;
    private ExceptionDispatchInfo? failure;

    /// <summary>Prepares for mini-batches of any number of sequences.</summary>
    /// <param name="threads">How many threads work at a time at most, the caller's included; 0: as many as the machine has cores.</param>
    /// <param name="sequencesPerShard">
    /// About how many sequences a shard has; at least 1. The results depend on it in the last bits. Large shards gain more from the kernels for many
    /// sequences; small ones give work to more threads. There are at most 64 shards: with more sequences they are larger.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public DataParallel(int threads = 0, int sequencesPerShard = 4)
    {
        if (threads < 0)
        {
            Throw.OutOfRange(nameof(threads), "at least 1, or 0 for one a core", threads);
        }

        if (sequencesPerShard < 1)
        {
            Throw.OutOfRange(nameof(sequencesPerShard), "at least 1", sequencesPerShard);
        }

        this.sequencesPerShard = sequencesPerShard;
        team = new ThreadTeam(threads == 0 ? Environment.ProcessorCount : threads);
    }

    /// <summary>Ends the threads of an object that was not disposed; its gradients end themselves.</summary>
    ~DataParallel() => team?.Stop(wait: false);

    /// <summary>How many threads work at a time at most, the caller's included.</summary>
    public int Threads => team.Limit;

    /// <summary>Into how many shards a mini-batch is split.</summary>
    /// <param name="sequences">The number of sequences; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sequences"/> is negative.</exception>
    public int ShardCount(int sequences)
    {
        CheckSequences(sequences);
        return (int)Math.Min(LargestShardCount, ((long)sequences + sequencesPerShard - 1) / sequencesPerShard);
    }

    /// <summary>One shard of a mini-batch: sequences in order, as evenly as they divide.</summary>
    /// <param name="sequences">The number of sequences; at least 1.</param>
    /// <param name="index">From 0 to <see cref="ShardCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Shard ShardAt(int sequences, int index)
    {
        int count = ShardCount(sequences);
        if ((uint)index >= (uint)count)
        {
            Throw.OutOfRange(nameof(index), index, count);
        }

        return Split(sequences, count, index);
    }

    /// <summary>Runs all shards of a mini-batch and adds their gradients to one.</summary>
    /// <param name="sequences">The number of sequences of the mini-batch; at least 0.</param>
    /// <param name="gradient">A generated <c>Gradient.Values</c>; the gradients of the shards are added to it in ascending order.</param>
    /// <param name="shardGradient">
    /// What to do with a shard. Several threads call it at a time, once for each shard; it must write nothing that another shard reads or writes.
    /// Keep the delegate in a field: one made anew for each call is an allocation.
    /// </param>
    /// <returns>The sum of the shards' losses, added in ascending order.</returns>
    /// <remarks>
    /// An exception of a shard reaches the caller as it is, that of the lowest shard if there are several.
    /// <paramref name="gradient"/> is untouched then.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="gradient"/> has not the length of <typeparamref name="TGradient"/>.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="shardGradient"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sequences"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">It is in use: by another thread, or by the shard that called.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public double AddGradients(int sequences, Span<float> gradient, ShardGradient<TGradient> shardGradient) =>
        AddGradients<float>(sequences, gradient, shardGradient);

    /// <inheritdoc cref="AddGradients(int, Span{float}, ShardGradient{TGradient})"/>
    public double AddGradients(int sequences, Span<double> gradient, ShardGradient<TGradient> shardGradient) =>
        AddGradients<double>(sequences, gradient, shardGradient);

    /// <summary>Ends the threads and frees the gradients. Repeating it does nothing.</summary>
    /// <exception cref="InvalidOperationException">It is in use.</exception>
    public void Dispose()
    {
        Enter();
        if (!disposed)
        {
            disposed = true;
            team.Stop(wait: true);
            foreach (AlignedMemory<TGradient> gradient in gradients)
            {
                gradient.Dispose();
            }

            GC.SuppressFinalize(this);
        }

        Leave();
    }

    /// <inheritdoc/>
    void ITeamWork.Run(int item)
    {
        // Shards start in ascending order, so those below the one that failed run to their end: the lowest exception does not depend on threads.
        if (item > Volatile.Read(ref failedShard))
        {
            return;
        }

        try
        {
            AlignedMemory<TGradient> gradient = gradients[item];
            gradient.GetSpan().Clear();
            losses[item] = shardGradient!(Split(sequences, shards, item), ref gradient.Value);
        }
        catch (Exception exception)
        {
            lock (failing)
            {
                if (item < failedShard)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                    Volatile.Write(ref failedShard, item);
                }
            }
        }
    }

    private static void CheckSequences(int sequences)
    {
        if (sequences < 0)
        {
            Throw.OutOfRange(nameof(sequences), "at least 0", sequences);
        }
    }

    private static Shard Split(int sequences, int count, int index)
    {
        int first = (int)((long)sequences * index / count);
        int next = (int)((long)sequences * (index + 1) / count);
        return new Shard(index, first, next - first);
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref inUse, 1) != 0)
        {
            throw new InvalidOperationException("A DataParallel serves one call at a time, and none from within a shard: use another one there.");
        }
    }

    private void Leave() => Volatile.Write(ref inUse, 0);

    private unsafe double AddGradients<T>(int sequences, Span<T> gradient, ShardGradient<TGradient> shardGradient)
        where T : unmanaged
    {
        Begin(sequences, gradient.Length, sizeof(T), shardGradient);
        try
        {
            RunShards();
            T one = Number.FromDouble<T>(1);
            double loss = 0;
            for (int shard = 0; shard < shards; shard++)
            {
                MultiplyAdd.Apply(MemoryMarshal.Cast<TGradient, T>(gradients[shard].GetSpan()), one, gradient, gradient);
                loss += losses[shard];
            }

            return loss;
        }
        finally
        {
            End();
        }
    }

    private unsafe void Begin(int sequences, int length, int scalarSize, ShardGradient<TGradient> shardGradient)
    {
        int shards = ShardCount(sequences);
        if (shardGradient is null)
        {
            throw new ArgumentNullException(nameof(shardGradient));
        }

        if ((long)length * scalarSize != sizeof(TGradient))
        {
            Throw.Length("gradient", sizeof(TGradient) / scalarSize, length, $"It is the Values of a {typeof(TGradient)}.");
        }

        Enter();
        if (disposed)
        {
            Leave();
            throw new ObjectDisposedException(nameof(DataParallel<TGradient>));
        }

        this.sequences = sequences;
        this.shards = shards;
        this.shardGradient = shardGradient;
        failedShard = int.MaxValue;
    }

    private void RunShards()
    {
        if (shards > gradients.Length)
        {
            Grow();
        }

        if (shards > 0)
        {
            team.Run(shards, this);
        }

        failure?.Throw();
    }

    private void Grow()
    {
        var grown = new AlignedMemory<TGradient>[shards];
        gradients.CopyTo(grown, 0);
        for (int shard = gradients.Length; shard < shards; shard++)
        {
            grown[shard] = new AlignedMemory<TGradient>();
        }

        losses = new double[shards];
        gradients = grown;
    }

    private void End()
    {
        shardGradient = null; // and with it all that it holds
        failure = null;
        Leave();
    }
}
