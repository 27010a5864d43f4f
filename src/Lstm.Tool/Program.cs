using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using Lstm.Tool.Commands;

namespace Lstm.Tool;

/// <summary><c>dotnet lstm</c>: what can be done with a model file from a command line.</summary>
internal static class Program
{
    /// <summary>The exit code when all is well.</summary>
    public const int Right = 0;

    /// <summary>The exit code of <c>check</c> when two models differ.</summary>
    public const int Different = 1;

    /// <summary>The exit code when a command cannot be carried out.</summary>
    public const int Failed = 2;

    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The program, with its two streams.</summary>
    /// <returns>An exit code; with <see cref="Failed"/> there is one line on <paramref name="error"/>.</returns>
    internal static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        // Numbers are read and printed the same way everywhere.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var command = new RootCommand(
            "Works with files of trained LSTMs: safetensors with PyTorch's names, ONNX, RTNeural JSON, Neural Amp Modeler, Keras 3 (read only). "
            + "Exit codes: 0 all is well, 1 check found a difference, 2 the command cannot be carried out.")
        {
            InspectCommand.Create(output),
            ConvertCommand.Create(output),
            CheckCommand.Create(output),
            EmbedCommand.Create(output),
            BenchCommand.Create(output),
        };
        ParseResult result = command.Parse(args);
        try
        {
            return result.Errors.Count > 0
                ? throw new ToolException($"{result.Errors[^1].Message} See --help.")
                : result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (ToolException e)
        {
            error.WriteLine(OneLine(e.Message));
            return Failed;
        }
    }

    /// <summary>Text on one line; names from a file cannot steer the terminal.</summary>
    private static string OneLine(string message) =>
        string.Concat(message.ReplaceLineEndings(" ").Select(static letter => char.IsControl(letter) ? '?' : letter));
}
