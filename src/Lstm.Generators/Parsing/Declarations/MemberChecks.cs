using System;
using System.Linq;
using Lstm.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Whether the generated members have room beside the user's own: names, fields and memory layout.</summary>
internal static class MemberChecks
{
    public static Problem? FirstProblem(TypeParts parts, GeneratedNames names) =>
        OwnNameTaken(parts, names)
        ?? InstanceField(parts)
        ?? MemberNameTaken(parts, names)
        ?? LayoutAttribute(parts);

    private static Problem? OwnNameTaken(TypeParts parts, GeneratedNames names) =>
        names.IsTaken(parts.Type.Name)
            ? Problem.At(Descriptors.OwnNameTaken, TypeParts.NameOf(parts.Declarations[0]).GetLocation(), parts.Type.Name)
            : null;

    /// <summary>Something that the user stores in the struct.</summary>
    public static Problem? InstanceField(TypeParts parts)
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
                return Problem.At(Descriptors.InstanceField, stored.Locations[0], stored.Name, parts.Type.Name);
            }
        }

        return null;
    }

    private static Problem? MemberNameTaken(TypeParts parts, GeneratedNames names)
    {
        if (parts.WrittenMembers().FirstOrDefault(names.ExcludesName) is { } named)
        {
            return At(named, named.Name, "the name of a member", "another name");
        }

        return parts.WrittenMembers().FirstOrDefault(names.ExcludesSignature) is IMethodSymbol method
            ? At(method, MethodSignature.ForMessage(method), "a method", "another name or other parameters")
            : null;

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
