using System;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>Those types of the framework, and of the runtime, that decide what can be generated.</summary>
[Flags]
internal enum FrameworkTypes
{
    None = 0,
    Span = 1,

    /// <summary><c>MemoryMarshal</c>, with the method <c>CreateSpan</c>.</summary>
    CreateSpan = 2,

    Vector512 = 4,

    /// <summary><c>Lstm.ITrainableLstm</c>, which the runtime has for .NET 8 and later.</summary>
    Interfaces = 8,
}

/// <summary>Finds <see cref="FrameworkTypes"/>.</summary>
/// <remarks>The compiler keeps the symbol of a referenced assembly from one edit to the next, and so do we what it has.</remarks>
internal static class FrameworkTypesFinder
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, Found> Known = new();

    /// <summary>What the compilation and the assemblies that it references have.</summary>
    public static FrameworkTypes Find(Compilation compilation)
    {
        FrameworkTypes all = TypesOf(compilation.Assembly);
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            all |= Known.GetValue(assembly, static key => new Found(TypesOf(key))).Types;
        }

        return all;
    }

    private static FrameworkTypes TypesOf(IAssemblySymbol assembly)
    {
        FrameworkTypes span = Has("System.Span`1") ? FrameworkTypes.Span : FrameworkTypes.None;
        FrameworkTypes vector = Has("System.Runtime.Intrinsics.Vector512") ? FrameworkTypes.Vector512 : FrameworkTypes.None;
        bool createsSpans =
            assembly.GetTypeByMetadataName("System.Runtime.InteropServices.MemoryMarshal")?.GetMembers("CreateSpan").IsEmpty == false;
        FrameworkTypes interfaces = Has("Lstm.ITrainableLstm`4") ? FrameworkTypes.Interfaces : FrameworkTypes.None;
        return span | vector | interfaces | (createsSpans ? FrameworkTypes.CreateSpan : FrameworkTypes.None);

        bool Has(string type) => assembly.GetTypeByMetadataName(type) is not null;
    }

    private sealed class Found
    {
        public Found(FrameworkTypes types) => Types = types;

        public FrameworkTypes Types { get; }
    }
}
