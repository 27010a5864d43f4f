using System.Linq;
using Lstm.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>What kind of type the attribute stands on, and what stands around it.</summary>
internal static class TypeChecks
{
    public static Problem? FirstProblem(TypeParts parts, DeclarationKind kind) =>
        NotPlainStruct(parts, kind)
        ?? NotPartial(parts)
        ?? Generic(parts, kind)
        ?? ContainingTypeNotPartial(parts)
        ?? FileLocal(parts);

    private static Problem? NotPlainStruct(TypeParts parts, DeclarationKind kind)
    {
        INamedTypeSymbol type = parts.Type;
        if (type.TypeKind != TypeKind.Struct || type.IsRecord)
        {
            return At(TypeParts.KeywordOf(parts.Declarations[0]), TargetTypeReader.Keyword(type));
        }

        if (parts.Modifier("ref") is { } byRef)
        {
            return At(byRef, "ref struct");
        }

        return parts.Modifier("readonly") is { } readOnly ? At(readOnly, "readonly struct") : null;

        Problem At(SyntaxToken token, string found) =>
            Problem.At(Descriptors.NotPlainStruct, token.GetLocation(), kind.Name, found, type.Name);
    }

    private static Problem? NotPartial(TypeParts parts) =>
        parts.NameWithoutPartial is { } name ? Problem.At(Descriptors.NotPartial, name.GetLocation(), parts.Type.Name) : null;

    private static Problem? Generic(TypeParts parts, DeclarationKind kind)
    {
        foreach (TypeParts level in parts.OutwardFromSelf())
        {
            if (level.TypeParameters is { } list)
            {
                return Problem.At(
                    Descriptors.Generic,
                    list.GetLocation(),
                    level.Type.Name,
                    kind.Name,
                    level == parts ? $"write 'partial struct {parts.Type.Name}'" : $"write '{parts.Type.Name}' outside '{level.Type.Name}'");
            }
        }

        return null;
    }

    private static Problem? ContainingTypeNotPartial(TypeParts parts)
    {
        foreach (TypeParts level in parts.OutwardFromSelf().Skip(1))
        {
            if (level.NameWithoutPartial is { } name)
            {
                return Problem.At(
                    Descriptors.ContainingTypeNotPartial,
                    name.GetLocation(),
                    level.Type.Name,
                    parts.Type.Name,
                    TargetTypeReader.Keyword(level.Type));
            }
        }

        return null;
    }

    private static Problem? FileLocal(TypeParts parts)
    {
        foreach (TypeParts level in parts.OutwardFromSelf())
        {
            if (level.Modifier("file") is { } modifier)
            {
                return Problem.At(Descriptors.FileLocal, modifier.GetLocation(), level.Type.Name);
            }
        }

        return null;
    }
}
