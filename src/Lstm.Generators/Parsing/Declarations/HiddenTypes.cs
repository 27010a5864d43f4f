using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Lstm.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>
/// Types and namespaces of the project that stand where generated code looks for a type of the runtime or the framework: C# takes the project's own,
/// even behind <c>global::</c>. Read once for a compilation, as every declaration asks for it after every edit.
/// </summary>
internal sealed class HiddenTypes
{
    /// <summary>All that is public here is for generated code, which names most of it: no list of it is kept.</summary>
    private const string Kernels = "Lstm.Kernels";

    /// <summary>The namespace of kernels.</summary>
    private const string Code = "Lstm.Generated.Code";

    /// <summary>The types outside of <c>Lstm.Kernels</c> that generated code and stubs name. A test compares them with what is generated.</summary>
    public static readonly ImmutableHashSet<string> Named = ImmutableHashSet.Create(
        "Lstm.Gate", "Lstm.IGradient`1", "Lstm.ILstm`3", "Lstm.IState`1", "Lstm.ITrainableLstm`4", "Lstm.LstmModel",
        "System.ArgumentException", "System.ArgumentNullException", "System.ArgumentOutOfRangeException", "System.IntPtr", "System.Math",
        "System.NotSupportedException", "System.ReadOnlySpan`1", "System.Span`1",
        "System.CodeDom.Compiler.GeneratedCodeAttribute",
        "System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverageAttribute", "System.Diagnostics.CodeAnalysis.UnscopedRefAttribute",
        "System.Runtime.CompilerServices.MethodImplAttribute", "System.Runtime.CompilerServices.MethodImplOptions",
        "System.Runtime.CompilerServices.Unsafe",
        "System.Runtime.InteropServices.LayoutKind", "System.Runtime.InteropServices.MemoryMarshal",
        "System.Runtime.InteropServices.StructLayoutAttribute",
        "System.Runtime.Intrinsics.Vector128", "System.Runtime.Intrinsics.Vector128`1", "System.Runtime.Intrinsics.Vector256",
        "System.Runtime.Intrinsics.Vector256`1", "System.Runtime.Intrinsics.Vector512", "System.Runtime.Intrinsics.Vector512`1");

    /// <summary>The types that the compiler looks for by name where an attribute stands or something is thrown.</summary>
    private static readonly ImmutableHashSet<string> OfTheCompiler = ImmutableHashSet.Create("System.Attribute", "System.Exception");

    /// <summary>The namespaces whose types have short names in kernels. What stands in one of them is in the way of that name in all.</summary>
    private static readonly string[] Opened =
    {
        Code, Kernels, "System", "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "System.Runtime.Intrinsics",
    };

    /// <summary>The namespaces of which stubs name types.</summary>
    private static readonly string[] OfStubs = { "System", "System.CodeDom.Compiler", "System.Diagnostics.CodeAnalysis", "Lstm" };

    private static readonly string[] Spaces = Opened.Union(Named.Select(SpaceOf).OrderBy(space => space, StringComparer.Ordinal)).ToArray();
    private static readonly ConditionalWeakTable<Compilation, HiddenTypes> Known = new();

    private readonly ImmutableArray<(INamespaceOrTypeSymbol Own, INamedTypeSymbol Hidden)> found;

    private HiddenTypes(Compilation compilation) => found = Spaces.SelectMany(space => In(space, compilation)).ToImmutableArray();

    /// <summary>Whether stubs name nothing that is hidden.</summary>
    public bool AllowStubs => !found.Any(pair => IsNamedByStubs(pair.Own.ContainingNamespace.ToDisplayString()));

    public static HiddenTypes Of(Compilation compilation) => Known.GetValue(compilation, static key => new HiddenTypes(key));

    /// <summary>Whether stubs cannot do without this namespace.</summary>
    public static bool IsNamedByStubs(string space) => OfStubs.Any(named => $"{named}.".StartsWith($"{space}.", StringComparison.Ordinal));

    /// <summary>One for every type that is hidden, at the attribute: it is the same for every declaration.</summary>
    public IEnumerable<Problem> Problems(TypeParts parts, AttributeSyntax attribute) => found.Select(pair => Problem.At(
        Descriptors.HiddenType,
        attribute.Name.GetLocation(),
        pair.Own.IsNamespace ? "namespace" : "type",
        pair.Own.ToDisplayString(),
        pair.Hidden.ToDisplayString(),
        pair.Hidden.ContainingAssembly.Name,
        parts.Type.Name));

    private static IEnumerable<(INamespaceOrTypeSymbol Own, INamedTypeSymbol Hidden)> In(string space, Compilation compilation)
    {
        INamespaceSymbol? own = compilation.Assembly.GlobalNamespace;
        foreach (string part in space.Split('.'))
        {
            own = own?.GetMembers(part).OfType<INamespaceSymbol>().FirstOrDefault();
        }

        foreach (INamespaceOrTypeSymbol member in own?.GetMembers() ?? Enumerable.Empty<INamespaceOrTypeSymbol>())
        {
            // A using opens types, no namespaces.
            bool isInTheWayOfAll = Opened.Contains(space) && (member.IsType || space == Code);
            if ((isInTheWayOfAll ? Opened : new[] { space }).Select(at => At(at, member, compilation)).FirstOrDefault(type => type is not null)
                is { } hidden)
            {
                yield return (member, hidden);
            }
        }
    }

    /// <summary>
    /// What generated code looks for in a namespace under the member's name; null if it looks for nothing. It writes attributes without their ending.
    /// </summary>
    private static INamedTypeSymbol? At(string space, INamespaceOrTypeSymbol member, Compilation compilation) =>
        Needed($"{space}.{member.MetadataName}", compilation)
        ?? (member.IsType ? Needed($"{space}.{member.MetadataName}Attribute", compilation) : null);

    private static INamedTypeSymbol? Needed(string name, Compilation compilation) =>
        SpaceOf(name) == Kernels || Named.Contains(name) || OfTheCompiler.Contains(name)
            ? compilation.GetTypesByMetadataName(name).FirstOrDefault(type =>
                type.DeclaredAccessibility == Accessibility.Public
                && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
            : null;

    private static string SpaceOf(string name) => name.Substring(0, name.LastIndexOf('.'));
}
