using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Lstm.Tasks.Sunspots;

/// <summary>The mean number of sunspots of each month.</summary>
/// <param name="firstYear">The year of the first number, which is that of a January.</param>
/// <param name="numbers">Month after month.</param>
internal sealed class SunspotSeries(int firstYear, IReadOnlyList<double> numbers)
{
    private const int MonthsOfYear = 12;

    /// <summary>Month after month.</summary>
    public IReadOnlyList<double> Numbers => numbers;

    /// <summary>The place of the January of a year.</summary>
    public int January(int year) => (year - firstYear) * MonthsOfYear;

    /// <summary>A place as year and month.</summary>
    public (int Year, int Month) At(int place) => (firstYear + (place / MonthsOfYear), (place % MonthsOfYear) + 1);

    /// <summary>Reads the file that comes with the program: a head, then year, month and number in each line.</summary>
    /// <exception cref="InputException">The file is missing, or has a line that does not follow the one before.</exception>
    public static SunspotSeries Load()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "data", "sunspots.csv");
        if (!File.Exists(path))
        {
            throw new InputException($"{path} is missing: build the project again.");
        }

        string[] lines = File.ReadAllLines(path);
        int first = int.Parse(lines[1].Split(',')[0], CultureInfo.InvariantCulture);
        List<double> numbers = [];
        var series = new SunspotSeries(first, numbers);
        for (int i = 1; i < lines.Length; i++)
        {
            string[] fields = lines[i].Split(',');
            (int year, int month) = series.At(numbers.Count);
            if (fields.Length != 3 || fields[0] != $"{year}" || fields[1] != $"{month}"
                || !double.TryParse(fields[2], CultureInfo.InvariantCulture, out double number))
            {
                throw new InputException($"{path}, line {i + 1}: expected {year},{month} and a number, found {lines[i]}.");
            }

            numbers.Add(number);
        }

        return series;
    }
}
