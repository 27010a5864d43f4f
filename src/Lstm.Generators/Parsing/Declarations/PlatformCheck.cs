using System.Linq;
using Lstm.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Whether the project's framework, language and own types let the generated code compile.</summary>
internal static class PlatformCheck
{
    /// <summary>
    /// C# 12, which may pass <c>ref</c> to .NET 8's <c>ref readonly</c> parameters. The oldest supported Roslyn has no name for it.
    /// </summary>
    private const LanguageVersion OldestLanguage = (LanguageVersion)1200;

    private static readonly string[] NeededNamespaces = { "System", "Lstm", "Lstm.Kernels", "Lstm.Generated", "Lstm.Generated.Code" };

    public static Problem? FirstProblem(Compilation compilation, TypeParts parts, AttributeSyntax attribute) =>
        HiddenNamespace(compilation, parts, attribute) ?? Old(compilation, attribute);

    /// <summary>The framework or the language, if it is too old.</summary>
    public static Problem? Old(Compilation compilation, AttributeSyntax attribute)
    {
        if (compilation.GetTypesByMetadataName("System.Runtime.Intrinsics.Vector512").IsEmpty)
        {
            return At(".NET 8", "<TargetFramework>net8.0</TargetFramework>");
        }

        return attribute.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < OldestLanguage }
            ? At("C# 12", "<LangVersion>12</LangVersion>")
            : null;

        Problem At(string needed, string setting) =>
            Problem.At(Descriptors.UnsupportedPlatform, attribute.Name.GetLocation(), needed, setting);
    }

    /// <summary>
    /// The first namespace that generated code needs and that a type of the project hides, even behind <c>global::</c>; null if there is none.
    /// </summary>
    public static string? HiddenNamespace(Compilation compilation) =>
        NeededNamespaces.FirstOrDefault(name => compilation.Assembly.GetTypeByMetadataName(name) is not null);

    private static Problem? HiddenNamespace(Compilation compilation, TypeParts parts, AttributeSyntax attribute) =>
        HiddenNamespace(compilation) is { } hidden
            ? Problem.At(Descriptors.HiddenNamespace, attribute.Name.GetLocation(), hidden, parts.Type.Name)
            : null;
}
