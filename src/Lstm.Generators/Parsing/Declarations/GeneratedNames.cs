using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Names of the members that are generated for a declaration.</summary>
/// <param name="Exclusive">Constants, properties, nested types and private members: no other member may have such a name.</param>
/// <param name="Overloadable">Public methods: only further overloads may have such a name.</param>
internal sealed record GeneratedNames(ImmutableHashSet<string> Exclusive, ImmutableHashSet<string> Overloadable)
{
    /// <summary>Whether a generated member has this name. The struct itself may not have it (CS0542).</summary>
    public bool IsTaken(string name) => Exclusive.Contains(name) || Overloadable.Contains(name);

    /// <summary>Whether <paramref name="member"/> cannot stand beside the generated members.</summary>
    public bool Excludes(ISymbol member) =>
        Exclusive.Contains(member.Name) || (Overloadable.Contains(member.Name) && member is not IMethodSymbol);

    /// <summary>These names and those of <paramref name="others"/>.</summary>
    public GeneratedNames With(GeneratedNames others) =>
        new(Exclusive.Union(others.Exclusive), Overloadable.Union(others.Overloadable));

    public static GeneratedNames Of(string[] exclusive, string[] overloadable) =>
        new(ImmutableHashSet.Create(exclusive), ImmutableHashSet.Create(overloadable));
}
