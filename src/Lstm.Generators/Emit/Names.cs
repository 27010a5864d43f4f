namespace Lstm.Generators.Emit;

/// <summary>Full names that generated code uses often.</summary>
internal static class Names
{
    public const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";
    public const string Marshal = "global::System.Runtime.InteropServices.MemoryMarshal";
    public const string Span = "global::System.Span<float>";
    public const string ReadOnlySpan = "global::System.ReadOnlySpan<float>";
    public const string Throw = "global::Lstm.Kernels.Throw";
    public const string PackedFloats = "global::Lstm.Kernels.PackedFloats";
    public const string WideFloat = "global::Lstm.Kernels.WideFloat";
    public const string UnscopedRef = "[global::System.Diagnostics.CodeAnalysis.UnscopedRef]";

    /// <summary>a * b + c, fused where the hardware can.</summary>
    public const string Fused = "global::Lstm.Kernels.Simd.MultiplyAdd";

    /// <summary>For one-line helpers inside kernels.</summary>
    public const string Inline =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    /// <summary>For kernels and the members that call them: full speed from the first call.</summary>
    public const string Hot =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    /// <summary><c>variable + constant</c>, folded where either is nothing.</summary>
    public static string Sum(string variable, int constant) =>
        variable.Length == 0 ? $"{constant}" : constant == 0 ? variable : $"{variable} + {constant}";
}
