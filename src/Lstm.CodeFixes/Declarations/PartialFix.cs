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

namespace Lstm.CodeFixes.Declarations;

/// <summary>LSTM001, LSTM005: writes <c>partial</c> before every part of the struct and of the types around it that lacks it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialFix))]
public sealed class PartialFix : EditingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("LSTM001", "LSTM005");

    private protected override Task<IEnumerable<Fix>> Find(FixPlace place, CancellationToken token)
    {
        List<Fix> fixes = new();
        if (place.DeclaredType(token) is { } type)
        {
            Edit[] edits = new TypeParts(type, attribute: null, token).OutwardFromSelf()
                .SelectMany(level => level.Declarations)
                .Where(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                .Select(declaration => place.In(
                    declaration.SyntaxTree, new(TypeParts.KeywordOf(declaration).SpanStart, 0), "partial "))
                .OfType<Edit>()
                .ToArray();
            fixes.Add(new Fix("Write 'partial'", "partial", edits));
        }

        return Task.FromResult<IEnumerable<Fix>>(fixes);
    }
}
