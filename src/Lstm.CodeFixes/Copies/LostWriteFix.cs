using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.CodeFixes.Copies;

/// <summary>LSTM022: takes away what makes the receiver read-only.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LostWriteFix))]
public sealed class LostWriteFix : EditingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("LSTM022");

    private protected override async Task<IEnumerable<Fix>> Find(FixPlace place, CancellationToken token) =>
        place.Node is ExpressionSyntax receiver
            ? await WritableReceiver.Fixes(place, receiver, token).ConfigureAwait(false)
            : new List<Fix>();
}
