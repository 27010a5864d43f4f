#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Lstm.Kernels.FusedDouble512;

namespace Lstm.Kernels;

/// <summary>
/// tanh and sigma of doubles within 2 ulp, and the exponential that they are made from, e = exp(-|x|) or exp(-2 |x|). Both accuracies share them.
/// </summary>
/// <remarks>Lanes.targets derives the other widths and the other arithmetic from this file.</remarks>
internal static class FusedExponential512
{
    /// <summary>
    /// sigma(x) = 1 / (1 + e) from 0 up, e / (1 + e) below, e = exp(-|x|). Where e is just over a power of two and the quotient just
    /// under one, the rounding errors of e and of 1 + e count twice: they are added back.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Sigma(Vector512<double> x, out Vector512<double> e)
    {
        e = ExpNegative(-Vector512.Abs(x), out Vector512<double> low);
        Vector512<double> sum = e + Vector512.Create(1.0);
        Vector512<double> sumLow = (e - (sum - Vector512.Create(1.0))) + low;
        Vector512<double> q = Bits512.Below(x, Vector512<double>.Zero, e, Vector512.Create(1.0)) / sum;
        return q + (Bits512.Below(x, Vector512<double>.Zero, low, Vector512<double>.Zero) - (q * sumLow));
    }

    /// <summary>tanh(x) = 1 - 2 e / (1 + e), e = exp(-2 |x|), from 0.625 up, an odd polynomial below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Tanh(Vector512<double> x, out Vector512<double> e)
    {
        Vector512<double> a = Vector512.Abs(x);
        e = ExpNegative(a * Vector512.Create(-2.0), out _);
        Vector512<double> large = Vector512.Create(1.0) - ((e + e) / (e + Vector512.Create(1.0)));

        // (tanh(x) - x) / x^3 in x^2 on |x| up to 0.625, minimax, within 2^-61 of tanh
        Vector512<double> u = a * a;
        Vector512<double> u2 = u * u;
        Vector512<double> u4 = u2 * u2;
        Vector512<double> p8 = MultiplyAdd(
            MultiplyAdd(Vector512.Create(6.042468412356082e-06), u, Vector512.Create(-3.018722102507797e-05)),
            u2,
            MultiplyAdd(Vector512.Create(9.155841266697926e-05), u, Vector512.Create(-0.0002370117309326276)));
        Vector512<double> p4 = MultiplyAdd(
            p8,
            u4,
            MultiplyAdd(
                MultiplyAdd(Vector512.Create(0.000589451799363004), u, Vector512.Create(-0.0014557259482164814)),
                u2,
                MultiplyAdd(Vector512.Create(0.0035921139999129763), u, Vector512.Create(-0.0088632343125846))));
        Vector512<double> p0 = MultiplyAdd(
            p4,
            u4,
            MultiplyAdd(
                MultiplyAdd(Vector512.Create(0.021869488468715996), u, Vector512.Create(-0.053968253966058935)),
                u2,
                MultiplyAdd(Vector512.Create(0.13333333333329742), u, Vector512.Create(-0.33333333333333315))));
        Vector512<double> small = MultiplyAdd(a * u, p0, a);
        return Bits512.WithSign(Bits512.Below(a, Vector512.Create(0.625), small, large), x);
    }

    /// <summary>exp(x) within 1 ulp for x at most 0, and the rounding error of its last sum; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExpNegative(Vector512<double> x, out Vector512<double> low)
    {
        x = Bits512.Below(x, Vector512.Create(-746.0), Vector512.Create(-746.0), x);

        // x = n ln 2 + r. The sum with 1.5 * 2^52 rounds to n.
        Vector512<double> shifted = MultiplyAdd(x, Vector512.Create(1.4426950408889634), Vector512.Create(6755399441055744.0));
        Vector512<double> n = shifted - Vector512.Create(6755399441055744.0);
        Vector512<double> r = MultiplyAdd(
            n, Vector512.Create(-1.9082149292705877e-10), MultiplyAdd(n, Vector512.Create(-0.6931471803691238), x));

        // (exp(r) - 1 - r) / r^2 on |r| up to ln 2 / 2, minimax, within 2^-57 of exp
        Vector512<double> r2 = r * r;
        Vector512<double> r4 = r2 * r2;
        Vector512<double> p8 = MultiplyAdd(Vector512.Create(2.5000015324715428e-08), r, Vector512.Create(2.763030628150097e-07));
        Vector512<double> p4 = MultiplyAdd(
            p8,
            r4,
            MultiplyAdd(
                MultiplyAdd(Vector512.Create(2.7557586814947264e-06), r, Vector512.Create(2.4801492949554137e-05)),
                r2,
                MultiplyAdd(Vector512.Create(0.00019841269505761386), r, Vector512.Create(0.0013888888943760027))));
        Vector512<double> p0 = MultiplyAdd(
            p4,
            r4,
            MultiplyAdd(
                MultiplyAdd(Vector512.Create(0.008333333333494983), r, Vector512.Create(0.041666666666529725)),
                r2,
                MultiplyAdd(Vector512.Create(0.1666666666666641), r, Vector512.Create(0.5000000000000011))));
        Vector512<double> t = MultiplyAdd(r2, p0, r);
        Vector512<double> exp = t + Vector512.Create(1.0);

        // 2^n is two factors, of which each is a normal number where the result is subnormal: then the last product alone rounds.
        Vector512<long> half = Bits512.Integer(MultiplyAdd(n, Vector512.Create(0.5), Vector512.Create(6755399441055744.0)));
        Vector512<double> lower = Bits512.PowerOfTwo(half);
        Vector512<double> upper = Bits512.PowerOfTwo(Bits512.Integer(shifted) - half);
        low = ((t - (exp - Vector512.Create(1.0))) * lower) * upper;
        return (exp * lower) * upper;
    }
}
#endif
