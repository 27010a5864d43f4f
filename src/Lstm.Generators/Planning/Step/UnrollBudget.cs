using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>How much straight-line code the JIT still optimizes well, and what a declaration would need of it.</summary>
internal static class UnrollBudget
{
    /// <summary>
    /// The most that an unrolled method of a cell may cost, see <see cref="CellCost"/>. Past it
    /// unrolled code is slower than loops: 544 multiply-adds and 4 vectors of units took 196 ns, looped 182. At 128 bits, where helpers ask which
    /// instructions there are, the JIT also stops inlining not far beyond: a method may take in others only while it has fewer than 512 locals.
    /// </summary>
    public const int CellCostLimit = 364;

    /// <summary>
    /// The most that looped sections may cost together in one method. Past it what one needs takes registers from the next: apart, (1,36) takes
    /// 5 % less, strict 9 %; (1,24), under it, would take 2 % more for the calls.
    /// </summary>
    public const int SectionsCostLimit = 290;

    /// <summary>
    /// The most multiplications that one pass over an unrolled chain may hold. For each, Backward takes 60 bytes of machine
    /// code, ten references to locals and two tracked locals: 24 KB of the 32 KB instruction cache, and well under the
    /// JIT's 8,000 and 1,024.
    /// </summary>
    public const int ChainMultiplicationLimit = 400;

    /// <summary>What one unrolled step costs: a multiply-add 1, the activations of a vector of units as much as several.</summary>
    /// <param name="narrowest">Whether vectors hold 128 bits.</param>
    public static long CellCost(long multiplyAdds, IEnumerable<UnitVector> units, ActivationPlan activations, bool narrowest) =>
        multiplyAdds + units.Sum(unit => activations.Cost(unit.Sums, narrowest));

    /// <summary>
    /// What one unrolled step back costs: it has slopes, but no activations. At 240 multiply-adds and 3 vectors it is still compiled whole.
    /// </summary>
    public static long BackwardCost(long multiplyAdds, long vectors) => multiplyAdds + (vectors * 38);

    /// <summary>Multiplications of one pass over a chain: one for each weight, the last layer being 1 x N.</summary>
    public static long ChainMultiplications(int layers, int width, bool dense) =>
        ((layers - 1L) * width * (dense ? width : 1)) + width;
}
