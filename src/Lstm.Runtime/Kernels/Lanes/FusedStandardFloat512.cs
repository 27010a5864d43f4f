#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Lstm.Kernels.TanhCoefficients;

namespace Lstm.Kernels;

/// <summary>
/// The equations in <see cref="Accuracy.Standard"/> accuracy on the vectors of <see cref="FusedFloat512"/>. A gate is carried as 2 sigma - 1 and
/// a tanh as half of it, so that their product is one multiply-add: sigma * tanh = (2 sigma - 1) * (tanh / 2) + tanh / 2.
/// </summary>
/// <remarks>
/// <para>tanh and sigma are computed from + - * / alone, so that all machines give the same bits.</para>
/// <para>
/// Their <c>scale</c> is a power of two from 2^24 to 2^58, and changes no bit: it multiplies all coefficients of a quotient, and cancels. Where each
/// activation of a kernel has a scale of its own, the JIT cannot keep one set of constants in registers for all of them, which would push running
/// values onto the stack. 2^24 is so large that x times a coefficient is not subnormal where that would count.
/// </para>
/// <para>Written once: Lanes.targets derives the other widths and the other arithmetic from this file.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct FusedStandardFloat512 : ICellEquations<Vector512<float>>
{
    private const float GateScale = 16777216f;
    private const float TanhScale = GateScale * 16f;

    /// <inheritdoc/>
    public static bool RecordsSlopes => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.Gate(Vector512<float> z, out Vector512<float> slope)
    {
        slope = default;
        return TanhOfHalf(z, GateScale);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.Tanh(Vector512<float> z, out Vector512<float> slope)
    {
        slope = default;
        return HalfTanh(z, TanhScale);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.LongTermMemory(
        Vector512<float> rem, Vector512<float> save, Vector512<float> cand, Vector512<float> before)
    {
        Vector512<float> half = before * Vector512.Create(0.5f);
        return Avx512F.FusedMultiplyAdd(save, cand, Avx512F.FusedMultiplyAdd(rem, half, half) + cand);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.WorkingMemory(Vector512<float> focus, Vector512<float> tanh) =>
        Avx512F.FusedMultiplyAdd(focus, tanh, tanh);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.GateValue(Vector512<float> gate) => SigmaOfCarried(gate);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.TanhValue(Vector512<float> tanh) => tanh + tanh;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GateSlope(Vector512<float> sigma) => sigma * (Vector512.Create(1f) - sigma);

    /// <inheritdoc/>
    /// <remarks>A product, which keeps its digits where tanh is near 1; 1 - tanh^2 would lose them.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TanhSlope(Vector512<float> tanh) => (Vector512.Create(1f) - tanh) * (Vector512.Create(1f) + tanh);

    /// <summary>sigma from 2 sigma - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SigmaOfCarried(Vector512<float> gate) =>
        Avx512F.FusedMultiplyAdd(gate, Vector512.Create(0.5f), Vector512.Create(0.5f));

    /// <summary>tanh(x) / 2 = x P(x^2) / Q(x^2) within 6 ulp. |x| over 8.02 counts as 8.02, NaN stays NaN.</summary>
    /// <param name="x">Any numbers.</param>
    /// <param name="scale">A power of two, which cancels in the quotient.</param>
    /// <param name="flushes">
    /// Whether x is a new ltm: the result is +0 where that is flushed. Only the factor x is, so that the polynomials do not wait for it.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> HalfTanh(Vector512<float> x, float scale, bool flushes = false)
    {
        Vector512<float> limited = Simd.Clamp(x, Vector512.Create(Most));
        Vector512<float> u = limited * limited;
        Vector512<float> u2 = u * u;
        Vector512<float> p = Avx512F.FusedMultiplyAdd(
            Avx512F.FusedMultiplyAdd(
                Vector512.Create(P4 * scale),
                u2,
                Avx512F.FusedMultiplyAdd(Vector512.Create(P3 * scale), u, Vector512.Create(P2 * scale))),
            u2,
            Avx512F.FusedMultiplyAdd(Vector512.Create(P1 * scale), u, Vector512.Create(P0 * scale)));
        Vector512<float> q = Avx512F.FusedMultiplyAdd(
            Avx512F.FusedMultiplyAdd(
                Vector512.Create(Q4 * scale),
                u2,
                Avx512F.FusedMultiplyAdd(Vector512.Create(Q3 * scale), u, Vector512.Create(Q2 * scale))),
            u2,
            Avx512F.FusedMultiplyAdd(Vector512.Create(Q1 * scale), u, Vector512.Create(Q0 * scale)));
        return ((flushes ? FusedFloat512.Flush(limited, x) : limited) * p) / q;
    }
}
#endif
