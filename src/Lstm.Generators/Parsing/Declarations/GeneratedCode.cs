using System;
using System.IO;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>
/// Tells what this generator wrote from what the user wrote: analyzers see both, and so does the generator where generated files were
/// written into the project.
/// </summary>
internal static class GeneratedCode
{
    private const string GeneratorName = "Lstm.Generators.LstmGenerator";

    /// <summary>The compiler files a generator's output under its assembly's and its type's name.</summary>
    public static bool IsOwn(SyntaxTree tree) =>
        tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)
        && Path.GetDirectoryName(tree.FilePath) is { } folder
        && folder.EndsWith(GeneratorName, StringComparison.Ordinal);
}
