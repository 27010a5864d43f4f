using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>
/// Units whose gates are computed side by side. Where a tile is narrower than the vector, one vector holds two of its
/// gates, <c>[rem | save]</c> and <c>[focus | cand]</c>, or all four, as they stand in a row.
/// </summary>
/// <param name="Unit">The first unit, counted from its section's start.</param>
/// <param name="Lane">Where the remember gate stands in a row of all gates, counted from the section's start.</param>
/// <param name="Weight">Where the remember gate's lanes stand in a row, counted from the section's first row.</param>
/// <param name="Lanes">The units: numbers in a vector of ltm or wm.</param>
/// <param name="Gates">Gates in a vector of sums: 1, 2 or 4.</param>
/// <param name="TileUnits">The units of their tile: the distance between the gates of a row.</param>
/// <param name="Scale">
/// The power of two that the constants of the activations carry, and that cancels in their quotients. Another one for each vector
/// keeps the JIT from holding one set of constants in registers for all, and running values on the stack.
/// </param>
internal sealed record UnitVector(int Unit, int Lane, int Weight, int Lanes, int Gates, int TileUnits, long Scale)
{
    /// <summary>Vectors of sums, a chain each.</summary>
    public int Sums => 4 / Gates;

    /// <summary>Numbers in a vector of sums.</summary>
    public int SumLanes => Gates * Lanes;

    /// <summary>Numbers from one input's row to the next.</summary>
    public int RowStride => 4 * TileUnits;

    /// <summary>The margin of strict sigma at one of the vector's five activations, see <see cref="KernelPlanner.Margin"/>.</summary>
    public int Margin(int use) => KernelPlanner.Margin(Scale << use);
}

/// <summary>
/// Part of a step: <see cref="Units"/> are computed together, in registers, and that is repeated over the units of a
/// tile (inner) and over tiles (outer); either count is 1 where nothing repeats.
/// </summary>
/// <param name="Unit">The first unit.</param>
/// <param name="Lane">Where the first unit's remember gate stands in a row of all gates.</param>
/// <param name="Weight">Where the first tile begins in the parameters.</param>
/// <param name="Units">The vectors computed together.</param>
/// <param name="Inner">Repetitions within a tile, each <see cref="InnerUnits"/> further.</param>
/// <param name="Outer">Repetitions over tiles of the same size.</param>
/// <param name="OuterUnits">Units from one outer repetition to the next.</param>
/// <param name="OuterWeights">Numbers of parameters from one outer repetition to the next.</param>
/// <param name="Pads">Whether units beyond d are among them: their sums are set to 0, so that an infinite x leaves no NaN there.</param>
internal sealed record Section(
    int Unit, int Lane, int Weight, EquatableArray<UnitVector> Units, int Inner, int Outer, int OuterUnits, int OuterWeights, bool Pads)
{
    /// <summary>The first vector of units.</summary>
    public UnitVector First => Units[0];

    /// <summary>Units from one inner repetition to the next.</summary>
    public int InnerUnits => Units.Sum(unit => unit.Lanes);
}

/// <summary>
/// Columns of the transposed recurrent weights that are summed together: a chain for every gate of every vector. Where there are two gates
/// to a pass, the second pass adds its sums to those of the first.
/// </summary>
/// <param name="Tile">The tile of the first column.</param>
/// <param name="Part">The first column, counted from its tile's.</param>
/// <param name="Lanes">Numbers in a vector.</param>
/// <param name="Vectors">Vectors of a tile side by side.</param>
/// <param name="Together">Tiles side by side.</param>
/// <param name="Gates">Gates to a pass: all four; or two, rem and save or focus and ltm', as they stand together on the tape.</param>
/// <param name="Parts">Repetitions within a tile, each <see cref="PartColumns"/> further.</param>
/// <param name="Groups">Repetitions over groups of tiles, each <see cref="GroupColumns"/> further.</param>
/// <param name="TakesBack">
/// Whether every other step takes groups and passes in reverse order: what the step before used last is then still in the first-level cache.
/// </param>
internal sealed record Panel(Tile Tile, int Part, int Lanes, int Vectors, int Together, int Gates, int Parts, int Groups, bool TakesBack)
{
    /// <summary>The first column.</summary>
    public int Column => Tile.FirstUnit + Part;

