using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace ExploringLstms.Tests;

/// <summary>What the sample writes.</summary>
public sealed class FilesTests
{
    [Fact]
    public void Page_HasACellForEachCharacterOfEachNeuronAndQuantity()
    {
        ExperimentResult result = ShortCounter.Trained.Value;
        string page = ExperimentPage.Of(result);

        // Ten neurons and the one that tells most, six quantities each.
        int characters = result.Shown.Sum(text => text.Steps);
        Assert.Equal(11 * 6 * characters, Regex.Count(page, "--v:[0-9.]+"));
        Assert.Equal(result.Shown.Count, Regex.Count(page, "<section "));
        Assert.Contains(result.Sentence, System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    /// <summary>Its value is the share times the limit of the row, to four digits.</summary>
    [Fact]
    public void Cell_HasTheValueOfItsNeuron()
    {
        ExperimentResult result = ShortCounter.Trained.Value;
        TracedText text = result.Shown[0];
        string page = ExperimentPage.Of(result);
        Match row = Regex.Match(page, "<tr class=\"d told\" data-limit=\"([0-9.]+)\" data-quantity=\"ltm\">.*?</tr>");
        double limit = Number(row.Groups[1].Value);
        MatchCollection cells = Regex.Matches(row.Value, "<td( class=(?<c>.))? style=--v:(?<v>[0-9.]+)>");

        Assert.Equal(text.Steps, cells.Count);
        for (int t = 0; t < text.Steps; t++)
        {
            double share = Number(cells[t].Groups["v"].Value) * (cells[t].Groups["c"].Value is "n" or "m" ? -1 : 1);
            Assert.InRange((share * limit) - text[result.Telling.Neuron, Quantity.Ltm, t], -1e-4 * limit, 1e-4 * limit);
        }

        static double Number(string digits) => double.Parse(digits, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Folder_HasPagesPicturesAndNumbers_ThatLoadNothing()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("exploring-lstms-");
        try
        {
            ResultFolder.Write(folder.FullName, [ShortCounter.Trained.Value]);

            Assert.Equal(
                ["counter.csv", "counter.html", "counter.json", "counter.png", "index.html"], folder.GetFiles().Select(file => file.Name).Order());
            Assert.All(folder.GetFiles("*.html"), file =>
            {
                string page = File.ReadAllText(file.FullName);
                Assert.InRange(file.Length, 1_000, 1_000_000);
                Assert.DoesNotMatch("https?://|src=|@import|<link rel=\"stylesheet\"", page);
            });
            Assert.Contains("href=\"counter.html\"", File.ReadAllText(Path.Combine(folder.FullName, "index.html")), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Json_HasTheSchemaOfTheViewer()
    {
        ExperimentResult result = ShortCounter.Trained.Value;
        TracedText text = result.Shown[0];
        using JsonDocument json = JsonDocument.Parse(ViewerJson.Of("counter", text));

        Assert.Equal(
            ["chars", "cs0", "f_gate0", "hs0", "i_gate0", "j_gate0", "name", "o_gate0"],
            json.RootElement.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(text.Read, string.Concat(json.RootElement.GetProperty("chars").EnumerateArray().Select(character => character.GetString())));
        (string Name, Quantity Quantity)[] fields =
        [
            ("cs0", Quantity.Ltm), ("hs0", Quantity.Wm), ("f_gate0", Quantity.Remember), ("i_gate0", Quantity.Save), ("j_gate0", Quantity.Candidate),
            ("o_gate0", Quantity.Focus),
        ];
        Assert.All(fields, field =>
        {
            JsonElement values = json.RootElement.GetProperty(field.Name);
            Assert.Equal(10, values.GetArrayLength());
            Assert.All(values.EnumerateArray(), neuron => Assert.Equal(text.Steps, neuron.GetArrayLength()));
            Assert.Equal(text[new Neuron(0, 7), field.Quantity, 3], values[7][3].GetSingle());
        });
    }

    [Theory]
    [InlineData("--seed -1 will not do", "--seed", "-1")]
    [InlineData("--seed one will not do", "--seed", "one")]
    [InlineData("--loud", "--loud")]
    [InlineData("--output", "--output")]
    public void WrongArguments_GetOneLine(string expected, params string[] arguments)
    {
        StringWriter output = new(), error = new();

        Assert.Equal(1, Program.Run(arguments, output, error));
        Assert.Contains(expected, Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void FolderThatCannotBeMade_GetsOneLine_BeforeAnythingIsTrained()
    {
        string file = Path.GetTempFileName();
        StringWriter output = new(), error = new();

        Assert.Equal(1, Program.Run(["--output", Path.Combine(file, "folder")], output, error));
        string line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("The results cannot be written to ", line, StringComparison.Ordinal);
        Assert.Empty(output.ToString());
        File.Delete(file);
    }
}
