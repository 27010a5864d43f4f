using System.Collections.Generic;
using System.IO;
using System.Linq;
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
    // Of even weight on white, told apart by those who see few colours.
    private static readonly OxyColor[] Colors =
    [
        OxyColor.FromRgb(0xD5, 0x5E, 0x00), OxyColor.FromRgb(0x00, 0x00, 0x00), OxyColor.FromRgb(0x00, 0x72, 0xB2),
        OxyColor.FromRgb(0x00, 0x9E, 0x73), OxyColor.FromRgb(0x99, 0x99, 0x99), OxyColor.FromRgb(0xCC, 0x79, 0xA7),
        OxyColor.FromRgb(0xE6, 0x9F, 0x00),
    ];

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
        plot.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.RightTop,
            LegendMaxWidth = 240,
            LegendPadding = 44, // room for a wider font: the text is clipped to the legend
            LegendLineSpacing = 10,
        });
        double[] measured = [.. curves.SelectMany(static curve => curve.Points).Select(static point => point.X).Distinct().Order()];
        plot.Axes.Add(Style(new MeasuredAxis(measured), AxisPosition.Bottom, x));
        plot.Axes.Add(Style(new LogarithmicAxis(), AxisPosition.Left, y));
        foreach ((int index, Curve curve) in curves.Index())
        {
            var line = new LineSeries
            {
                Title = curve.Title,
                Color = Colors[index % Colors.Length],
                MarkerType = MarkerType.Circle,
                MarkerSize = 3,
                StrokeThickness = 2,
            };
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

    private static LogarithmicAxis Style(LogarithmicAxis axis, AxisPosition position, string title)
    {
        axis.Position = position;
        axis.Title = title;
        axis.StringFormat = "#,0.###";
        axis.AxisTitleDistance = 12;
        axis.PowerPadding = false;
        axis.MinimumPadding = 0.03;
        axis.MaximumPadding = 0.03;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = OxyColor.FromRgb(0xE3, 0xE6, 0xEA);
        axis.TicklineColor = OxyColors.Gray;
        return axis;
    }

    /// <summary>An axis with its ticks where measurements are, instead of at every multiple of ten.</summary>
    private sealed class MeasuredAxis(IList<double> values) : LogarithmicAxis
    {
        public override void GetTickValues(out IList<double> majorLabelValues, out IList<double> majorTickValues, out IList<double> minorTickValues)
        {
            majorLabelValues = values;
            majorTickValues = values;
            minorTickValues = [];
        }
    }
}
