using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>Divides a step at one vector width into sections whose sums stay in registers.</summary>
/// <param name="lanes">Numbers in a vector.</param>
/// <param name="chains">Partial sums of each gate.</param>
/// <param name="sharesFormula">Whether tanh and sigma are one formula.</param>
/// <param name="mostSums">Sums that registers hold beside an input.</param>
internal sealed class SectionPlanner(CellLayout layout, int lanes, int chains, bool sharesFormula, int mostSums)
{
    /// <summary>Eight sums keep two multiply-adds of four cycles in flight; more would only be more streams of weights.</summary>
    private const int EnoughSums = 8;

    /// <summary>
    /// Every vector of units once, in as few sections as registers allow and those of about the same size: they share the
    /// broadcast of an input, and few sums alone would wait for each other.
    /// </summary>
    public IEnumerable<Section> Once(IEnumerable<UnitVector> units)
    {
        int total = units.Sum(unit => unit.Sums * chains);
        int sections = (total + mostSums - 1) / mostSums;
        List<UnitVector> together = new();
        foreach (UnitVector unit in units)
        {
            bool enough = together.Sum(other => other.Sums * chains) * sections >= total;
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
        if (lanes == 1)
        {
            return Parts(wide).Concat(narrow.SelectMany(tile => Parts(new[] { tile })));
        }

        int sums = 4 * chains * 16 / lanes;
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
        return (looped == 0 ? Enumerable.Empty<Section>() : new[] { Repeated(Vectors(wide.Take(together)), inner: 1, wide.Take(looped)) })
            .Concat(Once(Vectors(wide.Skip(looped).Concat(narrow))));
    }

    /// <summary>Loops over parts of tiles, where a whole one is too much for the registers.</summary>
    private IEnumerable<Section> Parts(Tile[] tiles)
    {
        if (tiles.Length > 0)
        {
            UnitVector[] units = Vectors(tiles.Take(1)).ToArray();
            int together = lanes == 1 ? 1 : Math.Min(units.Length, Math.Max(1, EnoughSums / (4 * chains)));
            yield return Repeated(units.Take(together), units.Length / together, tiles);
        }
    }

    private IEnumerable<UnitVector> Vectors(IEnumerable<Tile> tiles) =>
        tiles.SelectMany(tile => KernelPlanner.UnitVectors(tile, lanes, sharesFormula));

    private bool Fit(IEnumerable<UnitVector> units) =>
        units.Sum(unit => unit.Sums * chains) <= mostSums && units.Select(unit => unit.SumLanes).Distinct().Count() == 1;

    /// <summary>Units computed once.</summary>
    private Section Repeated(IReadOnlyCollection<UnitVector> units) =>
        Section(units, inner: 1, outer: 1, outerUnits: 0, end: units.Max(unit => unit.Unit + unit.Lanes));

    /// <summary>The first units of equal tiles, repeated until all of <paramref name="tiles"/> are done.</summary>
    private Section Repeated(IEnumerable<UnitVector> units, int inner, IEnumerable<Tile> tiles)
    {
        int outerUnits = inner * units.Sum(unit => unit.Lanes);
        return Section(units, inner, tiles.Sum(tile => tile.Units) / outerUnits, outerUnits, end: tiles.Max(tile => tile.FirstUnit + tile.Units));
    }

    private Section Section(IEnumerable<UnitVector> units, int inner, int outer, int outerUnits, int end)
    {
        UnitVector first = units.First();
        IEnumerable<UnitVector> counted = units.Select(unit => unit with
        {
            Unit = unit.Unit - first.Unit, Lane = unit.Lane - first.Lane, Weight = unit.Weight - first.Weight,
        });
        return new Section(
            first.Unit, first.Lane, first.Weight, new EquatableArray<UnitVector>(counted), inner, outer,
            OuterUnits: outerUnits, OuterWeights: 4 * outerUnits * layout.Rows, Pads: end > layout.Hidden);
    }
}
