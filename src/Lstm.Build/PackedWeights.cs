using System;
using System.Runtime.InteropServices;
using Lstm.Generators.Planning;
using Lstm.Kernels;

namespace Lstm.Build;

/// <summary>The weights of a model as the kernels read them, and its initial state.</summary>
/// <param name="Bytes">The weights; behind them, at a multiple of 64, the state, if there is one.</param>
/// <param name="StateOffset">Where the state stands; 0 where the model has none.</param>
internal sealed record PackedWeights(byte[] Bytes, int StateOffset)
{
    /// <summary>Bytes of a cache line: what begins at a multiple of it is read fastest.</summary>
    public const int Alignment = 64;

    /// <summary>Packs a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layout">Its layout.</param>
    public static PackedWeights Of(LstmModel model, NetworkLayout layout)
    {
        // In the byte order of this machine: all that .NET builds for are little-endian.
        ParameterPlaces places = Places(layout);
        float[] weights = new float[layout.Length];
        places.Load(ref weights[0], model);
        Span<byte> bytes = MemoryMarshal.AsBytes(weights.AsSpan());
        if (!model.HasInitialState)
        {
            return new PackedWeights(bytes.ToArray(), StateOffset: 0);
        }

        float[] state = new float[layout.StateLength];
        places.LoadState(ref state[0], model);
        int offset = (bytes.Length + Alignment - 1) / Alignment * Alignment;
        byte[] both = new byte[offset + (sizeof(float) * state.Length)];
        bytes.CopyTo(both);
        MemoryMarshal.AsBytes(state.AsSpan()).CopyTo(both.AsSpan(offset));
        return new PackedWeights(both, offset);
    }

    /// <summary>The same as generated code gives the runtime.</summary>
    private static ParameterPlaces Places(NetworkLayout layout) => new(
        Tiles(layout.First), Tiles(layout.Inner ?? layout.First), layout.Layers, layout.Output, layout.Weights, layout.Biases, layout.ParameterCount,
        layout.Length);

    private static CellTiles Tiles(CellLayout layout) =>
        new(layout.Input, layout.Hidden, layout.TilesOf(16), layout.TilesOf(8), layout.TilesOf(4));
}
