using System;

namespace Lstm.Kernels;

/// <summary>
/// tanh and sigma of doubles within 2 ulp, and the exponential that they are made from: the operations of <c>PortableExponentialScalar</c>, where
/// they are explained, in the same order.
/// </summary>
internal static class DoubleExponential
{
    private const double Shift = 6755399441055744.0; // 1.5 * 2^52: adding it rounds to an integer

    /// <summary>sigma(x) = 1 / (1 + e) from 0 up, e / (1 + e) below, e = exp(-|x|), with the rounding errors of e and 1 + e added back.</summary>
    internal static double Sigma(double x, out double e)
    {
        e = ExpNegative(-Math.Abs(x), out double low);
        double sum = e + 1.0;
        double sumLow = (e - (sum - 1.0)) + low;
        double q = (x < 0 ? e : 1.0) / sum;
        return q + ((x < 0 ? low : 0) - (q * sumLow));
    }

    /// <summary>tanh(x) = 1 - 2 e / (1 + e), e = exp(-2 |x|), from 0.625 up, an odd polynomial below.</summary>
    internal static double Tanh(double x, out double e)
    {
        double a = Math.Abs(x);
        e = ExpNegative(a * -2.0, out _);
        double large = 1.0 - ((e + e) / (e + 1.0));
        double u = a * a;
        double u2 = u * u;
        double u4 = u2 * u2;
        double p8 = (((6.042468412356082e-06 * u) + -3.018722102507797e-05) * u2) + ((9.155841266697926e-05 * u) + -0.0002370117309326276);
        double p4 = (p8 * u4)
            + ((((0.000589451799363004 * u) + -0.0014557259482164814) * u2) + ((0.0035921139999129763 * u) + -0.0088632343125846));
        double p0 = (p4 * u4)
            + ((((0.021869488468715996 * u) + -0.053968253966058935) * u2) + ((0.13333333333329742 * u) + -0.33333333333333315));
        double small = ((a * u) * p0) + a;
        return WithSign(a < 0.625 ? small : large, x);
    }

    /// <summary>exp(x) within 1 ulp for x at most 0, and the rounding error of its last sum; NaN stays NaN.</summary>
    private static double ExpNegative(double x, out double low)
    {
        x = x < -746.0 ? -746.0 : x;

        // x = n ln 2 + r
        double shifted = (x * 1.4426950408889634) + Shift;
        double n = shifted - Shift;
        double r = (n * -1.9082149292705877e-10) + ((n * -0.6931471803691238) + x);
        double r2 = r * r;
        double r4 = r2 * r2;
        double p8 = (2.5000015324715428e-08 * r) + 2.763030628150097e-07;
        double p4 = (p8 * r4)
            + ((((2.7557586814947264e-06 * r) + 2.4801492949554137e-05) * r2) + ((0.00019841269505761386 * r) + 0.0013888888943760027));
        double p0 = (p4 * r4)
            + ((((0.008333333333494983 * r) + 0.041666666666529725) * r2) + ((0.1666666666666641 * r) + 0.5000000000000011));
        double t = (r2 * p0) + r;
        double exp = t + 1.0;

        // 2^n is two factors, each a normal number: only the last product rounds where the result is subnormal.
        long half = Integer((n * 0.5) + Shift);
        double lower = PowerOfTwo(half);
        double upper = PowerOfTwo(Integer(shifted) - half);
        low = ((t - (exp - 1.0)) * lower) * upper;
        return (exp * lower) * upper;
    }

    /// <summary>The integer to which adding 1.5 * 2^52 has rounded: it stands in the low bits.</summary>
    private static long Integer(double shifted) => BitConverter.DoubleToInt64Bits(shifted) - 0x4338000000000000L;

    private static double PowerOfTwo(long exponent) => BitConverter.Int64BitsToDouble((exponent + 1023L) << 52);

    private static double WithSign(double magnitude, double sign) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(magnitude) | (BitConverter.DoubleToInt64Bits(sign) & long.MinValue));
}
