using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Turns a struct's symbol into the names and keywords that re-open it in another file.</summary>
internal static class TargetTypeReader
{
    /// <summary>Attributes of every generated type.</summary>
    private static readonly string[] Marks = { "GeneratedCode", "ExcludeFromCodeCoverage" };

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
        bool unfinished = path.Concat(types.SelectMany(level => level.TypeParameters)).Any(symbol => symbol.Name.Length == 0)
            || IsAlsoNamespace(types[0]) || types.Exists(IsDeclaredTwice) || IsHiddenFromAll(types[0]);
        return unfinished
            ? null
            : new TargetType(
                string.Join(".", namespaces.Select(symbol => Identifier(symbol.Name))),
                new EquatableArray<TypeDeclaration>(types.Take(types.Count - 1).Select(Declare)),
                Declare(type),
                HintNames.Of(path.ToList()),
                new EquatableArray<string>(Marks.Where(mark => IsMarked(type, mark))));
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
        return new TypeDeclaration(Keyword(type), (escaped ? "@" + type.Name : Identifier(type.Name)) + TypeParameters(type));
    }

    /// <summary>Only wrong declarations have some.</summary>
    private static string TypeParameters(INamedTypeSymbol type) => type.Arity == 0
        ? string.Empty
        : $"<{string.Join(", ", type.TypeParameters.Select(parameter => Identifier(parameter.Name)))}>";

    private static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>Two types of one name, perhaps a struct and a class: an error, and the two could get one hint name.</summary>
    private static bool IsDeclaredTwice(INamedTypeSymbol type) =>
        ((INamespaceOrTypeSymbol?)type.ContainingType ?? type.ContainingNamespace)?.GetTypeMembers(type.Name, type.Arity).Length > 1;

    /// <summary>
    /// Written <c>private</c> or <c>protected</c> outside every type: an error, and to the compiler no member may then show the others.
    /// </summary>
    private static bool IsHiddenFromAll(INamedTypeSymbol outermost) =>
        outermost.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal);

    /// <summary>Whether the user wrote an attribute that may stand on a type only once.</summary>
    private static bool IsMarked(INamedTypeSymbol type, string mark) => type.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == mark + "Attribute"
        && attribute.ApplicationSyntaxReference is { } reference
        && !GeneratedCode.IsOwn(reference.SyntaxTree));

    /// <summary>A namespace and a type of one name: an error, and two different structs in them could get one hint name.</summary>
    private static bool IsAlsoNamespace(INamedTypeSymbol outermost) =>
        outermost.ContainingNamespace is not { } parent
        || parent.GetMembers(outermost.Name).Any(member => member is INamespaceSymbol);
}
