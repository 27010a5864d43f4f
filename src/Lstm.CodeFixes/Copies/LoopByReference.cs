using System.Collections.Generic;
using System.Threading;
using Lstm.CodeFixes.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.CodeFixes.Copies;

/// <summary><c>foreach (Net net in nets)</c> over an array or a span becomes <c>foreach (ref Net net in nets.AsSpan())</c>.</summary>
internal static class LoopByReference
{
    public static IEnumerable<Fix> Fixes(FixPlace place, ForEachStatementSyntax loop, CancellationToken token)
    {
        ITypeSymbol? collection = place.Model.GetTypeInfo(loop.Expression, token).Type;
        string kind = collection?.Name == "ReadOnlySpan" ? "ref readonly" : "ref";
        List<Edit> edits = new() { place.Insert(loop.Type.SpanStart, kind + " ") };
        if (collection is IArrayTypeSymbol)
        {
            edits.Add(place.Replace(loop.Expression.Span, Primary(loop.Expression) + ".AsSpan()"));
        }

        yield return new Fix($"Make '{loop.Identifier.ValueText}' '{kind}'", "loop " + kind, edits.ToArray());
    }

    /// <summary>With parentheses, unless a point may follow.</summary>
    private static string Primary(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            or ParenthesizedExpressionSyntax => expression.ToString(),
        _ => $"({expression})",
    };
}
