using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// Where the weights of one cell stand. Units are packed in tiles: first those of 16 units, then at most one of 8 and one of 4. A tile has a row for
/// b, then p rows for W and d rows for U; a row holds [rem | save | focus | cand], as many numbers each as the tile has units. Every place counts
/// numbers.
/// </summary>
/// <param name="input">p.</param>
/// <param name="hidden">d.</param>
/// <param name="sixteens">Tiles of 16 units.</param>
/// <param name="eights">Tiles of 8 units behind them: 0 or 1.</param>
/// <param name="fours">Tiles of 4 units behind those: 0 or 1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CellTiles(int input, int hidden, int sixteens, int eights, int fours)
{
    /// <summary>p.</summary>
    public int Input => input;

    /// <summary>d.</summary>
    public int Hidden => hidden;

    /// <summary>The first unit of the tile of 8.</summary>
    public int FirstOfEight => 16 * sixteens;

    /// <summary>The first unit of the tile of 4.</summary>
    public int FirstOfFour => (16 * sixteens) + (8 * eights);

    /// <summary>d rounded up to whole tiles.</summary>
    public int Padded => (16 * sixteens) + (8 * eights) + (4 * fours);

    /// <summary>Rows of a tile: 1 + p + d.</summary>
    public int Rows => 1 + input + hidden;

    /// <summary>Numbers of all weights, padding included.</summary>
    public int Length => Lanes * Rows;

    /// <summary>Gates of a step, padding included: the length of a row of dZ.</summary>
    public int Lanes => 4 * Padded;

    /// <summary>Units of the tile that holds a unit.</summary>
    public int Units(int unit) => UnitsOfTile(unit, Padded);

    /// <summary>Units of the tile that holds a unit, by <see cref="Padded"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int UnitsOfTile(int unit, int padded) => unit < (padded & ~15) ? 16 : unit < (padded & ~7) ? 8 : 4;

    /// <summary>The unit behind the last of the tiles that are as large as the one of a tile's first unit.</summary>
    public int EndOfEqualTiles(int firstUnit) => firstUnit < FirstOfEight ? FirstOfEight : firstUnit + Units(firstUnit);

    /// <summary>Where a tile begins, by its first unit.</summary>
    public int Tile(int firstUnit) => 4 * firstUnit * Rows;

    /// <summary>Where a weight stands: line 0 is b, then come p lines of W, then d of U.</summary>
    public int Weight(int gate, int unit, int line)
    {
        (int first, int units) = unit < FirstOfEight ? (unit / 16 * 16, 16) : unit < FirstOfFour ? (FirstOfEight, 8) : (FirstOfFour, 4);
        return Tile(first) + (((line * 4) + gate) * units) + (unit - first);
    }

    /// <summary>Where a weight of W stands.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">No such gate, row or column.</exception>
    public int W(Gate gate, int row, int column)
    {
        Require.Index(nameof(column), column, input);
        return Line(gate, row, 1 + column);
    }

    /// <summary>Where a weight of U stands.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">No such gate, row or column.</exception>
    public int U(Gate gate, int row, int column)
    {
        Require.Index(nameof(column), column, hidden);
        return Line(gate, row, 1 + input + column);
    }

    /// <summary>Where a bias stands.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">No such gate or row.</exception>
    public int B(Gate gate, int row) => Line(gate, row, 0);

    /// <summary>Where a weight of W stands, in a cell that stands alone: its only layer is 0.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">No such layer, gate, row or column.</exception>
    public int W(int layer, Gate gate, int row, int column)
    {
        Require.Index(nameof(layer), layer, 1);
        return W(gate, row, column);
    }

    /// <summary>Where a weight of U stands, in a cell that stands alone: its only layer is 0.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">No such layer, gate, row or column.</exception>
    public int U(int layer, Gate gate, int row, int column)
    {
        Require.Index(nameof(layer), layer, 1);
        return U(gate, row, column);
    }

    /// <summary>Where a bias stands, in a cell that stands alone: its only layer is 0.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">No such layer, gate or row.</exception>
    public int B(int layer, Gate gate, int row)
    {
        Require.Index(nameof(layer), layer, 1);
        return B(gate, row);
    }

    private int Line(Gate gate, int row, int line)
    {
        Require.Index(nameof(gate), (int)gate, 4);
        Require.Index(nameof(row), row, hidden);
        return Weight((int)gate, row, line);
    }
}
