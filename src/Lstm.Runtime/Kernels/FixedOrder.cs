using System;

namespace Lstm.Kernels;

/// <summary>
/// Sums of squares in double, in an order that does not depend on the machine. The reductions of TensorPrimitives add
/// as many partial sums as the vector has lanes, so their last bits differ between 128, 256 and 512 bits; a clip or a
/// loss would then differ as well, and with it every later weight.
/// </summary>
/// <remarks>
/// Sixteen lanes, lane i taking the values at i, i + 16, ..., then a fixed tree over the lanes. The square of a float is
/// exact in double and its range (1e-90 to 1e77) is far from the limits, so nothing under- or overflows. Sums of squares of
/// doubles can; their norm does not.
/// </remarks>
internal static class FixedOrder
{
    private const int Lanes = 16;

    /// <summary><c>sum x_i^2</c>; NaN or infinity if some x_i is.</summary>
    internal static double SumOfSquares(ReadOnlySpan<float> x)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        for (; x.Length >= Lanes; x = x.Slice(Lanes))
        {
            AddSquares(lanes, x.Slice(0, Lanes));
        }

        AddSquares(lanes.Slice(0, x.Length), x);
        return SumTree(lanes);
    }

    /// <summary><c>sum (a_i - b_i)^2</c>, the differences taken in double; equal lengths.</summary>
    internal static double SumOfSquaredDifferences(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        for (; a.Length >= Lanes; a = a.Slice(Lanes), b = b.Slice(Lanes))
        {
            AddSquaredDifferences(lanes, a.Slice(0, Lanes), b.Slice(0, Lanes));
        }

        AddSquaredDifferences(lanes.Slice(0, a.Length), a, b);
        return SumTree(lanes);
    }

    /// <inheritdoc cref="SumOfSquares(ReadOnlySpan{float})"/>
    internal static double SumOfSquares(ReadOnlySpan<double> x)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        for (; x.Length >= Lanes; x = x.Slice(Lanes))
        {
            AddSquares(lanes, x.Slice(0, Lanes));
        }

        AddSquares(lanes.Slice(0, x.Length), x);
        return SumTree(lanes);
    }

    /// <inheritdoc cref="SumOfSquaredDifferences(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    internal static double SumOfSquaredDifferences(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        for (; a.Length >= Lanes; a = a.Slice(Lanes), b = b.Slice(Lanes))
        {
            AddSquaredDifferences(lanes, a.Slice(0, Lanes), b.Slice(0, Lanes));
        }

        AddSquaredDifferences(lanes.Slice(0, a.Length), a, b);
        return SumTree(lanes);
    }

    /// <summary>
    /// The Euclidean norm of two spans together, also where squares over- or underflow: both are scaled by a power of two that
    /// takes the largest value near 1.
    /// </summary>
    internal static double Norm(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double largest = Math.Max(Largest(first), Largest(second));
        if (largest == 0 || !double.IsFinite(largest))
        {
            return largest;
        }

        // In two factors: the inverse of a subnormal power of two is infinite.
        double half = BitConverter.Int64BitsToDouble((1023L - (Exponent(largest) / 2)) << 52);
        return Math.Sqrt(SumOfScaledSquares(first, half) + SumOfScaledSquares(second, half)) / half / half;
    }

    private static void AddSquares(Span<double> lanes, ReadOnlySpan<float> x)
    {
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            double value = x[lane];
            lanes[lane] += value * value;
        }
    }

    private static void AddSquaredDifferences(Span<double> lanes, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            double difference = (double)a[lane] - b[lane];
            lanes[lane] += difference * difference;
        }
    }

    private static void AddSquares(Span<double> lanes, ReadOnlySpan<double> x)
    {
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            double value = x[lane];
            lanes[lane] += value * value;
        }
    }

    private static void AddSquaredDifferences(Span<double> lanes, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            double difference = a[lane] - b[lane];
            lanes[lane] += difference * difference;
        }
    }

    private static double Largest(ReadOnlySpan<double> x)
    {
        double largest = 0;
        foreach (double value in x)
        {
            largest = Math.Max(largest, Math.Abs(value)); // NaN stays
        }

        return largest;
    }

    /// <summary>e of a positive m * 2^e; that of the smallest normal number for subnormals.</summary>
    private static long Exponent(double value) => (BitConverter.DoubleToInt64Bits(value) >> 52) - 1023;

    private static double SumOfScaledSquares(ReadOnlySpan<double> x, double half)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            double value = x[i] * half * half;
            lanes[i % Lanes] += value * value;
        }

        return SumTree(lanes);
    }

    private static double SumTree(Span<double> lanes)
    {
        for (int half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        return lanes[0];
    }
}
