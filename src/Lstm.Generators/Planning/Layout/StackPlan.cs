using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>
/// The buffers that generated members keep on the stack, in numbers: emitters print them, the header adds them up. Registers that the JIT spills come
/// on top.
/// </summary>
/// <param name="BytesOfNumber">Bytes of one number.</param>
/// <param name="NewWm">The new wm of a step, where it waits in memory until the step has read the old one; also the scalar kernel's.</param>
/// <param name="InputSumsAhead">The most b + W x ahead of the recurrence.</param>
/// <param name="LayerWm">
/// wm of a block of steps, which a network's layers hand each other; 0 for a cell. From here on with <see cref="Slack"/>.
/// </param>
/// <param name="DZ">dZ of a block of steps.</param>
/// <param name="DWm">dWm of a block of steps, between layers or where rows have to be padded.</param>
/// <param name="BatchScratch">The new wm of a block of sequences, and the gates of one tile.</param>
/// <param name="BatchDZ">dZ of a block of records.</param>
/// <param name="BatchDWm">dWm of a block of records.</param>
internal sealed record StackPlan(
    int BytesOfNumber, int NewWm, int InputSumsAhead, int LayerWm, int DZ, int DWm, int BatchScratch, int BatchDZ, int BatchDWm)
{
    /// <summary>Two partial sums and the slopes of the widest tile, beside the new wm of the runtime's portable loops.</summary>
    private const int PortableSums = 3 * 64;

    /// <summary>Numbers by which a buffer is longer than what is used of it, so that it can begin a cache line.</summary>
    public int Slack => SlackOf(BytesOfNumber);

    /// <summary>Bytes of one step; the recorded <c>Forward</c>, which has its tape, needs no more.</summary>
    public int Step => BytesOfNumber * NewWm;

    /// <summary>Bytes of a sequence.</summary>
    public int Forward => BytesOfNumber * (NewWm + InputSumsAhead + LayerWm);

    /// <summary>Bytes of <c>Backward</c> of a sequence.</summary>
    public int Backward => BytesOfNumber * (DZ + DWm);

    /// <summary>Bytes of every forward member of many sequences.</summary>
    public int ForwardMany => BytesOfNumber * (BatchScratch + NewWm);

    /// <summary>Bytes of <c>Backward</c> of many sequences.</summary>
    public int BackwardMany => BytesOfNumber * (BatchDZ + BatchDWm);

    /// <summary>Of a cell; its dWm is the caller's, but where rows have to be padded.</summary>
    public static StackPlan OfCell(KernelPlan kernel) =>
        Of(new[] { kernel }, layerWm: false, dWm: kernel.Layout.Padded > kernel.Layout.Hidden);

    /// <summary>Of a network.</summary>
    /// <param name="kernels">Of its layers, which run one after the other.</param>
    public static StackPlan OfNetwork(IReadOnlyList<KernelPlan> kernels) => Of(kernels, layerWm: true, dWm: true);

    private static StackPlan Of(IReadOnlyList<KernelPlan> kernels, bool layerWm, bool dWm)
    {
        KernelPlan first = kernels[0];
        CellLayout layout = first.Layout;
        int bytes = first.Scalar.Bytes();
        int slack = SlackOf(bytes);
        return new StackPlan(
            bytes,
            NewWm: layout.Padded + (first.Platform == PlatformKind.Portable ? PortableSums : 0),
            InputSumsAhead: kernels.SelectMany(kernel => kernel.Widths).Select(width => width.StepsAhead).DefaultIfEmpty().Max() * layout.GatesLength,
            LayerWm: layerWm ? (first.BackwardSteps * layout.Padded) + slack : 0,
            DZ: (first.BackwardSteps * layout.GatesLength) + slack,
            DWm: dWm ? (first.BackwardSteps * layout.Padded) + slack : 0,
            BatchScratch: first.Batch.Scratch == 0 ? 0 : (first.Batch.Block * first.Batch.Scratch) + slack,
            BatchDZ: (first.Batch.BackwardRows * layout.GatesLength) + slack,
            BatchDWm: dWm ? (first.Batch.BackwardRows * layout.Padded) + slack : 0);
    }

    private static int SlackOf(int bytesOfNumber) => 64 / bytesOfNumber;
}
