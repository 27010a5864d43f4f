using System;
using System.Linq;
using CsCheck;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

public sealed class CellLayoutTests
{
    [Fact]
    public void UpTo200Units_TilesCoverUnitsAndStorageExactly()
    {
        for (int hidden = 1; hidden <= 200; hidden++)
        {
            Check(1, hidden);
            Check(7, hidden);
        }
    }

    [Fact]
    public void AnySize_TilesCoverUnitsAndStorageExactly() =>
        Gen.Select(Gen.Int[1, 1024], Gen.Int[1, 1024]).Sample(Check, iter: 300);

    [Theory]
    [InlineData(1, "4")]
    [InlineData(5, "8")]
    [InlineData(9, "8 4")]
    [InlineData(13, "16")]
    [InlineData(16, "16")]
    [InlineData(20, "16 4")]
    [InlineData(28, "16 8 4")]
    [InlineData(40, "16 16 8")]
    public void Units_StandInTheLargestTilesThatWasteLittle(int hidden, string units) =>
        Assert.Equal(units, string.Join(' ', CellLayout.Of(3, hidden).Tiles.Select(tile => tile.Units)));

    private static void Check(int input, int hidden)
    {
        CellLayout layout = CellLayout.Of(input, hidden);
        int unit = 0;
        int offset = 0;
        foreach (Tile tile in layout.Tiles)
        {
            Assert.Equal(unit, tile.FirstUnit);
            Assert.Equal(offset, tile.Offset);
            Assert.Contains(tile.Units, new[] { 4, 8, 16 });
            Assert.Equal(Math.Min(tile.Units, hidden - unit), tile.Used);
            unit += tile.Units;
            offset += tile.RowStride * layout.Rows;
        }

        Assert.Equal(unit, layout.Padded);
        Assert.InRange(layout.Padded, hidden, hidden + 3);
        Assert.Equal(offset, layout.Length);
        Assert.Equal(4 * hidden * (1 + input + hidden), layout.ParameterCount);
        Assert.Equal(hidden, layout.Tiles.Sum(tile => tile.Used));
        AssertSameAtRunTime(layout);
    }

    /// <summary>What the runtime's kernels know of the tiles is the layout's.</summary>
    private static void AssertSameAtRunTime(CellLayout layout)
    {
        CellTiles tiles = new(layout.Input, layout.Hidden, layout.TilesOf(16), layout.TilesOf(8), layout.TilesOf(4));
        Assert.Equal((layout.Padded, layout.Rows, layout.GatesLength), (tiles.Padded, tiles.Rows, tiles.Lanes));
        foreach (Tile tile in layout.Tiles)
        {
            Assert.Equal((tile.Units, tile.Offset), (tiles.Units(tile.FirstUnit), tiles.Tile(tile.FirstUnit)));
            int last = tile.Units - 1;
            foreach (Model.Gate gate in Gates.All)
            {
                int expected = tile.Offset + (layout.FirstMemoryRow * tile.RowStride) + (gate.Place * tile.Units) + last;
                Assert.Equal(expected, tiles.Weight(gate.Place, tile.FirstUnit + last, layout.FirstMemoryRow));
            }
        }
    }

    /// <summary>The table of gates is in the order of the public enum.</summary>
    [Fact]
    public void Gates_AreThoseOfTheEnum()
    {
        Assert.Equal(Enum.GetValues<Lstm.Gate>().Length, Gates.Count);
        Assert.Equal(Enumerable.Range(0, Gates.Count), Gates.All.Select(gate => gate.Place));
        Assert.Equal(
            [Lstm.Gate.Remember, Lstm.Gate.Save, Lstm.Gate.Focus, Lstm.Gate.Candidate],
            new[] { Gates.Remember, Gates.Save, Gates.Focus, Gates.Candidate }.Select(gate => (Lstm.Gate)gate.Place));
    }
}
