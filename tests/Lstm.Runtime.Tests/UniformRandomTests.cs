using System.Linq;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>Initial weights are these numbers on every machine, and in every version: seeds stand in users' tests.</summary>
public class UniformRandomTests
{
    /// <summary>
    /// The first numbers of four seeds, times 2^23 and 2^52. Computed apart, with integers of any size, from SplitMix64 as its authors wrote it down;
    /// seed 1234567 begins with the bits 6457827717110365317.
    /// </summary>
    [Theory]
    [InlineData(0, new[] { 6430889, -1148769, -7945123, 7900089 }, new[] { 3452556826076089, -616740973955283, -4265505379581655, 4241327802698129 })]
    [InlineData(1, new[] { 1116717, 4123533, 7902115, -933497 }, new[] { 599533370286155, 2213805260845533, 4242415651087947, -501167618668455 })]
    [InlineData(
        1234567, new[] { -2515247, -5475343, 540349, -4210953 }, new[] { -1350363437375201, -2939552649246079, 290097605148239, -2260738041371921 })]
    [InlineData(
        ulong.MaxValue, new[] { 6609265, 6922233, -4706311, -1237581 },
        new[] { 3548322377985189, 3716345224724177, -2526681854751151, -664421011983055 })]
    public void Numbers_BelongToTheSeed(ulong seed, int[] floats, long[] doubles)
    {
        var random = new UniformRandom(seed);
        Assert.Equal(floats.Select(odd => odd / (float)(1 << 23)), floats.Select(_ => random.Next(1f)));
        random = new UniformRandom(seed);
        Assert.Equal(doubles.Select(odd => odd / (double)(1L << 52)), doubles.Select(_ => random.Next(1.0)));
        random = new UniformRandom(seed);
        Assert.Equal(floats.Select(odd => odd / (float)(1 << 23) * 0.3f), floats.Select(_ => random.NextOf(0.3f)));
        random = new UniformRandom(seed);
        Assert.Equal(doubles.Select(odd => odd / (double)(1L << 52) * 0.3), doubles.Select(_ => random.NextOf(0.3)));
    }

    /// <summary>All bits are used: sums over many numbers are those of a uniform distribution in (-1, 1), and no number is 0.</summary>
    [Fact]
    public void Numbers_AreUniform()
    {
        var random = new UniformRandom(9);
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(i => i % 2 == 0 ? random.Next(1f) : random.Next(1.0))];
        Assert.InRange(numbers.Average(), -0.01, 0.01); // 5 standard deviations are 0.009
        Assert.InRange(numbers.Average(x => x * x), 0.328, 0.338); // 1/3, 5 standard deviations are 0.0047
        Assert.All(numbers, x => Assert.True(x is > -1 and < 1 and not 0));
    }
}
