using System;
using System.IO;
using ScottPlot;

namespace Lstm.Charts;

/// <summary>Fonts, sizes and colours of everything but the data.</summary>
internal static class Style
{
    /// <summary>The font, which comes with this assembly: text is as wide on every machine.</summary>
    public const string Font = "Inter";

    public const int Width = 640;
    public const int Height = 420;
    public const float TextSize = 14;
    private const float TitleSize = 17;

    private static readonly Color Ink = Color.FromHex("#333333");
    private static readonly Color Grid = Color.FromHex("#E3E6EA");

    static Style() => Fonts.AddFontFile(Font, Path.Combine(AppContext.BaseDirectory, "Inter-Regular.otf"));

    /// <summary>An empty plot in this style.</summary>
    public static Plot NewPlot(string title)
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Axes.Color(Ink);
        plot.Grid.MajorLineColor = Grid;
        plot.Font.Set(Font);
        plot.Title(title, TitleSize);
        plot.Axes.Title.Label.Bold = false;
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.Label.Bold = false;
            axis.Label.FontSize = TextSize;
            axis.TickLabelStyle.FontSize = TextSize;
            axis.MinorTickStyle.Length = 0;
        }

        return plot;
    }

    /// <summary>The width of a text in <see cref="TextSize"/>.</summary>
    public static double TextWidth(string text)
    {
        using var paint = Paint.NewDisposablePaint();
        return new LabelStyle { FontName = Font, FontSize = TextSize }.Measure(text, paint).Width;
    }

    /// <summary>Puts the legend below the chart, if it is needed.</summary>
    public static void ShowLegend(Plot plot, bool needed)
    {
        if (!needed)
        {
            plot.HideLegend();
            return;
        }

        plot.ShowLegend(Edge.Bottom);
        plot.Legend.FontName = Font;
        plot.Legend.FontSize = TextSize;
        plot.Legend.FontColor = Ink;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.Orientation = Orientation.Horizontal;
    }
}
