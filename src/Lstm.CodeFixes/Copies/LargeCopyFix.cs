using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.CodeFixes.Copies;

/// <summary>
/// LSTM020: a parameter becomes <c>in</c> or <c>ref</c>, a local variable a reference, a loop one over references, and what makes the compiler copy a
/// receiver goes.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LargeCopyFix))]
public sealed class LargeCopyFix : EditingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("LSTM020");

    private protected override async Task<IEnumerable<Fix>> Find(FixPlace place, CancellationToken token)
    {
        if (place.Token.Parent is ForEachStatementSyntax loop && loop.Identifier.Span == place.Span)
        {
            return LoopByReference.Fixes(place, loop, token);
        }

        SyntaxNode node = place.Node;
        if (node.Parent is ParameterSyntax parameter && parameter.Type == node)
        {
            return await ParameterByReference.Fixes(place, parameter, new[] { "in", "ref" }, token).ConfigureAwait(false);
        }

        return node is not ExpressionSyntax expression ? new List<Fix>()
            : Initialized(expression) is { } local ? LocalByReference(place, local, expression)
            : await WritableReceiver.Fixes(place, expression, token).ConfigureAwait(false);
    }

    /// <summary>The declaration of the one variable that <paramref name="value"/> initializes.</summary>
    private static LocalDeclarationStatementSyntax? Initialized(ExpressionSyntax value)
    {
        SyntaxNode outer = value;
        while (outer.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            outer = parenthesized;
        }

        return outer.Parent?.Parent?.Parent is VariableDeclarationSyntax { Variables.Count: 1 } declaration
            && declaration.Variables[0].Initializer == outer.Parent
                ? declaration.Parent as LocalDeclarationStatementSyntax
                : null;
    }

    private static IEnumerable<Fix> LocalByReference(FixPlace place, LocalDeclarationStatementSyntax local, ExpressionSyntax value)
    {
        string name = local.Declaration.Variables[0].Identifier.ValueText;
        ExpressionSyntax initializer = local.Declaration.Variables[0].Initializer!.Value;
        foreach (string kind in new[] { "ref readonly", "ref" })
        {
            // '(a)' is no variable that a reference can be taken of: the parentheses go.
            yield return new Fix(
                $"Make '{name}' '{kind}'",
                "local " + kind,
                place.Insert(local.Declaration.Type.SpanStart, kind + " "),
                place.Replace(initializer.Span, "ref " + value));
        }
    }
}
