using System;
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Zeroed native memory on a 64-byte boundary, one cache line and one 512-bit vector: the place for a cell, its state and
/// its tape when every nanosecond counts. Generated code works unaligned too, at up to 1.3 times the time of a step where
/// it was measured (docs/benchmarks.md).
/// </summary>
/// <remarks>
/// The memory lives as long as this object: freed by <see cref="Dispose()"/>, or by the finalizer. A span or reference
/// taken from it does not keep it alive, so hold this object in a field or a <c>using</c> while they are in use.
/// A pin (<see cref="Pin"/>) puts off the release until it is undone.
/// </remarks>
/// <typeparam name="T">The type of the values, such as a generated cell or <see cref="float"/>.</typeparam>
/// <example><code>
/// using var cell = new AlignedMemory&lt;Cell&gt;();
/// cell.Value.Initialize(seed: 1);
/// </code></example>
public sealed unsafe class AlignedMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    private readonly int length;
    private T* values;   // null once disposed
    private void* block; // what was allocated; null once freed
    private int owners;  // this object until disposed, and every pin; the last one to go frees the block

    /// <summary>Allocates room for <paramref name="length"/> values, all bits zero.</summary>
    /// <param name="length">How many values; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">The memory is not to be had.</exception>
    public AlignedMemory(int length = 1)
    {
        if (length < 0)
        {
            Throw.OutOfRange(nameof(length), "at least 0", length);
        }

        this.length = length;
        values = (T*)Allocate(checked((ulong)length * (ulong)sizeof(T)));
        owners = 1;
        new Span<T>(values, length).Clear();
    }

    /// <summary>Frees the memory of an object that was not disposed.</summary>
    [SuppressMessage("Reliability", "CA2015", Justification = "Without it a forgotten object would leak for good; that a span does not keep the memory is documented.")]
    ~AlignedMemory() => Dispose(disposing: false);

    /// <summary>The first value, by reference.</summary>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    /// <exception cref="InvalidOperationException">The length is 0.</exception>
    public ref T Value
    {
        get
        {
            T* first = values;
            if (first == null || length == 0)
            {
                ThrowNoValue();
            }

            return ref *first;
        }
    }

    /// <summary>All values. The span must not be used after this object is disposed or collected.</summary>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public override Span<T> GetSpan()
    {
        T* first = values;
        if (first == null)
        {
            ThrowDisposed();
        }

        return new Span<T>(first, length);
    }

    /// <summary>A pointer to a value, good until the handle is disposed, even if this object is disposed before.</summary>
    /// <param name="elementIndex">The index of the value, from 0 to the length.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="elementIndex"/> is negative or past the end.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        if ((uint)elementIndex > (uint)length)
        {
            Throw.OutOfRange(nameof(elementIndex), FormattableString.Invariant($"at least 0 and at most {length}, the length of the memory"), elementIndex);
        }

        int seen;
        do
        {
            seen = Volatile.Read(ref owners);
            if (seen == 0)
            {
                ThrowDisposed();
            }
        }
        while (Interlocked.CompareExchange(ref owners, seen + 1, seen) != seen);

        T* first = values;
        if (first == null)
        {
            Unpin();
            ThrowDisposed();
        }

        return new MemoryHandle(first + elementIndex, pinnable: this);
    }

    /// <summary>Undoes one <see cref="Pin"/>; called by the handle. The last one after a dispose frees the memory.</summary>
    public override void Unpin()
    {
        if (Interlocked.Decrement(ref owners) == 0)
        {
            Free();
        }
    }

    /// <summary>Frees the memory, or leaves that to the last pin. Repeating it does nothing.</summary>
    public void Dispose() => ((IDisposable)this).Dispose();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        fixed (T** field = &values)
        {
            // A pointer field cannot be exchanged as such; whoever finds it set gives up this object's own share.
            if (Interlocked.Exchange(ref *(IntPtr*)field, IntPtr.Zero) == IntPtr.Zero)
            {
                return;
            }
        }

        if (disposing)
        {
            Unpin();
        }
        else
        {
            Free(); // unreachable, and with it every handle that pinned it
        }
    }

#if NET8_0_OR_GREATER
    private void* Allocate(ulong bytes) => block = NativeMemory.AlignedAlloc(checked((nuint)bytes), Alignment);

    private void Free()
    {
        NativeMemory.AlignedFree(block);
        block = null;
    }
#else
    private void* Allocate(ulong bytes)
    {
        block = (void*)Marshal.AllocHGlobal(checked((IntPtr)(long)(bytes + Alignment)));
        return (void*)(((ulong)block + Alignment - 1) & ~(ulong)(Alignment - 1));
    }

    private void Free()
    {
        Marshal.FreeHGlobal((IntPtr)block);
        block = null;
    }
#endif

    private void ThrowNoValue()
    {
        if (values == null)
        {
            ThrowDisposed();
        }

        throw new InvalidOperationException("Aligned memory of length 0 has no value: give its constructor a length of at least 1.");
    }

    private static void ThrowDisposed() => throw new ObjectDisposedException(nameof(AlignedMemory<T>));
}
