using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Lstm.Charts;

namespace Lstm.Benchmarks;

/// <summary>Times against d for p = 1, both axes logarithmic: a chart of the first table of a region of the report.</summary>
internal static class SizeChart
{
    /// <param name="title">What the times are of.</param>
    /// <param name="unit">The unit of the table.</param>
    /// <param name="path">Where the chart goes; its numbers go beside it.</param>
    /// <param name="region">The text with the table; its first column is (p,d).</param>
    /// <param name="isShown">Which of the other columns are lines.</param>
    public static void Write(string title, string unit, string path, string region, Predicate<string> isShown)
    {
        string[][] table =
        [
            .. region.Split('\n').SkipWhile(static line => !line.StartsWith("| (p,d) |", StringComparison.Ordinal))
                .TakeWhile(static line => line.StartsWith('|')).Select(static line => line.Trim('|', ' ').Split(" | ")),
        ];
        (double Size, string[] Times)[] rows =
        [
            .. table.Where(static row => row[0].StartsWith("(1,", StringComparison.Ordinal)).Select(static row => (Number(row[0][3..^1]), row))
                .OrderBy(static row => row.Item1),
        ];
        Series[] lines =
        [
            .. from column in table[0].Index().Skip(1)
               where isShown(column.Item)
               select new Series(column.Item, [.. rows.Select(row => new Point(row.Size, Number(row.Times[column.Index])))]) { Markers = true },
        ];
        Axis sizes = new("d", Scale.Logarithmic) { Ticks = [.. rows.Select(static row => row.Size)] };
        new LineChart(title, sizes, new Axis(unit, Scale.Logarithmic), lines).Write(path);
        Console.WriteLine($"{Path.GetFileName(path)}: {lines.Length} lines of {rows.Length} sizes");
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}