    /// <summary>Columns of a tile that are summed together.</summary>
    public int PartColumns => Vectors * Lanes;

    /// <summary>Columns of tiles side by side.</summary>
    public int GroupColumns => Together * Tile.Units;
}

/// <summary>One shape of the register tile that sums the products of the weight gradient.</summary>
/// <param name="Rows">Inputs side by side.</param>
/// <param name="Vectors">Vectors of dZ side by side.</param>
internal sealed record MicroTile(int Rows, int Vectors);

/// <summary>Everything that depends on the vector width.</summary>
/// <param name="Lanes">Numbers in the widest vector: 512, 256 or 128 bits of them, or 1 for scalar code.</param>
/// <param name="Reason">Why it is unrolled or not, in words.</param>
/// <param name="Unrolled">Whether every multiply-add of a step is its own statement.</param>
/// <param name="RowsTogether">Inputs to a turn of the loops over inputs, where nothing is unrolled.</param>
/// <param name="Splits">
/// Whether each section is a method of its own, because together they would take each other's registers
/// (<see cref="UnrollBudget.SectionsCostLimit"/>), or are walked to and fro.
/// </param>
/// <param name="HoldsMemory">Whether the new wm waits in registers until the step has read the old one.</param>
/// <param name="KeepsState">Whether ltm and wm are one vector each and stay in registers from step to step of a sequence.</param>
/// <param name="Ahead">
/// Steps of a sequence whose b + W x is computed at once, ahead of their recurrence, in whole register tiles of
/// <see cref="KernelPlan.TileOf"/>, with steps in the place of sequences; 0: each step multiplies with W itself.
/// </param>
/// <param name="MultiplyAdds">Vector multiply-adds of the step's matrix product.</param>
/// <param name="Forward">The step, in order.</param>
/// <param name="UnrolledBackward">Whether the product with the transposed U is written out.</param>
/// <param name="Backward">The product with the transposed U, in order.</param>
/// <param name="Product">Register tiles of the weight gradient, tallest and widest first; the last always fits.</param>
internal sealed record WidthPlan(
    int Lanes, string Reason, bool Unrolled, int RowsTogether, bool Splits, bool HoldsMemory, bool KeepsState, int Ahead, long MultiplyAdds, EquatableArray<Section> Forward,
    bool UnrolledBackward, EquatableArray<Panel> Backward, EquatableArray<MicroTile> Product)
{
    /// <summary>How many of <paramref name="count"/> inputs a loop takes; a few are written out.</summary>
    public int Looped(int count) => Unrolled || count < 2 * RowsTogether ? 0 : count / RowsTogether * RowsTogether;

    /// <summary>Rows of code for <paramref name="count"/> inputs: a turn of the loop and what is left over.</summary>
    public static int WrittenOut(int count, int together) => count < 2 * together ? count : together + (count % together);
}

