using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Everything of one cell that depends on the vector width.</summary>
/// <param name="Lanes">Numbers in the widest vector: 512, 256 or 128 bits of them.</param>
/// <param name="Reason">Why it is unrolled or not, in words.</param>
/// <param name="Unrolled">Whether every multiply-add of a step is its own statement.</param>
/// <param name="SectionsAreMethods">
/// Whether each section is a method of its own, because together they would take each other's registers
/// (<see cref="UnrollBudget.SectionsCostLimit"/>), or because their order changes from step to step.
/// </param>
/// <param name="KeepsNewWm">Whether the new wm waits in registers until the step has read the old one; else on the stack.</param>
/// <param name="KeepsState">Whether ltm and wm are one vector each and stay in registers from step to step of a sequence.</param>
/// <param name="StepsAhead">
/// Steps of a sequence whose b + W x is computed at once, ahead of their recurrence, in whole register tiles of
/// <see cref="BatchWidthPlan.Together"/>, with steps in the place of sequences; 0: each step multiplies with W itself.
/// </param>
/// <param name="MultiplyAdds">Vectors of weights and biases that the step's matrix product loads.</param>
/// <param name="UnrolledCost">What a step costs where it is unrolled, see <see cref="UnrollBudget"/>.</param>
/// <param name="Sections">The step, in order.</param>
/// <param name="InputRows">The rows of W.</param>
/// <param name="MemoryRows">The rows of U.</param>
/// <param name="NewWm">How the new wm gets to its place in the state.</param>
/// <param name="ReturnedWm">How it gets to the caller.</param>
/// <param name="Tiles">The tiles and their vectors of units, in order, for the walk back.</param>
/// <param name="UnrolledGateGradients">Whether dZ of every vector of units is a statement of its own.</param>
/// <param name="UnrolledBackward">Whether the product with the transposed U is written out.</param>
/// <param name="Backward">That product in order, where it is written out; else it is the runtime's.</param>
internal sealed record WidthPlan(
    int Lanes, string Reason, bool Unrolled, bool SectionsAreMethods, bool KeepsNewWm, bool KeepsState, int StepsAhead, long MultiplyAdds,
    long UnrolledCost, EquatableArray<Section> Sections, RowLoop InputRows, RowLoop MemoryRows, CopyPlan NewWm, CopyPlan ReturnedWm,
    EquatableArray<TileGroup> Tiles, bool UnrolledGateGradients, bool UnrolledBackward, EquatableArray<ColumnBlock> Backward);

/// <summary>The kernels of one cell shape: layout, tape, and a plan for each vector width.</summary>
/// <param name="Prefix">Put before the names of the kernels' types, so that a network can hold two shapes.</param>
/// <param name="Scalar">The type of every number.</param>
/// <param name="PartialSums">Partial sums of each gate; the same at every width, so that the bits are.</param>
/// <param name="Reverses">
/// Whether every other step takes the tiles in reverse order, because the weights do not fit the first-level cache: the
/// last ones used are then still there. Each thread keeps the direction of its last step. Backward, columns are taken so.
/// </param>
/// <param name="BackwardSteps">Steps whose dZ are held at once by the backward pass.</param>
/// <param name="WmStride">Numbers from one returned wm to the next: d for the user, padded between a network's layers.</param>
/// <param name="InputGradientStride">Numbers from one dX to the next: p for the user, padded between a network's layers.</param>
/// <param name="Batch">How many sequences run at once.</param>
/// <param name="Backward">Whether there is a backward pass, and a tape.</param>
/// <param name="Platform">On the portable one there are no widths: loops of the runtime take one number at a time.</param>
internal sealed record KernelPlan(
    string Prefix, CellLayout Layout, TapeLayout Tape, ScalarKind Scalar, ArithmeticKind Arithmetic, ActivationPlan Activations,
    int PartialSums, bool Reverses, int BackwardSteps, int WmStride, int InputGradientStride, EquatableArray<WidthPlan> Widths,
    BatchPlan Batch, bool Backward, PlatformKind Platform)
{
    /// <summary>Many sequences at one vector width; null where no tile fills its vectors.</summary>
    public BatchWidthPlan? BatchAt(int lanes) => Batch.Widths.FirstOrDefault(width => width.Lanes == lanes);
}

/// <summary>A whole <c>[LstmCell]</c> struct.</summary>
/// <param name="BoundLiteral">1 / sqrt(d), as a literal.</param>
/// <param name="Trained">Its trained weights; null where it has none.</param>
internal sealed record LstmCellPlan(
    TargetType Target, KernelPlan Kernel, TapePlan Tape, StackPlan Stack, string BoundLiteral, TrainedWeights? Trained);
