namespace Lstm.Generators.Emit;

/// <summary>Full names that generated code uses often.</summary>
internal static class Names
{
    public const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";
    public const string Marshal = "global::System.Runtime.InteropServices.MemoryMarshal";
    public const string States = "global::System.Span<State>";
    public const string Lengths = "global::Lstm.Kernels.Lengths";
    public const string Overlap = "global::Lstm.Kernels.Overlap";
    public const string Throw = "global::Lstm.Kernels.Throw";
    public const string WideFloat = "global::Lstm.Kernels.WideFloat";
    public const string UnscopedRef = "[global::System.Diagnostics.CodeAnalysis.UnscopedRef]";

    /// <summary>a * b + c, fused where the hardware can.</summary>
    public const string Fused = "global::Lstm.Kernels.Simd.MultiplyAdd";

    /// <summary>The type argument of a kernel whose steps read the state from memory: it is for one step.</summary>
    public const string OneStep = "global::Lstm.Kernels.OneStep";

    /// <summary>The type argument of a kernel that may keep the state in registers and writes no tape.</summary>
    public const string Sequence = "global::Lstm.Kernels.Sequence";

    /// <summary>The type argument of a kernel that writes a tape.</summary>
    public const string RecordedSequence = "global::Lstm.Kernels.RecordedSequence";

    /// <summary>Whether a kernel writes a tape: its type argument says so, and the JIT drops the other case.</summary>
    public const string IsRecorded = $"typeof(TRun) == typeof({RecordedSequence})";

    /// <summary>Whether a kernel runs a sequence of which no tape remains.</summary>
    public const string IsUnrecorded = $"typeof(TRun) == typeof({Sequence})";

    /// <summary>Whether a kernel reads the state from memory at every step.</summary>
    public const string IsOneStep = $"typeof(TRun) == typeof({OneStep})";

    /// <summary>Whether a kernel may be asked for more than one step.</summary>
    public const string IsManySteps = $"typeof(TRun) != typeof({OneStep})";

    /// <summary>For one-line helpers inside kernels.</summary>
    public const string Inline =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    /// <summary>For kernels and the members that call them: full speed from the first call.</summary>
    public const string Hot =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    /// <summary>For helpers that kernels call: small as some are, the JIT would inline them, and all that they inline.</summary>
    public const string Call =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining | global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    /// <summary>
    /// <c>variable + constant</c>, folded where either is nothing. A minus is written here and not by the formatting of an
    /// int, whose sign depends on the machine's culture.
    /// </summary>
    public static string Sum(string variable, int constant) => (variable.Length, constant) switch
    {
        (0, < 0) => $"-{-constant}",
        (0, _) => $"{constant}",
        (_, 0) => variable,
        (_, < 0) => $"{variable} - {-constant}",
        _ => $"{variable} + {constant}",
    };

    /// <summary>The sum of terms, without those that are 0.</summary>
    public static string Sum(params string[] terms)
    {
        string[] some = System.Array.FindAll(terms, term => term != "0");
        return some.Length == 0 ? "0" : string.Join(" + ", some);
    }

    /// <summary><c>variable * constant</c>, folded where the constant is 0 or 1.</summary>
    public static string Product(string variable, int constant) =>
        constant == 0 ? "0" : constant == 1 ? variable : $"{variable} * {constant}";

    /// <summary>A reference, <paramref name="offset"/> numbers on.</summary>
    public static string At(string reference, string offset) =>
        offset == "0" ? $"ref {reference}" : $"ref {Unsafe}.Add(ref {reference}, {offset})";

    /// <summary>A reference, <paramref name="offset"/> numbers on.</summary>
    public static string At(string reference, int offset) => At(reference, Sum(string.Empty, offset));

    /// <summary>The first number of the states of many sequences.</summary>
    public static string FirstState(SourceWriter writer, string states = "states") =>
        $"{Unsafe}.As<State, {writer.Real}>(ref {Marshal}.GetReference({states}))";

    /// <summary>The last part of a <c>for</c>.</summary>
    public static string Advance(string variable, int step) => step == 1 ? $"{variable}++" : $"{variable} += {step}";
}
