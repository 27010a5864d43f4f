using System;
using System.Collections.Generic;
using System.Linq;
using ScottPlot;
using ScottPlot.TickGenerators;
using Range = ScottPlot.Range;

namespace Lstm.Charts;

/// <summary>Which colours stand for the values of a heat map.</summary>
public enum ColorScale
{
    /// <summary><see cref="Palette.Diverging"/>: from minus the limit over 0 to the limit.</summary>
    Diverging,

    /// <summary><see cref="Palette.Share"/>: from 0 to the limit.</summary>
    Share,
}

/// <summary>Coloured cells in rows and columns: a strip for each neuron, a cell for each character.</summary>
/// <param name="title">What the chart shows.</param>
/// <param name="x">What the columns are.</param>
/// <param name="values">[row, column], the first row on top; NaN is grey.</param>
/// <param name="rows">A name for each row.</param>
/// <param name="columns">A name for each column.</param>
/// <param name="scale">The colours.</param>
public sealed class HeatMap(
    string title, string x, double[,] values, IReadOnlyList<string> rows, IReadOnlyList<string> columns, ColorScale scale) : Chart(title)
{
    private const int RowHeight = 18;
    private const int Top = 40;
    private const int Bottom = 54;
    private const int Right = 84;

    /// <summary>
    /// The value of the darkest colour. By default 1 on <see cref="ColorScale.Share"/>, on <see cref="ColorScale.Diverging"/> the largest magnitude.
    /// </summary>
    public double? Limit { get; init; }

    /// <summary>Whether each row has the largest magnitude of its own as its limit; the colour bar then goes to 1.</summary>
    public bool LimitOfEachRow { get; init; }

    private int Rows => values.GetLength(0);

    private int Columns => values.GetLength(1);

    private protected override (Plot Plot, int Width, int Height) Draw()
    {
        int left = 22 + (int)Math.Ceiling(rows.Select(Style.TextWidth).DefaultIfEmpty().Max());
        double cell = Math.Clamp((double)(Style.Width - left - Right) / Math.Max(1, Columns), 6, 40);
        int width = Math.Max(Style.Width, left + Right + (int)(cell * Columns));
        int height = Top + Bottom + RowHeight * Math.Max(4, Rows);
        Plot plot = Style.NewPlot(Title);
        plot.Add.Plottable(new Cells(CellColors()));
        plot.Grid.IsVisible = false;
        plot.Axes.Left.TickGenerator = Names(rows, Rows, 1);
        plot.Axes.Bottom.TickGenerator = Names(columns, Columns, Step(cell * (width - left - Right) / Math.Max(1, cell * Columns)));
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.Label.Text = x;
        plot.Axes.SetLimits(-0.5, Math.Max(1, Columns) - 0.5, Math.Max(1, Rows) - 0.5, -0.5);
        plot.Layout.Fixed(new PixelPadding(left, Right, Bottom, Top));
        AddColorBar(plot);
        return (plot, width, height);
    }

    private protected override IEnumerable<IEnumerable<string>> Numbers()
    {
        yield return ["row", "column", "name", "value"];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                yield return [rows[row], Text(column), columns[column], Text(values[row, column])];
            }
        }
    }

    private string[,] CellColors()
    {
        string[,] colors = new string[Rows, Columns];
        for (int row = 0; row < Rows; row++)
        {
            double limit = LimitOfEachRow ? Largest(row, row + 1) : WholeLimit;
            for (int column = 0; column < Columns; column++)
            {
                colors[row, column] = Of(values[row, column] / limit);
            }
        }

        return colors;
    }

    private void AddColorBar(Plot plot)
    {
        double limit = LimitOfEachRow ? 1 : WholeLimit;
        double low = scale == ColorScale.Diverging ? -limit : 0;
        ScottPlot.Panels.ColorBar bar = plot.Add.ColorBar(
            new ColorRange(new Range(low, limit), share => Of(low / limit + share * (1 - low / limit))));
        double[] ticks = [low, (low + limit) / 2, limit];
        bar.Axis.TickGenerator = new NumericManual(ticks, [.. ticks.Select(static value => Ticks.Plain(Math.Round(value, 2)))]);
        bar.Axis.TickLabelStyle.FontName = Style.Font;
        bar.Axis.TickLabelStyle.FontSize = Style.TextSize;
        bar.Axis.TickLabelStyle.ForeColor = plot.Axes.Left.TickLabelStyle.ForeColor;
        bar.Width = 14;
    }

    private double WholeLimit => Limit ?? (scale == ColorScale.Share ? 1 : Largest(0, Rows));

    private string Of(double share) => scale == ColorScale.Diverging ? Palette.Diverging(share) : Palette.Share(share);

    private double Largest(int fromRow, int toRow)
    {
        double largest = 0;
        for (int row = fromRow; row < toRow; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                largest = double.IsNaN(values[row, column]) ? largest : Math.Max(largest, Math.Abs(values[row, column]));
            }
        }

        return largest > 0 ? largest : 1;
    }

    /// <summary>Every how many columns there is room for a name.</summary>
    private int Step(double cell) => (int)Math.Ceiling((columns.Select(Style.TextWidth).DefaultIfEmpty().Max() + 2) / cell);

    private static NumericManual Names(IReadOnlyList<string> names, int count, int step)
    {
        int[] named = [.. Enumerable.Range(0, count).Where(index => index % step == 0)];
        return new NumericManual([.. named.Select(static index => (double)index)], [.. named.Select(index => names[index])]);
    }

    /// <summary>What a colour bar shows.</summary>
    private sealed class ColorRange(Range range, Func<double, string> color) : IHasColorAxis, IColormap
    {
        public string Name => string.Empty;

        public IColormap Colormap => this;

        public Range GetRange() => range;

        public Color GetColor(double position) => Color.FromHex(color(position));
    }
}
