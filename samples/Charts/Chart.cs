using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Lstm.Charts;

/// <summary>
/// A chart with the fonts, colours and sizes that all of them share, as SVG or PNG. The same numbers give the same bytes: the font comes
/// with this assembly, and nothing depends on culture or time.
/// </summary>
/// <param name="title">What the chart shows, in one line.</param>
public abstract partial class Chart(string title)
{
    /// <summary>Pixels of a picture for each unit of length.</summary>
    private const int PngScale = 2;

    /// <summary>What the chart shows, in one line.</summary>
    public string Title { get; } = title;

    /// <summary>Its numbers as text with commas, one row each, a line with the names first.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        foreach (IEnumerable<string> row in Numbers())
        {
            text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The chart as an SVG document that scales with its place.</summary>
    public string ToSvg()
    {
        (Plot plot, int width, int height) = Draw();
        using (plot)
        {
            string svg = plot.GetSvgXml(width, height);
            string head = $"viewBox=\"0 0 {width} {height}\" role=\"img\">\n\t<title>{WebUtility.HtmlEncode(Title)}</title>";
            svg = Renumbered(EndOfHead().Replace(svg, match => $"{match.Groups[1].Value} {head}", 1));
            return svg.Replace(
                $"font-family=\"{Style.Font}\"", $"font-family=\"{Style.Font}, Helvetica, Arial, sans-serif\"", StringComparison.Ordinal);
        }
    }

    /// <summary>The chart as PNG, with two pixels for each unit of length.</summary>
    public byte[] ToPng()
    {
        (Plot plot, int width, int height) = Draw();
        using (plot)
        {
            plot.ScaleFactor = PngScale;
            return plot.GetImageBytes(width * PngScale, height * PngScale, ImageFormat.Png);
        }
    }

    /// <summary>Writes the chart, and its numbers beside it under the same name with <c>.csv</c>. The folder is made if need be.</summary>
    /// <param name="path">Ends with <c>.svg</c> or <c>.png</c>.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    public void Write(string path)
    {
        byte[] picture = Path.GetExtension(path) switch
        {
            ".svg" => Encoding.UTF8.GetBytes(ToSvg()),
            ".png" => ToPng(),
            _ => throw new ArgumentException($"{path} ends neither with .svg nor with .png.", nameof(path)),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllBytes(path, picture);
        File.WriteAllText(Path.ChangeExtension(path, ".csv"), ToCsv());
    }

    /// <summary>A new plot and its size.</summary>
    private protected abstract (Plot Plot, int Width, int Height) Draw();

    /// <summary>The numbers, with a row of names first.</summary>
    private protected abstract IEnumerable<IEnumerable<string>> Numbers();

    private protected static string Text(double number) =>
        double.IsNaN(number) ? string.Empty : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The ids of clips, which count through the life of the process, in the order of the document.</summary>
    private static string Renumbered(string svg)
    {
        Dictionary<string, string> ids = [];
        return ClipId().Replace(svg, match =>
        {
            ids.TryAdd(match.Value, $"cl_{ids.Count}");
            return ids[match.Value];
        });
    }

    private static string Quoted(string field) => field.AsSpan().ContainsAny(",\"\n") ? $"\"{field.Replace("\"", "\"\"")}\"" : field;

    [GeneratedRegex("(<svg [^>]*)>")]
    private static partial Regex EndOfHead();

    [GeneratedRegex("\\bcl_[0-9a-f]+")]
    private static partial Regex ClipId();
}
