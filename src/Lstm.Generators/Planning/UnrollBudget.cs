namespace Lstm.Generators.Planning;

/// <summary>How much straight-line code the JIT still optimizes well, and what a declaration would need of it.</summary>
internal static class UnrollBudget
{
    /// <summary>The most vector multiply-adds that one unrolled method may hold at its narrowest vector width.</summary>
    public const int MultiplyAdds = 1600;

    /// <summary>The most vector multiply-adds that are unrolled without being asked to.</summary>
    public const int AutoMultiplyAdds = 600;

    /// <summary>Vector multiply-adds of one cell step at 128 bits.</summary>
    public static long CellMultiplyAdds(int input, int hidden) => (hidden + 3L) / 4 * 4 * (1L + input + hidden);

    /// <summary>Multiplications of one pass over a chain.</summary>
    public static long ChainMultiplications(int layers, int width, bool dense) =>
        (long)layers * width * (dense ? width : 1);
}
