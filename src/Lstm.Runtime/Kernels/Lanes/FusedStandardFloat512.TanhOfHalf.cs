#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Lstm.Kernels.TanhCoefficients;

namespace Lstm.Kernels;

/// <content>
/// From this method Lanes.targets derives <c>FocusAndCand</c> and <c>AllGates</c>, for vectors that hold several gates, the last of which is ltm'.
/// They differ in their constants, which have a value for each gate: elements listed one by one, which the JIT folds into one constant.
/// </content>
public readonly partial struct FusedStandardFloat512
{
    /// <summary>2 sigma(x) - 1 in every lane. |x| is limited to where tanh saturates; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TanhOfHalf(Vector512<float> x, float scale)
    {
        x = Simd.Clamp(x, Vector512.Create(Most * 2));

        // 2 sigma(x) - 1 = tanh(x/2) = x P(u/4) / Q(u/4), tanh(x) / 2 = x P(u) / Q(u)
        Vector512<float> u = x * x;
        Vector512<float> u2 = u * u;
        Vector512<float> p = Avx512F.FusedMultiplyAdd(
            Avx512F.FusedMultiplyAdd(
                Vector512.Create(P4 / 256 * scale),
                u2,
                Avx512F.FusedMultiplyAdd(Vector512.Create(P3 / 64 * scale), u, Vector512.Create(P2 / 16 * scale))),
            u2,
            Avx512F.FusedMultiplyAdd(Vector512.Create(P1 / 4 * scale), u, Vector512.Create(P0 * scale)));
        Vector512<float> q = Avx512F.FusedMultiplyAdd(
            Avx512F.FusedMultiplyAdd(
                Vector512.Create(Q4 / 256 * scale),
                u2,
                Avx512F.FusedMultiplyAdd(Vector512.Create(Q3 / 64 * scale), u, Vector512.Create(Q2 / 16 * scale))),
            u2,
            Avx512F.FusedMultiplyAdd(Vector512.Create(Q1 / 4 * scale), u, Vector512.Create(Q0 * scale)));
        return (x * p) / q;
    }
}
#endif
