using System.Collections.Generic;
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
    public int RowStride => 4 * Units;

    /// <summary>Where the tile's gates begin in a row of all gates (dZ, the tape), in numbers.</summary>
    public int FirstLane => 4 * FirstUnit;
}

/// <summary>Tiles of equal size and use, one after another.</summary>
/// <param name="Floats">From one tile to the next in the parameters.</param>
internal sealed record TileRun(Tile First, int Count, int Floats);

/// <summary>
/// How one cell's parameters are packed: tile after tile, in each a row for b, then p rows for W, then d rows for U.
/// </summary>
/// <param name="Input">p.</param>
/// <param name="Hidden">d.</param>
/// <param name="Padded">d rounded up to whole tiles.</param>
internal sealed record CellLayout(int Input, int Hidden, int Padded, EquatableArray<Tile> Tiles)
{
    /// <summary>Rows of a tile: 1 + p + d.</summary>
    public int Rows => 1 + Input + Hidden;

    /// <summary>The first row of W.</summary>
    public int FirstInputRow => 1;

    /// <summary>The first row of U.</summary>
    public int FirstMemoryRow => 1 + Input;

    /// <summary>Numbers of storage, padding included.</summary>
    public int Length => 4 * Padded * Rows;

    /// <summary>Parameters without padding.</summary>
    public int ParameterCount => 4 * Hidden * Rows;

    /// <summary>Gates of a step, padding included.</summary>
    public int Lanes => 4 * Padded;

    /// <summary>The tiles, with neighbours of equal size and use taken together.</summary>
    public IEnumerable<TileRun> Runs()
    {
        int at = 0;
        while (at < Tiles.Count)
        {
            Tile first = Tiles[at];
            int count = 1;
            while (at + count < Tiles.Count && Tiles[at + count].Units == first.Units && Tiles[at + count].Used == first.Used)
            {
                count++;
            }

            yield return new TileRun(first, count, Rows * first.RowStride);
            at += count;
        }
    }

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
            tiles.Add(new Tile(unit, units, used, offset));
            unit += units;
            offset += 4 * units * (1 + input + hidden);
        }

        return new CellLayout(input, hidden, unit, new EquatableArray<Tile>(tiles));
    }
}
