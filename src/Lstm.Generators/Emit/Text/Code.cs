using System;
using System.Linq;

namespace Lstm.Generators.Emit;

/// <summary>Small pieces of code that kernels use often.</summary>
internal static class Code
{
    /// <summary>For one-line helpers.</summary>
    public const string Inline = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    /// <summary>For kernels and the methods that call them: full speed from the first call.</summary>
    public const string Hot = "[MethodImpl(MethodImplOptions.AggressiveOptimization)]";

    /// <summary>For a kernel that another calls now and then: inlined, it would take registers from it.</summary>
    public const string HotCall = "[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]";

    /// <summary>Whether a kernel writes a tape: its type argument says so, and the JIT drops the other case.</summary>
    public const string IsRecorded = "typeof(TRun) == typeof(RecordedSequence)";

    /// <summary>Whether a kernel runs a sequence of which no tape remains.</summary>
    public const string IsUnrecorded = "typeof(TRun) == typeof(Sequence)";

    /// <summary>Whether a kernel may be asked for more than one step.</summary>
    public const string IsManySteps = "typeof(TRun) != typeof(OneStep)";

    /// <summary>
    /// <c>variable + constant</c>, folded where either is nothing. A minus is written here and not by the formatting of an
    /// int, whose sign depends on the machine's culture.
    /// </summary>
    public static string Add(string variable, int constant) => (variable.Length, constant) switch
    {
        (0, < 0) => $"-{-constant}",
        (0, _) => $"{constant}",
        (_, 0) => variable,
        (_, < 0) => $"{variable} - {-constant}",
        _ => $"{variable} + {constant}",
    };

    /// <summary>The sum of terms, without those that are 0.</summary>
    public static string Add(params string[] terms)
    {
        string[] some = Array.FindAll(terms, term => term != "0");
        return some.Length == 0 ? "0" : string.Join(" + ", some);
    }

    /// <summary><c>variable * constant</c>, folded where the constant is 0 or 1.</summary>
    public static string Multiply(string variable, int constant) =>
        constant == 0 ? "0" : constant == 1 ? variable : $"{variable} * {constant}";

    /// <summary><c>(variable * constant)</c>, folded where the constant is 0 or 1.</summary>
    public static string Product(string variable, int constant) => constant > 1 ? $"({variable} * {constant})" : Multiply(variable, constant);

    /// <summary>A reference, <paramref name="offset"/> numbers on, as an argument or behind <c>ref</c> of a declaration.</summary>
    public static string RefAt(string reference, string offset) =>
        offset == "0" ? $"ref {reference}" : $"ref Unsafe.Add(ref {reference}, {offset})";

    /// <summary>A reference, <paramref name="offset"/> numbers on.</summary>
    public static string RefAt(string reference, int offset) => RefAt(reference, Add(string.Empty, offset));

    /// <summary>The last part of a <c>for</c>.</summary>
    public static string Advance(string variable, int step) => step == 1 ? $"{variable}++" : $"{variable} += {step}";

    /// <summary>A reference to nothing, where a kernel has nothing to write.</summary>
    public static string NullRef(NumberNames number) => $"ref Unsafe.NullRef<{number.Type}>()";

    /// <summary>A statement and its equation, the equations of neighbours below each other; above it, where the statement is long.</summary>
    public static string Noted(string statement, string equation) => statement.Length > 96
        ? $"// {equation}\n{statement}"
        : $"{statement.PadRight(72)} // {equation}";

    /// <summary>The lines of an argument list that is too long for one, each indented by a step.</summary>
    public static string Lines(params string[] lines) => string.Join("\n", lines.Select(line => "    " + line));
}
