using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace AmpModel.Tests;

public class SegmentSamplerTests
{
    [Theory]
    [InlineData(100, 3, 10)]
    [InlineData(13, 3, 10)]
    [InlineData(14, 3, 10)]
    [InlineData(22, 0, 10)]
    [InlineData(32, 2, 10)]
    public void Segments_LieInTheRecording(int length, int lead, int segment)
    {
        var sampler = new SegmentSampler(length, lead, segment, seed: 1);
        for (int round = 0; round < 50; round++)
        {
            Assert.InRange(sampler.Next(), 0, length - lead - segment);
        }
    }

    [Fact]
    public void OneCut_DealsEverySegmentOnce()
    {
        var sampler = new SegmentSampler(length: 105, lead: 5, segment: 10, seed: 1);
        var starts = new List<int>();
        int offset = -1;
        while (starts.Count < 9) // 10 segments at most, 9 at most offsets
        {
            int start = sampler.Next();
            offset = offset < 0 ? start % 10 : offset;
            Assert.Equal(offset, start % 10);
            starts.Add(start);
        }

        Assert.Equal(starts.Count, starts.Distinct().Count());
        Assert.NotEqual(starts.Order(), starts);
    }

    [Fact]
    public void Seed_DecidesTheOrder()
    {
        Assert.Equal(Deal(seed: 1), Deal(seed: 1));
        Assert.NotEqual(Deal(seed: 1), Deal(seed: 2));
    }

    private static int[] Deal(ulong seed)
    {
        var sampler = new SegmentSampler(length: 1000, lead: 5, segment: 10, seed);
        return [.. Enumerable.Range(0, 300).Select(_ => sampler.Next())];
    }
}
