using System;
using System.Numerics;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public sealed class AllocationTestsOfFloats : AllocationTests<float>;

public sealed class AllocationTestsOfDoubles : AllocationTests<double>;

public abstract class AllocationTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] a = Numbers.Repeated<T>(0.5, 100);
    private readonly T[] b = Numbers.Repeated<T>(0.25, 100);
    private readonly T[] gradient = new T[100];
    private readonly int[] targets = new int[10];
    private readonly bool[] unmoved = new bool[100];
    private readonly T rate = T.CreateTruncating(0.1);

    [Fact]
    public void Measure_SeesAnAllocation() => Assert.True(Measure(() => GC.KeepAlive(new byte[100])) >= 100);

    [Fact]
    public void Losses_AllocateNothing()
    {
        Assert.Equal(0, Measure(() => Overloads<T>.Squared(a, b, gradient)));
        Assert.Equal(0, Measure(() => Overloads<T>.ErrorToSignal(a, b, gradient)));
        Assert.Equal(0, Measure(() => Overloads<T>.SoftmaxCrossEntropy(a, 10, targets, gradient)));
        Assert.Equal(0, Measure(() => Overloads<T>.SoftmaxCrossEntropy(a, 10, b, gradient)));
        Assert.Equal(0, Measure(() => Overloads<T>.Squared(a, b, b, gradient)));
        Assert.Equal(0, Measure(() => Overloads<T>.SoftmaxCrossEntropy(a, 10, targets, b.AsSpan(0, 10), gradient)));
    }

    [Fact]
    public void Choices_AllocateNothing()
    {
        var sampler = new Sampler(1);
        Assert.Equal(0, Measure(() => Overloads<T>.Softmax(a, gradient, rate)));
        Assert.Equal(0, Measure(() => Overloads<T>.ArgMax(a)));
        Assert.Equal(0, Measure(() => Overloads<T>.Next(sampler, a, rate)));
    }

    [Fact]
    public void OptimizerStates_AllocateNothing()
    {
        var sgd = new Sgd(100, 0.1, 0.9, Overloads<T>.Scalar);
        var adam = new Adam(100, scalar: Overloads<T>.Scalar);
        var state = new double[adam.StateLength];
        Assert.Equal(0, Measure(() => adam.ExportState(state)));
        Assert.Equal(0, Measure(() => adam.ImportState(state)));
        Assert.Equal(0, Measure(() => sgd.ExportState(state.AsSpan(0, 100))));
        Assert.Equal(0, Measure(() => sgd.ImportState(state.AsSpan(2, 100))));
    }

    [Fact]
    public void OptimizersAndClipping_AllocateNothing()
    {
        var plain = new Sgd(100, 0.1, scalar: Overloads<T>.Scalar);
        var sgd = new Sgd(100, 0.1, 0.9, Overloads<T>.Scalar);
        var adam = new Adam(100, scalar: Overloads<T>.Scalar);
        Assert.Equal(0, Measure(() => Overloads<T>.Step(plain, a, b)));
        Assert.Equal(0, Measure(() => Overloads<T>.Step(sgd, a, b)));
        Assert.Equal(0, Measure(() => Overloads<T>.Step(adam, a, b)));
        Assert.Equal(0, Measure(() => Overloads<T>.Descend(a, b, rate)));
        Assert.Equal(0, Measure(() => Overloads<T>.ByGlobalNorm(b, rate)));
        Assert.Equal(0, Measure(() => Overloads<T>.UnmovedWeights(a, b, rate, unmoved)));
    }

    [Fact]
    public void AlignedMemory_AccessAllocatesNothing()
    {
        using var memory = new AlignedMemory<T>(8);
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
