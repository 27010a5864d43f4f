using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>What many sequences at once need at one vector width.</summary>
/// <param name="Lanes">Numbers in the widest vector, as in <see cref="WidthPlan"/>.</param>
/// <param name="Buffered">Whether the new wm of a block waits on the stack, because other vectors of units still read the old one.</param>
/// <param name="Together">
/// Sequences side by side in the register tile of the forward product, so that a weight is loaded once for all of them.
/// </param>
/// <param name="Block">Sequences of a block of the forward pass, a whole number of register tiles.</param>
/// <param name="Tiles">The tiles, in the order of the step; the walk back takes its columns in the same order.</param>
internal sealed record BatchWidthPlan(int Lanes, bool Buffered, int Together, int Block, EquatableArray<TileGroup> Tiles);

/// <summary>How many sequences run at once: any number N, in blocks whose memory stays in the first-level cache.</summary>
/// <param name="Block">The most sequences of a block of the forward pass: all of them are computed for one tile of units before the next.</param>
/// <param name="Scratch">
/// Numbers on the stack for each sequence of a block: its new wm, and the gates of one tile; 0 where sequences always run one by one.
/// </param>
/// <param name="Least">Fewer sequences than these run one by one, in every layer of a network, and need no scratch.</param>
/// <param name="BackwardRows">Records whose dZ are held at once by the backward pass.</param>
/// <param name="StateStride">Numbers from one sequence's state to the next.</param>
/// <param name="Widths">The widths at which sequences run together; at others, and without vectors, they run one by one.</param>
internal sealed record BatchPlan(int Block, int Scratch, int Least, int BackwardRows, int StateStride, EquatableArray<BatchWidthPlan> Widths);
