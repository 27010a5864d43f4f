using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// References for generated code in C# 9. The methods of <see cref="Unsafe"/> take <c>ref readonly</c> parameters from .NET 8 on, for which a caller
/// needs C# 12.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PortableReference
{
    /// <summary>A reference to what only a read-only one is known of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T To<T>(in T value) => ref Unsafe.AsRef(in value);

    /// <summary>Whether a reference is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNull<T>(ref T value) => Unsafe.IsNullRef(ref value);
}
