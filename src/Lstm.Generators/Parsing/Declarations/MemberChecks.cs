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
            ? new Problem(Descriptors.OwnNameTaken, TypeParts.NameOf(parts.Declarations[0]).GetLocation(), parts.Type.Name)
            : null;

    private static Problem? InstanceField(TypeParts parts)
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
                return new Problem(Descriptors.InstanceField, stored.Locations[0], stored.Name, parts.Type.Name);
            }
        }

        return null;
    }

    private static Problem? MemberNameTaken(TypeParts parts, GeneratedNames names) =>
        parts.WrittenMembers().FirstOrDefault(names.Excludes) is { } member
            ? new Problem(Descriptors.MemberNameTaken, member.Locations[0], member.Name, parts.Type.Name)
            : null;

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
                return new Problem(
                    Descriptors.LayoutAttribute,
                    syntax.Name.GetLocation(),
                    type.Name.Substring(0, type.Name.Length - "Attribute".Length),
                    parts.Type.Name);
            }
        }

        return null;
    }
}
