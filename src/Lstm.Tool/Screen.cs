using System;
using System.IO;
using Spectre.Console;

namespace Lstm.Tool;

/// <summary>Where tables and pictures go: with colours to a terminal, without them to a file or pipe.</summary>
internal static class Screen
{
    private const int RedirectedWidth = 100;

    /// <summary>The console that writes to a stream.</summary>
    public static IAnsiConsole Of(TextWriter output)
    {
        if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = RedirectedWidth;
        return console;
    }

    /// <summary>Writes a line of a name and what is so called; an empty name goes on with the line before.</summary>
    public static void Fact(TextWriter output, string name, string text) => output.WriteLine($"{name,-15}{text}");

    /// <summary>Whether the console shows colours.</summary>
    public static bool HasColors(IAnsiConsole console) => console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    /// <summary>A table without lines; the first columns hold words, the others numbers.</summary>
    /// <param name="words">How many columns hold words.</param>
    /// <param name="headings">The heading of each column.</param>
    public static Table Table(int words, params string[] headings)
    {
        var table = new Table { Border = TableBorder.None };
        for (int i = 0; i < headings.Length; i++)
        {
            table.AddColumn(new TableColumn(new Text(headings[i]))
            {
                Alignment = i < words ? Justify.Left : Justify.Right,
                NoWrap = true,
                Padding = new Padding(0, 0, i + 1 < headings.Length ? 2 : 0, 0),
            });
        }

        return table;
    }

    /// <summary>Adds a row of plain text.</summary>
    public static void Row(Table table, params string[] cells) => table.AddRow(Array.ConvertAll(cells, static cell => new Text(cell)));
}
