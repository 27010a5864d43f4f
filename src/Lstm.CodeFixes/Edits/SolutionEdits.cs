using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lstm.CodeFixes.Edits;

/// <summary>Makes edits, and tells whether code compiles as well after them as before.</summary>
internal static class SolutionEdits
{
    public static async Task<Solution> Apply(Solution solution, IEnumerable<Edit> edits, CancellationToken token)
    {
        foreach (IGrouping<DocumentId, Edit> ofDocument in edits.GroupBy(edit => edit.Document))
        {
            SourceText text = await solution.GetDocument(ofDocument.Key)!.GetTextAsync(token).ConfigureAwait(false);
            IEnumerable<TextChange> changes = ofDocument.Select(edit => edit.Change).OrderBy(change => change.Span.Start);
            solution = solution.WithDocumentText(ofDocument.Key, text.WithChanges(changes));
        }

        return solution;
    }

    /// <summary>The edits of all fixes but those that overlap an earlier one. What several fixes have in common is done once.</summary>
    public static IReadOnlyCollection<Edit> Merge(IEnumerable<Fix> fixes)
    {
        HashSet<Edit> merged = new();
        foreach (Fix fix in fixes)
        {
            List<Edit> added = fix.Edits.Where(edit => !merged.Contains(edit)).ToList();
            if (!added.Any(edit => merged.Any(other => Overlap(edit, other))))
            {
                merged.UnionWith(added);
            }
        }

        return merged;
    }

    /// <summary>Whether no file that the fix concerns has an error that it did not have before.</summary>
    public static async Task<bool> Compiles(Solution before, Fix fix, CancellationToken token)
    {
        Solution after = await Apply(before, fix.Edits, token).ConfigureAwait(false);
        foreach (DocumentId document in fix.Edits.Select(edit => edit.Document).Concat(fix.Affected).Distinct())
        {
            List<string> known = await Errors(before, document, token).ConfigureAwait(false);
            foreach (string error in await Errors(after, document, token).ConfigureAwait(false))
            {
                if (!known.Remove(error))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Overlap(Edit a, Edit b) => a.Document == b.Document && a.Change.Span.IntersectsWith(b.Change.Span);

    private static async Task<List<string>> Errors(Solution solution, DocumentId document, CancellationToken token)
    {
        SemanticModel? model = await solution.GetDocument(document)!.GetSemanticModelAsync(token).ConfigureAwait(false);
        return model is null
            ? new List<string>()
            : model.GetDiagnostics(cancellationToken: token)
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => $"{diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")
                .ToList();
    }
}
