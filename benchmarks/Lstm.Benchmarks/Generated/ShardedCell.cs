using System;
using System.Linq;
using System.Runtime.InteropServices;

namespace Lstm.Benchmarks;

/// <summary>A cell that <see cref="DataParallel{TGradient}"/> trains on a mini-batch.</summary>
internal sealed class ShardedCell<TCell, TState, TGradient> : IDisposable
    where TCell : unmanaged, IGenerated<TCell, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<float>
{
    private readonly int sequences;
    private readonly AlignedMemory<TCell> cell = new();
    private readonly AlignedMemory<TGradient> gradient = new();
    private readonly DataParallel<TGradient> parallel;
    private readonly Buffers[] shards;
    private readonly ShardGradient<TGradient> shardGradient;

    /// <param name="size">The cell's size.</param>
    /// <param name="sequences">N, the sequences of a mini-batch.</param>
    /// <param name="threads">How many threads work on it; 0: one a core.</param>
    /// <param name="sequencesPerShard">How many sequences go through one call; N: all of them, so that nothing is split.</param>
    public ShardedCell(CellSize size, int sequences, int threads, int sequencesPerShard)
    {
        this.sequences = sequences;
        parallel = new DataParallel<TGradient>(threads, sequencesPerShard);
        shards = [.. Enumerable.Range(0, parallel.ShardCount(sequences)).Select(index => new Buffers(size, parallel.ShardAt(sequences, index).Count))];
        shardGradient = AddGradient;
        CellParameters.Random(size, seed: 1).CopyTo<float>(
            (gate, row, column) => ref cell.Value.W(0, gate, row, column),
            (gate, row, column) => ref cell.Value.U(0, gate, row, column),
            (gate, row) => ref cell.Value.B(0, gate, row));
    }

    /// <summary>Forward from zero states and back again, over the whole mini-batch.</summary>
    public void Train()
    {
        gradient.Value = default;
        parallel.AddGradients(sequences, MemoryMarshal.Cast<TGradient, float>(gradient.GetSpan()), shardGradient);
    }

    public void Dispose()
    {
        parallel.Dispose();
        foreach (IDisposable memory in (IDisposable[])[cell, gradient, .. shards])
        {
            memory.Dispose();
        }
    }

    private double AddGradient(Shard shard, ref TGradient own)
    {
        Buffers buffers = shards[shard.Index];
        buffers.States.GetSpan().Clear();
        buffers.DStates.GetSpan().Clear();
        cell.Value.Forward(buffers.X, buffers.States.GetSpan(), buffers.Wm.GetSpan(), buffers.Tape.GetSpan());
        cell.Value.Backward(buffers.X, buffers.Tape.GetSpan(), buffers.DWm, buffers.DStates.GetSpan(), ref own, dX: default);
        return 0; // the gradient at wm is given, not that of a loss
    }

    /// <summary>What the sequences of one shard are read from and written to.</summary>
    private sealed class Buffers(CellSize size, int count) : IDisposable
    {
        public float[] X { get; } = Sequence.Random(count * size.Input, seed: 2);

        public float[] DWm { get; } = Sequence.Random(count * size.Hidden, seed: 3);

        public AlignedMemory<TState> States { get; } = new(count);

        public AlignedMemory<TState> DStates { get; } = new(count);

        public AlignedMemory<float> Wm { get; } = new(Sequence.Steps * count * size.Hidden);

        public AlignedMemory<float> Tape { get; } = new(TCell.TapeLength(Sequence.Steps, count));

        public void Dispose()
        {
            foreach (IDisposable memory in (IDisposable[])[States, DStates, Wm, Tape])
            {
                memory.Dispose();
            }
        }
    }
}
