using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Tasks.Sunspots;
using Xunit;

namespace Lstm.Tasks.Tests;

public class SunspotTests
{
    [Fact]
    public void Series_IsWhole()
    {
        SunspotSeries series = SunspotSeries.Load();

        Assert.Equal(2820, series.Numbers.Count); // 1749 to 1983
        Assert.Equal((58, 33.4), (series.Numbers[0], series.Numbers[^1]));
        Assert.Equal((1900, 1), series.At(series.January(1900)));
        Assert.Equal((1983, 12), series.At(2819));
    }

    [Fact]
    public void Naive_ForecastsRepeatTheRightMonth()
    {
        double[] known = [.. Enumerable.Range(0, 300).Select(static i => (double)i)];

        Assert.Equal(299, new Persistence().Fit(known)(known, 12));
        Assert.Equal(299 + 12 - 132, new SeasonalNaive(132).Fit(known)(known, 12));
        Assert.Equal(299 + 1 - 132, new SeasonalNaive(132).Fit(known)(known, 1));
    }

    /// <summary>
    /// A process of order 2, y = 10 + 1.6 y' - 0.8 y'' + noise of deviation 1: the best forecast of one step is off by 1. The bounds allow for the
    /// estimated weights and for the 999 months: 1 +- 4 standard errors.
    /// </summary>
    [Fact]
    public void Autoregression_FindsAProcessOfItsKind()
    {
        var random = new Random(1);
        double[] numbers = new double[3000];
        numbers[0] = numbers[1] = 50;
        for (int t = 2; t < numbers.Length; t++)
        {
            double noise = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
            numbers[t] = 10 + (1.6 * numbers[t - 1]) - (0.8 * numbers[t - 2]) + noise;
        }

        var forecast = new Autoregression([1], root: false).Fit(numbers.AsMemory(0, 2000));
        double squares = Enumerable.Range(2000, 999).Average(t => Math.Pow(forecast(numbers.AsMemory(0, t), 1) - numbers[t], 2));

        Assert.InRange(Math.Sqrt(squares), 0.9, 1.1);
    }

    [Fact]
    public void RollingOrigin_ShowsNoForecasterTheFuture()
    {
        SunspotSeries series = SunspotSeries.Load();
        var rolling = new RollingOrigin(series, 1000, 1300);
        var spy = new Spy();

        double[][] forecasts = rolling.Forecasts(spy, [1, 12]);

        Assert.Equal([1001, 1121, 1241], spy.Fitted);
        Assert.Equal(Enumerable.Range(1001, 301).Select(static length => (double)length), forecasts[0]);
        Assert.Equal(series.Numbers[1012], rolling.Actual([1, 12])[1][0]);
    }

    [Fact]
    public void Bootstrap_OfEqualErrorsIsAPoint_AndOfOthersHoldsTheirRms()
    {
        double[] equal = [.. Enumerable.Repeat(-3.0, 50)];
        double[] mixed = [.. Enumerable.Range(0, 500).Select(static i => (double)(i % 7))];

        Assert.Equal((3, 3), BlockBootstrap.Interval(50, 10, places => BlockBootstrap.Rms(equal, places)));
        (double low, double high) = BlockBootstrap.Interval(500, 10, places => BlockBootstrap.Rms(mixed, places));
        double rms = BlockBootstrap.Rms(mixed, BlockBootstrap.All(500));
        Assert.True(low < rms && rms < high && high - low < 0.5 * rms, $"{low} {rms} {high}");
    }

    /// <summary>Forecasts how many numbers it was shown.</summary>
    private sealed class Spy : IForecaster
    {
        public List<int> Fitted { get; } = [];

        public string Name => "spy";

        public Func<ReadOnlyMemory<double>, int, double> Fit(ReadOnlyMemory<double> past)
        {
            Fitted.Add(past.Length);
            return static (known, _) => known.Length;
        }
    }
}
