using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Emit;

/// <summary>Turns the members of a right declaration into stubs: what is not public goes, bodies throw.</summary>
internal sealed class StubMembers
{
    private readonly StubNotes notes;
    private readonly string ownName;
    private readonly string thrown;

    public StubMembers(StubNotes notes, string ownName)
    {
        this.notes = notes;
        this.ownName = ownName;
        thrown = $"throw new global::System.NotSupportedException({SymbolDisplay.FormatLiteral(notes.Reason, quote: true)})";
    }

    private static SyntaxToken End => SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(SyntaxFactory.LineFeed);

    /// <summary>The user's type.</summary>
    public TypeDeclarationSyntax OwnType(TypeDeclarationSyntax type) =>
        Stubs(type is InterfaceDeclarationSyntax ? WithoutAttributes(type) : type, member => IsPublic(member) && HasRoom(member));

    /// <summary>
    /// Methods that would have the name of the type, as extensions of it: <c>step.Step(...)</c> compiles, and the wrong name is the only error. Null
    /// if there are none.
    /// </summary>
    public MemberDeclarationSyntax? Extensions(TypeDeclarationSyntax type)
    {
        if (notes.IsStatic || notes.IsExperimental || type.Arity > 0)
        {
            return null;
        }

        string by = type.Keyword.IsKind(SyntaxKind.StructKeyword) || type.IsKind(SyntaxKind.RecordStructDeclaration) ? "in " : string.Empty;
        string[] methods = type.Members.OfType<MethodDeclarationSyntax>()
            .Where(method => IsPublic(method) && NameOf(method) == ownName && IsUsable(method) && !method.Modifiers.Any(SyntaxKind.StaticKeyword))
            .Select(method =>
                $"public static {method.ReturnType} {ownName}(this {by}{ownName} self{Qualified(method.ParameterList)}) =>\n        {thrown};")
            .ToArray();

        // Obsolete, as the type may be: what is obsolete itself may name it.
        return methods.Length == 0
            ? null
            : SyntaxFactory.ParseMemberDeclaration(
                $"\n[global::System.Obsolete]\ninternal static class {ownName}Stubs\n{{\n    {string.Join("\n\n    ", methods)}\n}}\n");
    }

    private static T WithoutAttributes<T>(T member)
        where T : MemberDeclarationSyntax =>
        (T)member.WithAttributeLists(default).WithLeadingTrivia(member.GetLeadingTrivia());

    private TypeDeclarationSyntax Stubs(TypeDeclarationSyntax type, Func<MemberDeclarationSyntax, bool> stays)
    {
        TypeDeclarationSyntax stubs = (TypeDeclarationSyntax)type.WithMembers(SyntaxFactory.List(type.Members.Where(stays).Select(Stub)));
        return notes.HasInterfaces || type.BaseList is null
            ? stubs
            : (TypeDeclarationSyntax)stubs.WithBaseList(null).WithOpenBraceToken(type.OpenBraceToken.WithLeadingTrivia(SyntaxFactory.Space));
    }

    private MemberDeclarationSyntax Stub(MemberDeclarationSyntax member) => member switch
    {
        TypeDeclarationSyntax type => Stubs(notes.HasReadonly ? type : WithoutRef(type), IsPublic),
        MethodDeclarationSyntax method => Bare(method)
            .WithParameterList(method.ParameterList.WithTrailingTrivia(SyntaxFactory.Space))
            .WithBody(null)
            .WithExpressionBody(Thrown(method))
            .WithSemicolonToken(End),
        PropertyDeclarationSyntax property => Bare(property).WithAccessorList(null).WithExpressionBody(Thrown(property)).WithSemicolonToken(End),
        _ => member,
    };

    /// <summary>An ordinary struct in the place of a <c>ref</c> one, which old compilers do not know.</summary>
    private static TypeDeclarationSyntax WithoutRef(TypeDeclarationSyntax type) => (TypeDeclarationSyntax)type.WithModifiers(SyntaxFactory.TokenList(
        type.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ReadOnlyKeyword) && !modifier.IsKind(SyntaxKind.RefKeyword))));

    /// <summary>A body on a line of its own.</summary>
    private ArrowExpressionClauseSyntax Thrown(MemberDeclarationSyntax member)
    {
        string indentation = member.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToString();
        return SyntaxFactory.ArrowExpressionClause(SyntaxFactory.ParseExpression($"\n{indentation}    {thrown}"));
    }

    /// <summary>Without attributes, some of which old frameworks lack.</summary>
    private T Bare<T>(T member)
        where T : MemberDeclarationSyntax
    {
        IEnumerable<SyntaxToken> modifiers = member.Modifiers.Where(modifier => notes.HasReadonly || !modifier.IsKind(SyntaxKind.ReadOnlyKeyword));
        return (T)member.WithAttributeLists(default).WithModifiers(SyntaxFactory.TokenList(modifiers)).WithLeadingTrivia(member.GetLeadingTrivia());
    }

    private bool IsPublic(MemberDeclarationSyntax member) =>
        (member.Modifiers.Any(SyntaxKind.PublicKeyword) || (notes.HasInterfaces && IsExplicit(member)))
        && (notes.HasSpans || !Signature(member).Contains("Span<"));

    private static bool IsExplicit(MemberDeclarationSyntax member) =>
        member is MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null }
            or PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null };

    /// <summary>Whether a member can stand beside the user's own.</summary>
    private bool HasRoom(MemberDeclarationSyntax member)
    {
        if (IsExplicit(member))
        {
            return true;
        }

        string signature = Signature(member);
        string name = NameOf(member);
        bool isMethod = member is MethodDeclarationSyntax;
        bool isType = member is TypeDeclarationSyntax;
        bool taken = (name == ownName && !isType)
            || notes.Taken.Any(own => own == name || own == signature || (!isMethod && own.StartsWith(name + "(", StringComparison.Ordinal)));
        bool hasInstance = !notes.IsStatic || isType
            || ((member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.ConstKeyword)) && !ReturnsOwnType(member));
        return hasInstance && !taken && IsUsable(member);
    }

    /// <summary>Whether a member's types are the generated ones.</summary>
    private bool IsUsable(MemberDeclarationSyntax member)
    {
        string signature = Signature(member);
        string types = member is MethodDeclarationSyntax method ? $"{method.ReturnType} {signature}" : signature;
        return !notes.Unusable.Any(type => Regex.IsMatch(types, $@"\b{type}\b"));
    }

    /// <summary>Whether a property returns the type itself by reference, which a static type cannot be.</summary>
    private bool ReturnsOwnType(MemberDeclarationSyntax member) =>
        member is PropertyDeclarationSyntax { Type: RefTypeSyntax { Type: var type } } && type.ToString() == ownName;

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText,
        _ => string.Empty,
    };

    /// <summary>A method as <see cref="StubNotes.Taken"/> has it; of a property its type.</summary>
    private static string Signature(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => $"{NameOf(method)}({string.Join(", ", method.ParameterList.Parameters.Select(Parameter))})",
        PropertyDeclarationSyntax property => property.Type.ToString(),
        _ => string.Empty,
    };

    private static string Parameter(ParameterSyntax parameter) => parameter.Modifiers.Count > 0 ? $"ref {parameter.Type}" : $"{parameter.Type}";

    /// <summary>Parameters as they read outside the type, each behind a comma.</summary>
    private string Qualified(ParameterListSyntax parameters) =>
        Regex.Replace(string.Concat(parameters.Parameters.Select(parameter => $", {parameter}")), @"\b(State|Gradient)\b", $"{ownName}.$1");
}
