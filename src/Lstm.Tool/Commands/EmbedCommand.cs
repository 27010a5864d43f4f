using System.CommandLine;
using System.IO;
using System.Text;
using Lstm.Tool.Embed;
using Lstm.Tool.Files;

namespace Lstm.Tool.Commands;

/// <summary><c>embed FILE</c>: a model as C# source.</summary>
internal static class EmbedCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        Argument<string> file = CommandArguments.Path("FILE", "The model file.");
        var name = new Option<string?>("--name") { Description = "The name of the class. Default: of the file, such as PedalWeights." };
        var space = new Option<string?>("--namespace") { Description = "Its namespace. Default: none." };
        var target = new Option<string?>("--output") { Description = "The file to write. Default: the standard output." };
        Option<bool> force = CommandArguments.Force();
        var command = new Command(
            "embed",
            "Writes a class in C# 9 whose property Model is the model, bit for bit: for Unity, and wherever no file is to be read. "
            + "Then: net.Load(PedalWeights.Model)")
        {
            file, name, space, target, force,
        };
        command.SetAction(result =>
        {
            string path = result.GetValue(file)!;
            string? to = result.GetValue(target);
            string type = result.GetValue(name) is { } given ? Identifiers.Checked("--name", given) : Identifiers.OfFile(path);
            string? inside = result.GetValue(space) is { } dotted ? Identifiers.CheckedNamespace("--namespace", dotted) : null;
            if (to is not null)
            {
                OutputFile.Check(to, result.GetValue(force));
            }

            string text = EmbeddedCode.Write(ModelFile.Read(path), type, inside);
            if (to is null)
            {
                output.Write(text);
                return Program.Right;
            }

            OutputFile.Write(to, Encoding.UTF8.GetBytes(text), result.GetValue(force));
            output.WriteLine($"{to}: class {(inside is null ? "" : inside + ".")}{type}, from {path}");
            return Program.Right;
        });
        return command;
    }
}
