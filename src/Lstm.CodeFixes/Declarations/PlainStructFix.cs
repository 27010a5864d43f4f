using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Lstm.CodeFixes.Declarations;

/// <summary>
/// LSTM002: makes every part of a class, record or interface a <c>partial struct</c>, and takes <c>readonly</c>, <c>ref</c> and the modifiers of
/// classes away. Not offered for enums and delegates, nor where the members could not stand in a struct.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PlainStructFix))]
public sealed class PlainStructFix : EditingCodeFixProvider
{
    private static readonly ImmutableHashSet<string> NotOfAStruct = ImmutableHashSet.Create("sealed", "abstract", "static", "readonly", "ref");

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("LSTM002");

    private protected override Task<IEnumerable<Fix>> Find(FixPlace place, CancellationToken token)
    {
        List<Fix> fixes = new();
        if (place.DeclaredType(token) is { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } type)
        {
            Edit[] edits = new TypeParts(type, attribute: null, token).Declarations
                .OfType<TypeDeclarationSyntax>()
                .SelectMany(declaration => Edits(declaration).Select(edit => place.In(declaration.SyntaxTree, edit.Span, edit.Text)))
                .OfType<Edit>()
                .ToArray();
            fixes.Add(new Fix($"Make '{type.Name}' a 'partial struct'", "partial struct", edits));
        }

        return Task.FromResult<IEnumerable<Fix>>(fixes);
    }

    private static IEnumerable<(TextSpan Span, string Text)> Edits(TypeDeclarationSyntax declaration)
    {
        foreach (SyntaxToken modifier in declaration.Modifiers.Where(modifier => NotOfAStruct.Contains(modifier.ValueText)))
        {
            yield return (TokenText.WithSpaceBehind(modifier), "");
        }

        SyntaxToken last = (declaration as RecordDeclarationSyntax)?.ClassOrStructKeyword is { RawKind: not 0 } second ? second : declaration.Keyword;
        string partial = declaration.Modifiers.Any(SyntaxKind.PartialKeyword) ? "" : "partial ";
        if (partial.Length > 0 || last != declaration.Keyword || !last.IsKind(SyntaxKind.StructKeyword))
        {
            yield return (TextSpan.FromBounds(declaration.Keyword.SpanStart, last.Span.End), partial + "struct");
        }
    }
}
