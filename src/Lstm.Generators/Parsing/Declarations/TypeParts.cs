using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>A type as the user wrote it: all its partial declarations, without those that were generated.</summary>
internal sealed class TypeParts
{
    /// <param name="attribute">The declaration that carries it comes first; null for a containing type.</param>
    public TypeParts(INamedTypeSymbol type, AttributeSyntax? attribute, CancellationToken token)
    {
        Type = type;
        Declarations = type.DeclaringSyntaxReferences
            .Where(reference => !GeneratedCode.IsOwn(reference.SyntaxTree))
            .Select(reference => reference.GetSyntax(token))
            .OfType<MemberDeclarationSyntax>()
            .OrderByDescending(declaration => attribute is not null && declaration.Contains(attribute))
            .ToImmutableArray();
    }

    public INamedTypeSymbol Type { get; }

    /// <summary>Never empty for a type that carries an attribute, nor for one around it.</summary>
    public ImmutableArray<MemberDeclarationSyntax> Declarations { get; }

    /// <summary>The name in the first declaration that lacks <c>partial</c>; null if there is none.</summary>
    public SyntaxToken? NameWithoutPartial
    {
        get
        {
            foreach (MemberDeclarationSyntax declaration in Declarations)
            {
                if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                {
                    return NameOf(declaration);
                }
            }

            return null;
        }
    }

    /// <summary>The first list of type parameters; null if the type is not generic.</summary>
    public TypeParameterListSyntax? TypeParameters =>
        Declarations.OfType<TypeDeclarationSyntax>().Select(declaration => declaration.TypeParameterList).FirstOrDefault(list => list is not null);

    public static SyntaxToken NameOf(MemberDeclarationSyntax declaration) => declaration switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier,
        DelegateDeclarationSyntax type => type.Identifier,
        _ => declaration.GetFirstToken(),
    };

    /// <summary><c>class</c>, <c>struct</c>, <c>record</c>, ... as written.</summary>
    public static SyntaxToken KeywordOf(MemberDeclarationSyntax declaration) => declaration switch
    {
        TypeDeclarationSyntax type => type.Keyword,
        EnumDeclarationSyntax type => type.EnumKeyword,
        DelegateDeclarationSyntax type => type.DelegateKeyword,
        _ => declaration.GetFirstToken(),
    };

    /// <summary>This type, then the types around it, innermost first.</summary>
    public IEnumerable<TypeParts> OutwardFromSelf()
    {
        yield return this;
        for (INamedTypeSymbol? outer = Type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            yield return new TypeParts(outer, attribute: null, CancellationToken.None);
        }
    }

    /// <summary>The first modifier with this text. By text, because the oldest supported Roslyn has no kind for <c>file</c>.</summary>
    public SyntaxToken? Modifier(string text)
    {
        foreach (MemberDeclarationSyntax declaration in Declarations)
        {
            foreach (SyntaxToken modifier in declaration.Modifiers)
            {
                if (modifier.ValueText == text)
                {
                    return modifier;
                }
            }
        }

        return null;
    }

    /// <summary>Members that the user wrote, with the fields behind the user's properties and events.</summary>
    public IEnumerable<ISymbol> WrittenMembers() =>
        Type.GetMembers().Where(member => IsWritten((member as IFieldSymbol)?.AssociatedSymbol ?? member));

    private static bool IsWritten(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && member.DeclaringSyntaxReferences.Length > 0
        && !member.DeclaringSyntaxReferences.All(reference => GeneratedCode.IsOwn(reference.SyntaxTree));
}
