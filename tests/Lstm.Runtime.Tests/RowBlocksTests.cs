using System;
using System.Linq;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

public sealed class RowBlocksTests
{
    [Theory]
    [InlineData(7, 15, 96)]
    [InlineData(64, 1, 16)]
    [InlineData(65, 2, 32)]
    [InlineData(5, 13, 6)]
    [InlineData(3, 100, 96)]
    [InlineData(4, 96, 96)]
    [InlineData(2, 97, 96)]
    [InlineData(0, 3, 6)]
    public void Blocks_TakeEveryRecordOnce_EachSequenceFromItsEnd(int steps, int sequences, int mostRows)
    {
        int[] taken = new int[steps * sequences];
        int[] left = Enumerable.Repeat(steps, sequences).ToArray();
        foreach (RowBlock block in new RowBlocks(steps, sequences, mostRows))
        {
            Assert.Equal(block.Steps * block.Sequences, block.Rows);
            Assert.InRange(block.Rows, 1, mostRows);
            Assert.True(block.Steps == 1 || block.Sequences == sequences, "the rows of a block do not stand side by side");
            foreach (ref int step in left.AsSpan(block.First, block.Sequences))
            {
                step -= block.Steps;
                Assert.Equal(block.Row, ((nint)step * sequences) + block.First);
            }

            foreach (ref int count in taken.AsSpan((int)block.Row, block.Rows))
            {
                count++;
            }
        }

        Assert.All(taken, count => Assert.Equal(1, count));
        Assert.All(left, step => Assert.Equal(0, step));
    }
}
