using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lstm.Benchmarks;

/// <summary>Finds the attributes as the generator does, and reads nothing: the part of an edit's cost that is the compiler's.</summary>
internal sealed class FindingGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Find(context, "Lstm.LstmCellAttribute");
        Find(context, "Lstm.LstmNetworkAttribute");
        Find(context, "Lstm.DeepChainAttribute");
    }

    private static void Find(IncrementalGeneratorInitializationContext context, string attribute) => context.RegisterSourceOutput(
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute, static (node, _) => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax, static (_, _) => true),
        static (_, _) => { });
}
