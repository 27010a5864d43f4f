using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Diagnostics;

/// <summary>How large the generated structs of one compilation are, looked up once for each.</summary>
internal sealed class GeneratedSizes
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, long> bytes = new(SymbolEqualityComparer.Default);

    /// <summary>Bytes of an attributed struct or of its <c>State</c> or <c>Gradient</c>; 0 for every other type.</summary>
    public long Of(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None, IsGenericType: false } candidate
            ? bytes.GetOrAdd(candidate, Measure)
            : 0;

    /// <summary>Whether copying <paramref name="type"/> is worth a warning.</summary>
    public bool IsLarge(ITypeSymbol? type) => Of(type) > Limits.CopyBytes;

    /// <summary>As a user calls it: <c>Cell</c> or <c>Cell.Gradient</c>.</summary>
    public static string Display(ITypeSymbol type) =>
        type.Name is "State" or "Gradient" && type.ContainingType is { } owner ? $"{owner.Name}.{type.Name}" : type.Name;

    private static long Measure(INamedTypeSymbol type)
    {
        if (Read(type) is { } own)
        {
            return DeclarationSize.ParameterBytes(own.Kind, name => own.Values[name]);
        }

        if (type.ContainingType is null || Read(type.ContainingType) is not { } outer || !outer.Kind.NamesFor(outer.Values).IsTaken(type.Name))
        {
            return 0;
        }

        return type.Name switch
        {
            "State" => DeclarationSize.StateBytes(outer.Kind, name => outer.Values[name]),
            "Gradient" => DeclarationSize.ParameterBytes(outer.Kind, name => outer.Values[name]),
            _ => 0,
        };
    }

    /// <summary>The first attribute's arguments; null if there is none or if a size is wrong, which another diagnostic reports.</summary>
    private static (DeclarationKind Kind, Dictionary<string, int> Values)? Read(INamedTypeSymbol type)
    {
        foreach (AttributeData data in type.GetAttributes())
        {
            if (DeclarationKind.Of(data) is { } kind)
            {
                Dictionary<string, int> values = kind.Arguments.ToDictionary(
                    rule => rule.Name,
                    rule => AttributeArguments.Read(data, syntax: null, rule).Value);
                return kind.Arguments.All(rule => rule.Range?.Contains(values[rule.Name]) != false) ? (kind, values) : null;
            }
        }

        return null;
    }
}
