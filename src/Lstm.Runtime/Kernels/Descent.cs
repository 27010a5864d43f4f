using System;
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>The plain gradient step behind every generated <c>Descend</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Descent
{
    /// <summary>
    /// <c>w = w - eta dL/dw</c>, each weight on its own with two roundings: the same bits on every machine, and a
    /// weight that is 0 with gradient 0 stays 0.
    /// </summary>
    /// <param name="parameters">w, changed in place.</param>
    /// <param name="gradient">dL/dw, as long as <paramref name="parameters"/>.</param>
    /// <param name="learningRate">eta.</param>
    /// <exception cref="ArgumentException">The lengths differ; nothing is written.</exception>
    public static void Apply(Span<float> parameters, ReadOnlySpan<float> gradient, float learningRate) =>
        Apply<float>(parameters, gradient, learningRate);

    /// <inheritdoc cref="Apply(Span{float}, ReadOnlySpan{float}, float)"/>
    public static void Apply(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate) =>
        Apply<double>(parameters, gradient, learningRate);

    /// <summary>The same for either type.</summary>
    internal static void Apply<T>(Span<T> parameters, ReadOnlySpan<T> gradient, double learningRate)
        where T : unmanaged
    {
        if (gradient.Length != parameters.Length)
        {
            Throw.OtherLength(nameof(gradient), "'parameters'", parameters.Length, gradient.Length);
        }

        // w + g * (-eta) has the bits of w - eta * g: a change of sign does not round.
        MultiplyAdd.Apply(gradient, Number.FromDouble<T>(-learningRate), parameters, parameters);
    }
}
