using System;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>What a declaration may not have too much of.</summary>
internal enum LimitKind
{
    /// <summary>Bytes of the parameters, padding included.</summary>
    ParameterBytes,

    /// <summary>The cost of the largest unrolled method, see <see cref="UnrollBudget"/>.</summary>
    UnrolledCost,
}

/// <summary>A limit that a declaration exceeds.</summary>
/// <param name="Argument">The argument of the attribute that asks for too much.</param>
/// <param name="Value">What the declaration needs.</param>
/// <param name="Limit">The most that is allowed.</param>
internal sealed record ExceededLimit(LimitKind Kind, string Argument, long Value, long Limit);

/// <summary>Whether what a spec asks for can be generated. The parser asks here.</summary>
internal static class DeclarationLimits
{
    /// <summary>Bytes that the parameters of one struct may take.</summary>
    public const long ParameterBytes = 64L * 1024 * 1024;

    /// <summary>The first limit that <paramref name="spec"/> exceeds; null if there is none.</summary>
    public static ExceededLimit? Exceeded(ISpec spec)
    {
        // A chain, at most 1000 layers of 16 x 16, is far below the limit and has no Hidden.
        long bytes = StructSize.Of(spec).Parameters;
        if (bytes > ParameterBytes)
        {
            return new ExceededLimit(LimitKind.ParameterBytes, nameof(LstmCellSpec.Hidden), bytes, ParameterBytes);
        }

        if (spec.Unrolling != UnrollingKind.Full)
        {
            return null;
        }

        (long cost, long limit) = UnrolledCost(spec);
        return cost > limit ? new ExceededLimit(LimitKind.UnrolledCost, nameof(ISpec.Unrolling), cost, limit) : null;
    }

    // The portable profile unrolls no cell. It refuses what is refused elsewhere, as a source may be shared.
    private static (long Cost, long Limit) UnrolledCost(ISpec spec) => spec switch
    {
        LstmCellSpec cell => (UnrolledCost(LstmCellPlanner.Plan(cell with { Target = Modern(cell) }).Kernel), UnrollBudget.CellCostLimit),
        LstmNetworkSpec network => (UnrolledCost(LstmNetworkPlanner.Plan(network with { Target = Modern(network) })), UnrollBudget.CellCostLimit),

        // A pass over a chain has one multiplication for each weight.
        DeepChainSpec chain => (DeepChainPlanner.Plan(chain).ParameterCount, UnrollBudget.ChainMultiplicationLimit),
        _ => throw new ArgumentOutOfRangeException(nameof(spec)),
    };

    private static TargetType Modern(ISpec spec) => spec.Target with { Platform = PlatformKind.Modern };

    /// <summary>The cost of the largest layer; layers are methods of their own.</summary>
    private static long UnrolledCost(LstmNetworkPlan plan) =>
        Math.Max(UnrolledCost(plan.First), UnrolledCost(plan.KernelOf(plan.Layers - 1)));

    /// <summary>The cost of an unrolled step at 128 bits, where it takes the most vectors.</summary>
    public static long UnrolledCost(KernelPlan kernel) =>
        kernel.Widths.Single(width => width.Lanes == kernel.Scalar.Lanes(128)).UnrolledCost;
}
