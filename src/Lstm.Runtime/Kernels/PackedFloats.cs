using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>
/// The floats of a generated storage struct, all of them, as a span. Generated code cannot make the read-only span itself:
/// since .NET 8 that takes a <c>ref readonly</c> parameter, which C# 11 refuses to call.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PackedFloats
{
    /// <summary>The floats of <paramref name="storage"/>.</summary>
    /// <typeparam name="TStorage">A struct of floats and nothing else.</typeparam>
    /// <param name="storage">The struct; the span refers to it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<float> Span<TStorage>(ref TStorage storage)
        where TStorage : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<TStorage, float>(ref storage), Unsafe.SizeOf<TStorage>() / sizeof(float));

    /// <inheritdoc cref="Span"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<float> ReadOnlySpan<TStorage>(in TStorage storage)
        where TStorage : unmanaged =>
        Span(ref Unsafe.AsRef(in storage));
}
