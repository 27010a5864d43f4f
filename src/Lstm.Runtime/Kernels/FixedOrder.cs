using System;

namespace Lstm.Kernels;

/// <summary>
/// Sums of squares in double, in an order that does not depend on the machine. The reductions of TensorPrimitives add
/// as many partial sums as the vector has lanes, so their last bits differ between 128, 256 and 512 bits; a clip or a
/// loss would then differ as well, and with it every later weight.
/// </summary>
/// <remarks>
/// There are sixteen partial sums. Sum i takes the values at i, i + 16, ...; a fixed tree then adds the sixteen. The square of a float is
/// exact in double and its range (1e-90 to 1e77) is far from the limits, so nothing under- or overflows. Sums of squares of
/// doubles can; their norm does not.
/// </remarks>
internal static class FixedOrder
{
    private const int PartialSums = 16;

    /// <summary><c>sum x_i^2</c>; NaN or infinity if some x_i is.</summary>
    internal static double SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged =>
        SumOfSquares(x, scale: 1);

    /// <summary><c>sum (scale x_i)^2</c>; NaN or infinity if some x_i is.</summary>
    internal static double SumOfSquares<T>(ReadOnlySpan<T> x, double scale)
        where T : unmanaged
    {
        Span<double> sums = stackalloc double[PartialSums];
        sums.Clear();
        for (; x.Length >= PartialSums; x = x.Slice(PartialSums))
        {
            AddSquares(sums, x.Slice(0, PartialSums), scale);
        }

        AddSquares(sums.Slice(0, x.Length), x, scale);
        return SumTree(sums);
    }

    /// <summary><c>sum (scale a_i - scale b_i)^2</c>, the differences taken in double; equal lengths.</summary>
    internal static double SumOfSquaredDifferences<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, double scale = 1)
        where T : unmanaged
    {
        Span<double> sums = stackalloc double[PartialSums];
        sums.Clear();
        for (; a.Length >= PartialSums; a = a.Slice(PartialSums), b = b.Slice(PartialSums))
        {
            AddSquaredDifferences(sums, a.Slice(0, PartialSums), b.Slice(0, PartialSums), scale);
        }

        AddSquaredDifferences(sums.Slice(0, a.Length), a, b, scale);
        return SumTree(sums);
    }

    /// <summary><c>sum c_i (a_i - b_i)^2</c>; each weight is that of equally many numbers, and those of weight 0 are not looked at.</summary>
    internal static double SumOfSquaredDifferences<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> weights)
        where T : unmanaged
    {
        Span<double> sums = stackalloc double[PartialSums];
        sums.Clear();
        int row = weights.IsEmpty ? 0 : a.Length / weights.Length;
        for (int i = 0; i < a.Length; i++)
        {
            double weight = Number.ToDouble(weights.At(i / row));
            double difference = weight == 0 ? 0 : Number.ToDouble(a.At(i)) - Number.ToDouble(b.At(i));
            sums[i % PartialSums] += weight * (difference * difference);
        }

        return SumTree(sums);
    }

    /// <summary>The Euclidean norm of two spans together, times <paramref name="scale"/>.</summary>
    /// <returns>It is finite if all values are; otherwise it is NaN or infinite.</returns>
    internal static double ScaledNorm<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, out double scale)
        where T : unmanaged
    {
        double largest = Math.Max(LargestMagnitude(first), LargestMagnitude(second));
        scale = ScaleFor<T>(largest);
        return largest == 0 || !double.IsFinite(largest) ? largest : Math.Sqrt(SumOfSquares(first, scale) + SumOfSquares(second, scale));
    }

    /// <summary>
    /// A power of two that takes the largest of some values near 1, so that no sum of their squares over- or underflows: 1 for floats, whose squares
    /// are within the range of doubles.
    /// </summary>
    /// <param name="largest">The largest magnitude; for 0, infinity and NaN the scale is 1.</param>
    internal static double ScaleFor<T>(double largest)
        where T : unmanaged =>

        // An even power, so that no subnormal number has an infinite scale.
        typeof(T) == typeof(float) || largest == 0 || !double.IsFinite(largest) ? 1 : PowerOfTwo(-(Exponent(largest) / 2 * 2));

    /// <summary>NaN if some value is.</summary>
    internal static double LargestMagnitude<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        double largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(Number.ToDouble(x.At(i))));
        }

        return largest;
    }

    private static void AddSquares<T>(Span<double> sums, ReadOnlySpan<T> x, double scale)
        where T : unmanaged
    {
        for (int i = 0; i < sums.Length; i++)
        {
            double value = Number.ToDouble(x.At(i)) * scale;
            sums[i] += value * value;
        }
    }

    private static void AddSquaredDifferences<T>(Span<double> sums, ReadOnlySpan<T> a, ReadOnlySpan<T> b, double scale)
        where T : unmanaged
    {
        for (int i = 0; i < sums.Length; i++)
        {
            double difference = (Number.ToDouble(a.At(i)) * scale) - (Number.ToDouble(b.At(i)) * scale);
            sums[i] += difference * difference;
        }
    }

    /// <summary>e of a positive m * 2^e with 1 &lt;= m &lt; 2; of subnormal numbers -1023.</summary>
    private static long Exponent(double value) => (BitConverter.DoubleToInt64Bits(value) >> 52) - 1023;

    private static double PowerOfTwo(long exponent) => BitConverter.Int64BitsToDouble((1023 + exponent) << 52);

    private static double SumTree(Span<double> sums)
    {
        for (int half = sums.Length / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }

        return sums[0];
    }
}
