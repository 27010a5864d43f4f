using System;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Parsing;

/// <summary>What a declaration costs, from its arguments by name.</summary>
internal static class DeclarationSize
{
    /// <summary>Bytes of the parameters, and likewise of <c>Gradient</c>.</summary>
    public static long ParameterBytes(DeclarationKind kind, Func<string, int> argument)
    {
        if (kind == DeclarationKind.Chain)
        {
            return StorageSize.ChainParameters(argument("Layers"), argument("Width"), IsDense(argument), ScalarOf(argument));
        }

        return kind == DeclarationKind.Cell
            ? StorageSize.CellParameters(argument("Input"), argument("Hidden"), ScalarOf(argument))
            : StorageSize.NetworkParameters(argument("Input"), argument("Hidden"), argument("Output"), argument("Layers"), ScalarOf(argument));
    }

    /// <summary>Bytes of <c>State</c>.</summary>
    public static long StateBytes(DeclarationKind kind, Func<string, int> argument)
    {
        if (kind == DeclarationKind.Chain)
        {
            return 0;
        }

        return StorageSize.State(argument("Hidden"), kind == DeclarationKind.Cell ? 1 : argument("Layers"), ScalarOf(argument));
    }

    /// <summary>The most that an unrolled method may cost, in the unit of <see cref="UnrolledCost"/>.</summary>
    public static int UnrolledLimit(DeclarationKind kind) =>
        kind == DeclarationKind.Chain ? UnrollBudget.ChainMultiplicationLimit : UnrollBudget.CellCostLimit;

    /// <summary>The cost of the largest unrolled method; a network's layers are methods of their own.</summary>
    public static long UnrolledCost(DeclarationKind kind, Func<string, int> argument)
    {
        if (kind == DeclarationKind.Chain)
        {
            return UnrollBudget.ChainMultiplications(argument("Layers"), argument("Width"), IsDense(argument));
        }

        bool stacked = kind == DeclarationKind.Network && argument("Layers") > 1;
        int input = stacked ? Math.Max(argument("Input"), argument("Hidden")) : argument("Input");
        return UnrollBudget.CellCost(input, argument("Hidden"), (AccuracyKind)argument("Accuracy"), ScalarOf(argument));
    }

    private static ScalarKind ScalarOf(Func<string, int> argument) => (ScalarKind)argument("Scalar");

    private static bool IsDense(Func<string, int> argument) => argument("Kind") == (int)ChainForm.Dense;
}
