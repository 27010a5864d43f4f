using System;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
#endif

namespace Lstm.Kernels;

/// <summary>The multiply-add of spans, each number on its own with two roundings: the same bits on every machine.</summary>
internal static class MultiplyAdd
{
    /// <summary><c>sum = x * factor + addend</c>; lengths are equal, and <paramref name="sum"/> may be an operand.</summary>
    internal static void Apply<T>(ReadOnlySpan<T> x, T factor, ReadOnlySpan<T> addend, Span<T> sum)
        where T : unmanaged
    {
#if NET8_0_OR_GREATER
        if (typeof(T) == typeof(float))
        {
            ReadOnlySpan<float> floats = MemoryMarshal.Cast<T, float>(x), addedFloats = MemoryMarshal.Cast<T, float>(addend);
            TensorPrimitives.MultiplyAdd(floats, (float)Number.ToDouble(factor), addedFloats, MemoryMarshal.Cast<T, float>(sum));
            return;
        }

        // TensorPrimitives.MultiplyAdd takes doubles on .NET 8 and later only, and may fuse them: bits would differ between machines.
        ReadOnlySpan<Vector<T>> xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        ReadOnlySpan<Vector<T>> addends = MemoryMarshal.Cast<T, Vector<T>>(addend);
        Span<Vector<T>> sums = MemoryMarshal.Cast<T, Vector<T>>(sum);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = (xs[i] * factor) + addends[i];
        }

        int done = sums.Length * Vector<T>.Count;
#else
        int done = 0;
#endif
        for (int i = done; i < sum.Length; i++)
        {
            // Rounded to the numbers' type twice, as float arithmetic does.
            double product = Number.ToDouble(Number.FromDouble<T>(Number.ToDouble(x.At(i)) * Number.ToDouble(factor)));
            sum[i] = Number.FromDouble<T>(product + Number.ToDouble(addend.At(i)));
        }
    }
}
