using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>One thing wrong with a declaration.</summary>
/// <param name="Descriptor">Which diagnostic explains it.</param>
/// <param name="Location">The offending token.</param>
/// <param name="Arguments">What the message names, all of it text, so that no culture shows.</param>
internal sealed record Problem(DiagnosticDescriptor Descriptor, Location Location, params string[] Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location, Arguments);
}
