using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>
/// The doubles of a generated storage struct, all of them, as a span; see <see cref="PackedFloats"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PackedDoubles
{
    /// <summary>The doubles of <paramref name="storage"/>.</summary>
    /// <typeparam name="TStorage">A struct of doubles and nothing else.</typeparam>
    /// <param name="storage">The struct; the span refers to it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<double> Span<TStorage>(ref TStorage storage)
        where TStorage : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<TStorage, double>(ref storage), Unsafe.SizeOf<TStorage>() / sizeof(double));

    /// <inheritdoc cref="Span"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<double> ReadOnlySpan<TStorage>(in TStorage storage)
        where TStorage : unmanaged =>
        Span(ref Unsafe.AsRef(in storage));
}
