using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Names and signatures of the members that are generated for a declaration.</summary>
/// <param name="Exclusive">Constants, properties, nested types and private members: no other member may have such a name.</param>
/// <param name="Methods">Public methods, see <see cref="MethodSignature"/>: only further overloads may have the name of one.</param>
internal sealed record GeneratedNames(ImmutableHashSet<string> Exclusive, ImmutableHashSet<string> Methods)
{
    /// <summary>Names of the public methods.</summary>
    public ImmutableHashSet<string> Overloadable { get; } = Methods.Select(MethodSignature.NameOf).ToImmutableHashSet();

    /// <summary>Whether a generated member has this name. The struct itself may not have it (CS0542).</summary>
    public bool IsTaken(string name) => Exclusive.Contains(name) || Overloadable.Contains(name);

    /// <summary>Whether <paramref name="member"/> has a name that it cannot share with the generated member.</summary>
    public bool ExcludesName(ISymbol member) =>
        Exclusive.Contains(member.Name) || (Overloadable.Contains(member.Name) && member is not IMethodSymbol);

    /// <summary>Whether <paramref name="member"/> is a method that is generated as well, with the same parameters.</summary>
    public bool ExcludesSignature(ISymbol member) => member is IMethodSymbol method && Methods.Contains(MethodSignature.Of(method));

    /// <summary>These names and those of <paramref name="others"/>.</summary>
    public GeneratedNames With(GeneratedNames others) =>
        new(Exclusive.Union(others.Exclusive), Methods.Union(others.Methods));

    /// <summary>These names, with the type of the numbers in the place of <c>number</c>.</summary>
    public GeneratedNames OfNumber(string type) =>
        this with { Methods = Methods.Select(method => MethodSignature.OfNumber(method, type)).ToImmutableHashSet() };

    /// <param name="methods">Signatures: types without namespaces, no names of parameters, <c>number</c> for the type of the numbers.</param>
    public static GeneratedNames Of(string[] exclusive, string[] methods) =>
        new(ImmutableHashSet.Create(exclusive), methods.Select(MethodSignature.Qualified).ToImmutableHashSet());
}
