using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Divides a step at one vector width into sections whose sums stay in registers.</summary>
/// <param name="lanes">Numbers in a vector.</param>
/// <param name="partialSums">Partial sums of each gate.</param>
/// <param name="mostSums">Sums that registers hold beside an input.</param>
internal sealed class SectionPlanner(CellLayout layout, int lanes, int partialSums, ActivationPlan activations, int mostSums)
{
    /// <summary>2 FMA ports x 4 cycles of latency = 8 independent accumulators. More would only add load streams.</summary>
    private const int EnoughSums = 8;

    /// <summary>The vectors of units of a tile, counted from the first tile.</summary>
    public IEnumerable<UnitVector> Vectors(Tile tile)
    {
        int width = Math.Min(lanes, tile.Units);
        int together = Math.Min(Gates.Count, Math.Max(1, lanes / width));
        return Enumerable.Range(0, tile.Units / width).Select(i => new UnitVector(
            tile.FirstUnit + (i * width), tile.FirstLane + (i * width), tile.Offset + (i * width), width, together, tile.Units,
            activations.Scale(((tile.FirstUnit + lanes - 1) / lanes) + i)));
    }

    /// <summary>
    /// Every vector of units once, in as few sections as registers allow and those of about the same size: they share the
    /// broadcast of an input, and few sums alone would wait for each other.
    /// </summary>
    public IEnumerable<Section> Once(IEnumerable<UnitVector> units)
    {
        int total = units.Sum(unit => unit.Sums * partialSums);
        int sections = (total + mostSums - 1) / mostSums;
        List<UnitVector> together = new();
        foreach (UnitVector unit in units)
        {
            bool enough = together.Sum(other => other.Sums * partialSums) * sections >= total;
            if (together.Count > 0 && (enough || !Fit(together.Append(unit))))
            {
                yield return Repeated(together);
                together.Clear();
            }

            together.Add(unit);
        }

        if (together.Count > 0)
        {
            yield return Repeated(together);
        }
    }

    /// <summary>
    /// Tiles of 16 in loops. What is narrower goes with the last of them, where registers hold it: alone it would have too
    /// few sums to hide the latency of a multiply-add.
    /// </summary>
    public IEnumerable<Section> Looped()
    {
        Tile[] wide = layout.Tiles.Where(tile => tile.Units == 16).ToArray();
        Tile[] narrow = layout.Tiles.Skip(wide.Length).ToArray();
        int sums = Gates.Count * partialSums * 16 / lanes;
        if (sums > mostSums)
        {
            return Parts(wide).Concat(Once(Vectors(narrow)));
        }

        return Groups(wide, narrow, Math.Max(1, EnoughSums / sums));
    }

    /// <summary>Loops over groups of whole tiles, and what is left over. A tile left over alone goes with the group before it.</summary>
    private IEnumerable<Section> Groups(Tile[] wide, Tile[] narrow, int together)
    {
        int left = wide.Length % together;
        int last = left == 0 && narrow.Length > 0 ? together : left == 1 ? together + 1 : left;
        int looped = Math.Max(0, wide.Length - last);
        return (looped == 0 ? Enumerable.Empty<Section>() : new[] { Repeated(Vectors(wide.Take(together)), parts: 1, wide.Take(looped)) })
            .Concat(Once(Vectors(wide.Skip(looped).Concat(narrow))));
    }

    /// <summary>Loops over parts of tiles, where a whole one is too much for the registers.</summary>
    private IEnumerable<Section> Parts(Tile[] tiles)
    {
        if (tiles.Length > 0)
        {
            UnitVector[] units = Vectors(tiles.Take(1)).ToArray();
            int together = Math.Min(units.Length, Math.Max(1, EnoughSums / (Gates.Count * partialSums)));
            yield return Repeated(units.Take(together), units.Length / together, tiles);
        }
    }

    private IEnumerable<UnitVector> Vectors(IEnumerable<Tile> tiles) => tiles.SelectMany(Vectors);

    private bool Fit(IEnumerable<UnitVector> units) =>
        units.Sum(unit => unit.Sums * partialSums) <= mostSums && units.Select(unit => unit.SumLanes).Distinct().Count() == 1;

    /// <summary>Units computed once.</summary>
    private Section Repeated(IReadOnlyCollection<UnitVector> units) =>
        Section(units, parts: 1, tiles: 1, tileUnits: 0, end: units.Max(unit => unit.Unit + unit.Lanes));

    /// <summary>The first units of equal tiles, repeated until all of <paramref name="tiles"/> are done.</summary>
    private Section Repeated(IEnumerable<UnitVector> units, int parts, IEnumerable<Tile> tiles)
    {
        int tileUnits = parts * units.Sum(unit => unit.Lanes);
        return Section(units, parts, tiles.Sum(tile => tile.Units) / tileUnits, tileUnits, end: tiles.Max(tile => tile.FirstUnit + tile.Units));
    }

    private Section Section(IEnumerable<UnitVector> units, int parts, int tiles, int tileUnits, int end)
    {
        UnitVector first = units.First();
        IEnumerable<UnitVector> counted = units.Select(unit => unit with
        {
            Unit = unit.Unit - first.Unit, Lane = unit.Lane - first.Lane, Weight = unit.Weight - first.Weight,
        });
        return new Section(
            first.Unit, first.Lane, first.Weight, new EquatableArray<UnitVector>(counted), parts, tiles, tileUnits,
            TileWeights: Gates.Count * tileUnits * layout.Rows, Pads: end > layout.Hidden);
    }
}
