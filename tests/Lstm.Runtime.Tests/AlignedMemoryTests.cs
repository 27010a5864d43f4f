using System;
using System.Buffers;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Lstm.Runtime.Tests;

public unsafe class AlignedMemoryTests
{
    [StructLayout(LayoutKind.Sequential, Size = 100)]
    private struct Odd
    {
        public float First;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Memory_IsAlignedZeroedAndOfTheLengthAskedFor(int length)
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            using var bytes = new AlignedMemory<byte>(length);
            using var odd = new AlignedMemory<Odd>(length);
            Assert.Equal(length, bytes.GetSpan().Length);
            Assert.Equal(length, odd.Memory.Length);
            Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes.GetSpan())) % 64);
            Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(odd.GetSpan())) % 64);
            Assert.Equal(-1, MemoryMarshal.AsBytes(odd.GetSpan()).IndexOfAnyExcept((byte)0));
            MemoryMarshal.AsBytes(odd.GetSpan()).Fill(0xFF); // for the next one that is given this block
        }
    }

    [Fact]
    public void Value_IsTheFirstOfTheSpan()
    {
        using var memory = new AlignedMemory<Odd>();
        memory.Value.First = 3;
        Assert.Equal(1, memory.GetSpan().Length);
        Assert.Equal(3, memory.GetSpan()[0].First);
        Assert.Equal(3, memory.Memory.Span[0].First);
    }

    [Fact]
    public void EveryUseAfterDispose_IsRefused()
    {
        var memory = new AlignedMemory<float>(4);
        Memory<float> kept = memory.Memory;
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Value);
        Assert.Throws<ObjectDisposedException>(() => memory.GetSpan());
        Assert.Throws<ObjectDisposedException>(() => memory.Memory);
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
        Assert.Throws<ObjectDisposedException>(() => kept.Span[0]);
        memory.Dispose();
        ((IDisposable)memory).Dispose();
    }

    [Fact]
    public void Pin_PointsAtTheElementAndOutlivesDispose()
    {
        var memory = new AlignedMemory<float>(4);
        memory.GetSpan()[2] = 7;
        MemoryHandle first = memory.Pin(), second = memory.Memory.Slice(2).Pin();
        Assert.Equal((nint)first.Pointer + (2 * sizeof(float)), (nint)second.Pointer);

        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
        Assert.Equal(7, *(float*)second.Pointer);
        first.Dispose();
        Assert.Equal(7, *(float*)second.Pointer);
        second.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
    }

    /// <summary>What keeps the memory is the object; only a pin's share is Unpin's.</summary>
    [Fact]
    public void UnpinWithoutPin_IsRefusedAndFreesNothing()
    {
        var memory = new AlignedMemory<float>(4);
        memory.GetSpan()[1] = 7;
        Assert.Throws<InvalidOperationException>(memory.Unpin);
        memory.Pin().Dispose();
        Assert.Throws<InvalidOperationException>(memory.Unpin);
        Assert.Equal(7, memory.GetSpan()[1]);

        MemoryHandle pin = memory.Pin(1);
        memory.Dispose();
        memory.Dispose();
        Assert.Equal(7, *(float*)pin.Pointer);
        memory.Unpin(); // in place of the handle
        Assert.Throws<InvalidOperationException>(memory.Unpin);
        Assert.Throws<InvalidOperationException>(pin.Dispose);
        memory.Dispose();
    }

    /// <summary>Whoever comes last frees, whatever the order; a block that is freed twice would end the process.</summary>
    [Fact]
    public void DisposeAndUnpinOnSeveralThreads_FreeOnce()
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            var memory = new AlignedMemory<byte>(100);
            MemoryHandle[] pins = [.. Enumerable.Range(0, 8).Select(i => memory.Pin(i))];
            int refused = 0;
            Parallel.For(0, 24, i =>
            {
                try
                {
                    if (i % 3 == 0)
                    {
                        pins[i / 3].Dispose();
                    }
                    else if (i % 3 == 1)
                    {
                        memory.Dispose();
                    }
                    else
                    {
                        memory.Pin().Dispose();
                    }
                }
                catch (ObjectDisposedException)
                {
                    Interlocked.Increment(ref refused); // pinned after the dispose
                }
            });
            Assert.Throws<ObjectDisposedException>(() => memory.Pin());
            Assert.Throws<InvalidOperationException>(memory.Unpin);
            Assert.InRange(refused, 0, 8);
        }
    }

    /// <summary>Disposed by its interface too, and with a handle that nobody disposes: the finalizer is left.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ForgottenPin_IsFreedByTheFinalizer(bool dispose)
    {
        const int Size = 256 << 20;
        ForgetPinned(Size, dispose);
        long held = WorkingSet();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(held - WorkingSet() > Size / 2, "the working set did not shrink");
    }

    /// <summary>A finalizer may find the memory finalized already; an exception there would end the process.</summary>
    [Fact]
    public void HandleDisposedByAnotherFinalizer_ThrowsNothing()
    {
        for (int i = 0; i < 20; i++)
        {
            Keep();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(20, Keeper.Released);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Keep()
        {
            var memory = new AlignedMemory<float>(4);
            GC.KeepAlive(new Keeper(memory.Pin()));
        }
    }

    [Fact]
    public void Pin_TakesIndicesUpToTheEnd()
    {
        using var memory = new AlignedMemory<float>(4);
        memory.Pin(4).Dispose();
        Assert.Throws<ArgumentOutOfRangeException>("elementIndex", () => memory.Pin(5));
        Assert.Throws<ArgumentOutOfRangeException>("elementIndex", () => memory.Pin(-1));
    }

    [Fact]
    public void LengthZero_HasNoValue()
    {
        using var memory = new AlignedMemory<float>(0);
        Assert.Throws<InvalidOperationException>(() => memory.Value);
        Assert.True(memory.GetSpan().IsEmpty);
    }

    [Fact]
    public void NegativeLength_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("length", () => new AlignedMemory<float>(-1));

    [Fact]
    public void ForgottenMemory_IsFreedByTheFinalizer()
    {
        const int Size = 256 << 20;
        Forget(Size);
        long held = WorkingSet();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // The block is zeroed, so resident, until it is freed; half of it leaves room for what other tests do meanwhile.
        Assert.True(held - WorkingSet() > Size / 2, "the working set did not shrink");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(int size) => new AlignedMemory<byte>(size).GetSpan().Fill(1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ForgetPinned(int size, bool dispose)
    {
        var memory = new AlignedMemory<byte>(size);
        memory.GetSpan().Fill(1);
        _ = memory.Pin();
        if (dispose)
        {
            ((IDisposable)memory).Dispose();
        }
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private sealed class Keeper(MemoryHandle handle)
    {
        private MemoryHandle handle = handle;

        ~Keeper()
        {
            handle.Dispose();
            Interlocked.Increment(ref released);
        }

        private static int released;

        public static int Released => Volatile.Read(ref released);
    }
}
