#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lstm.Kernels;

/// <content>
/// The multiply-add, with one rounding. For the two largest widths the instruction is named directly: the JIT stops inlining into a method that has
/// too many locals, and each level of calls adds some.
/// </content>
public readonly partial struct FusedFloat512
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Avx512F.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(ref float from, nint offset, Vector512<float> factor, Vector512<float> sum) =>
        Avx512F.FusedMultiplyAdd(Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref from, offset)), factor, sum);
}
#endif
