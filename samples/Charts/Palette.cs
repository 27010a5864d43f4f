using System;
using SkiaSharp;

namespace Lstm.Charts;

/// <summary>The colours of all charts, as <c>#rrggbb</c>, so that a page can use the same.</summary>
public static class Palette
{
    // Of even weight on white, told apart by those who see few colours.
    private static readonly string[] Lines = ["#D55E00", "#0072B2", "#009E73", "#000000", "#CC79A7", "#E69F00", "#999999"];

    private static readonly SKColor White = new(0xFF, 0xFF, 0xFF);
    private static readonly SKColor Red = new(0xB2, 0x18, 0x2B);
    private static readonly SKColor Blue = new(0x21, 0x66, 0xAC);
    private static readonly SKColor Green = new(0x00, 0x5A, 0x32);

    /// <summary>The colour of a line: seven, then from the first again.</summary>
    public static string Series(int index) => Lines[index % Lines.Length];

    /// <summary>From blue at -1 over white at 0 to red at 1; what lies outside has the colour of the nearer end.</summary>
    public static string Diverging(double value) => value < 0 ? Between(White, Blue, -value) : Between(White, Red, value);

    /// <summary>From white at 0 to dark green at 1; what lies outside has the colour of the nearer end.</summary>
    public static string Share(double value) => Between(White, Green, value);

    private static string Between(SKColor from, SKColor to, double share)
    {
        if (double.IsNaN(share))
        {
            return "#CCCCCC";
        }

        double s = Math.Clamp(share, 0, 1);
        return $"#{Mix(from.Red, to.Red):X2}{Mix(from.Green, to.Green):X2}{Mix(from.Blue, to.Blue):X2}";

        int Mix(byte a, byte b) => (int)Math.Round(a + s * (b - a));
    }
}
