using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>Rows of numbers, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Rows
{
    /// <summary>The first number of the states of many sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref TNumber First<TState, TNumber>(Span<TState> states)
        where TState : unmanaged
        where TNumber : unmanaged => ref Unsafe.As<TState, TNumber>(ref MemoryMarshal.GetReference(states));

    /// <summary>Copies rows of so many numbers to others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<TNumber>(ref TNumber from, nint fromStride, ref TNumber to, nint toStride, int rows, int length)
        where TNumber : unmanaged
    {
        for (nint row = 0; row < rows; row++)
        {
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref from, row * fromStride), length)
                .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, row * toStride), length));
        }
    }

    /// <summary>Sets the end of each row to 0.</summary>
    /// <param name="numbers">The first row.</param>
    /// <param name="length">Numbers of a row.</param>
    /// <param name="kept">Numbers of a row before its end.</param>
    /// <param name="rows">Rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ClearEnds<TNumber>(ref TNumber numbers, int length, int kept, int rows)
        where TNumber : unmanaged
    {
        for (nint row = 0; kept < length && row < rows; row++)
        {
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref numbers, (row * length) + kept), length - kept).Clear();
        }
    }

    /// <summary>Copies rows into longer ones, whose ends stay as they are.</summary>
    /// <returns>The first of the longer rows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref TNumber Pad<TNumber>(ref TNumber from, int length, Span<TNumber> padded, int paddedLength, int rows)
        where TNumber : unmanaged
    {
        ref TNumber to = ref MemoryMarshal.GetReference(padded);
        Copy(ref from, length, ref to, paddedLength, rows, length);
        return ref to;
    }
}
