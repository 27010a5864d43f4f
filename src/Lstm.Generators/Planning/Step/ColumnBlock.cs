namespace Lstm.Generators.Planning;

/// <summary>
/// Columns of the transposed U that are summed together where the walk back is written out: for every gate and every vector of columns an accumulator
/// of its own. 2 FMA ports x 4 cycles of latency = 8 accumulators: those of four gates for two vectors.
/// </summary>
/// <param name="Tile">The tile of the first column.</param>
/// <param name="Part">The first column, counted from its tile's.</param>
/// <param name="Lanes">Numbers in a vector.</param>
/// <param name="Vectors">Vectors of a tile side by side.</param>
/// <param name="TilesTogether">Tiles side by side.</param>
internal sealed record ColumnBlock(Tile Tile, int Part, int Lanes, int Vectors, int TilesTogether)
{
    /// <summary>The first column.</summary>
    public int Column => Tile.FirstUnit + Part;

    /// <summary>Vectors of columns side by side.</summary>
    public int AllVectors => TilesTogether * Vectors;

    /// <summary>The first column of a vector, counted from the block's.</summary>
    public int ColumnOf(int vector) => (vector / Vectors * Tile.Units) + (vector % Vectors * Lanes);
}
