using Xunit;

namespace Lstm.Runtime.Tests;

public class ShardTests
{
    [Theory]
    [InlineData(0, 4, 0)]
    [InlineData(1, 4, 1)]
    [InlineData(4, 4, 1)]
    [InlineData(5, 4, 2)]
    [InlineData(16, 4, 4)]
    [InlineData(16, 1, 16)]
    [InlineData(1000, 4, 64)]
    [InlineData(int.MaxValue, int.MaxValue, 1)]
    [InlineData(int.MaxValue, 1, 64)]
    public void Split_CoversEverySequenceOnceAsEvenlyAsItDivides(int sequences, int sequencesPerShard, int expected)
    {
        using var parallel = new DataParallel<float>(threads: 3, sequencesPerShard);

        Assert.Equal(expected, parallel.ShardCount(sequences));
        int next = 0;
        for (int index = 0; index < expected; index++)
        {
            Shard shard = parallel.ShardAt(sequences, index);
            Assert.Equal((index, next), (shard.Index, shard.First));
            Assert.InRange(shard.Count, sequences / expected, ((sequences - 1) / expected) + 1);
            next = shard.First + shard.Count;
        }

        Assert.Equal(sequences, next);
    }
}
