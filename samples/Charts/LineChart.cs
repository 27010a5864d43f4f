using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.Plottables;

namespace Lstm.Charts;

/// <summary>Lines with names over two axes, with bands where points have them.</summary>
/// <param name="title">What the chart shows.</param>
/// <param name="x">The horizontal axis.</param>
/// <param name="y">The vertical axis.</param>
/// <param name="series">The lines; later ones lie above earlier ones.</param>
public sealed class LineChart(string title, Axis x, Axis y, IReadOnlyList<Series> series) : Chart(title)
{
    private const double Margin = 0.03;

    private protected override (Plot Plot, int Width, int Height) Draw()
    {
        Plot plot = Style.NewPlot(Title);
        foreach ((int index, Series line) in series.Index())
        {
            Color color = Color.FromHex(Palette.Series(line.Color ?? index));
            List<Coordinates[]> runs = Runs(line, static point => [point.Y]);
            AddBands(plot, line, color);
            foreach ((int run, Coordinates[] points) in runs.Index())
            {
                Scatter scatter = plot.Add.Scatter(points, color);
                scatter.LineWidth = line.Width;
                scatter.LinePattern = line.Dashed ? LinePattern.Dashed : LinePattern.Solid;
                scatter.MarkerSize = line.Markers ? 6 : 0;
                scatter.LegendText = run == 0 ? line.Name : string.Empty;
            }
        }

        Scaled(plot.Axes.Bottom, x, static point => [point.X]);
        Scaled(plot.Axes.Left, y, static point => [point.Y, point.Low, point.High]);
        Style.ShowLegend(plot, series.Count > 1);

        return (plot, Style.Width, Style.Height);
    }

    private protected override IEnumerable<IEnumerable<string>> Numbers()
    {
        bool banded = series.Any(static line => line.Points.Any(static point => !double.IsNaN(point.Low)));
        yield return ["series", x.Title, y.Title, .. banded ? ["low", "high"] : Array.Empty<string>()];
        foreach (Series line in series)
        {
            foreach (Point p in line.Points)
            {
                yield return [line.Name, Text(p.X), Text(p.Y), .. banded ? [Text(p.Low), Text(p.High)] : Array.Empty<string>()];
            }
        }
    }

    private void AddBands(Plot plot, Series line, Color color)
    {
        foreach (Coordinates[] band in Runs(line, static point => [point.Low, point.High]))
        {
            FillY fill = plot.Add.FillY(
                [.. band.Where(static (_, i) => i % 2 == 0).Select(static end => end.X)],
                [.. band.Where(static (_, i) => i % 2 == 0).Select(static end => end.Y)],
                [.. band.Where(static (_, i) => i % 2 == 1).Select(static end => end.Y)]);
            fill.FillColor = color.WithAlpha(0.2);
            fill.LineWidth = 0;
            fill.MarkerSize = 0;
        }
    }

    /// <summary>The stretches of a line whose numbers can be shown, each point with as many places as it has numbers.</summary>
    private List<Coordinates[]> Runs(Series line, Func<Point, double[]> numbers)
    {
        List<Coordinates[]> runs = [];
        List<Coordinates> run = [];
        foreach (Point point in line.Points)
        {
            Coordinates[] places = [.. numbers(point).Select(number => new Coordinates(Ticks.Position(x, point.X), Ticks.Position(y, number)))];
            if (places.All(static place => double.IsFinite(place.X) && double.IsFinite(place.Y)))
            {
                run.AddRange(places);
            }
            else if (run.Count > 0)
            {
                runs.Add([.. run]);
                run.Clear();
            }
        }

        return run.Count > 0 ? [.. runs, [.. run]] : runs;
    }

    /// <summary>Sets an axis' ends, ticks and title.</summary>
    private void Scaled(IAxis shown, Axis axis, Func<Point, double[]> numbers)
    {
        double[] places =
        [
            .. series.SelectMany(static line => line.Points).SelectMany(numbers)
                .Select(number => Ticks.Position(axis, number)).Where(double.IsFinite),
        ];
        double low = places.Length > 0 ? places.Min() : 0;
        double high = places.Length > 0 ? places.Max() : 1;
        if (low == high)
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        double margin = Margin * (high - low);
        double start = axis.Minimum is { } minimum ? Ticks.Position(axis, minimum) : low - margin;
        double end = axis.Maximum is { } maximum ? Ticks.Position(axis, maximum) : high + margin;
        (double Position, string Label)[] ticks = Ticks.Between(axis, start, end);
        shown.TickGenerator = Ticks.Generator(ticks);
        shown.Label.Text = axis.Title;
        shown.Range.Set(start, end);
    }
}
