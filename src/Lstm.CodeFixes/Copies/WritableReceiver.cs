using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.CodeFixes.Copies;

/// <summary>What must go so that a member that writes is called on a variable itself: <c>readonly</c>, <c>in</c>, a loop by value.</summary>
internal static class WritableReceiver
{
    public static async Task<IEnumerable<Fix>> Fixes(FixPlace place, ExpressionSyntax receiver, CancellationToken token)
    {
        ExpressionSyntax root = Root(place.Model, receiver, token);
        switch (place.Model.GetSymbolInfo(root, token).Symbol)
        {
            case IFieldSymbol { IsReadOnly: true } field
                when Declaration(field, token)?.FirstAncestorOrSelf<FieldDeclarationSyntax>() is { } declared:
                return WithoutReadonly(place, declared.Modifiers, $"Make '{field.Name}' writable");
            case IParameterSymbol { RefKind: not (RefKind.None or RefKind.Ref or RefKind.Out) } parameter
                when Declaration(parameter, token) is ParameterSyntax declared:
                return await ParameterByReference.Fixes(place, declared, new[] { "ref" }, token).ConfigureAwait(false);
            case ILocalSymbol { RefKind: not (RefKind.None or RefKind.Ref) } local
                when Declaration(local, token)?.Parent is VariableDeclarationSyntax { Type: RefTypeSyntax type }:
                return WithoutReadonly(place, new SyntaxTokenList(type.ReadOnlyKeyword), $"Make '{local.Name}' 'ref'");
            case ILocalSymbol local when Declaration(local, token) is ForEachStatementSyntax loop:
                return LoopByReference.Fixes(place, loop, token);
            case IFieldSymbol { IsStatic: false, ContainingType.IsValueType: true } or IParameterSymbol { IsThis: true }:
            // A member of the generated struct itself, whose 'this' is not written.
            case IMethodSymbol or IPropertySymbol when root is IdentifierNameSyntax && IsGenerated(place.Model.GetSymbolInfo(root, token).Symbol!):
                return WritableMember(place, root);
            default:
                return new List<Fix>();
        }
    }

    /// <summary>The variable in which the receiver is a field of a field of a struct.</summary>
    private static ExpressionSyntax Root(SemanticModel model, ExpressionSyntax receiver, CancellationToken token)
    {
        ExpressionSyntax root = receiver;
        while (true)
        {
            switch (root)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    root = parenthesized.Expression;
                    break;
                case MemberAccessExpressionSyntax access when model.GetSymbolInfo(access, token).Symbol
                    is IFieldSymbol { IsReadOnly: false, IsStatic: false, ContainingType.IsValueType: true }:
                    root = access.Expression;
                    break;
                default:
                    return root;
            }
        }
    }

    private static bool IsGenerated(ISymbol member) =>
        new[] { member.ContainingType, member.ContainingType?.ContainingType }
            .Any(type => type?.GetAttributes().Any(data => DeclarationKind.Of(data) is not null) == true);

    private static SyntaxNode? Declaration(ISymbol symbol, CancellationToken token) =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(token);

    /// <summary>The member of a struct in which <c>this</c>, or a field of it, is read-only.</summary>
    private static IEnumerable<Fix> WritableMember(FixPlace place, ExpressionSyntax root)
    {
        foreach (SyntaxNode node in root.Ancestors())
        {
            SyntaxTokenList modifiers = node switch
            {
                AccessorDeclarationSyntax accessor => accessor.Modifiers,
                BaseTypeDeclarationSyntax => default,
                MemberDeclarationSyntax member => member.Modifiers,
                _ => default,
            };
            if (modifiers.Any(SyntaxKind.ReadOnlyKeyword))
            {
                return WithoutReadonly(place, modifiers, "Make the member writable: without 'readonly'");
            }
        }

        return new List<Fix>();
    }

    private static IEnumerable<Fix> WithoutReadonly(FixPlace place, SyntaxTokenList modifiers, string title) => modifiers
        .Where(modifier => modifier.IsKind(SyntaxKind.ReadOnlyKeyword))
        .Select(modifier => place.In(modifier.SyntaxTree!, TokenText.WithSpaceBehind(modifier), ""))
        .OfType<Edit>()
        .Select(edit => new Fix(title, "without readonly", edit));
}
