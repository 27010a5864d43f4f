using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Lstm.CodeFixes.Edits;

/// <summary>
/// Fixes all diagnostics of a document, project or solution. Unlike the editor's own batch fixer it makes an edit that several fixes need once, such
/// as <c>partial</c> on a class around two structs, and it finds the document of a diagnostic without a syntax tree.
/// </summary>
internal sealed class EditingFixAllProvider : FixAllProvider
{
    public static readonly EditingFixAllProvider Instance = new();

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        if (fixAllContext.CodeFixProvider is not EditingCodeFixProvider provider)
        {
            return null;
        }

        List<Fix> fixes = new();
        foreach ((Document document, Diagnostic diagnostic) in await Diagnostics(fixAllContext).ConfigureAwait(false))
        {
            IReadOnlyList<Fix> offered = await provider.Offer(document, diagnostic, fixAllContext.CancellationToken).ConfigureAwait(false);
            if (offered.FirstOrDefault(fix => fix.Key == fixAllContext.CodeActionEquivalenceKey) is { } fix)
            {
                fixes.Add(fix);
            }
        }

        return fixes.Count == 0
            ? null
            : CodeAction.Create(
                fixes[0].Title,
                token => SolutionEdits.Apply(fixAllContext.Solution, SolutionEdits.Merge(fixes), token),
                fixes[0].Key);
    }

    private static async Task<IEnumerable<(Document, Diagnostic)>> Diagnostics(FixAllContext context)
    {
        if (context.Scope == FixAllScope.Document)
        {
            ImmutableArray<Diagnostic> ofDocument = await context.GetDocumentDiagnosticsAsync(context.Document!).ConfigureAwait(false);
            return ofDocument.Select(diagnostic => (context.Document!, diagnostic));
        }

        List<(Document, Diagnostic)> found = new();
        foreach (Project project in context.Scope == FixAllScope.Solution ? context.Solution.Projects : new[] { context.Project })
        {
            foreach (Diagnostic diagnostic in await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false))
            {
                if (DocumentOf(diagnostic, project) is { } document)
                {
                    found.Add((document, diagnostic));
                }
            }
        }

        return found;
    }

    private static Document? DocumentOf(Diagnostic diagnostic, Project project) => diagnostic.Location.SourceTree is { } tree
        ? project.GetDocument(tree)
        : project.Documents.FirstOrDefault(document => document.FilePath == diagnostic.Location.GetLineSpan().Path);
}
