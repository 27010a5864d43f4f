using System.Collections.Generic;

namespace Lstm.Charts;

/// <summary>A point of a line, or one with a band around it. Where a number is not finite, the line is interrupted.</summary>
/// <param name="X">Where on the horizontal axis.</param>
/// <param name="Y">Where on the vertical axis.</param>
/// <param name="Low">The lower end of the band, or NaN for none.</param>
/// <param name="High">The upper end of the band, or NaN for none.</param>
public readonly record struct Point(double X, double Y, double Low = double.NaN, double High = double.NaN);

/// <summary>A line with a name.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Points">In the order in which they are joined.</param>
public sealed record Series(string Name, IReadOnlyList<Point> Points)
{
    /// <summary>The width of the line, in pixels; 0: only markers.</summary>
    public float Width { get; init; } = 2;

    /// <summary>Whether each point is marked.</summary>
    public bool Markers { get; init; }

    /// <summary>Whether the line is dashed.</summary>
    public bool Dashed { get; init; }

    /// <summary>Its colour in <see cref="Palette.Series"/>; by default its place in the chart.</summary>
    public int? Color { get; init; }
}
