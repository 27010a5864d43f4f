using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>
/// Tiles of equal size in the forward pass of many sequences. Their rows are multiplied in whole vectors side by side,
/// whatever gates those hold, so that a pass over the sequences reads whole cache lines of weights.
/// </summary>
/// <param name="Tile">The tiles, with their first vector of units; it takes <c>TileUnits / Lanes</c> of them to fill a tile.</param>
/// <param name="Lanes">Numbers in a vector of the product.</param>
/// <param name="Vectors">Vectors of a row side by side in the register tile.</param>
internal sealed record BatchSection(Section Tile, int Lanes, int Vectors)
{
    /// <summary>Numbers of a row that are multiplied together.</summary>
    public int Columns => Vectors * Lanes;
}

/// <summary>
/// The columns of some tiles of equal size in the backward product U^T dZ of many sequences, with the chains of two gates side by
/// side and those of the other two in a second pass, as the tape holds U transposed.
/// </summary>
/// <param name="Tiles">The tiles of columns.</param>
/// <param name="Lanes">Numbers in a vector.</param>
/// <param name="Vectors">Vectors of columns side by side.</param>
/// <param name="Sequences">Sequences side by side, most first; the last is 1.</param>
internal sealed record SequencePanel(TileRun Tiles, int Lanes, int Vectors, EquatableArray<int> Sequences)
{
    /// <summary>Columns that are summed together.</summary>
    public int Columns => Vectors * Lanes;
}

/// <summary>What many sequences at once need at one vector width.</summary>
/// <param name="Lanes">Numbers in the widest vector, as in <see cref="WidthPlan"/>.</param>
/// <param name="Buffered">Whether the new wm of a block waits on the stack, because other vectors of units still read the old one.</param>
/// <param name="Sections">The step, in order; partial sums of a gate follow each other in passes.</param>
/// <param name="Sequences">
/// Sequences side by side in the register tile of the forward product, so that a weight is loaded once for all of them;
/// what is left over runs alone. 1 where nothing is gained.
/// </param>
/// <param name="RowsTogether">Inputs of a partial sum to a turn of the loops over inputs.</param>
/// <param name="Backward">Register tiles of the backward product, in order.</param>
internal sealed record BatchWidthPlan(
    int Lanes, bool Buffered, int Sequences, int RowsTogether, EquatableArray<BatchSection> Sections,
    EquatableArray<SequencePanel> Backward)
{
    /// <summary>How many of <paramref name="count"/> inputs a loop takes; a few are written out.</summary>
    public int Looped(int count) => count < 2 * RowsTogether ? 0 : count / RowsTogether * RowsTogether;
}

/// <summary>How many sequences run at once: any number N, in blocks whose memory stays in the first-level cache.</summary>
/// <param name="Block">Sequences of a block of the forward pass: all of them pass a tile of units before the next.</param>
/// <param name="Scratch">Numbers on the stack for each sequence of a block: its new wm, and the gates of one tile.</param>
/// <param name="Least">Fewer sequences than these run one by one, in every layer of a network, and need no scratch.</param>
/// <param name="Rows">Records whose dZ are held at once by the backward pass.</param>
/// <param name="StateStride">Numbers from one sequence's state to the next.</param>
internal sealed record BatchPlan(int Block, int Scratch, int Least, int Rows, int StateStride, EquatableArray<BatchWidthPlan> Widths);
