using System.Collections.Generic;
using ScottPlot;

namespace Lstm.Charts;

/// <summary>The cells of a heat map: that of row r and column c is the unit square around (c, r).</summary>
/// <param name="colors">[row, column], as <c>#rrggbb</c>.</param>
internal sealed class Cells(string[,] colors) : IPlottable
{
    /// <summary>Half of the space between two cells, in pixels.</summary>
    private const float Gap = 0.5f;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => new(-0.5, colors.GetLength(1) - 0.5, -0.5, colors.GetLength(0) - 0.5);

    public void Render(RenderPack rp)
    {
        for (int row = 0; row < colors.GetLength(0); row++)
        {
            for (int column = 0; column < colors.GetLength(1); column++)
            {
                PixelRect cell = Axes.GetPixelRect(new CoordinateRect(column - 0.5, column + 0.5, row - 0.5, row + 0.5)).Contract(Gap);
                Drawing.FillRectangle(rp.Canvas, cell, rp.Paint, new FillStyle { Color = Color.FromHex(colors[row, column]) });
            }
        }
    }
}
