using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace Lstm.CodeFixes.Declarations;

/// <summary>LSTM008: writes <c>Unrolling.Auto</c>. LSTM010: offers each value that the enum defines.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EnumValueFix))]
public sealed class EnumValueFix : EditingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("LSTM008", "LSTM010");

    private protected override Task<IEnumerable<Fix>> Find(FixPlace place, CancellationToken token)
    {
        List<Fix> fixes = new();
        if (ArgumentPlace.Find(place, token)?.Argument is { Expression: { } expression, Rule.Values: var values }
            && place.Model.GetTypeInfo(expression, token).Type is { TypeKind: TypeKind.Enum } type)
        {
            string qualified = type.ToMinimalDisplayString(place.Model, expression.SpanStart);
            foreach (string value in place.Id == "LSTM008" ? new[] { "Unrolling.Auto" } : values.AsEnumerable())
            {
                string text = qualified + value.Substring(value.IndexOf('.'));
                fixes.Add(new Fix($"Write '{value}'", value, place.Replace(expression.Span, text)));
            }
        }

        return Task.FromResult<IEnumerable<Fix>>(fixes);
    }
}
