using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Decides how a deep chain is written: unrolled over named weights, or looped over the packed ones.</summary>
internal static class DeepChainPlanner
{
    public static DeepChainPlan Plan(DeepChainSpec spec)
    {
        bool dense = spec.Form == ChainForm.Dense;
        long multiplications = UnrollBudget.ChainMultiplications(spec.Layers, spec.Width, dense);
        bool unrolled = spec.Unrolling != UnrollingKind.None && multiplications <= UnrollBudget.ChainMultiplicationLimit;

        return new DeepChainPlan(
            spec.Target,
            spec.Layers,
            spec.Width,
            spec.Form,
            unrolled,
            Reason(spec.Unrolling, unrolled, multiplications),
            new EquatableArray<ChainWeight>(unrolled ? Weights(spec) : Enumerable.Empty<ChainWeight>()),
            ParameterCount: (int)multiplications,
            LayerSize: dense ? spec.Width * spec.Width : spec.Width,
            ChainStackPlan.Of(spec, unrolled),
            spec.Scalar);
    }

    private static string Reason(UnrollingKind unrolling, bool unrolled, long multiplications) => (unrolling, unrolled) switch
    {
        (UnrollingKind.None, _) => "Looped, as Unrolling.None asks.",
        (_, true) => $"Unrolled: {multiplications} multiplications a pass, no more than {UnrollBudget.ChainMultiplicationLimit}.",
        _ => $"Looped: {multiplications} multiplications a pass, more than {UnrollBudget.ChainMultiplicationLimit}.",
    };

    private static IEnumerable<ChainWeight> Weights(DeepChainSpec spec)
    {
        string separator = spec.Width > 9 ? "_" : "";
        for (int layer = 1; layer <= spec.Layers; layer++)
        {
            foreach ((int row, int column) in Positions(spec, last: layer == spec.Layers))
            {
                yield return new ChainWeight($"W{layer}_{row}{separator}{column}", layer, row, column);
            }
        }
    }

    /// <summary>Where a layer has weights, row-major: 1 x N in the last, else the diagonal or all of N x N.</summary>
    private static IEnumerable<(int Row, int Column)> Positions(DeepChainSpec spec, bool last)
    {
        IEnumerable<int> lanes = Enumerable.Range(1, spec.Width);
        return (last, spec.Form) switch
        {
            (true, _) => lanes.Select(column => (1, column)),
            (false, ChainForm.Diagonal) => lanes.Select(j => (j, j)),
            _ => lanes.SelectMany(row => lanes.Select(column => (row, column))),
        };
    }
}
