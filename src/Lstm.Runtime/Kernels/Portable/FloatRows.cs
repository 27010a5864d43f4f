using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>
/// Sums of rows in memory, lane by lane: what the portable profile's products are made of. A loop runs over neighbouring numbers, which a C++
/// compiler turns into vectors, and adds two rows, so that a sum is loaded and stored once for two products.
/// </summary>
/// <remarks>
/// Every operation is cast: some runtimes compute floats in double, and then only a cast rounds. A product or sum of two floats that is rounded to
/// double and then to float has the bits of float arithmetic. Lanes.targets derives doubles from this file.
/// </remarks>
internal static class FloatRows
{
    /// <summary>sums += row * factor.</summary>
    internal static void Add(ref float sums, ref float row, float factor, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref sums, i) = (float)((float)(Unsafe.Add(ref row, i) * factor) + Unsafe.Add(ref sums, i));
        }
    }

    /// <summary>
    /// sums += row * factor, and then += (the row <paramref name="stride"/> numbers on) * next. Four lanes are written out, which Mono's JIT needs
    /// and a C++ compiler undoes; <paramref name="count"/> is a multiple of 4.
    /// </summary>
    internal static void AddTwo(ref float sums, ref float row, int stride, float factor, float next, int count)
    {
        ref float nextRow = ref Unsafe.Add(ref row, stride);
        for (int i = 0; i < count; i += 4)
        {
            AddTwo(ref sums, row, nextRow, factor, next);
            AddTwo(ref Unsafe.Add(ref sums, 1), Unsafe.Add(ref row, 1), Unsafe.Add(ref nextRow, 1), factor, next);
            AddTwo(ref Unsafe.Add(ref sums, 2), Unsafe.Add(ref row, 2), Unsafe.Add(ref nextRow, 2), factor, next);
            AddTwo(ref Unsafe.Add(ref sums, 3), Unsafe.Add(ref row, 3), Unsafe.Add(ref nextRow, 3), factor, next);
            sums = ref Unsafe.Add(ref sums, 4);
            row = ref Unsafe.Add(ref row, 4);
            nextRow = ref Unsafe.Add(ref nextRow, 4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTwo(ref float sum, float a, float b, float factor, float next) =>
        sum = (float)((float)(b * next) + (float)((float)(a * factor) + sum));

    /// <summary>sums += the rows, each times a factor of its own, in order.</summary>
    /// <param name="sums">As many numbers as a row.</param>
    /// <param name="row">The first row.</param>
    /// <param name="stride">Numbers from one row to the next.</param>
    /// <param name="factors">The first row's factor.</param>
    /// <param name="factorStride">Numbers from one factor to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="count">Numbers of a row.</param>
    internal static void AddAll(ref float sums, ref float row, int stride, ref float factors, int factorStride, int rows, int count)
    {
        int k = 0;
        for (; k <= rows - 2; k += 2)
        {
            AddTwo(ref sums, ref row, stride, factors, Unsafe.Add(ref factors, factorStride), count);
            row = ref Unsafe.Add(ref row, 2 * stride);
            factors = ref Unsafe.Add(ref factors, 2 * factorStride);
        }

        if (k < rows)
        {
            Add(ref sums, ref row, factors, count);
        }
    }

    /// <summary>sums += row.</summary>
    internal static void Add(ref float sums, ref float row, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref sums, i) = (float)(Unsafe.Add(ref sums, i) + Unsafe.Add(ref row, i));
        }
    }

    /// <summary>The sum of 2, 4, 8 or 16 numbers, which are overwritten: i is added to i + n/2, and so on.</summary>
    internal static float Halved(ref float sums, int count)
    {
        for (int half = count / 2; half > 0; half /= 2)
        {
            Add(ref sums, ref Unsafe.Add(ref sums, half), half);
        }

        return sums;
    }

    /// <summary>Sets numbers to 0.</summary>
    internal static void Clear(ref float numbers, int count) => MemoryMarshal.CreateSpan(ref numbers, count).Clear();

    /// <summary>Copies numbers that do not overlap.</summary>
    internal static void Copy(ref float from, ref float to, int count) =>
        MemoryMarshal.CreateSpan(ref from, count).CopyTo(MemoryMarshal.CreateSpan(ref to, count));
}