/// <summary>What the recorded forward pass leaves for the backward pass. Offsets are in numbers.</summary>
/// <param name="Hidden">d.</param>
/// <param name="Transposed">
/// Numbers of U transposed, which opens the tape: for each tile of columns and each pair of gates the rows of all units, so that a product
/// with some columns reads memory from front to back.
/// </param>
/// <param name="Header">Numbers before the first step's record; the last 2 D hold the initial ltm and wm.</param>
/// <param name="Derivatives">Where a record holds sigma' and tanh' of the gates, or -1 where they follow from the gates.</param>
/// <param name="TanhLtm">Where a record holds tanh(ltm).</param>
/// <param name="TanhLtmDerivative">Where a record holds tanh'(ltm), or -1.</param>
/// <param name="Ltm">Where a record holds ltm.</param>
/// <param name="Wm">Where a record holds wm.</param>
/// <param name="Record">Numbers of a step.</param>
internal sealed record TapePlan(
    int Hidden, int Transposed, int Header, int Derivatives, int TanhLtm, int TanhLtmDerivative, int Ltm, int Wm, int Record)
{
    /// <summary>Numbers of U transposed that so many columns take, in whole tiles.</summary>
    public int Columns(int count) => 4 * Hidden * count;

    /// <summary>Numbers from a tile's remember and save gates to its focus and ltm' gates.</summary>
    public int PairStride(int tileUnits) => 2 * Hidden * tileUnits;

    /// <summary>Numbers from a unit's row to the next, for two gates of a tile of columns.</summary>
    public int UnitStride(int tileUnits) => 2 * tileUnits;

    /// <summary>Where a gate of unit 0 stands, counted from its tile of columns.</summary>
    public int Gate(int gate, int tileUnits) => (gate / 2 * PairStride(tileUnits)) + (gate % 2 * tileUnits);
}

/// <summary>The kernels of one cell shape: layout, tape, and a plan for each vector width.</summary>
/// <param name="Prefix">Put before the names of the kernels' methods, so that a network can hold two shapes.</param>
/// <param name="Scalar">The type of every number.</param>
/// <param name="Chains">Partial sums of each gate; the same at every width, so that the bits are.</param>
/// <param name="Alternates">
/// Whether every other step takes the tiles in reverse order, because the weights do not fit the first-level cache: the
/// last ones used are then still there. Each thread keeps the direction of its last step. Backward, columns are taken so.
/// </param>
/// <param name="Block">Steps whose dZ are held at once by the backward pass.</param>
/// <param name="DotLanes">Partial sums of the dot products behind dX; the same at every width.</param>
/// <param name="ReturnStride">Numbers from one returned wm to the next: d for the user, padded between a network's layers.</param>
/// <param name="InputGradientStride">Numbers from one dX to the next: p for the user, padded between a network's layers.</param>
/// <param name="Batch">How many sequences run at once.</param>
internal sealed record KernelPlan(
    string Prefix, CellLayout Layout, TapePlan Tape, ScalarKind Scalar, ArithmeticKind Arithmetic, AccuracyKind Accuracy,
    int Chains, bool Alternates, int Block, int DotLanes, int ReturnStride, int InputGradientStride, EquatableArray<WidthPlan> Widths,
    BatchPlan Batch)
{
    /// <summary>Whether gates' derivatives are recorded rather than computed from the gates.</summary>
    public bool RecordsDerivatives => Accuracy == AccuracyKind.Strict;

    /// <summary>
    /// Whether a step carries its gates as 2 sigma - 1 and the tanh's halved, as one rational leaves both; else as they are.
    /// </summary>
    public bool Halves => KernelPlanner.SharesFormula(Scalar, Accuracy);

    /// <summary>The register tile of products at a width, whose rows are sequences, or the steps of one.</summary>
    /// <remarks>
    /// A width has one only where a tile of units fills its vectors. Where b + W x is computed ahead, it does: that takes a single partial sum,
    /// which means a tile of 16 units.
    /// </remarks>
    public BatchWidthPlan TileOf(WidthPlan width) => Batch.Widths.Single(tile => tile.Lanes == width.Lanes);

    /// <summary>How many gates a vector of so many numbers may hold, in a step or in one of many sequences.</summary>
    public IEnumerable<int> GatesTogether(int lanes) => Widths
        .SelectMany(width => width.Forward)
        .SelectMany(section => section.Units)
        .Where(unit => unit.SumLanes == lanes)
        .Select(unit => unit.Gates)
        .Append(1)
        .Distinct()
        .OrderBy(gates => gates);
}

/// <summary>A whole <c>[LstmCell]</c> struct.</summary>
/// <param name="BoundLiteral">1 / sqrt(d), as a literal.</param>
internal sealed record LstmCellPlan(TargetType Target, KernelPlan Kernel, string BoundLiteral);
