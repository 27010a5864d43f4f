using System;
using System.Runtime.CompilerServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>Keeps a gradient from throwing the weights away: scales it down when it is too long.</summary>
public static class GradientClipping
{
    /// <summary>
    /// <c>g = g * maxNorm / |g|</c> when the Euclidean norm <c>|g|</c> exceeds <paramref name="maxNorm"/>; otherwise leaves g as it is.
    /// </summary>
    /// <param name="gradient">g, every value of one network, such as a generated <c>Gradient.Values</c>.</param>
    /// <param name="maxNorm">The largest norm to let pass, above 0; infinity only measures.</param>
    /// <returns>
    /// The norm before clipping: exact to double, never overflowing for finite values that a double holds the norm of, the same bits on every machine.
    /// If some value is not finite the norm is not either (<c>!double.IsFinite(norm)</c>), and the gradient is left untouched.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is not above 0.</exception>
    public static double ByGlobalNorm(Span<float> gradient, float maxNorm) => ByGlobalNorm(gradient, default, maxNorm);

    /// <summary>
    /// As <see cref="ByGlobalNorm(Span{float}, float)"/>, with the norm taken over two gradients together: two networks
    /// trained as one, such as an encoder and a decoder.
    /// </summary>
    /// <param name="first">The gradient of the first network.</param>
    /// <param name="second">The gradient of the second network.</param>
    /// <param name="maxNorm">The largest norm to let pass, above 0; infinity only measures.</param>
    /// <returns>The norm of both before clipping; not finite if some value is not, and then both are left untouched.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is not above 0.</exception>
    public static double ByGlobalNorm(Span<float> first, Span<float> second, float maxNorm)
    {
        if (!(maxNorm > 0))
        {
            Throw.OutOfRange(nameof(maxNorm), "above 0", maxNorm);
        }

        double norm = Math.Sqrt(FixedOrder.SumOfSquares(first) + FixedOrder.SumOfSquares(second));
        if (norm > maxNorm && double.IsFinite(norm))
        {
            Scale(first, maxNorm / norm);
            Scale(second, maxNorm / norm);
        }

        return norm;
    }

    /// <inheritdoc cref="ByGlobalNorm(Span{float}, float)"/>
    [OverloadResolutionPriority(-1)]
    public static double ByGlobalNorm(Span<double> gradient, double maxNorm) => ByGlobalNorm(gradient, default, maxNorm);

    /// <inheritdoc cref="ByGlobalNorm(Span{float}, Span{float}, float)"/>
    [OverloadResolutionPriority(-1)]
    public static double ByGlobalNorm(Span<double> first, Span<double> second, double maxNorm)
    {
        if (!(maxNorm > 0))
        {
            Throw.OutOfRange(nameof(maxNorm), "above 0", maxNorm);
        }

        double norm = FixedOrder.Norm(first, second);
        if (norm > maxNorm && double.IsFinite(norm))
        {
            Scale(first, maxNorm / norm);
            Scale(second, maxNorm / norm);
        }

        return norm;
    }

    // The factor stays a double: as a float it would be subnormal, and coarse, for a norm near the largest float.
    private static void Scale(Span<float> gradient, double factor)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (float)(gradient[i] * factor);
        }
    }

    private static void Scale(Span<double> gradient, double factor)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= factor;
        }
    }
}
