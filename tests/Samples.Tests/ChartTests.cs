using System;
using System.Globalization;
using System.IO;
using Lstm.Charts;
using Xunit;

namespace Samples.Tests;

public class ChartTests
{
    public static TheoryData<string> Names => ["lines", "bars", "cells"];

    [Theory]
    [MemberData(nameof(Names))]
    public void SameNumbers_GiveTheSameBytes(string name)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            (string svg, byte[] png, string csv) = (Sample(name).ToSvg(), Sample(name).ToPng(), Sample(name).ToCsv());
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");

            Assert.Equal(svg, Sample(name).ToSvg());
            Assert.Equal(png, Sample(name).ToPng());
            Assert.Equal(csv, Sample(name).ToCsv());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Svg_ScalesAndHasTitleAndFont(string name)
    {
        string svg = Sample(name).ToSvg();

        Assert.Contains("viewBox=\"0 0 ", svg);
        Assert.Contains("<title>a &lt; b</title>", svg);
        Assert.Contains("font-family=\"Inter, Helvetica", svg);
    }

    [Fact]
    public void Write_PutsTheNumbersBesideThePicture()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("charts-");
        try
        {
            Sample("lines").Write(Path.Combine(folder.FullName, "new", "lines.png"));

            byte[] png = File.ReadAllBytes(Path.Combine(folder.FullName, "new", "lines.png"));
            Assert.Equal(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }, png[..4]);
            Assert.Equal(
                "series,x,y,low,high\nwith band,1,0.5,0.25,1\nwith band,2,-1,,\n\"a, b\",1,1E-300,,\n",
                File.ReadAllText(Path.Combine(folder.FullName, "new", "lines.csv")));
            Assert.Throws<ArgumentException>(() => Sample("lines").Write(Path.Combine(folder.FullName, "lines.gif")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Colors_GoFromOneEndToTheOther()
    {
        Assert.Equal("#2166AC", Palette.Diverging(-1));
        Assert.Equal("#FFFFFF", Palette.Diverging(0));
        Assert.Equal("#B2182B", Palette.Diverging(7));
        Assert.Equal("#FFFFFF", Palette.Share(-3));
        Assert.Equal("#005A32", Palette.Share(1));
        Assert.Equal("#CCCCCC", Palette.Share(double.NaN));
    }

    private static Chart Sample(string name) => name switch
    {
        "lines" => new LineChart(
            "a < b", new Axis("x"), new Axis("y", Scale.Logarithmic),
            [new Series("with band", [new(1, 0.5, 0.25, 1), new(2, -1)]), new Series("a, b", [new(1, 1e-300)]) { Markers = true }]),
        "bars" => new BarChart("a < b", new Axis("%"), [new Bar("one", 99.5, 0.5), new Bar("two", -3)]),
        _ => new HeatMap("a < b", "character", new[,] { { 0.5, -1 }, { double.NaN, 0 } }, ["0", "1"], ["a", "␣"], ColorScale.Diverging),
    };
}
