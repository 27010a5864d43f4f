using System;
using System.Runtime.CompilerServices;
#if !NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace Lstm.Kernels;

/// <summary>Items of spans.</summary>
internal static class SpanItems
{
    /// <summary>
    /// <c>values[i]</c>. The indexer of <see cref="ReadOnlySpan{T}"/> is another one in Mono's own library than in netstandard2.1, and is not found
    /// there. <c>foreach</c> over such a span uses it too.
    /// </summary>
    /// <exception cref="IndexOutOfRangeException">There is no such item.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#if NET8_0_OR_GREATER
    internal static T At<T>(this ReadOnlySpan<T> values, int i) => values[i];
#else
    internal static T At<T>(this ReadOnlySpan<T> values, int i) =>
        (uint)i < (uint)values.Length ? Unsafe.Add(ref MemoryMarshal.GetReference(values), i) : throw new IndexOutOfRangeException();
#endif
}
