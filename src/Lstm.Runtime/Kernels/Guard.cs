using System;
using System.Numerics.Tensors;

namespace Lstm.Kernels;

/// <summary>The checks that the optimizers share.</summary>
internal static class Guard
{
    /// <summary>Whether every value is finite and at most <paramref name="limit"/> in magnitude. NaN is neither.</summary>
    internal static bool AllWithin(ReadOnlySpan<float> values, float limit) =>
        values.IsEmpty || Math.Abs(TensorPrimitives.MaxMagnitude(values)) <= limit;

    /// <summary>Refuses spans that are not as long as the optimizer's state.</summary>
    internal static void StepLengths(int length, ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradient)
    {
        if (parameters.Length != length)
        {
            Throw.Length(nameof(parameters), length, parameters.Length);
        }

        if (gradient.Length != length)
        {
            Throw.Length(nameof(gradient), length, gradient.Length);
        }
    }

    /// <summary>Refuses a negative length.</summary>
    internal static int NotNegative(int length, string parameter) =>
        length >= 0 ? length : throw new ArgumentOutOfRangeException(parameter, length, "The length must be at least 0.");

    /// <summary>Refuses a rate that is negative or not finite.</summary>
    internal static float Rate(float value, string parameter) =>
        value >= 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(parameter, value, "The rate must be finite and at least 0.");

    /// <summary>Refuses a decay outside [0, 1).</summary>
    internal static float Decay(float value, string parameter) =>
        value >= 0 && value < 1
            ? value
            : throw new ArgumentOutOfRangeException(parameter, value, "The decay must be at least 0 and below 1.");
}
