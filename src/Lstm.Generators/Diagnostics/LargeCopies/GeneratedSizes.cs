using System.Collections.Concurrent;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Planning;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Diagnostics.LargeCopies;

/// <summary>How large the generated structs of one compilation are, planned once for each.</summary>
internal sealed class GeneratedSizes
{
    /// <summary>A struct past this many bytes should not be passed or copied by value.</summary>
    private const long LargeBytes = 16 * 1024;

    private readonly ConcurrentDictionary<INamedTypeSymbol, long> bytes = new(SymbolEqualityComparer.Default);

    /// <summary>Bytes of an attributed struct or of its <c>State</c> or <c>Gradient</c>; 0 for every other type.</summary>
    public long Of(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None, IsGenericType: false } candidate
            ? bytes.GetOrAdd(candidate, Measure)
            : 0;

    /// <summary>Whether copying <paramref name="type"/> is worth a warning.</summary>
    public bool IsLarge(ITypeSymbol? type) => Of(type) > LargeBytes;

    /// <summary>As a user calls it: <c>Cell</c> or <c>Cell.Gradient</c>.</summary>
    public static string Display(ITypeSymbol type) =>
        type.Name is "State" or "Gradient" && type.ContainingType is { } owner ? $"{owner.Name}.{type.Name}" : type.Name;

    private static long Measure(INamedTypeSymbol type)
    {
        if (Read(type) is { } own)
        {
            return own.Size.Parameters;
        }

        if (type.Name is not ("State" or "Gradient")
            || type.ContainingType is null
            || Read(type.ContainingType) is not { } owner
            || !owner.Names.IsTaken(type.Name))
        {
            return 0;
        }

        return type.Name == "State" ? owner.Size.State : owner.Size.Parameters;
    }

    /// <summary>What the first attribute asks for; null if there is none or if it is wrong, which another diagnostic reports.</summary>
    private static (StructSize Size, GeneratedNames Names)? Read(INamedTypeSymbol type)
    {
        foreach (AttributeData data in type.GetAttributes())
        {
            if (DeclarationKind.Of(data) is { } kind)
            {
                AttributeArguments arguments = AttributeArguments.Read(kind.Arguments, data, syntax: null).WithSizes(size => Constant(type, size));
                return arguments.AreRight && TargetTypeReader.Read(type) is { } target
                    ? (StructSize.Of(kind.SpecOf(target, arguments)), kind.NamesFor(arguments))
                    : null;
            }
        }

        return null;
    }

    /// <summary>A size of a type that takes its sizes from a file: the generated constant.</summary>
    private static int? Constant(INamedTypeSymbol type, string size)
    {
        string name = size == nameof(LstmNetworkSpec.Layers) ? "LayerCount" : size + "Size";
        return type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as int?;
    }
}
