using System;
using System.Collections.Generic;

namespace Lstm.Tasks.Sunspots;

/// <summary>Something that forecasts a series from its past.</summary>
internal interface IForecaster
{
    /// <summary>Its name in the table.</summary>
    public string Name { get; }

    /// <summary>Learns from the past.</summary>
    /// <param name="past">All numbers that are known; later ones are never seen.</param>
    /// <returns>Forecasts a number <c>horizon</c> steps after the last of some numbers.</returns>
    public Func<ReadOnlyMemory<double>, int, double> Fit(ReadOnlyMemory<double> past);
}

/// <summary>The forecast is the last number.</summary>
internal sealed class Persistence : IForecaster
{
    /// <inheritdoc/>
    public string Name => "persistence";

    /// <inheritdoc/>
    public Func<ReadOnlyMemory<double>, int, double> Fit(ReadOnlyMemory<double> past) => static (known, _) => known.Span[^1];
}

/// <summary>The forecast is the number of one period earlier.</summary>
/// <param name="period">In steps, more than any horizon.</param>
internal sealed class SeasonalNaive(int period) : IForecaster
{
    /// <inheritdoc/>
    public string Name => $"seasonal naive, {period} months";

    /// <inheritdoc/>
    public Func<ReadOnlyMemory<double>, int, double> Fit(ReadOnlyMemory<double> past) => (known, horizon) => known.Span[^(period + 1 - horizon)];
}
