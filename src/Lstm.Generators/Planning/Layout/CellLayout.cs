using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>
/// Units that stand together in memory. A row of the tile holds, for one input, the weights of its four gates:
/// <c>[rem | save | focus | cand]</c>, <see cref="Units"/> numbers each, so that a lane is a gate's output and a
/// sum over inputs never crosses lanes.
/// </summary>
/// <param name="FirstUnit">The first unit's number.</param>
/// <param name="Units">4, 8 or 16 units of room.</param>
/// <param name="Used">How many of them exist; the rest is padding with zero weights.</param>
/// <param name="Offset">Where the tile begins in the cell's parameters, in numbers.</param>
internal sealed record Tile(int FirstUnit, int Units, int Used, int Offset)
{
    /// <summary>Numbers from one input's row to the next.</summary>
    public int RowStride => Gates.Count * Units;

    /// <summary>Where the tile's gates begin in a row of all gates (dZ, the tape), in numbers.</summary>
    public int FirstLane => Gates.Count * FirstUnit;
}

/// <summary>
/// How one cell's parameters are packed: tile after tile, in each a row for b, then p rows for W, then d rows for U.
/// <c>Lstm.Kernels.CellTiles</c> is the same at run time.
/// </summary>
/// <param name="Input">p.</param>
/// <param name="Hidden">d.</param>
/// <param name="Padded">d rounded up to whole tiles.</param>
/// <param name="Tiles">First all tiles of 16 units, then at most one of 8 and one of 4.</param>
internal sealed record CellLayout(int Input, int Hidden, int Padded, EquatableArray<Tile> Tiles)
{
    /// <summary>Rows of a tile: 1 + p + d.</summary>
    public int Rows => 1 + Input + Hidden;

    /// <summary>The first row of W.</summary>
    public int FirstInputRow => 1;

    /// <summary>The first row of U.</summary>
    public int FirstMemoryRow => 1 + Input;

    /// <summary>Numbers of storage, padding included.</summary>
    public int Length => Padded * LengthOfUnit;

    /// <summary>Parameters without padding.</summary>
    public int ParameterCount => Hidden * LengthOfUnit;

    /// <summary>Numbers of ltm and wm, padding included.</summary>
    public int StateLength => 2 * Padded;

    /// <summary>Numbers of ltm and wm without padding.</summary>
    public int StateCount => 2 * Hidden;

    /// <summary>Numbers of a step's gates, padding included.</summary>
    public int GatesLength => Gates.Count * Padded;

    /// <summary>Numbers of parameters for each unit: a tile begins at its first unit times so many.</summary>
    public int LengthOfUnit => Gates.Count * Rows;

    /// <summary>The units of the largest tile.</summary>
    public int LargestTile => Tiles[0].Units;

    /// <summary>How many tiles hold so many units.</summary>
    public int TilesOf(int units) => Tiles.Count(tile => tile.Units == units);

    public static CellLayout Of(int input, int hidden)
    {
        List<Tile> tiles = new();
        int unit = 0;
        int offset = 0;
        while (unit < hidden)
        {
            int left = hidden - unit;

            // 13..15 units would need tiles of 8 + 4 + 4 to be exact; one padded tile of 16 costs less.
            int units = left >= 13 ? 16 : left >= 5 ? 8 : 4;
            int used = left < units ? left : units;
            Tile tile = new(unit, units, used, offset);
            tiles.Add(tile);
            unit += units;
            offset += tile.RowStride * (1 + input + hidden);
        }

        return new CellLayout(input, hidden, unit, new EquatableArray<Tile>(tiles));
    }
}
