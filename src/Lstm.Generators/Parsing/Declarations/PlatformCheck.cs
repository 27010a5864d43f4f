using Lstm.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Whether the project's framework and language can compile the generated code.</summary>
internal static class PlatformCheck
{
    /// <summary>
    /// C# 12, which may pass <c>ref</c> to .NET 8's <c>ref readonly</c> parameters. The oldest supported Roslyn has no name for it.
    /// </summary>
    private const LanguageVersion OldestLanguage = (LanguageVersion)1200;

    public static Problem? FirstProblem(Compilation compilation, AttributeSyntax attribute)
    {
        if (compilation.GetTypesByMetadataName("System.Runtime.Intrinsics.Vector512").IsEmpty)
        {
            return At(".NET 8", "<TargetFramework>net8.0</TargetFramework>");
        }

        return attribute.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < OldestLanguage }
            ? At("C# 12", "<LangVersion>12</LangVersion>")
            : null;

        Problem At(string needed, string setting) =>
            new(Descriptors.UnsupportedPlatform, attribute.Name.GetLocation(), needed, setting);
    }
}
