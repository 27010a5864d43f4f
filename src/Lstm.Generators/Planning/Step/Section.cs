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
/// <param name="GatesTogether">Gates in a vector of sums: 1, 2 or 4.</param>
/// <param name="TileUnits">The units of their tile: the distance between the gates of a row.</param>
/// <param name="Scale">The scale of the first of its activations, see <see cref="ActivationPlan.Scale"/>.</param>
internal sealed record UnitVector(int Unit, int Lane, int Weight, int Lanes, int GatesTogether, int TileUnits, long Scale)
{
    /// <summary>Vectors of sums, in which every gate has a lane for each unit.</summary>
    public int Sums => Gates.Count / GatesTogether;

    /// <summary>Numbers in a vector of sums.</summary>
    public int SumLanes => GatesTogether * Lanes;

    /// <summary>Numbers from one input's row to the next.</summary>
    public int RowStride => Gates.Count * TileUnits;

    /// <summary>Where a row holds the weights of a vector of sums, counted from the section's first row.</summary>
    public int WeightOf(int sum) => Weight + (sum * GatesTogether * TileUnits);

    /// <summary>Where a vector of sums stands in a row of all gates, counted from the section's start.</summary>
    public int LaneOf(int sum) => Lane + (sum * GatesTogether * TileUnits);
}

/// <summary>
/// Part of a step: <see cref="Units"/> are computed together, in registers, and that is repeated over the parts of a tile and over tiles; either
/// count is 1 where nothing repeats.
/// </summary>
/// <param name="Unit">The first unit.</param>
/// <param name="Lane">Where the first unit's remember gate stands in a row of all gates.</param>
/// <param name="Weight">Where the first tile begins in the parameters.</param>
/// <param name="Units">The vectors computed together.</param>
/// <param name="Parts">Repetitions within a tile, each <see cref="PartUnits"/> further.</param>
/// <param name="Tiles">Repetitions over tiles of the same size, or over groups of them.</param>
/// <param name="TileUnits">Units from one repetition over tiles to the next.</param>
/// <param name="TileWeights">Numbers of parameters from one repetition over tiles to the next.</param>
/// <param name="Pads">Whether units beyond d are among them: their sums are set to 0, so that an infinite x leaves no NaN there.</param>
internal sealed record Section(
    int Unit, int Lane, int Weight, EquatableArray<UnitVector> Units, int Parts, int Tiles, int TileUnits, int TileWeights, bool Pads)
{
    /// <summary>Numbers in the section's vectors of sums, which are all of one length.</summary>
    public int SumLanes => Units[0].SumLanes;

    /// <summary>Units from one part of a tile to the next.</summary>
    public int PartUnits => Units.Sum(unit => unit.Lanes);

    /// <summary>The lengths of rows among its tiles: tiles of another size have rows of another length.</summary>
    public EquatableArray<int> RowStrides => new(Units.Select(unit => unit.RowStride).Distinct());
}

/// <summary>Which of some rows of weights a loop takes, and which are written out behind it.</summary>
/// <param name="First">The first row.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="PerIteration">Rows that an iteration of the loop takes.</param>
/// <param name="Looped">How many of the rows the loop takes; 0: all are written out.</param>
internal sealed record RowLoop(int First, int Count, int PerIteration, int Looped)
{
    /// <summary>Rows of code: an iteration of the loop and what is written out.</summary>
    public int Written => (Looped == 0 ? 0 : PerIteration) + Count - Looped;

    /// <summary>A loop for all rows but the last few; none for fewer than two iterations.</summary>
    public static RowLoop Over(int first, int count, int perIteration) =>
        new(first, count, perIteration, count < 2 * perIteration ? 0 : count / perIteration * perIteration);

    /// <summary>Every row written out.</summary>
    public static RowLoop WrittenOut(int first, int count) => new(first, count, 1, 0);
}

/// <summary>
/// A copy of the new wm, vector by vector as it was stored: a load that took parts of two stores would wait until both have left the core.
/// </summary>
/// <param name="Looped">Numbers that a loop over the widest vectors copies.</param>
/// <param name="Rest">What is copied behind it.</param>
internal sealed record CopyPlan(int Looped, EquatableArray<CopyPart> Rest)
{
    /// <param name="lanes">Numbers in the widest vector.</param>
    /// <param name="narrowest">Numbers in the narrowest one.</param>
    public static CopyPlan Of(int count, int lanes, int narrowest)
    {
        int looped = count / lanes * lanes;
        List<CopyPart> rest = new();
        for (int at = looped; at < count; at += lanes)
        {
            while (lanes > count - at)
            {
                lanes = lanes == narrowest ? 1 : lanes / 2;
            }

            rest.Add(new CopyPart(at, lanes));
        }

        return new CopyPlan(looped, new EquatableArray<CopyPart>(rest));
    }
}

/// <summary>A vector that is copied.</summary>
/// <param name="At">Its first number.</param>
/// <param name="Lanes">Its length.</param>
internal sealed record CopyPart(int At, int Lanes);
