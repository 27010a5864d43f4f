using System.CommandLine;
using System.IO;
using Lstm.Formats;
using Lstm.Tool.Files;
using Lstm.Tool.Inspect;

namespace Lstm.Tool.Commands;

/// <summary><c>inspect FILE</c>: what a model file holds.</summary>
internal static class InspectCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TextWriter output)
    {
        Argument<string> file = CommandArguments.Path("FILE", "The model file.");
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for scripts." };
        Option<LstmFormat?> from = CommandArguments.Format("--from", "The format of FILE, where neither content nor extension tells it.");
        var command = new Command("inspect", "Shows format, sizes, statistics of the gates, what a step costs, and a picture of the weights.")
        {
            file, json, from,
        };
        command.SetAction(result =>
        {
            Inspection inspection = Inspection.Of(ModelFile.Read(result.GetValue(file)!, result.GetValue(from)));
            if (result.GetValue(json))
            {
                output.WriteLine(InspectionJson.Write(inspection));
            }
            else
            {
                InspectionText.Write(inspection, output);
            }

            return Program.Right;
        });
        return command;
    }
}
