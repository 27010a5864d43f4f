using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Generators.Planning;

/// <summary>Tiles of equal size, one after another.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="UnitLanes">Units in a vector of units, at some vector width.</param>
internal sealed record TileGroup(Tile First, int Count, int UnitLanes)
{
    /// <summary>Vectors of units in a tile.</summary>
    public int Vectors => First.Units / UnitLanes;

    /// <summary>The unit behind the last of them.</summary>
    public int End => First.FirstUnit + (Count * First.Units);

    /// <summary>The tiles of a layout, in order.</summary>
    /// <param name="lanes">Numbers in the widest vector.</param>
    public static IEnumerable<TileGroup> Of(CellLayout layout, int lanes) => layout.Tiles.GroupBy(tile => tile.Units).Select(group => new TileGroup(
        group.First(), group.Count(), Math.Min(lanes, group.Key)));
}
