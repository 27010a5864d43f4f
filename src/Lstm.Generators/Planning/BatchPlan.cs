using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>
/// The register tile of the backward product U^T dZ over many sequences: columns of the transposed U, for several
/// sequences at once, with two of the four gates' chains side by side and the other two in a second pass.
/// </summary>
/// <param name="Columns">The columns, and how often they repeat.</param>
/// <param name="Sequences">Sequences side by side, most first; the last is 1.</param>
internal sealed record SequencePanel(Panel Columns, EquatableArray<int> Sequences);

/// <summary>What many sequences at once need at one vector width.</summary>
/// <param name="Lanes">Floats in the widest vector, as in <see cref="WidthPlan"/>.</param>
/// <param name="Buffered">Whether the new wm of a block waits on the stack, because other vectors of units still read the old one.</param>
/// <param name="Sections">The step in loops of one vector of units; partial sums of a gate follow each other in passes.</param>
/// <param name="Sequences">
/// Sequences side by side in the register tile of the forward product, a vector of units with its four gates, so that a
/// weight is loaded once for all of them; what is left over runs alone. 1 where nothing is gained.
/// </param>
/// <param name="Backward">Register tiles of the backward product, in order.</param>
internal sealed record BatchWidthPlan(
    int Lanes, bool Buffered, int Sequences, EquatableArray<Section> Sections, EquatableArray<SequencePanel> Backward);

/// <summary>How many sequences run at once: any number N, in blocks whose memory stays in the first-level cache.</summary>
/// <param name="Block">Sequences of a block of the forward pass: all of them pass a vector of units before the next.</param>
/// <param name="Scratch">Floats on the stack for a block: the new wm, then the gates' sums of one vector of units.</param>
/// <param name="Least">Fewer sequences than these run one by one, and need no scratch.</param>
/// <param name="Rows">Records whose dZ are held at once by the backward pass.</param>
/// <param name="StateStride">Floats from one sequence's state to the next.</param>
internal sealed record BatchPlan(int Block, int Scratch, int Least, int Rows, int StateStride, EquatableArray<BatchWidthPlan> Widths);
