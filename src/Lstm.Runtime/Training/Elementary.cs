using System;

namespace Lstm;

/// <summary>exp and log in + - * /, each rounded: the same bits on every machine, which those of the C runtime are not.</summary>
internal static class Elementary
{
    // Adding it rounds to an integer.
    private const double Shift = 6755399441055744; // 1.5 * 2^52

    /// <summary>exp(x) of x at most 0, within 2 ulp; NaN stays NaN.</summary>
    internal static double Exp(double x)
    {
        if (!(x >= -746))
        {
            return double.IsNaN(x) ? x : 0;
        }

        // x = n ln 2 + r
        double n = ((x * 1.4426950408889634) + Shift) - Shift;
        double r = (x - (n * 0.6931471803691238)) - (n * 1.9082149292705877e-10);

        // exp(r) = 1 + r + r^2 p(r), in pairs, as they are computed side by side. The coefficients are those of the double kernels (Kernels/Lanes).
        double r2 = r * r, r4 = r2 * r2;
        double p8 = (2.5000015324715428e-08 * r) + 2.763030628150097e-07;
        double p4 = (((2.7557586814947264e-06 * r) + 2.4801492949554137e-05) * r2) + ((0.00019841269505761386 * r) + 0.0013888888943760027);
        double p0 = (((0.008333333333494983 * r) + 0.041666666666529725) * r2) + ((0.1666666666666641 * r) + 0.5000000000000011);
        double p = (((p8 * r4) + p4) * r4) + p0;
        double exp = ((p * r2) + r) + 1;

        // 2^n is two factors, each a normal number: only the last product rounds where the result is subnormal.
        long half = (long)n / 2;
        return exp * PowerOfTwo(half) * PowerOfTwo((long)n - half);
    }

    /// <summary>log(1 + x) of x at least 0, within 3 ulp, near 0 too; NaN stays NaN.</summary>
    internal static double LogOnePlus(double x)
    {
        if (!(x > 0.41))
        {
            return TwiceAtanh(x / (2 + x)); // log(1 + x) = 2 atanh(x / (2 + x))
        }

        // 1 + x = m 2^e with m from sqrt(1/2) to sqrt(2)
        long bits = BitConverter.DoubleToInt64Bits(1 + x);
        long exponent = (bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (m > 1.4142135623730951)
        {
            m /= 2;
            exponent++;
        }

        return (exponent * 0.6931471803691238) + (TwiceAtanh((m - 1) / (m + 1)) + (exponent * 1.9082149292705877e-10));
    }

    // 2 atanh(s) = 2 (s + s^3/3 + s^5/5 + ...); |s| is at most 0.172, and the first term left out is s^25/25 < 2^-65 s.
    private static double TwiceAtanh(double s)
    {
        double z = s * s, sum = 0;
        for (int odd = 23; odd >= 3; odd -= 2)
        {
            sum = (sum * z) + (1.0 / odd);
        }

        return (2 * s) + (2 * s * (z * sum));
    }

    private static double PowerOfTwo(long exponent) => BitConverter.Int64BitsToDouble((1023 + exponent) << 52);
}
