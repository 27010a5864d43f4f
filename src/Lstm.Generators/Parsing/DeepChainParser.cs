using System.Threading;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing;

/// <summary>Reads <c>[DeepChain]</c>.</summary>
internal static class DeepChainParser
{
    /// <summary>What the user asked for; null where <see cref="DeclarationValidator"/> or the compiler has an error to report.</summary>
    public static DeepChainSpec? Parse(GeneratorAttributeSyntaxContext context, CancellationToken token)
    {
        Declaration? declaration = DeclarationValidator.Read(context.TargetSymbol, context.SemanticModel.Compilation, token);
        return declaration is { Target: { } target } && declaration.Kind == DeclarationKind.Chain
            ? new DeepChainSpec(
                target,
                declaration["Layers"],
                declaration["Width"],
                (ChainForm)declaration["Kind"],
                (UnrollingKind)declaration["Unrolling"],
                (ScalarKind)declaration["Scalar"])
            : null;
    }
}
