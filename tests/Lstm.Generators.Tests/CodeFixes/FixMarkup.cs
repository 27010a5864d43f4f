using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Lstm.CodeFixes.Edits;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Lstm.Generators.Tests.CodeFixes;

/// <summary>
/// Applies code fixes as an editor does: in a workspace whose project has the generator and the analyzers, to what these report. Whatever is applied
/// has to compile, with the files that are then generated.
/// </summary>
internal static class FixMarkup
{
    private static readonly AnalyzerFileReference Analyzers = new(typeof(LstmGenerator).Assembly.Location, new LoadedAlready());

    private static readonly Task<Project> Empty = OpenEmpty();

    /// <summary>Every provider of the assembly that editors load.</summary>
    public static readonly ImmutableArray<EditingCodeFixProvider> Providers =
    [
        .. typeof(EditingCodeFixProvider).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<ExportCodeFixProviderAttribute>() is { } export && export.Languages.Contains(LanguageNames.CSharp))
            .Select(type => (EditingCodeFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>Applies the fix with this title to the first diagnostic with this id; fails unless the result compiles, without it.</summary>
    public static async Task Verify(string id, string title, string before, string after)
    {
        Solution solution = await Apply(id, title, before);
        Assert.Equal([after], await Texts(solution));
    }

    /// <summary>The same for files, and for the diagnostic as the generator reports it and as editors hand it over, with a syntax tree.</summary>
    public static async Task<Solution> Apply(string id, string title, params string[] sources)
    {
        Document document = await Open(sources);
        Diagnostic reported = (await Report(document.Project)).First(diagnostic => diagnostic.Id == id);
        Solution? first = null;
        foreach (Diagnostic diagnostic in new[] { reported, await InItsTree(document.Project, reported) })
        {
            ImmutableArray<CodeAction> offered = await Offered(document.Project, diagnostic);
            CodeAction? action = offered.FirstOrDefault(action => action.Title == title);
            Assert.True(action is not null, $"'{title}' is not offered, only {string.Join(", ", offered.Select(other => $"'{other.Title}'"))}");
            Solution changed = await Changed(action);
            if (first is null)
            {
                await AssertCompiles(changed, id);
                first = changed;
            }

            // The texts that compile are compared, not compiled again.
            Assert.Equal(await Texts(first), await Texts(changed));
        }

        return first!;
    }

    /// <summary>The titles of what is offered for the first diagnostic with this id.</summary>
    public static async Task<string[]> Titles(string id, params string[] sources)
    {
        Document document = await Open(sources);
        Diagnostic diagnostic = (await Report(document.Project)).First(item => item.Id == id);
        return [.. (await Offered(document.Project, diagnostic)).Select(action => action.Title)];
    }

    /// <summary>Fixes everything with this id and key in a scope; fails unless the result compiles and has none of it left.</summary>
    public static async Task<Solution> ApplyAll(string id, string key, FixAllScope scope, params string[] sources)
    {
        Document document = await Open(sources);
        CodeFixProvider provider = Providers.Single(item => item.FixableDiagnosticIds.Contains(id));
        FixAllContext context = new(document, provider, scope, key, [id], new Reporter(), CancellationToken.None);
        CodeAction? action = await provider.GetFixAllProvider()!.GetFixAsync(context);
        Assert.NotNull(action);
        Solution changed = await Changed(action);
        await AssertCompiles(changed, id);
        return changed;
    }

    public static async Task<string[]> Texts(Solution solution)
    {
        List<string> texts = [];
        foreach (Document document in solution.Projects.Single().Documents.OrderBy(document => document.Name, StringComparer.Ordinal))
        {
            texts.Add((await document.GetTextAsync()).ToString());
        }

        return [.. texts];
    }

    private static async Task<Document> Open(string[] sources)
    {
        Project empty = await Empty;
        Solution solution = empty.Solution;
        for (int i = 0; i < sources.Length; i++)
        {
            DocumentId document = DocumentId.CreateNewId(empty.Id);
            solution = solution.AddDocument(document, $"Source{i}.cs", SourceText.From(sources[i]), filePath: $"Source{i}.cs");
        }

        return solution.GetProject(empty.Id)!.Documents.First();
    }

    /// <summary>A project with the framework, whose assemblies are read once for all tests.</summary>
    private static async Task<Project> OpenEmpty()
    {
        ProjectId id = ProjectId.CreateNewId();
        Project project = new AdhocWorkspace().CurrentSolution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "TestProject", "TestProject", LanguageNames.CSharp,
            compilationOptions: TestCompilation.Create("").Options, parseOptions: TestCompilation.ParseOptions(),
            metadataReferences: TestCompilation.References, analyzerReferences: [Analyzers])).GetProject(id)!;
        Assert.NotNull(await project.GetCompilationAsync());
        return project;
    }

    /// <summary>What the generator reports, without syntax trees, then what the analyzers do.</summary>
    private static async Task<ImmutableArray<Diagnostic>> Report(Project project)
    {
        CSharpCompilation complete = (CSharpCompilation)(await project.GetCompilationAsync())!;
        CSharpCompilation written = complete.RemoveSyntaxTrees(
            complete.SyntaxTrees.Where(tree => project.GetDocument(tree) is null or SourceGeneratedDocument));
        return
        [
            .. GeneratorMarkup.Report(written).Reported,
            .. await AnalyzerMarkup.Report(complete, new LargeCopyAnalyzer(), new LostWriteAnalyzer(), new PortableBitsAnalyzer()),
        ];
    }

    private static Document DocumentOf(Project project, Diagnostic diagnostic) =>
        project.Documents.Single(document => document.FilePath == diagnostic.Location.GetLineSpan().Path);

    private static async Task<Diagnostic> InItsTree(Project project, Diagnostic reported)
    {
        SyntaxTree tree = (await DocumentOf(project, reported).GetSyntaxTreeAsync())!;
        return Diagnostic.Create(reported.Descriptor, tree.GetLocation(reported.Location.SourceSpan), "no", "property", "is", "read");
    }

    private static async Task<ImmutableArray<CodeAction>> Offered(Project project, Diagnostic diagnostic)
    {
        List<CodeAction> actions = [];
        foreach (CodeFixProvider provider in Providers.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(
                DocumentOf(project, diagnostic), diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        }

        return [.. actions];
    }

    private static async Task<Solution> Changed(CodeAction action) =>
        Assert.Single((await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>()).ChangedSolution;

    private static async Task AssertCompiles(Solution solution, string id)
    {
        Project project = solution.Projects.Single();
        string text = string.Join("\n----\n", await Texts(solution));
        Compilation compilation = (await project.GetCompilationAsync())!;
        string errors = string.Join('\n', compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.True(errors.Length == 0, $"{errors}\nin\n{text}");
        Assert.DoesNotContain(await Report(project), diagnostic => diagnostic.Id == id);
    }

    /// <summary>The assembly under test, which the tests have loaded.</summary>
    private sealed class LoadedAlready : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => typeof(LstmGenerator).Assembly;
    }

    private sealed class Reporter : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await Report(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await Report(document.Project)).Where(diagnostic => DocumentOf(document.Project, diagnostic).Id == document.Id);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
