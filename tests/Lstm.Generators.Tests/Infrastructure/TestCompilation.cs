using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Infrastructure;

/// <summary>Makes compilations as a user's project would, against the running .NET and <c>Lstm.Runtime</c>; nothing is downloaded.</summary>
internal static class TestCompilation
{
    /// <summary>The running framework, without any of this test project's own dependencies but <c>Lstm.Runtime</c>.</summary>
    public static readonly ImmutableArray<MetadataReference> References = Load();

    /// <summary>What every compilation grows from, so that the framework's assemblies are read once for all tests.</summary>
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "TestProject",
        references: References,
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>
    /// Options for
    /// <see cref="CSharpSyntaxTree.ParseText(string, CSharpParseOptions?, string, System.Text.Encoding?, System.Threading.CancellationToken)"/>.
    /// </summary>
    public static CSharpParseOptions ParseOptions(LanguageVersion language = LanguageVersion.Latest) =>
        CSharpParseOptions.Default.WithLanguageVersion(language).WithDocumentationMode(DocumentationMode.Diagnose);

    /// <summary>One file, <c>Source0.cs</c>.</summary>
    public static CSharpCompilation Create(string source, LanguageVersion language = LanguageVersion.Latest) =>
        Create([source], language);

    /// <summary>Files <c>Source0.cs</c>, <c>Source1.cs</c>, ... in this order.</summary>
    public static CSharpCompilation Create(
        IEnumerable<string> sources,
        LanguageVersion language = LanguageVersion.Latest,
        OutputKind output = OutputKind.DynamicallyLinkedLibrary,
        IEnumerable<MetadataReference>? references = null) =>
        (references is null ? Empty : Empty.WithReferences(references))
            .WithOptions(Empty.Options.WithOutputKind(output))
            .AddSyntaxTrees(sources.Select((source, index) =>
                CSharpSyntaxTree.ParseText(source, ParseOptions(language), $"Source{index}.cs")));

    /// <summary>One file in a project that references another, of which it has the assembly.</summary>
    public static CSharpCompilation CreateReferencing(string other, string source)
    {
        using MemoryStream image = new();
        Assert.True(Create(other).Emit(image).Success);
        return Create([source], references: [.. References, MetadataReference.CreateFromImage(image.ToArray())]);
    }

    private static ImmutableArray<MetadataReference> Load()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(LstmCellAttribute).Assembly.Location)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();
    }
}
