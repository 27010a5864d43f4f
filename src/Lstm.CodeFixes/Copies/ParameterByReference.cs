using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Lstm.CodeFixes.Copies;

/// <summary>Makes a parameter <c>in</c> or <c>ref</c>. Calls of the method write <c>ref</c> then, in the whole solution.</summary>
internal static class ParameterByReference
{
    /// <param name="kinds"><c>in</c> or <c>ref</c>, best first.</param>
    public static async Task<IEnumerable<Fix>> Fixes(FixPlace place, ParameterSyntax parameter, string[] kinds, CancellationToken token)
    {
        if (place.Model.GetDeclaredSymbol(parameter, token) is not { } symbol || !MayChange(symbol) || parameter.Type is null)
        {
            return Array.Empty<Fix>();
        }

        TextSpan modifiers = HowItIsPassed(parameter, parameter.Type);
        List<(Document Document, ArgumentSyntax? Argument)> uses = await Uses(place, symbol, token).ConfigureAwait(false);
        return kinds.Select(kind => new Fix(
            $"Pass '{symbol.Name}' as '{kind}'",
            kind,
            new[] { place.Replace(modifiers, kind + " ") }
                .Concat(kind == "ref" ? uses.Where(use => use.Argument is not null).Select(use => AsRef(use.Document, use.Argument!)).Distinct() : [])
                .ToArray())
        {
            Affected = uses.Select(use => use.Document.Id).Distinct().ToArray(),
        });
    }

    /// <summary><c>in</c> or <c>ref readonly</c> with the space behind it, or nothing, in front of the type.</summary>
    private static TextSpan HowItIsPassed(ParameterSyntax parameter, TypeSyntax type)
    {
        SyntaxToken[] old = parameter.Modifiers
            .Where(modifier => modifier.Kind() is SyntaxKind.InKeyword or SyntaxKind.RefKeyword or SyntaxKind.ReadOnlyKeyword)
            .ToArray();
        return old.Length == 0
            ? new TextSpan(type.SpanStart, 0)
            : TextSpan.FromBounds(old[0].SpanStart, TokenText.WithSpaceBehind(old[old.Length - 1]).End);
    }

    /// <summary>Whether nothing but calls depends on how the parameter is passed.</summary>
    private static bool MayChange(IParameterSymbol parameter) => parameter.ContainingSymbol switch
    {
        IMethodSymbol
        {
            MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.Constructor or MethodKind.UserDefinedOperator,
            PartialDefinitionPart: null, PartialImplementationPart: null, ContainingType.IsRecord: false,
        } method => IsOwn(method),
        IPropertySymbol property => IsOwn(property),
        _ => false,
    };

    private static bool IsOwn(ISymbol member) =>
        !member.IsAbstract && !member.IsVirtual && !member.IsOverride && member.ContainingType.TypeKind != TypeKind.Interface;

    /// <summary>Every place that names the method, with what it gives the parameter if it is a call.</summary>
    private static async Task<List<(Document, ArgumentSyntax?)>> Uses(FixPlace place, IParameterSymbol parameter, CancellationToken token)
    {
        List<(Document, ArgumentSyntax?)> uses = new();
        IEnumerable<ReferencedSymbol> references = await SymbolFinder
            .FindReferencesAsync(parameter.ContainingSymbol, place.Document.Project.Solution, token).ConfigureAwait(false);
        foreach (ReferenceLocation reference in references.SelectMany(symbol => symbol.Locations))
        {
            if (reference.Document is not SourceGeneratedDocument
                && await reference.Document.GetSemanticModelAsync(token).ConfigureAwait(false) is { } model)
            {
                SyntaxNode name = (await model.SyntaxTree.GetRootAsync(token).ConfigureAwait(false)).FindNode(
                    reference.Location.SourceSpan, getInnermostNodeForTie: true);
                uses.Add((reference.Document, Argument(model, name, parameter.Ordinal, token)));
            }
        }

        return uses;
    }

    private static ArgumentSyntax? Argument(SemanticModel model, SyntaxNode name, int ordinal, CancellationToken token)
    {
        IEnumerable<SyntaxNode> around = name.AncestorsAndSelf()
            .TakeWhile(static node => node is not (StatementSyntax or ArgumentSyntax or LambdaExpressionSyntax));
        foreach (SyntaxNode node in around)
        {
            IEnumerable<IArgumentOperation>? arguments = model.GetOperation(node, token) switch
            {
                IInvocationOperation call => call.Arguments,
                IObjectCreationOperation creation => creation.Arguments,
                IPropertyReferenceOperation { Arguments.Length: > 0 } indexer => indexer.Arguments,
                _ => null,
            };
            if (arguments is not null)
            {
                return arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Syntax as ArgumentSyntax;
            }
        }

        return null;
    }

    private static Edit AsRef(Document document, ArgumentSyntax argument)
    {
        int end = argument.Expression.SpanStart;
        int start = argument.RefKindKeyword.IsKind(SyntaxKind.None) ? end : argument.RefKindKeyword.SpanStart;
        return new Edit(document.Id, TextSpan.FromBounds(start, end), "ref ");
    }
}
