using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Lstm.Tasks.Report;

namespace Lstm.Tasks.Sunspots;

/// <summary>Forecasts of sunspots by several methods, with intervals for their errors.</summary>
internal static class SunspotReport
{
    private const int SolarCycle = 132; // months
    private static readonly int[] Horizons = [1, 12];

    /// <summary>Forecasts and prints.</summary>
    /// <param name="options">The networks.</param>
    /// <param name="firstYear">The first year that is forecast.</param>
    /// <param name="lastYear">The last year that is forecast.</param>
    /// <param name="output">Gets the table; its last line is for scripts.</param>
    /// <returns>Every forecast as CSV.</returns>
    public static string Run(SeedOptions options, int firstYear, int lastYear, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        SunspotSeries series = SunspotSeries.Load();
        var rolling = new RollingOrigin(series, series.January(firstYear) - 1, series.January(lastYear + 1) - 1 - Horizons[^1]);
        output.WriteLine(
            $"sunspots: {rolling.Count:N0} origins, the forecasts are of {firstYear} to {lastYear}; methods learn anew every ten years; "
            + $"{SunspotNetwork.HiddenSize} units, {SunspotNetwork.ParameterCount:N0} weights a network");
        output.WriteLine("root of the mean squared error, and its 95 % interval (blocks of 132 months drawn 2,000 times)");
        output.WriteLine($"{string.Empty,-34}{"1 month ahead",-24}12 months ahead");

        IForecaster[] forecasters =
        [
            new Persistence(), new SeasonalNaive(SolarCycle), new Autoregression(Horizons, root: false), new Autoregression(Horizons, root: true),
            new SunspotNetworks(options),
        ];
        double[][] actual = rolling.Actual(Horizons);
        List<double[][]> forecasts = [];
        List<double[][]> errors = [];
        foreach (IForecaster forecaster in forecasters)
        {
            double[][] made = rolling.Forecasts(forecaster, Horizons);
            forecasts.Add(made);
            errors.Add([.. made.Zip(actual, static (guess, fact) => guess.Zip(fact, static (g, f) => g - f).ToArray())]);
            output.WriteLine($"{forecaster.Name,-34}{Measured(errors[^1][0]),-24}{Measured(errors[^1][1])}");
        }

        PrintDifference(errors[^1], errors[^3], forecasters[^3].Name, output);
        PrintDifference(errors[^1], errors[^2], forecasters[^2].Name, output);
        output.WriteLine($"wall time {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        output.WriteLine(
            $"sunspots: 1 step {Rms(errors[^1][0]):0.0} (autoregression {Rms(errors[^3][0]):0.0}), "
            + $"12 steps {Rms(errors[^1][1]):0.0} (autoregression {Rms(errors[^3][1]):0.0})");
        return Csv(series, rolling, [.. forecasters.Select(static forecaster => forecaster.Name)], actual, forecasts);
    }

    private static double Rms(double[] errors) => BlockBootstrap.Rms(errors, BlockBootstrap.All(errors.Length));

    private static string Measured(double[] errors)
    {
        (double low, double high) = BlockBootstrap.Interval(errors.Length, SolarCycle, places => BlockBootstrap.Rms(errors, places));
        return $"{Rms(errors):0.0} ({low:0.0} to {high:0.0})";
    }

    private static void PrintDifference(double[][] ours, double[][] theirs, string name, TextWriter output)
    {
        IEnumerable<string> texts = Horizons.Select((_, h) =>
        {
            (double low, double high) = BlockBootstrap.Interval(
                ours[h].Length, SolarCycle, places => BlockBootstrap.Rms(ours[h], places) - BlockBootstrap.Rms(theirs[h], places));
            return $"{Rms(ours[h]) - Rms(theirs[h]):+0.0;-0.0;0.0} ({low:+0.0;-0.0;0.0} to {high:+0.0;-0.0;0.0})";
        });
        output.WriteLine($"{"LSTM less the other one",-34}{string.Join("   ", texts)}   {name}");
    }

    private static string Csv(SunspotSeries series, RollingOrigin rolling, string[] names, double[][] actual, List<double[][]> forecasts)
    {
        var text = new StringBuilder("year,month,horizon,actual");
        foreach (string name in names)
        {
            text.Append(",\"").Append(name).Append('"');
        }

        text.Append('\n');
        for (int h = 0; h < Horizons.Length; h++)
        {
            for (int i = 0; i < rolling.Count; i++)
            {
                (int year, int month) = series.At(rolling.First + i + Horizons[h]);
                text.Append(CultureInfo.InvariantCulture, $"{year},{month},{Horizons[h]},{actual[h][i]}");
                foreach (double[][] made in forecasts)
                {
                    text.Append(CultureInfo.InvariantCulture, $",{made[h][i]:0.00}");
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }
}
