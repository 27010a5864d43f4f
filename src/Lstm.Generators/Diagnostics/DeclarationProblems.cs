using System.Collections.Immutable;
using System.Globalization;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Diagnostics;

/// <summary>All that is wrong with a declaration: how it is written, and that it asks for too much.</summary>
internal static class DeclarationProblems
{
    public static ImmutableArray<Problem> Of(Declaration declaration) =>
        declaration.Spec is { } spec && DeclarationLimits.Exceeded(spec) is { } exceeded
            ? ImmutableArray.Create(TooLarge(declaration, exceeded))
            : declaration.Problems;

    private static Problem TooLarge(Declaration declaration, ExceededLimit exceeded)
    {
        bool inBytes = exceeded.Kind == LimitKind.ParameterBytes;
        return Problem.At(
            inBytes ? Descriptors.TooManyParameters : Descriptors.TooLargeToUnroll,
            declaration.LocationOf(exceeded.Argument),
            declaration.Name,
            Text(inBytes ? Mebibytes(exceeded.Value) : exceeded.Value),
            Text(inBytes ? Mebibytes(exceeded.Limit) : exceeded.Limit));
    }

    /// <summary>Rounded up.</summary>
    private static long Mebibytes(long bytes)
    {
        const long Mebibyte = 1024 * 1024;
        return (bytes + Mebibyte - 1) / Mebibyte;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
