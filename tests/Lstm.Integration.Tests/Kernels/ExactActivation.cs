using System;
using System.Numerics;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>tanh and sigma to more than 100 bits, in integers: what doubles are measured against.</summary>
internal static class ExactActivation
{
    /// <summary>Bits behind the point.</summary>
    private const int Bits = 192;

    private static readonly BigInteger One = BigInteger.One << Bits;

    /// <summary>ln 2 = 2 artanh(1/3), with 32 bits more.</summary>
    private static readonly BigInteger Ln2 = ArtanhOfThird() << 1;

    /// <summary>How far <paramref name="actual"/> is from tanh(x), in ulp; x from 2^-40 to 400.</summary>
    public static double TanhError(double x, double actual)
    {
        // (1 - e) / (1 + e), e = exp(-2 x)
        BigInteger e = Fixed(Exp(-2 * x));
        return Error(actual, ((One - e) << Bits) / (One + e), -Bits);
    }

    /// <summary>How far <paramref name="actual"/> is from sigma(x), in ulp; |x| from 2^-40 to 800.</summary>
    public static double SigmoidError(double x, double actual)
    {
        if (x >= 0)
        {
            return Error(actual, (One << Bits) / (One + Fixed(Exp(-x))), -Bits);
        }

        // m 2^-s / (1 + m 2^-s) = m / (2^s + m)
        (BigInteger m, int shift) = Exp(x);
        return Error(actual, (m << shift) / ((BigInteger.One << shift) + m), -shift);
    }

    /// <summary>sigma'(x) to double.</summary>
    public static double SigmoidSlope(double x)
    {
        (BigInteger m, int shift) = Exp(-Math.Abs(x));
        BigInteger sum = (BigInteger.One << shift) + m;
        return ToDouble((m << (2 * shift)) / (sum * sum), -shift);
    }

    /// <summary>exp(x) = m 2^-shift, x at most 0.</summary>
    private static (BigInteger M, int Shift) Exp(double x)
    {
        (BigInteger mantissa, int exponent) = Split(-x);
        BigInteger value = exponent + Bits >= 0 ? mantissa << (exponent + Bits) : throw new ArgumentOutOfRangeException(nameof(x));
        int n = (int)(((value << 32) + (Ln2 >> 1)) / Ln2);
        BigInteger r = ((n * Ln2) >> 32) - value;
        BigInteger sum = One, term = One;
        for (int k = 1; !term.IsZero && k < 100; k++)
        {
            term = (term * r >> Bits) / k;
            sum += term;
        }

        return (sum, Bits + n);
    }

    private static BigInteger Fixed((BigInteger M, int Shift) value) => value.M >> (value.Shift - Bits);

    /// <summary>A positive double as an integer times a power of two.</summary>
    private static (BigInteger Mantissa, int Exponent) Split(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52);
        long fraction = bits & 0xFFFFFFFFFFFFF;
        return exponent == 0 ? (fraction, -1074) : (fraction | (1L << 52), exponent - 1075);
    }

    /// <summary>|actual - m 2^exponent| in units of the last place of the latter.</summary>
    private static double Error(double actual, BigInteger m, int exponent)
    {
        if (double.IsNaN(actual) || actual < 0)
        {
            return double.PositiveInfinity;
        }

        int ulp = Math.Max((int)m.GetBitLength() - 1 + exponent, -1022) - 52;
        int common = Math.Min(exponent, -1100);
        (BigInteger mantissa, int power) = Split(actual);
        BigInteger difference = BigInteger.Abs((mantissa << (power - common)) - (m << (exponent - common)));
        return (double)(difference >> (ulp - common - 24)) / (1 << 24);
    }

    private static double ToDouble(BigInteger m, int exponent)
    {
        int drop = Math.Max(0, (int)m.GetBitLength() - 64);
        return Math.ScaleB((double)(m >> drop), exponent + drop);
    }

    private static BigInteger ArtanhOfThird()
    {
        BigInteger power = (BigInteger.One << (Bits + 32)) / 3, sum = BigInteger.Zero;
        for (int k = 1; !power.IsZero; k += 2)
        {
            sum += power / k;
            power /= 9;
        }

        return sum;
    }
}
