using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Parsing;
using Lstm.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Diagnostics;

/// <summary>Holds what the validator knows of the generated members to what the generator writes.</summary>
public sealed class GeneratedMembersTests
{
    [Theory]
    [InlineData("LstmCell(Input = 2, Hidden = 3)")]
    [InlineData("LstmCell(Input = 2, Hidden = 3, Arithmetic = Arithmetic.Portable, Accuracy = Accuracy.Strict)")]
    [InlineData("LstmCell(Input = 2, Hidden = 100)")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 3, Output = 2)")]
    [InlineData("LstmNetwork(Input = 2, Hidden = 40, Output = 1, Layers = 3, Accuracy = Accuracy.Strict)")]
    [InlineData("DeepChain(Layers = 3)")]
    [InlineData("DeepChain(Layers = 900, Width = 5, Kind = ChainKind.Dense)")]
    public async Task EveryGeneratedMember_IsKnownToTheValidator(string attribute)
    {
        Compilation compilation = Generate(attribute);
        INamedTypeSymbol type = compilation.GetTypeByMetadataName("Model")!;
        DeclarationKind kind = type.GetAttributes().Select(DeclarationKind.Of).First(found => found is not null)!;
        IEnumerable<ISymbol> members = type.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary });
        Assert.Equal("", string.Join(" ", members.Where(member => !kind.IsMember(member.Name)).Select(member => member.Name).Distinct()));
        Assert.Empty(members.Where(member => member is not IMethodSymbol && kind.Methods.Contains(member.Name)).Select(member => member.Name));
        Assert.Empty(await AnalyzerMarkup.Report(compilation, new DeclarationAnalyzer(), new LargeCopyAnalyzer()));
    }

    private static Compilation Generate(string attribute)
    {
        CSharpCompilation source = TestCompilation.Create($"using Lstm; [{attribute}] partial struct Model;");
        Compilation compilation = GeneratorRun.Complete(source);
        Assert.Empty(compilation.GetDeclarationDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return compilation;
    }
}
