using System;
using System.Collections.Immutable;
using System.Linq;
using Lstm.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Diagnostics.LostWrites;

/// <summary>The generated members through which parameters, states and gradients are changed.</summary>
internal static class WritingMember
{
    /// <summary>Methods that write, beside those whose name begins with <c>Import</c>.</summary>
    private static readonly ImmutableHashSet<string> Writes =
        ImmutableHashSet.Create(StringComparer.Ordinal, "Initialize", "Descend", "Load", "Reset", "Clear");

    /// <summary>Members that return a reference to storage, or a span of it.</summary>
    private static readonly ImmutableHashSet<string> Storage = ImmutableHashSet.Create(
        StringComparer.Ordinal, "Parameters", "W", "U", "B", "V", "C", "Values", "LongTermMemory", "WorkingMemory");

    /// <summary>What a struct holds whose generated member this is, in the plural; null for every other member.</summary>
    /// <param name="receiver">The type on which the member is called: a struct, or a type parameter that stands for one.</param>
    public static string? ContentsOf(ISymbol member, ITypeSymbol receiver)
    {
        INamedTypeSymbol owner = member.ContainingType;
        if (owner.TypeKind == TypeKind.Interface)
        {
            return ContentsOfInterface(owner);
        }

        return receiver.TypeKind != TypeKind.Struct ? null
            : IsDeclared(owner) ? "weights"
            : owner.ContainingType is not { } outer || !IsDeclared(outer) ? null
            : owner.Name switch
            {
                "State" => "memories",
                "Gradient" => "values",
                _ => null,
            };
    }

    /// <summary>Whether calling <paramref name="member"/> changes its receiver.</summary>
    public static bool IsWrite(ISymbol member) =>
        member is IMethodSymbol { IsStatic: false, IsReadOnly: false, ReturnsVoid: true }
        && (Writes.Contains(member.Name) || member.Name.StartsWith("Import", StringComparison.Ordinal));

    /// <summary>Whether <paramref name="member"/> returns a reference or a span through which its receiver can be changed.</summary>
    public static bool IsStorage(ISymbol member) => Storage.Contains(member.Name) && member switch
    {
        IMethodSymbol method => !method.IsStatic && (method.RefKind == RefKind.Ref || IsSpan(method.ReturnType)),
        IPropertySymbol property => !property.IsStatic && IsSpan(property.Type),
        _ => false,
    };

    public static bool IsSpan(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Span", Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static bool IsDeclared(INamedTypeSymbol type) => type.GetAttributes().Any(data => DeclarationKind.Of(data) is not null);

    /// <summary>Code that is generic over generated types calls their members through these interfaces.</summary>
    private static string? ContentsOfInterface(INamedTypeSymbol type) =>
        type.ContainingNamespace is not { Name: "Lstm", ContainingNamespace.IsGlobalNamespace: true } ? null : type.Name switch
        {
            "ILstm" or "ITrainableLstm" => "weights",
            "IState" => "memories",
            "IGradient" => "values",
            _ => null,
        };
}
