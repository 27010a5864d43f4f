using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Lstm.CodeFixes.Declarations;

/// <summary>LSTM015: takes the attribute away.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LayoutAttributeFix))]
public sealed class LayoutAttributeFix : EditingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("LSTM015");

    private protected override Task<IEnumerable<Fix>> Find(FixPlace place, CancellationToken token)
    {
        List<Fix> fixes = new();
        if (place.Token.Parent?.FirstAncestorOrSelf<AttributeSyntax>() is { Parent: AttributeListSyntax list } attribute)
        {
            fixes.Add(new Fix($"Remove [{attribute.Name}]", "remove", place.Replace(Span(attribute, list), "")));
        }

        return Task.FromResult<IEnumerable<Fix>>(fixes);
    }

    /// <summary>With the list, if it is alone in it, otherwise with a comma.</summary>
    private static TextSpan Span(AttributeSyntax attribute, AttributeListSyntax list)
    {
        int index = list.Attributes.IndexOf(attribute);
        return list.Attributes.Count == 1 ? TokenText.UpToNextToken(list)
            : index == 0 ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart)
            : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End);
    }
}
