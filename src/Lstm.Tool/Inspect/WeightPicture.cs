using System;
using System.IO;
using Lstm.Formats.Layers;
using Spectre.Console;

namespace Lstm.Tool.Inspect;

/// <summary>
/// A layer's weights as a picture in the terminal: a field for each gate, a row for each unit, columns for x, then for wm. Where there are more rows
/// or columns than fit, neighbours share one, which shows their root mean square.
/// </summary>
internal static class WeightPicture
{
    private const int MostRows = 16;
    private const int MostColumns = 18;
    private const string Shades = " .:-=+*#%@";
    private const string Gap = "  ";

    private static readonly Color Positive = new(255, 140, 40);
    private static readonly Color Negative = new(60, 150, 255);

    /// <summary>Writes the picture.</summary>
    public static void Write(LstmModel model, int layer, IAnsiConsole console, TextWriter output)
    {
        bool colors = Screen.HasColors(console);
        int inputs = ModelShape.InputOf(model, layer);
        int rows = Math.Min(MostRows, model.Hidden(layer));
        int columns = Math.Min(MostColumns, inputs + model.Hidden(layer));
        double[][,] fields = Array.ConvertAll(Enum.GetValues<Gate>(), gate => Field(model, layer, gate, rows, columns));
        double largest = 0;
        foreach (double[,] field in fields)
        {
            foreach (double value in field)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }
        }

        string meaning = colors ? "orange positive, blue negative" : $"'{Shades[1]}' small to '{Shades[^1]}'";
        output.WriteLine($"Layer {layer}, W and U side by side; columns x, then wm; rows units; {meaning} {largest:0.00}");
        console.Write(Picture(fields, largest, colors));
    }

    private static Paragraph Picture(double[][,] fields, double largest, bool colors)
    {
        var picture = new Paragraph();
        int rows = fields[0].GetLength(0);
        int columns = fields[0].GetLength(1);
        foreach (Gate gate in Enum.GetValues<Gate>())
        {
            string name = gate.ToString();
            picture.Append(name.Length > columns ? name[..columns] : name.PadRight(columns)).Append(Gap);
        }

        for (int row = 0; row < rows; row++)
        {
            picture.Append("\n");
            foreach (double[,] field in fields)
            {
                for (int column = 0; column < columns; column++)
                {
                    double part = largest == 0 ? 0 : field[row, column] / largest;
                    if (colors)
                    {
                        Color strongest = part < 0 ? Negative : Positive;
                        picture.Append(" ", new Style(background: Color.Black.Blend(strongest, (float)Math.Sqrt(Math.Abs(part)))));
                    }
                    else
                    {
                        picture.Append(Shades[(int)Math.Round(Math.Abs(part) * (Shades.Length - 1))].ToString());
                    }
                }

                picture.Append(Gap);
            }
        }

        return picture.Append("\n");
    }

    /// <summary>Rows x columns of [W, U]; each the root mean square of its share of the matrix, with the sign of their sum.</summary>
    private static double[,] Field(LstmModel model, int layer, Gate gate, int rows, int columns)
    {
        int hidden = model.Hidden(layer);
        int inputs = ModelShape.InputOf(model, layer);
        double[,] sums = new double[rows, columns];
        double[,] squares = new double[rows, columns];
        int[,] counts = new int[rows, columns];
        for (int i = 0; i < hidden; i++)
        {
            for (int j = 0; j < inputs + hidden; j++)
            {
                double weight = j < inputs ? model.W(layer, gate)[(i * inputs) + j] : model.U(layer, gate)[(i * hidden) + j - inputs];
                int row = (int)((long)i * rows / hidden);
                int column = (int)((long)j * columns / (inputs + hidden));
                sums[row, column] += weight;
                squares[row, column] += weight * weight;
                counts[row, column]++;
            }
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                squares[row, column] = Math.CopySign(Math.Sqrt(squares[row, column] / counts[row, column]), sums[row, column]);
            }
        }

        return squares;
    }
}
