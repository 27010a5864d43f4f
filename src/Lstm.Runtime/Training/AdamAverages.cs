using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// m and v of <see cref="Adam"/>, in vectors; the last one is padded with zeros. v is as small as the square of m, far below the least number of its
/// type, and must not be lost there: m / (sqrt(v) + epsilon) would be m / epsilon. So a v below <c>small</c> is stored as <c>-v unit^2</c>, with two
/// powers of two. Scaling by them is exact, and a silent gradient leaves nothing subnormal on the way.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class AdamAverages<T>(int length)
    where T : unmanaged
{
    // unit: m is at least the least normal number, 2^-126, and v at least (1 - beta2) m^2, of which 1 - beta2 >= 2^-24; of doubles 2^-1022 and 2^-53.
    // small unit^2 and the squares of gradients below sqrt(small 2^24) unit are far from the largest number.
    private static readonly double Unit = typeof(T) == typeof(float) ? Power(72) : Power(536);
    private static readonly double Small = typeof(T) == typeof(float) ? Power(-60) : Power(-400);

    // A gradient below it does not change the last place of a v from small on, and its square times 1 - beta2 is a normal number.
    private static readonly double LeastGradient = typeof(T) == typeof(float) ? Power(-50) : Power(-460);

    private readonly Vector<T>[] m = Stepping.Allocate<T>(length);
    private readonly Vector<T>[] v = Stepping.Allocate<T>(length);

    /// <summary>More than any -v unit^2 that is stored.</summary>
    public static double LargestScaled => Small * Unit * Unit;

    public Span<T> M => MemoryMarshal.Cast<Vector<T>, T>(m.AsSpan()).Slice(0, length);

    /// <summary>v where it is positive or 0, -v unit^2 where it is negative.</summary>
    public Span<T> V => MemoryMarshal.Cast<Vector<T>, T>(v.AsSpan()).Slice(0, length);

    public void Clear()
    {
        M.Clear();
        V.Clear();
    }

    private static double Power(int exponent) => BitConverter.Int64BitsToDouble((1023L + exponent) << 52);

    private static Vector<T> Broadcast(double factor) => new(Number.FromDouble<T>(factor));

    /// <summary>A step with these averages. Every factor is rounded to the type of the numbers.</summary>
    /// <param name="averages">m and v.</param>
    /// <param name="adam">The settings.</param>
    /// <param name="beta1Power">beta1^t.</param>
    /// <param name="beta2Power">beta2^t.</param>
    internal readonly struct Rule(AdamAverages<T> averages, Adam adam, double beta1Power, double beta2Power) : IStepRule<T>
    {
        private readonly Vector<T>[] m = averages.m;
        private readonly Vector<T>[] v = averages.v;
        private readonly Vector<T> beta1 = Broadcast(adam.Beta1);
        private readonly Vector<T> oneMinusBeta1 = Broadcast(1 - adam.Beta1);
        private readonly Vector<T> beta2 = Broadcast(adam.Beta2);
        private readonly Vector<T> oneMinusBeta2 = Broadcast(1 - adam.Beta2);
        private readonly Vector<T> rate = Broadcast(adam.LearningRate / (1 - beta1Power));
        private readonly Vector<T> rootScale = Broadcast(1 / Math.Sqrt(1 - beta2Power));
        private readonly Vector<T> remaining = Broadcast(1 - (adam.LearningRate * adam.WeightDecay));
        private readonly Vector<T> epsilon = Broadcast(adam.Epsilon);
        private readonly Vector<T> small = Broadcast(Small);
        private readonly Vector<T> up = Broadcast(Unit);
        private readonly Vector<T> down = Broadcast(1 / Unit);
        private readonly Vector<T> leastGradient = Broadcast(LeastGradient);
        private readonly Vector<T> leastScaled = Broadcast(LeastGradient * LeastGradient * Unit * Unit);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> After(int i, Vector<T> w, Vector<T> g, bool keep)
        {
            // m = beta1 m + (1 - beta1) g
            Vector<T> mean = Stepping.Flushed((m[i] * beta1) + (g * oneMinusBeta1));

            // v = beta2 v + (1 - beta2) g^2
            Vector<T> square = MeanSquare(v[i], g, out Vector<T> isSmall);
            if (keep)
            {
                m[i] = mean;
                v[i] = Vector.ConditionalSelect(isSmall, Vector<T>.Zero - square, square);
            }

            // w = w (1 - eta decay) - eta mHat / (sqrt(vHat) + epsilon)
            Vector<T> root = Vector.SquareRoot(square) * rootScale;
            root = Vector.ConditionalSelect(isSmall, root * down, root);
            return (w * remaining) - (mean * rate / (root + epsilon));
        }

        /// <summary>The new v, times unit^2 where it is small.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector<T> MeanSquare(Vector<T> stored, Vector<T> g, out Vector<T> isSmall)
        {
            Vector<T> wasSmall = Vector.LessThan(stored, Vector<T>.Zero);
            Vector<T> decayed = Vector.Abs(stored) * beta2;

            // As it is: what is too small for a normal number is rounded up to one, which no number from small on sees.
            Vector<T> before = Vector.ConditionalSelect(wasSmall, Vector.Max(decayed, leastScaled) * down * down, decayed);
            Vector<T> gradient = Vector.Max(Vector.Abs(g), leastGradient);
            Vector<T> square = before + (gradient * gradient * oneMinusBeta2);

            // Times unit^2: infinite where it is not small, and not taken.
            Vector<T> scaledBefore = Vector.ConditionalSelect(wasSmall, decayed, decayed * up * up);
            Vector<T> scaledGradient = g * up;
            Vector<T> scaled = Stepping.Flushed(scaledBefore + (scaledGradient * scaledGradient * oneMinusBeta2));

            isSmall = Vector.LessThan(square, small);
            return Vector.ConditionalSelect(isSmall, scaled, square);
        }
    }
}
