using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lstm.CodeFixes.Edits;

/// <summary>A piece of text that takes the place of another.</summary>
internal readonly struct Edit : IEquatable<Edit>
{
    public Edit(DocumentId document, TextSpan span, string text)
    {
        Document = document;
        Change = new TextChange(span, text);
    }

    public DocumentId Document { get; }

    public TextChange Change { get; }

    public bool Equals(Edit other) => Document == other.Document && Change == other.Change;

    public override bool Equals(object? obj) => obj is Edit other && Equals(other);

    public override int GetHashCode() => Document.GetHashCode() ^ Change.GetHashCode();
}

/// <summary>What a user can choose from the light bulb.</summary>
internal sealed class Fix
{
    /// <param name="title">One line, for the menu.</param>
    /// <param name="key">The same for fixes that "fix all" makes together.</param>
    /// <param name="edits">None overlaps another.</param>
    public Fix(string title, string key, params Edit[] edits)
    {
        Title = title;
        Key = key;
        Edits = edits;
    }

    public string Title { get; }

    public string Key { get; }

    public Edit[] Edits { get; }

    /// <summary>Documents that are not edited, but in which the edits may cause errors, such as those with calls of an edited method.</summary>
    public DocumentId[] Affected { get; set; } = Array.Empty<DocumentId>();
}

/// <summary>Where a diagnostic stands. The generator's have no syntax tree; their document and span say where.</summary>
internal sealed class FixPlace
{
    private FixPlace(Document document, string id, TextSpan span, SyntaxNode root, SemanticModel model)
    {
        Document = document;
        Id = id;
        Span = span;
        Root = root;
        Model = model;
    }

    public Document Document { get; }

    public string Id { get; }

    public TextSpan Span { get; }

    public SyntaxNode Root { get; }

    public SemanticModel Model { get; }

    /// <summary>The token at which the diagnostic begins.</summary>
    public SyntaxToken Token => Root.FindToken(Span.Start);

    /// <summary>The innermost node that is exactly as long as the diagnostic, or the first that is longer.</summary>
    public SyntaxNode Node => Root.FindNode(Span, getInnermostNodeForTie: true);

    /// <summary>Null where the text has become shorter than the diagnostic's place since it was reported.</summary>
    public static async Task<FixPlace?> Find(Document document, Diagnostic diagnostic, CancellationToken token)
    {
        TextSpan span = diagnostic.Location.SourceSpan;
        return await document.GetSyntaxRootAsync(token).ConfigureAwait(false) is { } root
            && await document.GetSemanticModelAsync(token).ConfigureAwait(false) is { } model
            && root.FullSpan.Contains(span)
                ? new FixPlace(document, diagnostic.Id, span, root, model)
                : null;
    }

    /// <summary>The type in whose declaration, outside its members, the diagnostic stands.</summary>
    public INamedTypeSymbol? DeclaredType(CancellationToken token)
    {
        for (SyntaxNode? node = Token.Parent; node is not null; node = node.Parent)
        {
            if (Model.GetDeclaredSymbol(node, token) is INamedTypeSymbol type)
            {
                return type;
            }
        }

        return null;
    }

    public Edit Replace(TextSpan span, string text) => new(Document.Id, span, text);

    public Edit Insert(int position, string text) => Replace(new TextSpan(position, 0), text);

    /// <summary>An edit in any file of the project; null if that file is generated.</summary>
    public Edit? In(SyntaxTree tree, TextSpan span, string text) =>
        Document.Project.Solution.GetDocument(tree) is { } document and not SourceGeneratedDocument ? new Edit(document.Id, span, text) : null;
}
