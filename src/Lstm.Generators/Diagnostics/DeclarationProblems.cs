using System;
using System.Collections.Immutable;
using System.Globalization;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Diagnostics;

/// <summary>All that is wrong with a declaration: how it is written, and that it asks for too much.</summary>
internal static class DeclarationProblems
{
    public static ImmutableArray<Problem> Of(Declaration declaration) =>
        declaration is { Spec: { } spec, Weights: null }
        && TooLarge(spec, declaration.Name, argument => Place.Of(declaration.LocationOf(argument))) is { } problem
            ? ImmutableArray.Create(problem)
            : declaration.Problems;

    /// <summary>That a spec asks for too much; null if it does not.</summary>
    /// <param name="name">The type's name.</param>
    /// <param name="placeOf">Where the value of an argument is written.</param>
    public static Problem? TooLarge(ISpec spec, string name, Func<string, Place> placeOf)
    {
        if (DeclarationLimits.Exceeded(spec) is not { } exceeded)
        {
            return null;
        }

        bool inBytes = exceeded.Kind == LimitKind.ParameterBytes;
        return Problem.At(
            inBytes ? Descriptors.TooManyParameters : Descriptors.TooLargeToUnroll,
            placeOf(exceeded.Argument),
            name,
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
