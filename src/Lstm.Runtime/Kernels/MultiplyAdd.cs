using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>
/// What TensorPrimitives.MultiplyAdd does to floats, for doubles: its generic form needs .NET 8, and estimates, that is
/// fuses where the hardware can, so that bits would differ between machines.
/// </summary>
internal static class MultiplyAdd
{
    /// <summary><c>sum = x * factor + addend</c>, with two roundings; lengths are equal, and sum may be an operand.</summary>
    internal static void Apply(ReadOnlySpan<double> x, double factor, ReadOnlySpan<double> addend, Span<double> sum)
    {
        ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        ReadOnlySpan<Vector<double>> addends = MemoryMarshal.Cast<double, Vector<double>>(addend);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = (xs[i] * factor) + addends[i];
        }

        for (int i = sums.Length * Vector<double>.Count; i < sum.Length; i++)
        {
            sum[i] = (x[i] * factor) + addend[i];
        }
    }
}
