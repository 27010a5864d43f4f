using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Turns a struct's symbol into the names and keywords that re-open it in another file.</summary>
internal static class TargetTypeReader
{
    /// <summary>Reads <paramref name="type"/>; null if its code is unfinished or contradicts itself.</summary>
    public static TargetType? Read(INamedTypeSymbol type)
    {
        List<INamedTypeSymbol> types = new();
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            types.Insert(0, current);
        }

        List<INamespaceSymbol> namespaces = new();
        for (INamespaceSymbol? current = type.ContainingNamespace; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
        {
            namespaces.Insert(0, current);
        }

        IEnumerable<INamespaceOrTypeSymbol> path = namespaces.Concat<INamespaceOrTypeSymbol>(types);
        bool unfinished = path.Any(symbol => symbol.Name.Length == 0) || IsAlsoNamespace(types[0]);
        return unfinished
            ? null
            : new TargetType(
                string.Join(".", namespaces.Select(symbol => Identifier(symbol.Name))),
                new EquatableArray<TypeDeclaration>(types.Take(types.Count - 1).Select(Declare)),
                Declare(type),
                HintName(path.ToList()));
    }

    /// <summary>What stands before the name in a partial declaration of <paramref name="type"/>.</summary>
    public static string Keyword(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
        TypeKind.Interface => "interface",
        TypeKind.Enum => "enum",
        TypeKind.Delegate => "delegate",
        _ => type.IsRecord ? "record" : "class",
    };

    private static TypeDeclaration Declare(INamedTypeSymbol type)
    {
        bool escaped = type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax() is BaseTypeDeclarationSyntax declaration
            && declaration.Identifier.Text.StartsWith("@", StringComparison.Ordinal));
        return new TypeDeclaration(Keyword(type), escaped ? "@" + type.Name : Identifier(type.Name));
    }

    private static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>
    /// Namespace, containing types and name, dotted. Characters outside <c>[A-Za-z0-9_]</c> become <c>-</c> and four hex
    /// digits. The compiler compares hint names without regard to case, so where a neighbour differs in case only,
    /// <c>-x</c> and one bit per letter (1 for a capital, in hex) are added.
    /// </summary>
    private static string HintName(IReadOnlyList<INamespaceOrTypeSymbol> path)
    {
        StringBuilder hint = new();
        foreach (char c in string.Join(".", path.Select(symbol => symbol.Name)))
        {
            if (c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '.')
            {
                hint.Append(c);
            }
            else
            {
                hint.Append('-').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        if (path.Any(HasNeighbourInOtherCase))
        {
            string capitals = Capitals(hint.ToString());
            hint.Append("-x").Append(capitals);
        }

        return hint.Append(".g.cs").ToString();
    }

    private static bool HasNeighbourInOtherCase(INamespaceOrTypeSymbol symbol)
    {
        INamespaceOrTypeSymbol? parent = (INamespaceOrTypeSymbol?)symbol.ContainingType ?? symbol.ContainingNamespace;
        return parent is not null && parent.GetMembers().Any(member =>
            member is INamespaceOrTypeSymbol
            && string.Equals(member.Name, symbol.Name, StringComparison.OrdinalIgnoreCase)
            && !string.Equals(member.Name, symbol.Name, StringComparison.Ordinal));
    }

    private static string Capitals(string text)
    {
        StringBuilder hex = new();
        for (int start = 0; start < text.Length; start += 4)
        {
            int bits = 0;
            for (int i = start; i < Math.Min(start + 4, text.Length); i++)
            {
                bits |= text[i] is >= 'A' and <= 'Z' ? 1 << (i - start) : 0;
            }

            hex.Append(bits.ToString("x", CultureInfo.InvariantCulture));
        }

        return hex.ToString();
    }

    /// <summary>A namespace and a type of one name: an error, and two different structs in them could get one hint name.</summary>
    private static bool IsAlsoNamespace(INamedTypeSymbol outermost) =>
        outermost.ContainingNamespace is not { } parent
        || parent.GetMembers(outermost.Name).Any(member => member is INamespaceSymbol);
}
