using System;
using System.CommandLine;
using System.IO;
using Lstm.Formats;
using Lstm.Formats.Content;
using Lstm.Tool.Files;

namespace Lstm.Tool.Commands;

/// <summary><c>convert IN OUT</c>: the same model in another format.</summary>
internal static class ConvertCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        Argument<string> input = CommandArguments.Path("IN", "The model file to read.");
        Argument<string> target = CommandArguments.Path(
            "OUT", $"The file to write; its extension names the format: {FormatDetection.WrittenExtensions}.");
        Option<LstmFormat?> from = CommandArguments.Format("--from", "The format of IN, where neither content nor extension tells it.");
        Option<LstmFormat?> to = CommandArguments.Format("--to", "The format of OUT, where its extension does not tell it.");
        Option<bool> force = CommandArguments.Force();
        var command = new Command("convert", "Writes a model in another format. All numbers keep their bits. OUT is written whole or not at all.")
        {
            input, target, from, to, force,
        };
        command.SetAction(result => Convert(
            result.GetValue(input)!, result.GetValue(target)!, result.GetValue(from), result.GetValue(to), result.GetValue(force), output));
        return command;
    }

    private static int Convert(string input, string target, LstmFormat? from, LstmFormat? to, bool force, TextWriter output)
    {
        LstmFormat format = to ?? FormatDetection.OfExtension(target) ?? throw new ToolException(
            $"'{Path.GetExtension(target)}' names no format. Write to {FormatDetection.WrittenExtensions}, or give --to.");
        OutputFile.Check(target, force);
        ModelFile file = ModelFile.Read(input, from);
        using var bytes = new MemoryStream();
        try
        {
            LstmFile.Write(file.Model, bytes, format);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ToolException($"{target} cannot be written: {e.Message}");
        }

        OutputFile.Write(target, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), force);
        var written = new ModelFile(target, format, bytes.Length, file.Model);
        output.WriteLine($"{target}: {written.FormatName}, {file.Sizes}, {bytes.Length} bytes; from {input}, {file.FormatName}");
        return Program.Right;
    }
}
