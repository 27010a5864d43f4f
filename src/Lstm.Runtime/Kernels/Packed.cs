using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>
/// The numbers of a generated storage struct, all of them, as a span. Generated code cannot make the read-only span itself:
/// since .NET 8 that takes a <c>ref readonly</c> parameter, which C# 11 refuses to call.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Packed<T>
    where T : unmanaged
{
    /// <summary>The numbers of <paramref name="storage"/>.</summary>
    /// <typeparam name="TStorage">A struct of <typeparamref name="T"/> and nothing else.</typeparam>
    /// <param name="storage">The struct; the span refers to it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Span<TStorage>(ref TStorage storage)
        where TStorage : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<TStorage, T>(ref storage), Unsafe.SizeOf<TStorage>() / Unsafe.SizeOf<T>());

    /// <inheritdoc cref="Span"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> ReadOnlySpan<TStorage>(in TStorage storage)
        where TStorage : unmanaged =>
        Span(ref Unsafe.AsRef(in storage));
}
