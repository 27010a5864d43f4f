using System.Linq;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>What the project's framework, language and own types let the generated code be.</summary>
internal static class PlatformCheck
{
    /// <summary>The MSBuild property that asks for the portable profile, as analyzers see it.</summary>
    public const string Property = "build_property.LstmPortable";

    /// <summary>
    /// C# 12, which may pass <c>ref</c> to .NET 8's <c>ref readonly</c> parameters. The oldest supported Roslyn has no name for it.
    /// </summary>
    private const LanguageVersion OldestModernLanguage = (LanguageVersion)1200;

    private static readonly string[] NeededNamespaces = { "System", "Lstm", "Lstm.Kernels", "Lstm.Generated", "Lstm.Generated.Code" };

    public static Problem? FirstProblem(Compilation compilation, TypeParts parts, AttributeSyntax attribute) =>
        HiddenNamespace(compilation, parts, attribute) ?? Old(compilation, attribute);

    /// <summary>The platform, by what the compilation has, and by its assembly attribute; <see cref="Property"/> is asked elsewhere.</summary>
    public static PlatformKind Of(Compilation compilation, AttributeSyntax attribute)
    {
        bool isModern = Has(compilation, "System.Runtime.Intrinsics.Vector512")
            && attribute.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: < OldestModernLanguage };
        return isModern && !compilation.Assembly.GetAttributes().Any(IsPortableMark) ? PlatformKind.Modern : PlatformKind.Portable;
    }

    /// <summary>The framework or the language, if it is too old for any platform.</summary>
    public static Problem? Old(Compilation compilation, AttributeSyntax attribute)
    {
        // netstandard2.1 has both of these; netstandard2.0 and .NET Framework have the first one from a package.
        if (!Has(compilation, "System.Span`1") || !CreatesSpans(compilation))
        {
            return At("netstandard2.1 or .NET 8", "<TargetFramework>netstandard2.1</TargetFramework>");
        }

        return attribute.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp9 }
            ? At("C# 9", "<LangVersion>9</LangVersion>")
            : null;

        Problem At(string needed, string setting) =>
            Problem.At(Descriptors.UnsupportedPlatform, attribute.Name.GetLocation(), needed, setting);
    }

    /// <summary>
    /// The first namespace that generated code needs and that a type of the project hides, even behind <c>global::</c>; null if there is none.
    /// </summary>
    public static string? HiddenNamespace(Compilation compilation) =>
        NeededNamespaces.FirstOrDefault(name => compilation.Assembly.GetTypeByMetadataName(name) is not null);

    private static bool Has(Compilation compilation, string type) => !compilation.GetTypesByMetadataName(type).IsEmpty;

    private static bool CreatesSpans(Compilation compilation) => compilation
        .GetTypesByMetadataName("System.Runtime.InteropServices.MemoryMarshal")
        .Any(type => !type.GetMembers("CreateSpan").IsEmpty);

    private static bool IsPortableMark(AttributeData attribute) => attribute.AttributeClass is
    {
        Name: "LstmPortableAttribute", ContainingType: null, ContainingNamespace: { Name: "Lstm", ContainingNamespace.IsGlobalNamespace: true }
    };

    private static Problem? HiddenNamespace(Compilation compilation, TypeParts parts, AttributeSyntax attribute) =>
        HiddenNamespace(compilation) is { } hidden
            ? Problem.At(Descriptors.HiddenNamespace, attribute.Name.GetLocation(), hidden, parts.Type.Name)
            : null;
}
