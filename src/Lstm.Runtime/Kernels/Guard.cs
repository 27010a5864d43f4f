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
        for (int i = 0; i < vectors.Length; i++)
        {
            if (!Vector.LessThanOrEqualAll(Vector.Abs(vectors.At(i)), limits))
            {
                return false;
            }
        }

        for (int i = vectors.Length * Vector<T>.Count; i < values.Length; i++)
        {
            if (!(Math.Abs(Number.ToDouble(values.At(i))) <= Number.ToDouble(limit)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Refuses spans of another type of numbers, not as long as the optimizer's state, or that overlap in part.</summary>
    internal static void Step<T>(Scalar scalar, int length, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient)
        where T : unmanaged
    {
        Scalar given = Number.ScalarOf<T>();
        if (given != scalar)
        {
            throw new InvalidOperationException(
                $"This optimizer was made for Scalar.{scalar} and cannot step Scalar.{given}: give its constructor 'scalar: Scalar.{given}'.");
        }

        if (parameters.Length != length)
        {
            Throw.Length(nameof(parameters), length, parameters.Length, parameters.Length == gradient.Length
                ? FormattableString.Invariant($"The optimizer was created for {length} numbers and 'gradient' has {gradient.Length} too: create ")
                    + FormattableString.Invariant($"it for {gradient.Length}, the length of Parameters, which can be more than ParameterCount.")
                : FormattableString.Invariant($"The optimizer was created for {length} numbers, and 'gradient' has {gradient.Length}."));
        }

        if (gradient.Length != length)
        {
            Throw.Length(
                nameof(gradient), length, gradient.Length,
                FormattableString.Invariant($"The optimizer was created for {length} numbers, and 'parameters' has so many."));
        }

        Overlap.RefuseUnlessSame(nameof(parameters), parameters, nameof(gradient), gradient);
    }

    /// <summary>Refuses a span that is not as long as an optimizer's state.</summary>
    internal static void StateLength(string parameter, int expected, int actual)
    {
        if (actual != expected)
        {
            Throw.Length(parameter, expected, actual, "It is the StateLength of this optimizer, which follows from its length and kind.");
        }
    }

    /// <summary>Refuses numbers of an optimizer's state that it cannot have.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="first">The place of the first one in the state.</param>
    /// <param name="least">What they are at least.</param>
    /// <param name="most">What they are at most.</param>
    internal static void StateNumbers<T>(ReadOnlySpan<double> values, int first, double least, double most)
        where T : unmanaged
    {
        for (int i = 0; i < values.Length; i++)
        {
            double value = values.At(i);
            StateNumber(value, first + i, least, most);
            if (Number.ToDouble(Number.FromDouble<T>(value)) != value)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"'source' is not of an optimizer of floats: source[{first + i}] is {value:R}, which is no float."),
                    "source");
            }
        }
    }

    /// <summary>Refuses a number of an optimizer's state that it cannot have.</summary>
    internal static void StateNumber(double value, int place, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'source' is not a state of this optimizer: source[{place}] must be at least {least:R} ")
                    + FormattableString.Invariant($"and at most {most:R}, but it is {value:R}."),
                "source");
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

    /// <summary>
    /// A setting as the numbers hold it: a float's setting is rounded to float once, and must be within its range then. One that is rounded to 0 is
    /// refused too: a rate of 0 learns nothing.
    /// </summary>
    private static double Rounded(double value, Scalar scalar, string parameter, string range, Func<double, bool> isWithin)
    {
        double rounded = scalar == Scalar.Double ? value : (float)value;
        if (!isWithin(rounded))
        {
            // What a float makes of it is worth saying only where that is what is wrong.
            Throw.OutOfRange(parameter, isWithin(value) ? $"{range}, as a float too" : range, value);
        }

        if (rounded == 0 && value != 0)
        {
            Throw.OutOfRange(parameter, "0 or within the range of float, of which the least is 1.4E-45", value);
        }

        return rounded;
    }
}
