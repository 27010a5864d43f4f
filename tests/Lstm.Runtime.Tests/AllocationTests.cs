using System;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

public class AllocationTests
{
    private readonly float[] a = new float[100];
    private readonly float[] b = new float[100];
    private readonly float[] gradient = new float[100];
    private readonly int[] targets = new int[10];
    private readonly bool[] unmoved = new bool[100];

    public AllocationTests()
    {
        Array.Fill(a, 0.5f);
        Array.Fill(b, 0.25f);
    }

    [Fact]
    public void Measure_SeesAnAllocation() => Assert.True(Measure(() => GC.KeepAlive(new byte[100])) >= 100);

    [Fact]
    public void Losses_AllocateNothing()
    {
        Assert.Equal(0, Measure(() => Loss.Squared(a, b, gradient)));
        Assert.Equal(0, Measure(() => Loss.ErrorToSignal(a, b, gradient)));
        Assert.Equal(0, Measure(() => Loss.SoftmaxCrossEntropy(a, 10, targets, gradient)));
        Assert.Equal(0, Measure(() => Loss.SoftmaxCrossEntropy(a, 10, b, gradient)));
    }

    [Fact]
    public void OptimizersAndClipping_AllocateNothing()
    {
        var plain = new Sgd(100, 0.1f);
        var sgd = new Sgd(100, 0.1f, 0.9f);
        var adam = new Adam(100);
        Assert.Equal(0, Measure(() => plain.Step(a, b)));
        Assert.Equal(0, Measure(() => sgd.Step(a, b)));
        Assert.Equal(0, Measure(() => adam.Step(a, b)));
        Assert.Equal(0, Measure(() => Descent.Apply(a, b, 0.1f)));
        Assert.Equal(0, Measure(() => GradientClipping.ByGlobalNorm(b, 0.1f)));
        Assert.Equal(0, Measure(() => ChainHealth.UnmovedWeights(a, b, 0.1f, unmoved)));
    }

    [Fact]
    public void AlignedMemory_AccessAllocatesNothing()
    {
        using var memory = new AlignedMemory<float>(8);
        Assert.Equal(0, Measure(() => memory.Value += memory.GetSpan()[7]));
        Assert.Equal(0, Measure(() => memory.Pin(3).Dispose()));
    }

    // The first call may load types; the second is what a program sees for the rest of its life.
    private static long Measure(Action act)
    {
        act();
        long before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
