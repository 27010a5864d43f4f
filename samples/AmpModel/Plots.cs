using System;
using System.Collections.Generic;
using System.IO;
using System.Numerics.Tensors;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace AmpModel;

/// <summary>The two pictures of a training, as SVG.</summary>
internal static class Plots
{
    private const double Width = 900;
    private const double Height = 450;
    private const double ExcerptSeconds = 0.012;

    private static readonly OxyColor TargetColor = OxyColor.FromRgb(0x9A, 0xA5, 0xB1);
    private static readonly OxyColor PredictionColor = OxyColor.FromRgb(0xD6, 0x45, 0x1B);
    private static readonly OxyColor TrainColor = OxyColor.FromRgb(0x2F, 0x6F, 0xB0);

    /// <summary>Training loss and error-to-signal ratio on the test part over time.</summary>
    public static PlotModel LossCurve(IReadOnlyList<TrainingStatus> curve)
    {
        PlotModel plot = NewPlot("Error-to-signal ratio while training");
        plot.Axes.Add(Grid(new LinearAxis { Position = AxisPosition.Bottom, Title = "training time in s", Minimum = 0 }));
        plot.Axes.Add(Grid(new LogarithmicAxis { Position = AxisPosition.Left, Title = "ESR" }));
        var train = new LineSeries { Title = "training loss", Color = TrainColor, StrokeThickness = 2 };
        var test = new LineSeries { Title = "test part", Color = PredictionColor, StrokeThickness = 2 };
        foreach (TrainingStatus status in curve)
        {
            train.Points.Add(new DataPoint(status.Seconds, status.TrainEsr));
            test.Points.Add(new DataPoint(status.Seconds, status.TestEsr));
        }

        plot.Series.Add(train);
        plot.Series.Add(test);
        return plot;
    }

    /// <summary>A short excerpt of target and prediction, where the target is loudest.</summary>
    public static PlotModel Excerpt(ReadOnlySpan<float> target, ReadOnlySpan<float> prediction, int sampleRate, double esr)
    {
        PlotModel plot = NewPlot($"Target and prediction, test part (ESR {esr:0.0000})");
        plot.Axes.Add(Grid(new LinearAxis { Position = AxisPosition.Bottom, Title = "time in the test part in ms" }));
        plot.Axes.Add(Grid(new LinearAxis { Position = AxisPosition.Left, Title = "amplitude" }));
        int length = Math.Min(target.Length, Math.Max(2, (int)(ExcerptSeconds * sampleRate)));
        int start = LoudestStart(target, length);
        plot.Series.Add(Line("target", TargetColor, 5, target.Slice(start, length), start, sampleRate));
        plot.Series.Add(Line("prediction", PredictionColor, 1.5, prediction.Slice(start, length), start, sampleRate));
        return plot;
    }

    /// <summary>Writes a plot.</summary>
    public static void Write(PlotModel plot, string path)
    {
        using FileStream stream = File.Create(path);
        new SvgExporter { Width = Width, Height = Height, UseVerticalTextAlignmentWorkaround = true }.Export(plot, stream);
    }

    private static PlotModel NewPlot(string title)
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
            LegendPosition = LegendPosition.TopRight,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendItemSpacing = 32,
            LegendPadding = 24, // room for a wider font: the text is clipped to the legend
        });
        return plot;
    }

    private static Axis Grid(Axis axis)
    {
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = OxyColor.FromRgb(0xE3, 0xE6, 0xEA);
        axis.MinorTickSize = 0;
        axis.TicklineColor = OxyColors.Gray;
        axis.AxisTitleDistance = 8;
        return axis;
    }

    private static LineSeries Line(string title, OxyColor color, double thickness, ReadOnlySpan<float> samples, int start, int sampleRate)
    {
        var line = new LineSeries { Title = title, Color = color, StrokeThickness = thickness, LineJoin = LineJoin.Round };
        for (int t = 0; t < samples.Length; t++)
        {
            line.Points.Add(new DataPoint(1000.0 * (start + t) / sampleRate, samples[t]));
        }

        return line;
    }

    private static int LoudestStart(ReadOnlySpan<float> samples, int length)
    {
        int loudest = 0;
        float largest = -1;
        for (int start = 0; start + length <= samples.Length; start += length)
        {
            float power = TensorPrimitives.SumOfSquares(samples.Slice(start, length));
            if (power > largest)
            {
                (loudest, largest) = (start, power);
            }
        }

        return loudest;
    }
}
