using System.Linq;
using System.Runtime.CompilerServices;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>
/// What the project's framework, language and own types let the generated code be. Read once for a compilation, as every declaration asks for it
/// after every edit.
/// </summary>
internal sealed class PlatformCheck
{
    /// <summary>The MSBuild property that asks for the portable profile, as analyzers see it.</summary>
    public const string Property = "build_property.LstmPortable";

    /// <summary>
    /// C# 12, which may pass <c>ref</c> to .NET 8's <c>ref readonly</c> parameters. The oldest supported Roslyn has no name for it.
    /// </summary>
    private const LanguageVersion OldestModernLanguage = (LanguageVersion)1200;

    /// <summary>The namespaces of all that generated code names. A test compares them with <see cref="HiddenTypes"/>.</summary>
    public static readonly string[] NeededNamespaces =
    {
        "System", "System.CodeDom", "System.CodeDom.Compiler", "System.Diagnostics", "System.Diagnostics.CodeAnalysis", "System.Runtime",
        "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "System.Runtime.Intrinsics", "Lstm", "Lstm.Kernels", "Lstm.Generated",
        "Lstm.Generated.Code", "Lstm.Generated.Rom",
    };

    private static readonly ConditionalWeakTable<Compilation, PlatformCheck> Known = new();

    private readonly bool createsSpans;
    private readonly bool isModern;

    private PlatformCheck(Compilation compilation)
    {
        FrameworkTypes types = FrameworkTypesFinder.Find(compilation);
        HiddenNamespace = NeededNamespaces.FirstOrDefault(name => compilation.Assembly.GetTypeByMetadataName(name) is not null);
        HasSpans = types.HasFlag(FrameworkTypes.Span);
        createsSpans = types.HasFlag(FrameworkTypes.CreateSpan);
        // A package or the project may have a Vector512 of its own, and a library the runtime for netstandard2.1.
        isModern = types.HasFlag(FrameworkTypes.Vector512 | FrameworkTypes.Interfaces)
            && !compilation.Assembly.GetAttributes().Any(IsPortableMark);
    }

    /// <summary>
    /// The first namespace that generated code needs and that a type of the project hides, even behind <c>global::</c>; null if there is none.
    /// </summary>
    public string? HiddenNamespace { get; }

    /// <summary>Whether the framework, or a package, has <c>Span</c>.</summary>
    public bool HasSpans { get; }

    public static PlatformCheck Of(Compilation compilation) => Known.GetValue(compilation, static key => new PlatformCheck(key));

    public Problem? FirstProblem(TypeParts parts, AttributeSyntax attribute) => HiddenNamespace is { } hidden
        ? Problem.At(Descriptors.HiddenNamespace, attribute.Name.GetLocation(), hidden, parts.Type.Name)
        : Old(attribute);

    /// <summary>The platform, by what the compilation has, and by its assembly attribute; <see cref="Property"/> is asked elsewhere.</summary>
    public PlatformKind KindFor(AttributeSyntax attribute) =>
        isModern && attribute.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: < OldestModernLanguage }
            ? PlatformKind.Modern
            : PlatformKind.Portable;

    /// <summary>The framework or the language, if it is too old for any platform.</summary>
    public Problem? Old(AttributeSyntax attribute)
    {
        // netstandard2.1 has both of these; netstandard2.0 and .NET Framework have the first one from a package.
        if (!HasSpans || !createsSpans)
        {
            return At("netstandard2.1 or .NET 8", "<TargetFramework>netstandard2.1</TargetFramework>");
        }

        return attribute.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp9 }
            ? At("C# 9", "<LangVersion>9</LangVersion>")
            : null;

        Problem At(string needed, string setting) =>
            Problem.At(Descriptors.UnsupportedPlatform, attribute.Name.GetLocation(), needed, setting);
    }

    private static bool IsPortableMark(AttributeData attribute) => attribute.AttributeClass is
    {
        Name: "LstmPortableAttribute", ContainingType: null, ContainingNamespace: { Name: "Lstm", ContainingNamespace.IsGlobalNamespace: true }
    };
}
