using System;
using System.Numerics.Tensors;

namespace Lstm.Kernels;

/// <summary>The checks that the optimizers share.</summary>
internal static class Guard
{
    /// <summary>Whether every value is finite and at most <paramref name="limit"/> in magnitude. NaN is neither.</summary>
    internal static bool AllWithin(ReadOnlySpan<float> values, float limit) =>
        values.IsEmpty || Math.Abs(TensorPrimitives.MaxMagnitude(values)) <= limit;

    /// <inheritdoc cref="AllWithin(ReadOnlySpan{float}, float)"/>
    internal static bool AllWithin(ReadOnlySpan<double> values, double limit)
    {
        foreach (double value in values)
        {
            if (!(Math.Abs(value) <= limit))
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
            Throw.Length(nameof(parameters), length, parameters);
        }

        if (gradient != length)
        {
            Throw.Length(nameof(gradient), length, gradient);
        }
    }

    /// <summary>A setting as the numbers hold it: a float's setting is rounded to float once.</summary>
    internal static double Round(double value, Scalar scalar) => scalar == Scalar.Double ? value : (float)value;

    /// <summary>Refuses a negative length.</summary>
    internal static int NotNegative(int length, string parameter) =>
        length >= 0 ? length : throw new ArgumentOutOfRangeException(parameter, length, "The length must be at least 0.");

    /// <summary>Refuses a rate that is negative or not finite.</summary>
    internal static double Rate(double value, string parameter) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(parameter, value, "The rate must be finite and at least 0.");

    /// <summary>Refuses a decay outside [0, 1).</summary>
    internal static double Decay(double value, string parameter) =>
        value >= 0 && value < 1
            ? value
            : throw new ArgumentOutOfRangeException(parameter, value, "The decay must be at least 0 and below 1.");
}
