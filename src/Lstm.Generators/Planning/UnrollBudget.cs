namespace Lstm.Generators.Planning;

/// <summary>How much straight-line code the JIT still optimizes well, and what a declaration would need of it.</summary>
internal static class UnrollBudget
{
    /// <summary>The most vector multiply-adds that one unrolled method may hold at its narrowest vector width.</summary>
    public const int MultiplyAdds = 1600;

    /// <summary>The most vector multiply-adds that are unrolled without being asked to.</summary>
    public const int AutoMultiplyAdds = 600;

    /// <summary>
    /// The most multiplications that one pass over an unrolled chain may hold. For each, Backward takes 60 bytes of machine
    /// code, ten references to locals and two tracked locals: 24 KB of the 32 KB instruction cache, and well under the
    /// JIT's 8,000 and 1,024.
    /// </summary>
    public const int ChainMultiplicationLimit = 400;

    /// <summary>Vector multiply-adds of one cell step at 128 bits.</summary>
    public static long CellMultiplyAdds(int input, int hidden) => (hidden + 3L) / 4 * 4 * (1L + input + hidden);

    /// <summary>Multiplications of one pass over a chain: one for each weight, the last layer being 1 x N.</summary>
    public static long ChainMultiplications(int layers, int width, bool dense) =>
        ((layers - 1L) * width * (dense ? width : 1)) + width;
}
