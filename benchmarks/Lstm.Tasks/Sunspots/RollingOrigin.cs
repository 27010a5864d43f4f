using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Tasks.Sunspots;

/// <summary>
/// Forecasts from every month of some years, each from what was known then. Every ten years the forecasters learn anew from all months before.
/// </summary>
/// <param name="series">The series.</param>
/// <param name="first">The first origin: the last known month of the first forecast.</param>
/// <param name="last">The last origin.</param>
internal sealed class RollingOrigin(SunspotSeries series, int first, int last)
{
    private const int MonthsBetweenFits = 120;

    /// <summary>Origins.</summary>
    public int Count => last - first + 1;

    /// <summary>The first origin.</summary>
    public int First => first;

    /// <summary>The forecasts of a forecaster.</summary>
    /// <returns>For each horizon, the forecasts from each origin.</returns>
    public double[][] Forecasts(IForecaster forecaster, IReadOnlyList<int> horizons)
    {
        double[] numbers = [.. series.Numbers];
        double[][] forecasts = [.. horizons.Select(_ => new double[Count])];
        for (int start = first; start <= last; start += MonthsBetweenFits)
        {
            var forecast = forecaster.Fit(numbers.AsMemory(0, start + 1));
            for (int origin = start; origin <= last && origin < start + MonthsBetweenFits; origin++)
            {
                for (int h = 0; h < horizons.Count; h++)
                {
                    forecasts[h][origin - first] = forecast(numbers.AsMemory(0, origin + 1), horizons[h]);
                }
            }
        }

        return forecasts;
    }

    /// <summary>What came: the number of each horizon after each origin.</summary>
    public double[][] Actual(IReadOnlyList<int> horizons) =>
        [.. horizons.Select(horizon => Enumerable.Range(first, Count).Select(origin => series.Numbers[origin + horizon]).ToArray())];
}
