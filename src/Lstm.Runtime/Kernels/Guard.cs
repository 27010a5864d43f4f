using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>The checks that the optimizers share.</summary>
internal static class Guard
{
    /// <summary>Whether every value is finite and at most <paramref name="limit"/> in magnitude. NaN is neither.</summary>
    internal static bool AllWithin<T>(ReadOnlySpan<T> values, T limit)
        where T : unmanaged
    {
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        var limits = new Vector<T>(limit);
        foreach (Vector<T> vector in vectors)
        {
            if (!Vector.LessThanOrEqualAll(Vector.Abs(vector), limits))
            {
                return false;
            }
        }

        foreach (T value in values.Slice(vectors.Length * Vector<T>.Count))
        {
            if (!(Math.Abs(Number.ToDouble(value)) <= Number.ToDouble(limit)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Refuses spans of another type of numbers, or not as long as the optimizer's state.</summary>
    internal static void Step(Scalar scalar, Scalar given, int length, int parameters, int gradient)
    {
        if (given != scalar)
        {
            throw new InvalidOperationException(
                $"This optimizer was made for Scalar.{scalar} and cannot step Scalar.{given}: give its constructor 'scalar: Scalar.{given}'.");
        }

        if (parameters != length)
        {
            Throw.Length(nameof(parameters), length, parameters, parameters == gradient
                ? FormattableString.Invariant($"The optimizer was created for {length} numbers and 'gradient' has {gradient} too: ")
                    + FormattableString.Invariant($"create it for {gradient}, the length of Parameters, which can be more than ParameterCount.")
                : FormattableString.Invariant($"The optimizer was created for {length} numbers, and 'gradient' has {gradient}."));
        }

        if (gradient != length)
        {
            Throw.Length(
                nameof(gradient), length, gradient,
                FormattableString.Invariant($"The optimizer was created for {length} numbers, and 'parameters' has so many."));
        }
    }

    /// <summary>Refuses a negative length.</summary>
    internal static int NotNegative(int length, string parameter)
    {
        if (length < 0)
        {
            Throw.OutOfRange(parameter, "at least 0", length);
        }

        return length;
    }

    /// <summary>Refuses a rate that is negative or not finite.</summary>
    internal static double Rate(double value, Scalar scalar, string parameter) =>
        Rounded(value, scalar, parameter, "finite and at least 0", static rate => rate >= 0 && double.IsFinite(rate));

    /// <summary>Refuses a divisor that is not above 0 or not finite.</summary>
    internal static double Divisor(double value, Scalar scalar, string parameter) =>
        Rounded(value, scalar, parameter, "finite and above 0", static divisor => divisor > 0 && double.IsFinite(divisor));

    /// <summary>Refuses a decay outside [0, 1).</summary>
    internal static double Decay(double value, Scalar scalar, string parameter) =>
        Rounded(value, scalar, parameter, "at least 0 and less than 1", static decay => decay >= 0 && decay < 1);

    /// <summary>A setting as the numbers hold it: a float's setting is rounded to float once, and must be within its range then.</summary>
    private static double Rounded(double value, Scalar scalar, string parameter, string range, Func<double, bool> isWithin)
    {
        double rounded = scalar == Scalar.Double ? value : (float)value;
        if (!isWithin(rounded))
        {
            // What a float makes of it is worth saying only where that is what is wrong.
            Throw.OutOfRange(parameter, isWithin(value) ? $"{range}, as a float too" : range, value);
        }

        return rounded;
    }
}
