using System;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>
/// Bytes of the buffers that one call of a generated member keeps on the stack, its kernels' included: the most, over all vector widths and numbers of
/// steps and sequences. Registers that the JIT spills come on top.
/// </summary>
/// <param name="Step">One step; the recorded <c>Forward</c>, which has its tape, needs no more.</param>
/// <param name="Forward">A sequence.</param>
/// <param name="Backward">A recorded sequence.</param>
/// <param name="ForwardMany">Every forward member of many sequences.</param>
/// <param name="BackwardMany">Many recorded sequences.</param>
internal sealed record StackSize(int Step, int Forward, int Backward, int ForwardMany, int BackwardMany)
{
    /// <summary>Of a cell; its dWm is the caller's, but where rows have to be padded.</summary>
    public static StackSize Of(LstmCellPlan plan) =>
        Of(wmOfABlock: false, dWmOfABlock: plan.Kernel.Layout.Padded > plan.Kernel.Layout.Hidden, plan.Kernel);

    /// <summary>Of a network, whose layers hand each other wm and dWm of a block of steps.</summary>
    public static StackSize Of(LstmNetworkPlan plan) =>
        Of(wmOfABlock: true, dWmOfABlock: true, plan.First, plan.KernelOf(plan.Layers - 1));

    /// <param name="kernels">Of all layers, which run one after the other.</param>
    private static StackSize Of(bool wmOfABlock, bool dWmOfABlock, params KernelPlan[] kernels)
    {
        KernelPlan first = kernels[0];
        CellLayout layout = first.Layout;
        int dZ = layout.Lanes + (dWmOfABlock ? layout.Padded : 0);
        int step = kernels.Max(kernel => kernel.Widths.Max(width => Next(kernel, width)));
        int sequence = kernels.Max(kernel => kernel.Widths.Max(width => Next(kernel, width) + (width.Ahead * layout.Lanes)));
        int bytes = first.Scalar.Bytes();
        return new StackSize(
            Step: bytes * step,
            Forward: bytes * (sequence + (wmOfABlock ? first.Block * layout.Padded : 0)),
            Backward: bytes * first.Block * dZ,
            ForwardMany: bytes * ((first.Batch.Block * first.Batch.Scratch) + step),
            BackwardMany: bytes * first.Batch.Rows * dZ);
    }

    /// <summary>The new wm, where it waits in memory until the step has read the old one.</summary>
    private static int Next(KernelPlan kernel, WidthPlan width) => width.HoldsMemory ? 0 : kernel.Layout.Padded;
}
