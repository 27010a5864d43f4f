using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Lstm.CodeFixes.Edits;

/// <summary>A provider whose fixes are edits of text. It offers those that cause no new error of the compiler in the files they concern.</summary>
public abstract class EditingCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => EditingFixAllProvider.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Solution solution = context.Document.Project.Solution;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (Fix fix in await Offer(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(fix.Title, token => SolutionEdits.Apply(solution, fix.Edits, token), fix.Key), diagnostic);
            }
        }
    }

    /// <summary>What helps against a diagnostic, best first.</summary>
    internal async Task<IReadOnlyList<Fix>> Offer(Document document, Diagnostic diagnostic, CancellationToken token)
    {
        List<Fix> offered = new();
        if (await FixPlace.Find(document, diagnostic, token).ConfigureAwait(false) is { } place)
        {
            foreach (Fix fix in await Find(place, token).ConfigureAwait(false))
            {
                if (fix.Edits.Length > 0 && await SolutionEdits.Compiles(document.Project.Solution, fix, token).ConfigureAwait(false))
                {
                    offered.Add(fix);
                }
            }
        }

        return offered;
    }

    /// <summary>What may help; whether it compiles is checked afterwards.</summary>
    private protected abstract Task<IEnumerable<Fix>> Find(FixPlace place, CancellationToken token);
}
