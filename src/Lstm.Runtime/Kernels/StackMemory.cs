using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>Buffers on the stack. The runtime does not align them to cache lines.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StackMemory
{
    /// <summary>Bytes of a cache line, and of the longest vector: one that crosses two lines takes two loads.</summary>
    private const int Line = 64;

    /// <summary>The first number of a buffer that begins a cache line. The buffer is 64 bytes longer than what is used of it.</summary>
    /// <param name="buffer">Memory of the stack, which does not move; or none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ref TNumber Aligned<TNumber>(Span<TNumber> buffer)
        where TNumber : unmanaged
    {
        ref TNumber first = ref MemoryMarshal.GetReference(buffer);
        return ref Unsafe.AddByteOffset(ref first, -(nint)Unsafe.AsPointer(ref first) & (Line - 1));
    }
}
