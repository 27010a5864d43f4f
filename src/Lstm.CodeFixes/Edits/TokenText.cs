using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Lstm.CodeFixes.Edits;

/// <summary>What goes when a word or a list goes.</summary>
internal static class TokenText
{
    /// <summary>The token and the spaces behind it, but no comment.</summary>
    public static TextSpan WithSpaceBehind(SyntaxToken token) =>
        token.TrailingTrivia.All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            ? TextSpan.FromBounds(token.SpanStart, token.FullSpan.End)
            : token.Span;

    /// <summary>The node and the blanks and line ends up to the next token, but no comment.</summary>
    public static TextSpan UpToNextToken(SyntaxNode node)
    {
        SyntaxToken last = node.GetLastToken();
        SyntaxToken next = last.GetNextToken();
        bool blank = last.TrailingTrivia.Concat(next.LeadingTrivia)
            .All(trivia => trivia.Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia);
        return blank
            ? TextSpan.FromBounds(node.SpanStart, next.SpanStart)
            : node.Span;
    }
}
