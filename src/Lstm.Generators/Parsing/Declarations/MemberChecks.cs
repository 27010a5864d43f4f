using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Whether the generated members have room beside the user's own: names, fields and memory layout.</summary>
internal static class MemberChecks
{
    /// <summary>One for every field, else one for every name that is taken.</summary>
    public static ImmutableArray<Problem> Problems(TypeParts parts, GeneratedNames names) => Problem.FirstOf(
        Problem.List(OwnNameTaken(parts, names)),
        InstanceFields(parts),
        MemberNamesTaken(parts, names),
        Problem.List(LayoutAttribute(parts)));

    private static Problem? OwnNameTaken(TypeParts parts, GeneratedNames names) =>
        names.IsTaken(parts.Type.Name)
            ? Problem.At(Descriptors.OwnNameTaken, TypeParts.NameOf(parts.Declarations[0]).GetLocation(), parts.Type.Name)
            : null;

    /// <summary>All that the user stores in the struct.</summary>
    public static IEnumerable<Problem> InstanceFields(TypeParts parts)
    {
        foreach (ISymbol member in parts.WrittenMembers())
        {
            ISymbol? stored = member switch
            {
                IFieldSymbol { IsStatic: false, IsConst: false } field => field.AssociatedSymbol ?? field,
                IEventSymbol { IsStatic: false } @event
                    when @event.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax => @event,
                IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: > 0 } constructor
                    when constructor.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax => constructor.Parameters[0],
                _ => null,
            };
            if (stored is { Name.Length: > 0 })
            {
                yield return Problem.At(Descriptors.InstanceField, stored.Locations[0], stored.Name, parts.Type.Name);
            }
        }
    }

    private static IEnumerable<Problem> MemberNamesTaken(TypeParts parts, GeneratedNames names)
    {
        foreach (ISymbol member in parts.WrittenMembers())
        {
            if (names.ExcludesName(member))
            {
                yield return At(member, member.Name, "the name of a member", "another name");
            }
            else if (member is IMethodSymbol method && names.ExcludesSignature(method))
            {
                yield return At(method, MethodSignature.ForMessage(method), "a method", "another name or other parameters");
            }
        }

        Problem At(ISymbol member, string text, string what, string instead) =>
            Problem.At(Descriptors.MemberNameTaken, member.Locations[0], text, parts.Type.Name, what, instead);
    }

    private static Problem? LayoutAttribute(TypeParts parts)
    {
        foreach (AttributeData data in parts.Type.GetAttributes())
        {
            if (data.AttributeClass is { Name: "StructLayoutAttribute" or "InlineArrayAttribute" } type
                && type.ContainingNamespace?.ToDisplayString().StartsWith("System.Runtime.", StringComparison.Ordinal) == true
                && data.ApplicationSyntaxReference is { } reference
                && !GeneratedCode.IsOwn(reference.SyntaxTree)
                && reference.GetSyntax() is AttributeSyntax syntax)
            {
                return Problem.At(
                    Descriptors.LayoutAttribute,
                    syntax.Name.GetLocation(),
                    type.Name.Substring(0, type.Name.Length - "Attribute".Length),
                    parts.Type.Name);
            }
        }

        return null;
    }
}
