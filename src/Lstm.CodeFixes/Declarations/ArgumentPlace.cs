using System.Linq;
using System.Threading;
using Lstm.CodeFixes.Edits;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.CodeFixes.Declarations;

/// <summary>The attribute in which a diagnostic stands, read as the generator reads it.</summary>
internal sealed class ArgumentPlace
{
    private ArgumentPlace(AttributeSyntax attribute, DeclarationKind kind, AttributeArguments arguments, Argument? argument)
    {
        Attribute = attribute;
        Kind = kind;
        Arguments = arguments;
        Argument = argument;
    }

    public AttributeSyntax Attribute { get; }

    public DeclarationKind Kind { get; }

    public AttributeArguments Arguments { get; }

    /// <summary>The argument whose value is marked; null if it is the attribute's name.</summary>
    public Argument? Argument { get; }

    /// <summary>Null if the diagnostic stands elsewhere.</summary>
    public static ArgumentPlace? Find(FixPlace place, CancellationToken token)
    {
        AttributeData? data = null;
        AttributeSyntax? attribute = place.Token.Parent?.FirstAncestorOrSelf<AttributeSyntax>();
        if (attribute?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declaration)
        {
            data = place.Model.GetDeclaredSymbol(declaration, token)?.GetAttributes()
                .FirstOrDefault(item => item.ApplicationSyntaxReference?.GetSyntax(token) == attribute);
        }

        if (data is null || DeclarationKind.Of(data) is not { } kind)
        {
            return null;
        }

        AttributeArguments arguments = AttributeArguments.Read(kind.Arguments, data, attribute);
        return new ArgumentPlace(
            attribute!, kind, arguments, arguments.All.FirstOrDefault(argument => argument.Expression?.Span == place.Span));
    }

    /// <summary>Writes arguments behind those that are there.</summary>
    public Edit Append(FixPlace place, string arguments) => Attribute.ArgumentList switch
    {
        null => place.Insert(Attribute.Name.Span.End, $"({arguments})"),
        { Arguments.Count: 0 } list => place.Insert(list.OpenParenToken.Span.End, arguments),
        { } list => place.Insert(list.Arguments.Last().Span.End, $", {arguments}"),
    };
}
