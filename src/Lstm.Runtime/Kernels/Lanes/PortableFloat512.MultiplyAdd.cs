#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lstm.Kernels;

/// <content>
/// The multiply-add, with two roundings. The casts change vectors in nothing; single floats they round where the language would allow more precision.
/// </content>
public readonly partial struct PortableFloat512
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        (Vector512<float>)((Vector512<float>)(a * b) + c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(ref float from, nint offset, Vector512<float> factor, Vector512<float> sum) =>
        (Vector512<float>)((Vector512<float>)(Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref from, offset)) * factor) + sum);
}
#endif
