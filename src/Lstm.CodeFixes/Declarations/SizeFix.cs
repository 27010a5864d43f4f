using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Lstm.CodeFixes.Declarations;

/// <summary>LSTM003: replaces a size by the nearest that is allowed, and adds missing sizes with the values of the message's example.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SizeFix))]
public sealed class SizeFix : EditingCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("LSTM003");

    private protected override Task<IEnumerable<Fix>> Find(FixPlace place, CancellationToken token)
    {
        List<Fix> fixes = new();
        if (ArgumentPlace.Find(place, token) is { } found)
        {
            if (found.Argument is { IsKnownAndWrong: true } wrong)
            {
                string nearest = wrong.Rule.Nearest(wrong.Value).ToString(CultureInfo.InvariantCulture);
                fixes.Add(new Fix($"Write '{wrong.Rule.Name} = {nearest}'", "nearest size", place.Replace(place.Span, nearest)));
            }
            else if (found.Argument is null)
            {
                string missing = string.Join(", ", found.Arguments.All.Where(argument => argument.IsRequiredAndMissing)
                    .Select(argument => $"{argument.Rule.Name} = {Example(found.Kind, argument.Rule.Name)}"));
                if (missing.Length > 0)
                {
                    fixes.Add(new Fix($"Add '{missing}'", "missing sizes", found.Append(place, missing)));
                }
            }
        }

        return Task.FromResult<IEnumerable<Fix>>(fixes);
    }

    private static string Example(DeclarationKind kind, string name) => Regex.Match(kind.Example, $"{name} = ([0-9]+)").Groups[1].Value;
}
