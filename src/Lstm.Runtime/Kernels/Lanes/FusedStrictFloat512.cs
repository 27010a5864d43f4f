#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lstm.Kernels;

/// <summary>
/// The equations in <see cref="Accuracy.Strict"/> accuracy on the vectors of <see cref="FusedFloat512"/>: tanh and sigma within 2 ulp.
/// </summary>
/// <remarks>
/// <para>
/// Both are one quotient, made from a power of two and from u = 1 - exp(-r), |r| at most ln 2 / 2. Numerator and denominator are rounded once each;
/// sigma's denominator alone is rounded twice. The slopes come from the same numbers, without cancellation.
/// </para>
/// <para>
/// Scale and margin change no bit of a value: they cancel in the quotient. Where each activation of a kernel has its own, the JIT cannot keep one
/// set of constants in registers for all of them, which would push running values onto the stack. Constants take up to the fifth power of the
/// scale, which is therefore small.
/// </para>
/// <para>Written once: Lanes.targets derives the other widths and the other arithmetic from this file.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FusedStrictFloat512 : ICellEquations<Vector512<float>>
{
    /// <inheritdoc/>
    public static bool RecordsSlopes => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.Gate(Vector512<float> z, out Vector512<float> slope) => Sigma(z, 1f, 14, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.Tanh(Vector512<float> z, out Vector512<float> slope) => Tanh(z, 1f, out slope);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.LongTermMemory(
        Vector512<float> rem, Vector512<float> save, Vector512<float> cand, Vector512<float> before) =>
        Avx512F.FusedMultiplyAdd(rem, before, save * cand);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.WorkingMemory(Vector512<float> focus, Vector512<float> tanh) => focus * tanh;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.GateValue(Vector512<float> gate) => gate;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ICellEquations<Vector512<float>>.TanhValue(Vector512<float> tanh) => tanh;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GateSlope(Vector512<float> sigma) => sigma * (Vector512.Create(1f) - sigma);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TanhSlope(Vector512<float> tanh) => (Vector512.Create(1f) - tanh) * (Vector512.Create(1f) + tanh);

    /// <summary>
    /// sigma(x) = s / (s + 1 - u), where exp(-x) = (1 - u) / s and s = 2^n; sigma'(x) = sigma (1 - u) / (s + 1 - u). From x = 61 up sigma
    /// is 1, and sigma' stays at 3e-27. Below -87 both become subnormal, and then 0.
    /// </summary>
    /// <param name="x">Any numbers; NaN stays NaN.</param>
    /// <param name="scale">A power of two up to 2^14, by which r is multiplied.</param>
    /// <param name="margin">Even, 0 to 14: s and u are multiplied by 2^(24 + margin).</param>
    /// <param name="slope">sigma'(x).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigma(Vector512<float> x, float scale, int margin, out Vector512<float> slope)
    {
        // For very negative x the result is subnormal. Scaling s and u by 2^24 or more makes the division the only operation that rounds there.
        // From the lower limit down the result is 0; the limit depends on the scale only so that activations do not share it.
        x = Simd.AtMost(Simd.AtLeast(x, Vector512.Create(-104f - (scale / 131072f))), Vector512.Create(61f));

        // x = n ln 2 + r. The sum with 1.5 * 2^23 rounds to n, and leaves n + 24 + margin + 127 in the low bits. Without fused multiply-add
        // x / ln 2 may be rounded to halfway between two integers. Which of them n becomes depends on whether the constant is odd: it always
        // is, the margin being even.
        Vector512<float> shifted = Avx512F.FusedMultiplyAdd(
            x, Vector512.Create(1.442695f * (scale * scale)), Vector512.Create((12583063f + margin) * (scale * scale)));
        Vector512<float> n = shifted - Vector512.Create((12583063f + margin) * (scale * scale));
        Vector512<float> r = Avx512F.FusedMultiplyAdd(
            n,
            Vector512.Create(2.12194440e-4f / scale),
            Avx512F.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f / scale), x * Vector512.Create(scale)));
        Vector512<float> s = Bits512.PowerOfTwo(shifted);

        // u = 1 - exp(-r) = r + r^2 q
        Vector512<float> r2 = r * r;
        Vector512<float> q = Avx512F.FusedMultiplyAdd(
            Avx512F.FusedMultiplyAdd(
                Vector512.Create((float)(1L << (24 + margin)) / scale * -0.00138773804f / (scale * scale * scale * scale * scale)),
                r2,
                Avx512F.FusedMultiplyAdd(
                    Vector512.Create((float)(1L << (24 + margin)) / scale * 0.00836643949f / (scale * scale * scale * scale)),
                    r,
                    Vector512.Create((float)(1L << (24 + margin)) / scale * -0.0416668989f / (scale * scale * scale)))),
            r2,
            Avx512F.FusedMultiplyAdd(
                Vector512.Create((float)(1L << (24 + margin)) / scale * 0.166665405f / (scale * scale)),
                r,
                Vector512.Create((float)(1L << (24 + margin)) / scale * -0.5f / scale)));
        Vector512<float> u = Avx512F.FusedMultiplyAdd(r2, q, r * Vector512.Create((float)(1L << (24 + margin)) / scale));

        // 1 is added last. Where s is small, s + 1 first would lose digits of s; where s is at least 1, adding 1 to s - u rounds off at most
        // half of what s - u has rounded off.
        Vector512<float> sum = (s - u) + Vector512.Create((float)(1L << (24 + margin)));
        slope = (s / sum) * ((Vector512.Create((float)(1L << (24 + margin))) - u) / sum);
        return s / sum;
    }

    /// <summary>
    /// |tanh(x)| = (1 - s + s u) / (1 + s - s u), where exp(-2 |x|) = s (1 - u) and s = 2^n; tanh'(x) = 4 s (1 - u) / (1 + s - s u)^2. From
    /// |x| = 34 up tanh is 1, and tanh' stays at 1e-29.
    /// </summary>
    /// <param name="x">Any numbers; NaN stays NaN.</param>
    /// <param name="scale">A power of two, by which r, u and both sides of the quotient are multiplied.</param>
    /// <param name="slope">tanh'(x).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x, float scale, out Vector512<float> slope)
    {
        Vector512<float> a = Simd.AtMost(Vector512.Abs(x), Vector512.Create(34f));
        Vector512<float> sign = Bits512.SignedZero(x);

        // -2 |x| = n ln 2 - r. The sum with 1.5 * 2^23 rounds to n, and leaves n + 127 in the low bits. One constant is enough for ln 2, where sigma
        // has two: |n| is small where tanh depends on r. Only tanh' loses some of its last digits, where it is tiny.
        Vector512<float> shifted = Avx512F.FusedMultiplyAdd(
            a, Vector512.Create(-2.88539f * (scale * scale)), Vector512.Create(12583039f * (scale * scale)));
        Vector512<float> n = shifted - Vector512.Create(12583039f * (scale * scale));
        Vector512<float> r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(0.6931472f / scale), a * Vector512.Create(2f * scale));
        Vector512<float> s = Bits512.PowerOfTwo(shifted);
        Vector512<float> scaled = s * Vector512.Create(scale);

        // u = 1 - exp(-r) = r + r^2 q
        Vector512<float> r2 = r * r;
        Vector512<float> q = Avx512F.FusedMultiplyAdd(
            Avx512F.FusedMultiplyAdd(
                Vector512.Create(-0.00138773804f / (scale * scale * scale * scale * scale)),
                r2,
                Avx512F.FusedMultiplyAdd(
                    Vector512.Create(0.00836643949f / (scale * scale * scale * scale)),
                    r,
                    Vector512.Create(-0.0416668989f / (scale * scale * scale)))),
            r2,
            Avx512F.FusedMultiplyAdd(Vector512.Create(0.166665405f / (scale * scale)), r, Vector512.Create(-0.5f / scale)));
        Vector512<float> u = Avx512F.FusedMultiplyAdd(r2, q, r);
        Vector512<float> sum = Avx512F.FusedMultiplyAdd(-s, u, Vector512.Create(scale) + scaled);
        slope = ((scaled - (s * u)) * Vector512.Create(4f * scale)) / (sum * sum);
        return Avx512F.FusedMultiplyAdd(
            Bits512.WithSignOfZero(s, sign), u, Bits512.WithSignOfZero(Vector512.Create(scale) - scaled, sign)) / sum;
    }
}
#endif
