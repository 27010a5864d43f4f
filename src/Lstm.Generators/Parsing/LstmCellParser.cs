using System.Threading;
using Lstm.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Lstm.Generators.Parsing;

/// <summary>Reads <c>[LstmCell]</c>.</summary>
internal static class LstmCellParser
{
    /// <summary>What the user asked for; null where <see cref="DeclarationValidator"/> or the compiler has an error to report.</summary>
    public static LstmCellSpec? Parse(GeneratorAttributeSyntaxContext context, CancellationToken token)
    {
        Declaration? declaration = DeclarationValidator.Read(context.TargetSymbol, context.SemanticModel.Compilation, token);
        return declaration is { Target: { } target } && declaration.Kind == DeclarationKind.Cell
            ? new LstmCellSpec(
                target,
                declaration["Input"],
                declaration["Hidden"],
                (ArithmeticKind)declaration["Arithmetic"],
                (AccuracyKind)declaration["Accuracy"],
                (UnrollingKind)declaration["Unrolling"],
                (ScalarKind)declaration["Scalar"],
                declaration["Backward"] != 0)
            : null;
    }
}
