using System;
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Zeroed native memory on a 64-byte boundary, one cache line and one 512-bit vector: the place for a cell, its state and
/// its tape when every nanosecond counts. Generated code works unaligned too: a step then takes up to 1.3 times as long, with
/// vectors of 512 bits up to 1.7 times (docs/benchmarks.md, docs/decisions/0010-512-bits-measured.md).
/// </summary>
/// <remarks>
/// The memory lives as long as this object: freed by <see cref="Dispose()"/>, or by the finalizer. A span or reference
/// taken from it does not keep it alive, so hold this object in a field or a <c>using</c> while they are in use.
/// A pin (<see cref="Pin"/>) puts off the release until it is undone, or until nothing refers to this object or the handle any more.
/// </remarks>
/// <typeparam name="T">The type of the values, such as a generated cell or <see cref="float"/>.</typeparam>
/// <example><code>
/// using var cell = new AlignedMemory&lt;Cell&gt;();
/// cell.Value.Initialize(seed: 1);
/// </code></example>
public sealed unsafe class AlignedMemory<T> : MemoryManager<T>, IDisposable
    where T : unmanaged
{
    private const int Alignment = 64;
    private const int Owner = 1; // the share of this object, until it is disposed
    private const int Share = 2; // that of a pin
    private const int Finalized = int.MinValue; // neither

    private readonly int length;
    private readonly T* values;
    private readonly void* block; // what was allocated
    private int shares; // Owner, if not disposed, and a Share for each pin; whoever makes it 0 frees the block

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
        values = (T*)Allocate(checked((ulong)length * (ulong)sizeof(T)), out block);
        shares = Owner;
        new Span<T>(values, length).Clear();
    }

    /// <summary>Frees the memory of an object that was not disposed, or whose last pin was never undone.</summary>
    [SuppressMessage(
        "Reliability", "CA2015",
        Justification = "Without it a forgotten object would leak for good; that a span does not keep the memory is documented.")]
    ~AlignedMemory() => Dispose(disposing: false);

    /// <summary>The first value, by reference.</summary>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    /// <exception cref="InvalidOperationException">The length is 0.</exception>
    public ref T Value
    {
        get
        {
            if (IsDisposed || length == 0)
            {
                ThrowNoValue();
            }

            return ref *values;
        }
    }

    private bool IsDisposed => (Volatile.Read(ref shares) & Owner) == 0;

    /// <summary>All values. The span must not be used after this object is disposed or collected.</summary>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public override Span<T> GetSpan()
    {
        if (IsDisposed)
        {
            ThrowDisposed();
        }

        return new Span<T>(values, length);
    }

    /// <summary>A pointer to a value, good until the handle is disposed, even if this object is disposed before.</summary>
    /// <param name="elementIndex">The index of the value, from 0 to the length.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="elementIndex"/> is negative or past the end.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        if ((uint)elementIndex > (uint)length)
        {
            Throw.OutOfRange(
                nameof(elementIndex), FormattableString.Invariant($"at least 0 and at most {length}, the length of the memory"), elementIndex);
        }

        int seen;
        do
        {
            seen = Volatile.Read(ref shares);
            if ((seen & Owner) == 0)
            {
                ThrowDisposed();
            }
        }
        while (Interlocked.CompareExchange(ref shares, checked(seen + Share), seen) != seen);

        return new MemoryHandle(values + elementIndex, pinnable: this);
    }

    /// <summary>
    /// Undoes one <see cref="Pin"/>; called by the handle. The last one after a dispose frees the memory. It never takes the share of this object
    /// itself, so the memory stays until <see cref="Dispose()"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">Every pin has been undone already.</exception>
    public override void Unpin()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref shares);
            if (seen == Finalized)
            {
                return; // by another finalizer, which had the handle
            }

            if (seen < Share)
            {
                throw new InvalidOperationException(
                    "Unpin was called more often than Pin: dispose each MemoryHandle once, and call no Unpin besides.");
            }
        }
        while (Interlocked.CompareExchange(ref shares, seen - Share, seen) != seen);

        FreeAfter(seen - Share);
    }

    /// <summary>Frees the memory, or leaves that to the last pin. Repeating it does nothing.</summary>
    public void Dispose() => Dispose(disposing: true);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        int seen, left;
        do
        {
            // The finalizer takes the pins as well: nobody can reach a handle any more.
            seen = Volatile.Read(ref shares);
            left = disposing ? seen & ~Owner : Finalized;
        }
        while (Interlocked.CompareExchange(ref shares, left, seen) != seen);

        if (disposing ? (seen & Owner) != 0 : seen > 0)
        {
            FreeAfter(disposing ? left : 0);
        }
    }

    private void FreeAfter(int sharesLeft)
    {
        if (sharesLeft == 0)
        {
            Free(block);
            GC.SuppressFinalize(this);
        }
    }

#if NET8_0_OR_GREATER
    private static void* Allocate(ulong bytes, out void* block) => block = NativeMemory.AlignedAlloc(checked((nuint)bytes), Alignment);

    private static void Free(void* block) => NativeMemory.AlignedFree(block);
#else
    private static void* Allocate(ulong bytes, out void* block)
    {
        block = (void*)Marshal.AllocHGlobal(checked((IntPtr)(long)(bytes + Alignment)));
        return (void*)(((ulong)block + Alignment - 1) & ~(ulong)(Alignment - 1));
    }

    private static void Free(void* block) => Marshal.FreeHGlobal((IntPtr)block);
#endif

    private void ThrowNoValue()
    {
        if (IsDisposed)
        {
            ThrowDisposed();
        }

        throw new InvalidOperationException("Aligned memory of length 0 has no value: give its constructor a length of at least 1.");
    }

    private static void ThrowDisposed() => throw new ObjectDisposedException(nameof(AlignedMemory<T>));
}
