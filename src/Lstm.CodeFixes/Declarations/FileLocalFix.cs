using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Lstm.CodeFixes.Declarations;

/// <summary>LSTM006: writes <c>internal</c> for <c>file</c>, on every part of the type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FileLocalFix))]
public sealed class FileLocalFix : EditingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("LSTM006");

    private protected override Task<IEnumerable<Fix>> Find(FixPlace place, CancellationToken token)
    {
        List<Fix> fixes = new();
        if (place.DeclaredType(token) is { } type)
        {
            Edit[] edits = new TypeParts(type, attribute: null, token).Declarations
                .SelectMany(declaration => declaration.Modifiers)
                .Where(modifier => modifier.ValueText == "file")
                .Select(modifier => place.In(modifier.SyntaxTree!, modifier.Span, "internal"))
                .OfType<Edit>()
                .ToArray();
            fixes.Add(new Fix("Write 'internal' instead of 'file'", "internal", edits));
        }

        return Task.FromResult<IEnumerable<Fix>>(fixes);
    }
}
