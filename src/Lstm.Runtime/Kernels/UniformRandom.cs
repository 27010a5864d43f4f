using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// Uniform numbers for initial weights, the same on every machine: SplitMix64 (Steele, Lea, Flood, "Fast Splittable
/// Pseudorandom Number Generators", OOPSLA 2014), its upper bits as an odd multiple of 2^-23, in double of 2^-52, in (-1, 1).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct UniformRandom
{
    private ulong state;

    /// <summary>Starts the sequence that belongs to <paramref name="seed"/>; every seed is good.</summary>
    public UniformRandom(ulong seed) => state = seed;

    /// <summary>The next number in (-bound, bound), never 0.</summary>
    public float Next(float bound)
    {
        // 23 bits b make the odd number 2 b + 1 - 2^23, |odd| < 2^23: exact in float, as is the power of two.
        int odd = ((int)(Bits() >> 41) * 2) + 1 - (1 << 23);
        return (float)((float)(odd * (1f / (1 << 23))) * bound);
    }

    /// <summary>The next number in (-bound, bound), never 0.</summary>
    public double Next(double bound)
    {
        // The same with 52 bits, and double.
        long odd = ((long)(Bits() >> 12) * 2) + 1 - (1L << 52);
        return odd * (1.0 / (1L << 52)) * bound;
    }

    /// <summary>The next float or double in (-bound, bound), never 0.</summary>
    public TNumber NextOf<TNumber>(TNumber bound)
        where TNumber : unmanaged
    {
        if (typeof(TNumber) == typeof(float))
        {
            float number = Next(Unsafe.As<TNumber, float>(ref bound));
            return Unsafe.As<float, TNumber>(ref number);
        }

        double wide = Next(Unsafe.As<TNumber, double>(ref bound));
        return Unsafe.As<double, TNumber>(ref wide);
    }

    private ulong Bits()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
