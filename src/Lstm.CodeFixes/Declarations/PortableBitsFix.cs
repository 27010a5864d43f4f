using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Lstm.CodeFixes.Declarations;

/// <summary>LSTM023: writes <c>Arithmetic = Arithmetic.Portable</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PortableBitsFix))]
public sealed class PortableBitsFix : EditingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("LSTM023");

    private protected override Task<IEnumerable<Fix>> Find(FixPlace place, CancellationToken token)
    {
        List<Fix> fixes = new();
        if (ArgumentPlace.Find(place, token) is { } found && place.Model.Compilation.GetTypeByMetadataName("Lstm.Arithmetic") is { } type)
        {
            string value = $"{type.ToMinimalDisplayString(place.Model, found.Attribute.SpanStart)}.Portable";
            fixes.Add(new Fix(
                "Write 'Arithmetic = Arithmetic.Portable'",
                "portable arithmetic",
                found.Argument is null ? found.Append(place, $"Arithmetic = {value}") : place.Replace(place.Span, value)));
        }

        return Task.FromResult<IEnumerable<Fix>>(fixes);
    }
}
