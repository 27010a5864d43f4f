using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>One thing wrong with a declaration, as plain data, so that the pipeline can keep it between edits.</summary>
/// <param name="Id">Which diagnostic explains it.</param>
/// <param name="Place">The offending token.</param>
/// <param name="Arguments">What the message names, all of it text, so that no culture shows.</param>
internal sealed record Problem(string Id, Place Place, EquatableArray<string> Arguments)
{
    /// <summary>The message, with its id in front.</summary>
    public string Text => $"{Id}: {ToDiagnostic().GetMessage(CultureInfo.InvariantCulture)}";

    public static Problem At(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        At(descriptor, Place.Of(location), arguments);

    public static Problem At(DiagnosticDescriptor descriptor, Place place, params string[] arguments) =>
        new(descriptor.Id, place, new EquatableArray<string>(arguments));

    /// <summary>A list of one problem, or of none.</summary>
    public static IEnumerable<Problem> List(Problem? problem) => problem is null ? Array.Empty<Problem>() : new[] { problem };

    /// <summary>The problems of the first check that finds some.</summary>
    public static ImmutableArray<Problem> FirstOf(params IEnumerable<Problem>[] checks) =>
        (checks.FirstOrDefault(check => check.Any()) ?? Array.Empty<Problem>()).ToImmutableArray();

    /// <summary>Its location belongs to no syntax tree, and so no <c>#pragma</c> of that tree hides it.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptors.Of(Id),
        Location.Create(
            Place.Path,
            new TextSpan(Place.Start, Place.Length),
            new LinePositionSpan(new LinePosition(Place.Line, Place.Column), new LinePosition(Place.EndLine, Place.EndColumn))),
        Arguments.ToArray<object>());
}

/// <summary>A place in a file: characters from its start; line and column, each from 0.</summary>
internal sealed record Place(string Path, int Start, int Length, int Line, int Column, int EndLine, int EndColumn)
{
    public static Place Of(Location location)
    {
        FileLinePositionSpan lines = location.GetMappedLineSpan();
        return new Place(
            lines.Path,
            location.SourceSpan.Start,
            location.SourceSpan.Length,
            lines.StartLinePosition.Line,
            lines.StartLinePosition.Character,
            lines.EndLinePosition.Line,
            lines.EndLinePosition.Character);
    }
}
