using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Plans the kernels of one cell shape: which widths, what is unrolled, how sums are split.</summary>
internal static class KernelPlanner
{
    /// <summary>The first-level data cache of most machines.</summary>
    private const int CacheBytes = 32 * 1024;

    /// <summary>Bytes of dZ that the backward pass holds on the stack; of floats, up to d = 512.</summary>
    private const int BackwardBytes = CacheBytes;

    /// <summary>At least so many bytes of each gate: 4 steps of floats, 2 of doubles, so that 1024 units take 64 KB.</summary>
    private const int LeastBackwardBytes = 16;

    /// <summary>The most steps whose dZ are held at once.</summary>
    private const int MostBackwardSteps = 64;

    /// <summary>
    /// Weights that every step reads from beyond the first-level cache. A little over the cache's size, reversing the tiles at every other step keeps
    /// nearly all of them in it: a product with W ahead of the recurrence gains 10 % to 35 % from 35 KB on, and nothing at 33 KB.
    /// </summary>
    private const int StreamedBytes = CacheBytes / 16 * 17;

    /// <summary>
    /// W is worth a product of its own from a seventh of W and U on: there it gains 4 % to 5 %, with a ninth up to 3 %, with less nothing. Of
    /// two layers of equal width it is half, and gains 30 % to 35 %.
    /// </summary>
    private const int LeastShareOfInputs = 7;

    /// <summary>Steps whose b + W x waits at once: twice as many gain nothing.</summary>
    private const int MostStepsAhead = 12;

    /// <summary>b + W x that waits on the stack, where it is not recorded.</summary>
    private const int AheadBytes = 64 * 1024;

    /// <summary>Vector widths in bits, the widest first. Where a machine has none of them, the runtime's scalar kernel runs.</summary>
    private static readonly int[] Bits = { 512, 256, 128 };

    /// <summary>The kernels of a cell that stands alone: its wm and dX are the user's.</summary>
    public static KernelPlan Plan(
        string prefix, int input, int hidden, ArithmeticKind arithmetic, AccuracyKind accuracy, UnrollingKind unrolling,
        ScalarKind scalar = ScalarKind.Single, bool backward = true, PlatformKind platform = PlatformKind.Modern)
    {
        CellLayout layout = CellLayout.Of(input, hidden);
        ActivationPlan activations = ActivationPlan.Of(scalar, accuracy);
        int partialSums = PartialSums(layout, scalar);
        bool isPortable = platform == PlatformKind.Portable;
        bool reverses = !isPortable && layout.TilesOf(16) > 1 && scalar.Bytes() * layout.Length > CacheBytes;
        BatchPlan batch = BatchPlanner.Plan(layout, scalar, arithmetic, platform);
        IEnumerable<WidthPlan> widths = isPortable
            ? Enumerable.Empty<WidthPlan>()
            : WidthsUpTo(layout.Tiles.Max(tile => tile.RowStride), scalar).Select(lanes => WidthPlanner.Plan(
                layout, scalar, lanes, partialSums, reverses, activations, unrolling, StepsAhead(layout, scalar, lanes, partialSums, batch)));
        return new KernelPlan(
            prefix, layout, TapeLayout.Of(layout, activations.RecordsSlopes), scalar, arithmetic, activations, partialSums, reverses,
            BackwardSteps(layout, scalar), WmStride: hidden, InputGradientStride: input, new EquatableArray<WidthPlan>(widths), batch, backward,
            platform);
    }

    /// <summary>The kernels of a layer between others, whose wm and dX stand in padded rows.</summary>
    public static KernelPlan Padded(this KernelPlan kernel, bool input)
    {
        int padded = kernel.Layout.Padded;
        return kernel with
        {
            WmStride = padded,
            InputGradientStride = input ? padded : kernel.InputGradientStride,
            Widths = new EquatableArray<WidthPlan>(kernel.Widths.Select(width => width with { ReturnedWm = width.NewWm })),
        };
    }

    /// <summary>Numbers in a vector at each width, but for those wider than anything there is to hold.</summary>
    /// <param name="most">What the widest vector may hold.</param>
    public static IEnumerable<int> WidthsUpTo(int most, ScalarKind scalar) =>
        Bits.Select(bits => scalar.Lanes(bits)).Where(lanes => lanes <= most);

    /// <summary>
    /// Two partial sums of each gate while a step has fewer than eight 512-bit accumulators: with one, the latency of the
    /// multiply-add would set the pace, not its throughput.
    /// </summary>
    private static int PartialSums(CellLayout layout, ScalarKind scalar) => layout.GatesLength / scalar.Lanes(512) < 8 ? 2 : 1;

    private static int BackwardSteps(CellLayout layout, ScalarKind scalar) => Math.Min(
        MostBackwardSteps, Math.Max(LeastBackwardBytes / scalar.Bytes(), BackwardBytes / (scalar.Bytes() * layout.GatesLength)));

    /// <summary>
    /// Steps whose b + W x is computed at once. It saves reading W once a step, and costs writing and reading 4 d sums; where the cache holds
    /// the weights it only costs. Two partial sums would have to be written and read each.
    /// </summary>
    private static int StepsAhead(CellLayout layout, ScalarKind scalar, int lanes, int partialSums, BatchPlan batch)
    {
        bool wins = partialSums == 1
            && scalar.Bytes() * layout.Length > StreamedBytes
            && LeastShareOfInputs * layout.Input >= layout.Input + layout.Hidden;

        // A single partial sum means eight vectors of 512 bits, so a tile of 16 units: it fills vectors of every width, and there is a register tile.
        int together = wins ? batch.Widths.Single(width => width.Lanes == lanes).Together : 1;
        return wins ? Math.Min(MostStepsAhead, AheadBytes / (scalar.Bytes() * layout.GatesLength)) / together * together : 0;
    }
}
