#if NET8_0_OR_GREATER
using System;

namespace Lstm;

/// <summary>The finding of <see cref="GradientCheck"/>: the parameter whose gradient is furthest from the difference quotient of the loss.</summary>
public readonly struct GradientDifference
{
    internal GradientDifference(string parameter, int index, double analytic, double numeric, double relativeError)
    {
        Parameter = parameter;
        Index = index;
        Analytic = analytic;
        Numeric = numeric;
        RelativeError = relativeError;
    }

    /// <summary>The parameter's name, as in <c>layer 0 U Save [3, 7]</c> or <c>V [0, 2]</c>.</summary>
    public string Parameter { get; }

    /// <summary>Its place in <c>Parameters</c> and <c>Gradient.Values</c>.</summary>
    public int Index { get; }

    /// <summary>The gradient that was to be checked.</summary>
    public double Analytic { get; }

    /// <summary>The difference quotient of the loss.</summary>
    public double Numeric { get; }

    /// <summary>
    /// <c>|Analytic - Numeric| / max(|Analytic|, |Numeric|, c G)</c>, where G is the largest magnitude of the whole gradient, and c 1e-2 of floats
    /// and 1e-6 of doubles: less than c G drowns in the rounding of the loss. Of a right gradient it is a few 1e-3 (floats) or 1e-8 (doubles), of a
    /// wrong one 0.1 to 2. Infinite where the gradient is not finite.
    /// </summary>
    public double RelativeError { get; }

    /// <summary>Name, both values and the error, in the invariant culture.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Parameter}: gradient {Analytic:G6}, difference quotient {Numeric:G6}, relative error {RelativeError:G2}");
}
#endif
