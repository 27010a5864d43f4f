using System;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>
/// Bytes of the structs that are generated for a declaration, padding included. Only the layout is computed: the parser asks for every declaration
/// after every edit, and a whole plan costs much more.
/// </summary>
/// <param name="Parameters">The attributed struct itself, and likewise its <c>Gradient</c>.</param>
/// <param name="State">Its <c>State</c>; 0 for a chain, which has none.</param>
internal sealed record StructSize(long Parameters, long State)
{
    public static StructSize Of(ISpec spec)
    {
        (long parameters, long state) = spec switch
        {
            LstmCellSpec cell => Numbers(NetworkLayout.Of(cell.Input, cell.Hidden, output: 0, layers: 1)),
            LstmNetworkSpec network => Numbers(NetworkLayout.Of(network.Input, network.Hidden, network.Output, network.Layers)),
            DeepChainSpec chain => (UnrollBudget.ChainMultiplications(chain.Layers, chain.Width, chain.Form == ChainForm.Dense), 0),
            _ => throw new ArgumentOutOfRangeException(nameof(spec)),
        };
        return new StructSize(spec.Scalar.Bytes() * parameters, spec.Scalar.Bytes() * state);
    }

    private static (long Parameters, long State) Numbers(NetworkLayout layout) => (layout.Length, layout.StateLength);
}
