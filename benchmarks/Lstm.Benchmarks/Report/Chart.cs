using System.Collections.Generic;
using System.IO;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Lstm.Benchmarks;

/// <summary>One line of a chart.</summary>
internal sealed record Curve(string Title, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A chart with both axes logarithmic, as SVG.</summary>
internal static class Chart
{
    public static void Write(string title, string x, string y, string path, IReadOnlyList<Curve> curves)
    {
        var plot = new PlotModel
        {
            Title = title,
            TitleFontWeight = FontWeights.Normal,
            DefaultFont = "Arial", // the font whose widths the exporter assumes
            Background = OxyColors.White,
            PlotAreaBorderColor = OxyColors.Gray,
            Padding = new OxyThickness(16),
        };
        plot.Legends.Add(new Legend { LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.RightTop, LegendPadding = 16 });
        plot.Axes.Add(Axis(AxisPosition.Bottom, x));
        plot.Axes.Add(Axis(AxisPosition.Left, y));
        foreach (Curve curve in curves)
        {
            var line = new LineSeries { Title = curve.Title, MarkerType = MarkerType.Circle, MarkerSize = 3, StrokeThickness = 2 };
            foreach ((double px, double py) in curve.Points)
            {
                line.Points.Add(new DataPoint(px, py));
            }

            plot.Series.Add(line);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream stream = File.Create(path);
        new SvgExporter { Width = 1000, Height = 560, UseVerticalTextAlignmentWorkaround = true }.Export(plot, stream);
    }

    private static LogarithmicAxis Axis(AxisPosition position, string title) => new()
    {
        Position = position,
        Title = title,
        Base = position == AxisPosition.Bottom ? 2 : 10,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = OxyColor.FromRgb(0xE3, 0xE6, 0xEA),
        TicklineColor = OxyColors.Gray,
    };
}
