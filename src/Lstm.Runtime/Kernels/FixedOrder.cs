using System;

namespace Lstm.Kernels;

/// <summary>
/// Sums of squares in double, in an order that does not depend on the machine. The reductions of TensorPrimitives add
/// as many partial sums as the vector has lanes, so their last bits differ between 128, 256 and 512 bits; a clip or a
/// loss would then differ as well, and with it every later weight.
/// </summary>
/// <remarks>
/// Sixteen lanes, lane i taking the values at i, i + 16, ..., then a fixed tree over the lanes. The square of a float is
/// exact in double and its range (1e-90 to 1e77) is far from the limits, so nothing here under- or overflows.
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
