using System;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Bytes of the structs that are generated for a declaration, padding included, as they are planned.</summary>
/// <param name="Parameters">The attributed struct itself, and likewise its <c>Gradient</c>.</param>
/// <param name="State">Its <c>State</c>; 0 for a chain, which has none.</param>
internal sealed record StructSize(long Parameters, long State)
{
    public static StructSize Of(ISpec spec)
    {
        (long parameters, long state) = spec switch
        {
            LstmCellSpec cell => Numbers(LstmCellPlanner.Plan(cell)),
            LstmNetworkSpec network => Numbers(LstmNetworkPlanner.Plan(network)),
            DeepChainSpec chain => (DeepChainPlanner.Plan(chain).ParameterCount, 0),
            _ => throw new ArgumentOutOfRangeException(nameof(spec)),
        };
        return new StructSize(spec.Scalar.Bytes() * parameters, spec.Scalar.Bytes() * state);
    }

    private static (long Parameters, long State) Numbers(LstmCellPlan plan) => (plan.Kernel.Layout.Length, plan.Kernel.Layout.StateLength);

    private static (long Parameters, long State) Numbers(LstmNetworkPlan plan) => (plan.Length, plan.Layout.StateLength);
}
