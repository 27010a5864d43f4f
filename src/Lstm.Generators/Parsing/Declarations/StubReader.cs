using System.Linq;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>What the stubs of a wrong declaration have to heed, so that they add no error of their own.</summary>
internal static class StubReader
{
    private static readonly string[] TypesInSignatures = { "State", "Gradient", "Trace" };

    /// <summary>Reads it, without a reason yet; null if no other file can add members to the type.</summary>
    public static StubNotes? Read(TypeParts parts, GeneratedNames names, PlatformCheck platform, AttributeSyntax attribute)
    {
        INamedTypeSymbol type = parts.Type;
        if (type.TypeKind is not (TypeKind.Struct or TypeKind.Class or TypeKind.Interface)
            || parts.OutwardFromSelf().Any(level => level.Modifier("file") is not null || IsVariant(level.Type))
            || (platform.HiddenNamespace is { } hidden && HiddenTypes.IsNamedByStubs(hidden)))
        {
            return null;
        }

        bool isStruct = type.TypeKind == TypeKind.Struct;
        bool isModern = platform.Old(attribute) is null;
        ISymbol[] members = parts.WrittenMembers().Where(member => member.Name.Length > 0).ToArray();
        return new StubNotes(
            Reason: string.Empty,
            HasInterfaces: isModern && isStruct && MayHaveInterfaces(parts, names, members),
            HasReadonly: isModern && isStruct,
            HasNullable: attribute.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 },
            HasSpans: platform.HasSpans,
            IsStatic: type.IsStatic,
            IsExperimental: type.GetAttributes().Any(mark => mark.AttributeClass?.Name == "ExperimentalAttribute"),
            Taken: new(members.Concat(type.TypeParameters)
                .Select(member => member is IMethodSymbol method ? MethodSignature.Of(method) : member.Name)),
            Unusable: new(members
                .Where(member => member is not INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public })
                .Select(member => member.Name)
                .Where(TypesInSignatures.Contains)));
    }

    /// <summary>An interface with <c>in</c> or <c>out</c> before a type parameter cannot hold the types <c>State</c> and <c>Gradient</c>.</summary>
    private static bool IsVariant(INamedTypeSymbol type) => type.TypeParameters.Any(parameter => parameter.Variance != VarianceKind.None);

    /// <summary>
    /// The interfaces of generated types want an unmanaged type, the generated types in their signatures, and all members, also those whose name is
    /// taken.
    /// </summary>
    private static bool MayHaveInterfaces(TypeParts parts, GeneratedNames names, ISymbol[] members) =>
        !parts.Type.IsRefLikeType
        && parts.OutwardFromSelf().All(level => level.TypeParameters is null)
        && !MemberChecks.InstanceFields(parts).Any()
        && !names.IsTaken(parts.Type.Name)
        && !members.Any(member => names.ExcludesName(member) || names.ExcludesSignature(member) || TypesInSignatures.Contains(member.Name));
}
