using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

/// <summary>Holds what parsing knows of the generated members to what the generator writes.</summary>
public sealed class GeneratedMembersTests
{
    [Theory]
    [InlineData("LstmCell(Input = 2, Hidden = 3)")]
    [InlineData("LstmCell(Input = 2, Hidden = 3, Arithmetic = Arithmetic.Portable, Accuracy = Accuracy.Strict)")]
    [InlineData("LstmCell(Input = 2, Hidden = 100)")]
    [InlineData("LstmCell(Input = 2, Hidden = 3, Backward = false)")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 3, Output = 2, Layers = 2, Backward = false)")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 3, Output = 2)")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 40, Output = 1, Layers = 3, Accuracy = Accuracy.Strict)")]
    [InlineData("LstmNetwork(Weights = \"deep.onnx\", Backward = false)")]
    [InlineData("LstmCell(Weights = \"cell.safetensors\")")]
    [InlineData("DeepChain(Layers = 3)")]
    [InlineData("DeepChain(Layers = 900, Width = 5, Kind = ChainKind.Dense)")]
    public async Task EveryGeneratedMember_IsKnownToParsing(string attribute)
    {
        Compilation compilation = Generate(attribute);
        INamedTypeSymbol type = compilation.GetTypeByMetadataName("Model")!;
        GeneratedNames names = Names(type);
        IEnumerable<ISymbol> members = Members(type);
        Assert.Equal("", string.Join(" ", members.Where(member => !names.IsTaken(member.Name)).Select(member => member.Name).Distinct()));
        Assert.Empty(members.Where(member => member is not IMethodSymbol && names.Overloadable.Contains(member.Name)).Select(member => member.Name));
        Assert.Empty(await AnalyzerMarkup.Report(compilation, new LargeCopyAnalyzer()));
    }

    /// <summary>A chain's private members depend on its form, so that it takes two to have them all.</summary>
    [Theory]
    [InlineData("LstmCell(Input = 2, Hidden = 3)")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 3, Output = 2)")]
    [InlineData("LstmNetwork(Weights = \"deep.onnx\")")]
    [InlineData("DeepChain(Layers = 900, Width = 5)", "DeepChain(Layers = 900, Width = 5, Kind = ChainKind.Dense)", "DeepChain(Layers = 3)")]
    public void EveryTakenName_IsGenerated(params string[] attributes)
    {
        INamedTypeSymbol[] types = [.. attributes.Select(attribute => GeneratorRun
            .Complete(TestCompilation.Create([$"using Lstm; [{attribute}] partial struct Model;", WeightFiles.Rom]), texts: WeightFiles.All)
            .GetTypeByMetadataName("Model")!)];
        IEnumerable<string> generated = types.SelectMany(Members).Select(member => member.Name);
        GeneratedNames names = Names(types[0]);
        Assert.Empty(names.Exclusive.Union(names.Overloadable).Except(generated));
        Assert.Equal(
            types.SelectMany(Members).OfType<IMethodSymbol>().Where(method => method.DeclaredAccessibility == Accessibility.Public)
                .Select(MethodSignature.Of).Distinct().Order(StringComparer.Ordinal),
            names.Methods.Order(StringComparer.Ordinal));
    }

    /// <summary>Stubs have every public member of the real type, nested ones too, and nothing else.</summary>
    [Theory]
    [InlineData("LstmCell(Input = 2, Hidden = 3{0})")]
    [InlineData("LstmCell(Input = 2, Hidden = 3, Backward = false, Scalar = Scalar.Double{0})")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 3, Output = 2, Layers = 2{0})")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 8, Output = 3, Layers = 2, Weights = \"deep.onnx\"{0})")]
    [InlineData("DeepChain(Layers = 3, Kind = ChainKind.Dense{0})")]
    public void Stubs_HaveThePublicMembersOfTheRealType(string attribute)
    {
        Assert.Equal(Surface(string.Empty), Surface(", Unrolling = (Unrolling)9"));

        string[] Surface(string argument)
        {
            Compilation compilation = Generate(string.Format(CultureInfo.InvariantCulture, attribute, argument));
            INamedTypeSymbol type = compilation.GetTypeByMetadataName("Model")!;
            return
            [
                .. type.AllInterfaces.Select(found => found.ToDisplayString()),
                .. type.GetTypeMembers().Where(nested => nested.DeclaredAccessibility == Accessibility.Public).Prepend(type)
                    .SelectMany(Members)
                    .Where(member => member.DeclaredAccessibility == Accessibility.Public)
                    .Select(member => $"{member.ToDisplayString(Whole)} {(member as IFieldSymbol)?.ConstantValue}")
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>Return types, modifiers, parameters and their defaults.</summary>
    private static readonly SymbolDisplayFormat Whole = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeAccessibility)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut);

    /// <summary>
    /// Without the accessors of properties, the compiler's constructors, and what implements an interface explicitly, which takes no name.
    /// </summary>
    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type) => type.GetMembers().Where(member => !member.IsImplicitlyDeclared
        && member is not (IMethodSymbol { MethodKind: not MethodKind.Ordinary }
            or IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false }));

    /// <summary>What parsing takes the names to be, given the arguments of the attribute.</summary>
    private static GeneratedNames Names(INamedTypeSymbol type)
    {
        (DeclarationKind Kind, AttributeData Data) declared = type.GetAttributes()
            .Select(data => (Kind: DeclarationKind.Of(data)!, data))
            .First(found => found.Kind is not null);
        return declared.Kind.NamesFor(AttributeArguments.Read(declared.Kind.Arguments, declared.Data, syntax: null));
    }

    private static Compilation Generate(string attribute)
    {
        CSharpCompilation source = TestCompilation.Create([$"using Lstm; [{attribute}] partial struct Model;", WeightFiles.Rom]);
        Compilation compilation = GeneratorRun.Complete(source, texts: WeightFiles.All);
        Assert.Empty(compilation.GetDeclarationDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return compilation;
    }
}
