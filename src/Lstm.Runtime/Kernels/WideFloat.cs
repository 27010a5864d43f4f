using System;
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>
/// A number <c>mantissa * 2^exponent</c> with the 53 bits of a double and an exponent of 64 bits: products of a thousand
/// weights, far outside the range of float and double, keep their value. The default is 0.
/// </summary>
/// <remarks>
/// Only scaling by powers of two goes beyond double arithmetic, and that is exact, so each operation rounds once, as
/// double does. NaN and the infinities propagate as in IEEE 754; there is one zero and nothing is subnormal.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WideFloat
{
    private const int ExponentBias = 1023;
    private const int FractionBits = 52;
    private const long ExponentMask = 0x7FF;
    private const double Log10Of2 = 0.301029995663981195213738894724493;

    private WideFloat(double mantissa, long exponent)
    {
        Mantissa = mantissa;
        Exponent = exponent;
    }

    /// <summary>The signed significand: <c>1 &lt;= |Mantissa| &lt; 2</c>, or 0, NaN, an infinity.</summary>
    public double Mantissa { get; }

    /// <summary>The power of two; 0 for 0, NaN and the infinities.</summary>
    public long Exponent { get; }

    /// <summary>The exact value of <paramref name="value"/>.</summary>
    public static WideFloat FromDouble(double value) => Normalize(value, 0);

    /// <summary>The exact value of <paramref name="value"/>.</summary>
    public static implicit operator WideFloat(double value) => FromDouble(value);

    /// <summary>The product, rounded once.</summary>
    public static WideFloat Multiply(WideFloat left, WideFloat right) =>
        Normalize(left.Mantissa * right.Mantissa, left.Exponent + right.Exponent);

    /// <summary>The sum, rounded once.</summary>
    public static WideFloat Add(WideFloat left, WideFloat right)
    {
        if (!double.IsFinite(left.Mantissa) || !double.IsFinite(right.Mantissa))
        {
            return Normalize(left.Mantissa + right.Mantissa, 0);
        }

        if (left.Mantissa == 0 || right.Mantissa == 0)
        {
            return left.Mantissa == 0 ? right : left;
        }

        (WideFloat large, WideFloat small) = left.Exponent >= right.Exponent ? (left, right) : (right, left);
        long shift = large.Exponent - small.Exponent;

        // Past 64 bits the smaller term is below a quarter of the larger one's last place: it cannot change the rounded sum.
        return shift > 64 ? large : Normalize(large.Mantissa + (small.Mantissa * PowerOfTwo(-shift)), large.Exponent);
    }

    /// <summary>The difference, rounded once.</summary>
    public static WideFloat Subtract(WideFloat left, WideFloat right) => Add(left, new WideFloat(-right.Mantissa, right.Exponent));

    /// <summary>The magnitude.</summary>
    public static WideFloat Abs(WideFloat value) => new(Math.Abs(value.Mantissa), value.Exponent);

    /// <summary>The decimal logarithm: negative infinity for 0, NaN below 0.</summary>
    public static double Log10(WideFloat value) => Math.Log10(value.Mantissa) + (value.Exponent * Log10Of2);

    /// <inheritdoc cref="Multiply"/>
    public static WideFloat operator *(WideFloat left, WideFloat right) => Multiply(left, right);

    /// <inheritdoc cref="Add"/>
    public static WideFloat operator +(WideFloat left, WideFloat right) => Add(left, right);

    /// <inheritdoc cref="Subtract"/>
    public static WideFloat operator -(WideFloat left, WideFloat right) => Subtract(left, right);

    private static WideFloat Normalize(double mantissa, long exponent)
    {
        if (mantissa == 0 || !double.IsFinite(mantissa))
        {
            return new WideFloat(mantissa == 0 ? 0 : mantissa, 0);
        }

        if (Math.Abs(mantissa) < double.Epsilon * (1L << FractionBits))
        {
            mantissa *= PowerOfTwo(64);
            exponent -= 64;
        }

        long bits = BitConverter.DoubleToInt64Bits(mantissa);
        long power = ((bits >> FractionBits) & ExponentMask) - ExponentBias;
        long significand = (bits & ~(ExponentMask << FractionBits)) | ((long)ExponentBias << FractionBits);
        return new WideFloat(BitConverter.Int64BitsToDouble(significand), exponent + power);
    }

    private static double PowerOfTwo(long power) => BitConverter.Int64BitsToDouble((power + ExponentBias) << FractionBits);
}
