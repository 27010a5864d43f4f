namespace Lstm;

/// <summary>Neighbouring sequences of a mini-batch that one thread works on.</summary>
public readonly struct Shard
{
    internal Shard(int index, int first, int count)
    {
        Index = index;
        First = first;
        Count = count;
    }

    /// <summary>Which shard it is, from 0: the place of its tape, for example. No two shards of the same index run at a time.</summary>
    public int Index { get; }

    /// <summary>Its first sequence.</summary>
    public int First { get; }

    /// <summary>How many sequences it has; at least 1.</summary>
    public int Count { get; }
}

/// <summary>Takes the sequences of a shard forward and back.</summary>
/// <typeparam name="TGradient">A generated <c>Gradient</c>.</typeparam>
/// <param name="shard">Which sequences.</param>
/// <param name="gradient">The shard's own gradient, 0 before: add to it.</param>
/// <returns>The shard's loss.</returns>
public delegate double ShardGradient<TGradient>(Shard shard, ref TGradient gradient)
    where TGradient : unmanaged;
