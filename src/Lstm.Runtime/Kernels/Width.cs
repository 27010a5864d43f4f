#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lstm.Kernels;

/// <summary>The choice of the vector width: the widest that this machine runs well. The JIT knows the answers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Width
{
    /// <summary>Whether kernels for 512 bits run.</summary>
    public static bool Is512 => Vector512.IsHardwareAccelerated;

    /// <summary>Whether kernels for 256 bits run, where those for 512 do not.</summary>
    public static bool Is256 => Vector256.IsHardwareAccelerated && Fma.IsSupported;

    /// <summary>Whether kernels for 128 bits run, where wider ones do not. If not, scalar code runs.</summary>
    public static bool Is128 => Vector128.IsHardwareAccelerated;
}
#endif
