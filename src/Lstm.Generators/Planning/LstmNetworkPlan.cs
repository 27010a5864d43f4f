using System.Collections.Generic;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>The affine readout y = V wm + c.</summary>
/// <param name="Output">K.</param>
/// <param name="Weights">Where V stands in the parameters: K rows, each padded as wm is.</param>
/// <param name="Biases">Where c stands.</param>
/// <param name="PartialSums">Partial sums of a dot product, 16, 8 or 4: what divides a padded row; the same at every width.</param>
internal sealed record ReadoutPlan(int Output, int Weights, int Biases, int PartialSums);

/// <summary>A whole <c>[LstmNetwork]</c> struct.</summary>
/// <param name="First">The kernels of the layer that reads x.</param>
/// <param name="Inner">The kernels of the layers that read another layer's wm; null where there is none.</param>
/// <param name="Layers">How many cells are stacked.</param>
/// <param name="StepByStep">
/// Whether a sequence runs through all layers step by step at 512 bits, because the units of a layer are one vector: then latency is what a step
/// costs, and the processor can compute a layer of the next step beside the next layer of this one. Else, and at other widths, a sequence runs layer
/// after layer, a block of steps at a time.
/// </param>
/// <param name="Length">Numbers of parameters, padding included.</param>
/// <param name="BoundLiteral">1 / sqrt(d), as a literal.</param>
/// <param name="Trained">Its trained weights; null where it has none.</param>
internal sealed record LstmNetworkPlan(
    TargetType Target, KernelPlan First, KernelPlan? Inner, int Layers, bool StepByStep, ReadoutPlan Readout, int Length, TapePlan Tape,
    StackPlan Stack, string BoundLiteral, TrainedWeights? Trained)
{
    /// <summary>Where everything stands.</summary>
    public NetworkLayout Layout => new(First.Layout, Inner?.Layout, Layers, Readout.Output);

    /// <summary>Parameters without padding.</summary>
    public int ParameterCount => Layout.ParameterCount;

    /// <summary>Numbers of one layer's ltm and wm, padding included.</summary>
    public int LayerStride => First.Layout.StateLength;

    /// <summary>The different kernels.</summary>
    public IReadOnlyList<KernelPlan> Kernels => Inner is null ? new[] { First } : new[] { First, Inner };

    /// <summary>The kernels of a layer.</summary>
    public KernelPlan KernelOf(int layer) => layer == 0 || Inner is null ? First : Inner;

    /// <summary>Where a layer's parameters begin.</summary>
    public int OffsetOf(int layer) => Layout.OffsetOf(layer);

    /// <summary>Where a layer's state begins.</summary>
    public int StateOf(int layer) => layer * LayerStride;

    /// <summary>Where a layer's wm stands in a state.</summary>
    public int WmOf(int layer) => StateOf(layer) + First.Layout.Padded;
}
