using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Bytes of the generated structs' packed storage, padding included.</summary>
internal static class StorageSize
{
    private const int Gates = 4;

    /// <summary>Parameters, and likewise <c>Gradient</c>, of a cell: four gates of (1 + p + d) rows.</summary>
    public static long CellParameters(int input, int hidden, ScalarKind scalar = ScalarKind.Single) =>
        (long)scalar.Bytes() * Gates * PaddedUnits(hidden) * (1L + input + hidden);

    /// <summary><c>State</c> of a stack of cells: ltm and wm of every layer.</summary>
    public static long State(int hidden, int layers, ScalarKind scalar = ScalarKind.Single) => scalar.Bytes() * 2L * PaddedUnits(hidden) * layers;

    /// <summary>Parameters, and likewise <c>Gradient</c>, of a network: its cells, V's K rows padded as wm is, and c.</summary>
    public static long NetworkParameters(int input, int hidden, int output, int layers, ScalarKind scalar = ScalarKind.Single) =>
        CellParameters(input, hidden, scalar)
        + ((layers - 1L) * CellParameters(hidden, hidden, scalar))
        + ((long)scalar.Bytes() * output * (PaddedUnits(hidden) + 1L));

    /// <summary>Parameters, and likewise <c>Gradient</c>, of a chain.</summary>
    public static long ChainParameters(int layers, int width, bool dense, ScalarKind scalar = ScalarKind.Single) =>
        scalar.Bytes() * (dense ? ((layers - 1L) * width * width) + width : (long)layers * width);

    /// <summary>Units rounded up so that the last, partial group of 16 fills whole vectors of 4, 8, 8 + 4 or 16 lanes.</summary>
    private static long PaddedUnits(int units) => (units + 3L) / 4 * 4;
}
