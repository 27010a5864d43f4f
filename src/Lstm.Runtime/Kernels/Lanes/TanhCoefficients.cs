namespace Lstm.Kernels;

/// <summary>
/// tanh(x) / 2 = x P(x^2) / Q(x^2), a minimax approximation of degree 9 / 8 on |x| up to 8.1. P0 = Q0 / 2, so that tanh(x) = x near 0.
/// </summary>
/// <remarks>
/// sigma has the same coefficients: 2 sigma(x) - 1 = tanh(x/2) = x P(x^2/4) / Q(x^2/4). Why the one is halved and the other doubled: the product of a
/// sigma and a tanh is then one multiply-add, (2 sigma - 1) h + h with h = tanh / 2.
/// </remarks>
internal static class TanhCoefficients
{
    /// <summary>
    /// Where |x| is limited; tanh is 1 - 1.8e-7 there. Beyond 8.028 the quotient exceeds 1 by a few floats where products and sums are rounded apart.
    /// </summary>
    internal const float Most = 8.02f;

    internal const float P0 = 0.60806954f;
    internal const float P1 = 0.08171438f;
    internal const float P2 = 0.0021672559f;
    internal const float P3 = 1.32351925e-5f;
    internal const float P4 = 9.142019e-9f;
    internal const float Q0 = 1.2161391f;
    internal const float Q1 = 0.5688084f;
    internal const float Q2 = 0.03178555f;
    internal const float Q3 = 4.1335114e-4f;
    internal const float Q4 = 1.0271922e-6f;
}
