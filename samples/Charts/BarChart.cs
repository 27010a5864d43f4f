using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Lstm.Charts;

/// <summary>A bar.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">How long it is, from 0.</param>
/// <param name="Error">Half the length of its error bar, or 0 for none.</param>
public sealed record Bar(string Label, double Value, double Error = 0);

/// <summary>Bars, from left to right, over a linear axis.</summary>
/// <param name="title">What the chart shows.</param>
/// <param name="y">The vertical axis, linear.</param>
/// <param name="bars">The bars.</param>
public sealed class BarChart(string title, Axis y, IReadOnlyList<Bar> bars) : Chart(title)
{
    private protected override (Plot Plot, int Width, int Height) Draw()
    {
        Plot plot = Style.NewPlot(Title);
        foreach ((int index, Bar bar) in bars.Index())
        {
            plot.Add.Bar(new ScottPlot.Bar
            {
                Position = index,
                Value = bar.Value,
                Error = bar.Error,
                FillColor = Color.FromHex(Palette.Series(1)),
                LineWidth = 1,
                Size = 0.7,
            });
        }

        plot.HideLegend();
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. bars.Select(static (_, index) => (double)index)], [.. bars.Select(static bar => bar.Label)]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.Range.Set(-0.6, bars.Count - 0.4);
        double low = y.Minimum ?? bars.Select(static bar => bar.Value - bar.Error).Append(0).Min() * 1.05;
        double high = y.Maximum ?? bars.Select(static bar => bar.Value + bar.Error).Append(low < 0 ? 0 : double.Epsilon).Max() * 1.05;
        (double Position, string Label)[] ticks = Ticks.Between(y, low, high);
        plot.Axes.Left.TickGenerator = Ticks.Generator(ticks);
        plot.Axes.Left.Label.Text = y.Title;
        plot.Axes.Left.Range.Set(low, high);
        return (plot, Style.Width, Style.Height);
    }

    private protected override IEnumerable<IEnumerable<string>> Numbers() =>
        [["bar", y.Title, "error"], .. bars.Select(static bar => (string[])[bar.Label, Text(bar.Value), Text(bar.Error)])];
}
