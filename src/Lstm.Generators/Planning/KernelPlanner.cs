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
    private const int BlockBytes = CacheBytes;

    /// <summary>At least so many bytes of each gate: 4 steps of floats, 2 of doubles, so that 1024 units take 64 KB.</summary>
    private const int LeastBlockBytes = 16;

    /// <summary>Sums in registers beside an input and what the activations need at once, of 16 registers and of the 32 at 512 bits.</summary>
    private const int MostSums = 12;
    private const int MostWideSums = 15;

    /// <summary>
    /// Weights that every step reads from beyond the first-level cache; a little over its size, the walk to and fro keeps nearly all of them
    /// in it: a product with W ahead of the recurrence gains 10 % to 35 % from 35 KB on, and nothing at 33 KB.
    /// </summary>
    private const int StreamedBytes = CacheBytes / 16 * 17;

    /// <summary>
    /// W is worth a product of its own from a seventh of W and U on: there it gains 4 % to 5 %, with a ninth up to 3 %, with less nothing. Of
    /// two layers of equal width it is half, and gains 30 % to 35 %.
    /// </summary>
    private const int LeastShareOfInputs = 7;

    /// <summary>Steps whose b + W x waits at once: twice as many gain nothing.</summary>
    private const int MostAhead = 12;

    /// <summary>b + W x that waits on the stack, where it is not recorded.</summary>
    private const int AheadBytes = 64 * 1024;

    /// <summary>Vector widths in bits, the widest first; 0 is scalar code.</summary>
    private static readonly int[] Bits = { 512, 256, 128, 0 };

    /// <summary>The kernels of a cell that stands alone: its wm and dX are the user's.</summary>
    public static KernelPlan Plan(
        string prefix, int input, int hidden, ArithmeticKind arithmetic, AccuracyKind accuracy, UnrollingKind unrolling,
        ScalarKind scalar = ScalarKind.Single)
    {
        CellLayout layout = CellLayout.Of(input, hidden);
        int chains = Chains(layout, scalar);
        bool alternates = layout.Tiles.Count(tile => tile.Units == 16) > 1 && scalar.Bytes() * layout.Length > CacheBytes;
        BatchPlan batch = BatchPlanner.Plan(layout, scalar, arithmetic, accuracy, chains);
        IEnumerable<WidthPlan> widths = WidthsUpTo(layout.Tiles.Max(tile => tile.RowStride), scalar)
            .Select(lanes => PlanWidth(layout, scalar, lanes, chains, alternates, accuracy, unrolling, Ahead(layout, scalar, lanes, chains, batch)));
        return new KernelPlan(
            prefix, layout, PlanTape(layout, accuracy == AccuracyKind.Strict), scalar, arithmetic, accuracy, chains,
            alternates,
            Math.Min(64, Math.Max(LeastBlockBytes / scalar.Bytes(), BlockBytes / (scalar.Bytes() * layout.Lanes))), DotLanes: 16,
            ReturnStride: hidden, InputGradientStride: input, new EquatableArray<WidthPlan>(widths), batch);
    }

    /// <summary>
    /// Two chains a gate while a step has fewer than eight 512-bit accumulators: with one, the latency of the
    /// multiply-add would set the pace, not its throughput.
    /// </summary>
    private static int Chains(CellLayout layout, ScalarKind scalar) => layout.Lanes / scalar.Lanes(512) < 8 ? 2 : 1;

    /// <summary>
    /// Steps whose b + W x is computed at once. It saves reading W once a step, and costs writing and reading 4 d sums; where the cache holds
    /// the weights it only costs. Two partial sums would have to be written and read each. Scalar code waits for multiply-adds, not for weights.
    /// </summary>
    private static int Ahead(CellLayout layout, ScalarKind scalar, int lanes, int chains, BatchPlan batch)
    {
        bool wins = lanes > 1 && chains == 1
            && scalar.Bytes() * layout.Length > StreamedBytes
            && LeastShareOfInputs * layout.Input >= layout.Input + layout.Hidden;

        // A single partial sum means eight vectors of 512 bits, so a tile of 16 units: it fills vectors of every width, and there is a register tile.
        int together = wins ? batch.Widths.Single(width => width.Lanes == lanes).Sequences : 1;
        return wins ? Math.Min(MostAhead, AheadBytes / (scalar.Bytes() * layout.Lanes)) / together * together : 0;
    }

    /// <summary>Numbers in a vector at each width, but for those wider than anything there is to hold.</summary>
    /// <param name="most">What the widest vector may hold.</param>
    public static IEnumerable<int> WidthsUpTo(int most, ScalarKind scalar) =>
        Bits.Select(bits => scalar.Lanes(bits)).Where(lanes => lanes <= most);

    private static WidthPlan PlanWidth(
        CellLayout layout, ScalarKind scalar, int lanes, int chains, bool alternates, AccuracyKind accuracy, UnrollingKind unrolling, int ahead)
    {
        bool widest = lanes == scalar.Lanes(512);
        bool narrowest = lanes == scalar.Lanes(128);
        UnitVector[] units = layout.Tiles.SelectMany(tile => UnitVectors(tile, lanes, SharesFormula(scalar, accuracy))).ToArray();
        long multiplyAdds = units.Sum(unit => (long)layout.Rows * unit.Sums);
        long backwardMultiplyAdds = layout.Tiles.Sum(tile => 4L * layout.Hidden * tile.Units / Math.Min(lanes, tile.Units));
        bool mayUnroll = lanes > 1 && unrolling != UnrollingKind.None;
        bool unrolled = mayUnroll && UnrollBudget.CellCost(multiplyAdds, units, accuracy, narrowest) <= UnrollBudget.CellCostLimit;
        bool unrolledBackward = mayUnroll && UnrollBudget.BackwardCost(backwardMultiplyAdds, units.Length) <= UnrollBudget.CellCostLimit;

        SectionPlanner planner = new(layout, lanes, chains, SharesFormula(scalar, accuracy), mostSums: lanes == 1 ? 4 * chains : widest ? MostWideSums : MostSums);
        Section[] sections = unrolled ? planner.Once(units).ToArray() : planner.Looped().ToArray();
        int rowsTogether = sections.All(section => SectionCost(section, 4) <= UnrollBudget.CellCostLimit) ? 4 : 2;
        long SectionCost(Section section, int rows) => UnrollBudget.CellCost(
            section.Units.Sum(unit => unit.Sums) * (1L + WidthPlan.WrittenOut(layout.Input, rows) + WidthPlan.WrittenOut(layout.Hidden, rows)),
            section.Units, accuracy, narrowest);
        bool shareRegisters = sections.Sum(section => SectionCost(section, rowsTogether)) <= UnrollBudget.SectionsCostLimit;
        bool splits = !unrolled && sections.Length > 1 && (alternates || !shareRegisters);
        Panel[] panels = Panels(layout, lanes, unrolledBackward, alternates).ToArray();
        return new WidthPlan(
            lanes, Reason(lanes, unrolled, unrolling, sections.Max(section => section.Units.Sum(unit => unit.Sums) * chains)), unrolled,
            rowsTogether, splits, HoldsMemory: unrolled && units.Length <= 8, KeepsState: unrolled && units.Length == 1 && units[0].Gates == 1,
            ahead, multiplyAdds, new EquatableArray<Section>(sections),
            unrolledBackward, new EquatableArray<Panel>(panels), new EquatableArray<MicroTile>(Product(lanes, widest)));
    }

    private static string Reason(int lanes, bool unrolled, UnrollingKind unrolling, int sums) => (lanes, unrolled, unrolling) switch
    {
        (1, _, _) => "looped: there is no vector unit to feed",
        (_, true, _) => "unrolled",
        (_, _, UnrollingKind.None) => $"looped as asked for, in tiles of up to {sums} sums",
        _ => $"looped in tiles of up to {sums} sums: unrolled, it would be more code than pays",
    };

    /// <summary>Whether tanh and sigma are one formula with other constants, so that a vector can hold gates of both kinds.</summary>
    public static bool SharesFormula(ScalarKind scalar, AccuracyKind accuracy) =>
        scalar == ScalarKind.Single && accuracy == AccuracyKind.Standard;

    /// <summary>The vectors of units of a tile, counted from the first tile.</summary>
    public static IEnumerable<UnitVector> UnitVectors(Tile tile, int lanes, bool sharesFormula)
    {
        int width = Math.Min(lanes, tile.Units);
        int gates = Math.Min(4, Math.Max(1, lanes / width));
        return Enumerable.Range(0, tile.Units / width).Select(i => new UnitVector(
            tile.FirstUnit + (i * width), tile.FirstLane + (i * width), tile.Offset + (i * width), width, gates, tile.Units,
            Scale(((tile.FirstUnit + lanes - 1) / lanes) + i, sharesFormula)));
    }

    /// <summary>
    /// Of a vector of units; each of its five activations has a power of two from here on, so that neighbours share no constant. A
    /// rational's coefficients take any: the least is so large that x times the first is not subnormal, and the others vanish beside it. Those of an exponential take
    /// powers of it: it stays small.
    /// </summary>
    public static long Scale(int vector, bool sharesFormula) =>
        sharesFormula ? 1L << (24 + (5 * (vector % 7))) : 1L << (5 * (vector % 3));

    /// <summary>
    /// How far strict sigma's factor is over 2^24, as a power of two: those of neighbouring vectors have none in common, but the last and the first. It is even at all of them: without fused
    /// multiply-add x / ln 2 may be rounded to halfway between two integers, and the odd constant that rounds it on then must be odd everywhere.
    /// </summary>
    public static int Margin(long scale)
    {
        int power = 0;
        while (scale >> power > 1)
        {
            power++;
        }

        return 14 - (2 * ((power - (power / 8)) % 8));
    }

    /// <summary>
    /// The columns of the transposed U. Eight sums keep two multiply-adds of four cycles in flight: those of two gates for four vectors,
    /// which takes fewer loads than four gates for two; those of four gates where fewer vectors are left, or where all is written out.
    /// </summary>
    private static IEnumerable<Panel> Panels(CellLayout layout, int lanes, bool unrolled, bool alternates)
    {
        int most = lanes == 1 ? 1 : unrolled ? 2 : 4;
        foreach (Tile[] tiles in layout.Tiles.GroupBy(tile => tile.Units).Select(run => run.ToArray()))
        {
            int width = Math.Min(lanes, tiles[0].Units);
            int whole = tiles[0].Units / width;
            int vectors = Math.Min(whole, most);
            for (int first = 0; first < tiles.Length;)
            {
                int together = Math.Min(tiles.Length - first, Math.Max(1, most / whole));
                int groups = unrolled ? 1 : (tiles.Length - first) / together;
                int parts = whole / vectors;
                int gates = vectors * together < 4 ? 4 : 2;
                bool takesBack = alternates && (groups > 1 || gates < 4);
                Panel panel = new(tiles[first], Part: 0, width, vectors, together, gates, unrolled ? 1 : parts, groups, takesBack);
                for (int part = 0; part < parts; part += panel.Parts)
                {
                    yield return panel with { Part = part * panel.PartColumns };
                }

                first += groups * together;
            }
        }
    }

    /// <summary>As many sums as registers hold: 24 of 32 at 512 bits, 12 of 16 below.</summary>
    private static IEnumerable<MicroTile> Product(int lanes, bool widest) => lanes switch
    {
        _ when widest => new[] { new MicroTile(6, 4), new MicroTile(6, 1), new MicroTile(1, 4), new MicroTile(1, 1) },
        1 => new[] { new MicroTile(1, 1) },
        _ => new[] { new MicroTile(6, 2), new MicroTile(4, 2), new MicroTile(1, 8), new MicroTile(1, 2) },
    };

    /// <summary>Widths and tiles for products over wm, whose rows hold whole vectors of <paramref name="most"/> numbers only.</summary>
    public static IEnumerable<(int Lanes, EquatableArray<MicroTile> Tiles)> NarrowProducts(int most, ScalarKind scalar)
    {
        MicroTile[] tiles = { new MicroTile(1, 1) };
        return WidthsUpTo(most, scalar).Select(lanes => (lanes, new EquatableArray<MicroTile>(tiles)));
    }

    private static TapePlan PlanTape(CellLayout layout, bool derivatives)
    {
        int at = layout.Lanes;
        int Take(int numbers)
        {
            int start = at;
            at += numbers;
            return start;
        }

        int gateDerivatives = derivatives ? Take(layout.Lanes) : -1;
        int tanhLtm = Take(layout.Padded);
        int tanhLtmDerivative = derivatives ? Take(layout.Padded) : -1;
        int ltm = Take(layout.Padded);
        int wm = Take(layout.Padded);
        int transposed = layout.Hidden * layout.Lanes;
        int header = transposed + (2 * layout.Padded);
        return new TapePlan(layout.Hidden, transposed, header, gateDerivatives, tanhLtm, tanhLtmDerivative, ltm, wm, Record: at);
    }
}
