using System;
using System.Runtime.CompilerServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>Keeps a gradient from throwing the weights away: scales it down when it is too long.</summary>
public static class GradientClipping
{
    private const double Half32 = 1.0 / (1L << 32); // norms of up to 2^64 values stay finite

    /// <summary>
    /// <c>g = g * maxNorm / |g|</c> when the Euclidean norm <c>|g|</c> exceeds <paramref name="maxNorm"/>; otherwise leaves g as it is.
    /// </summary>
    /// <param name="gradient">g, every value of one network, such as a generated <c>Gradient.Values</c>.</param>
    /// <param name="maxNorm">The largest norm to let pass, above 0; infinity only measures.</param>
    /// <returns>
    /// The norm before clipping, to the digits of a double and with the same bits on every machine. The norm of finite values that no double holds is
    /// returned as <see cref="double.MaxValue"/>, and clipped all the same. If some value is NaN or infinite, the norm is not finite either, and
    /// <b>the gradient is left untouched</b>: test <c>double.IsFinite(norm)</c>. <see cref="Sgd"/> and <see cref="Adam"/> refuse such a gradient, but
    /// a generated <c>Descend</c> takes it.
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
    public static double ByGlobalNorm(Span<float> first, Span<float> second, float maxNorm) => ByGlobalNorm<float>(first, second, maxNorm);

    /// <inheritdoc cref="ByGlobalNorm(Span{float}, float)"/>
    [OverloadResolutionPriority(-1)]
    public static double ByGlobalNorm(Span<double> gradient, double maxNorm) => ByGlobalNorm(gradient, default, maxNorm);

    /// <inheritdoc cref="ByGlobalNorm(Span{float}, Span{float}, float)"/>
    [OverloadResolutionPriority(-1)]
    public static double ByGlobalNorm(Span<double> first, Span<double> second, double maxNorm) => ByGlobalNorm<double>(first, second, maxNorm);

    private static double ByGlobalNorm<T>(Span<T> first, Span<T> second, T maxNorm)
        where T : unmanaged, IFormattable
    {
        double limit = Number.ToDouble(maxNorm);
        if (!(limit > 0))
        {
            Throw.OutOfRange(nameof(maxNorm), "above 0", maxNorm);
        }

        double scaledNorm = FixedOrder.ScaledNorm<T>(first, second, out double scale);
        if (!double.IsFinite(scaledNorm))
        {
            return scaledNorm;
        }

        double norm = scaledNorm / scale;
        if (scaledNorm > limit * scale)
        {
            // A factor that is subnormal, or 0, would be too coarse for doubles. Scaled values are at most 2: what they lose is far below the limit.
            double factor = double.IsFinite(norm) ? limit / norm : limit * Half32 / (scaledNorm * Half32 / scale);
            bool isNormal = factor >= Number.LeastNormal<double>();
            Scale(first, isNormal ? 1 : scale, isNormal ? factor : limit / scaledNorm);
            Scale(second, isNormal ? 1 : scale, isNormal ? factor : limit / scaledNorm);
        }

        return Math.Min(norm, double.MaxValue);
    }

    // The factor stays a double: as a float it would be subnormal, and coarse, for a norm near the largest float.
    private static void Scale<T>(Span<T> gradient, double scale, double factor)
        where T : unmanaged
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = Number.FromDouble<T>(Number.ToDouble(gradient[i]) * scale * factor);
        }
    }
}
