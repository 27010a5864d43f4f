using System;
using System.Globalization;
using System.IO;
using Xunit;

namespace Lstm.Tool.Tests;

/// <summary>What every command does with help, wrong arguments, files that cannot be used, cultures and colours.</summary>
public class CommandLineTests
{
    private const string Model = "torch_p1_d8_l1_k1.safetensors";

    public static TheoryData<string, string[]> WrongArguments => new()
    {
        { "See --help", [] },
        { "'melt'", ["melt"] },
        { "See --help", ["inspect"] },
        { "--loud", ["inspect", "a.nam", "--loud"] },
        { "--from wav is no format", ["inspect", "a.nam", "--from", "wav"] },
        { "--from 1 is no format", ["inspect", "a.nam", "--from", "1"] },
        { "See --help", ["convert", "a.nam"] },
        { "--against", ["check", "a.nam"] },
        { "--tolerance -1 will not do", ["check", "a.nam", "--against", "b.nam", "--tolerance", "-1"] },
        { "--tolerance NaN will not do", ["check", "a.nam", "--against", "b.nam", "--tolerance", "NaN"] },
        { "--steps 0 will not do", ["check", "a.nam", "--against", "b.nam", "--steps", "0"] },
        { "--seconds 0 will not do", ["bench", "a.nam", "--seconds", "0"] },
        { "--name class is no name in C#", ["embed", "a.nam", "--name", "class"] },
        { "--name 9lives is no name in C#", ["embed", "a.nam", "--name", "9lives"] },
        { "--name a b is no name in C#", ["embed", "a.nam", "--name", "a b"] },
        { "--namespace  is no name in C#", ["embed", "a.nam", "--namespace", "A..B"] },
        { "--namespace int is no name in C#", ["embed", "a.nam", "--namespace", "A.int"] },
    };

    public static TheoryData<string[]> FilesTo =>
    [
        ["inspect", "{0}"], ["inspect", "{0}", "--json"], ["convert", "{0}", "out.nam"], ["check", "{0}", "--against", "{1}"],
        ["check", "{1}", "--against", "{0}"], ["embed", "{0}"], ["bench", "{0}"],
    ];

    [Theory]
    [InlineData("inspect")]
    [InlineData("convert")]
    [InlineData("check")]
    [InlineData("embed")]
    [InlineData("bench")]
    public void Help_ShowsTheCommand(string command)
    {
        Assert.Contains(command, Tool.Output("--help"), StringComparison.Ordinal);
        Assert.Contains("Usage:", Tool.Output(command, "--help"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public void WrongArguments_GetOneLine(string expected, string[] arguments) => Tool.Refused(expected, arguments);

    [Theory]
    [MemberData(nameof(FilesTo))]
    public void FilesThatCannotBeRead_GetOneLine(string[] arguments)
    {
        using var folder = new Folder();
        File.WriteAllBytes(folder["cut.safetensors"], File.ReadAllBytes(Tool.File(Model))[..^5]);
        File.WriteAllText(folder["notes.txt"], "not a model");
        File.WriteAllText(folder["bell.nam"], "{\"architecture\": \"\\u001b[31m\\n\"}");

        Refused("missing.nam does not exist", folder["missing.nam"]);
        Refused("missing/a.nam does not exist", folder["missing/a.nam"]);
        Refused("is a directory", folder.Path);
        Refused("cut.safetensors, ", folder["cut.safetensors"]);
        Refused("no known format", folder["notes.txt"]);
        Refused("bell.nam, ", folder["bell.nam"]);
        Assert.Equal(3, folder.Names.Length);

        void Refused(string expected, string file) =>
            Tool.Refused(expected, Array.ConvertAll(arguments, argument => argument == "out.nam" ? folder[argument]
                : string.Format(CultureInfo.InvariantCulture, argument, file, Tool.File(Model))));
    }

    [Fact]
    public void FormatThatTheFileDoesNotHave_GetsOneLine()
    {
        Tool.Refused(Model, "inspect", Tool.File(Model), "--from", "onnx");
        Tool.Refused(Model, "convert", Tool.File(Model), "out.nam", "--from", "RtNeural");
    }

    [Fact]
    public void EveryCulture_GetsTheSameText()
    {
        string file = Tool.File(Model);
        string[][] commands = [["inspect", file], ["inspect", file, "--json"], ["check", file, "--against", file], ["embed", file]];
        string[] expected = Array.ConvertAll(commands, Tool.Output);
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            foreach (string name in (string[])["de-DE", "ar-SA", "tr-TR"])
            {
                CultureInfo.CurrentCulture = new CultureInfo(name);
                Assert.Equal(expected, Array.ConvertAll(commands, command =>
                {
                    CultureInfo.CurrentCulture = new CultureInfo(name);
                    return Tool.Output(command);
                }));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void RedirectedOutput_HasNoEscapes()
    {
        string file = Tool.File(Model);
        foreach (string[] command in (string[][])[["--help"], ["inspect", file], ["check", file, "--against", file], ["embed", file]])
        {
            Assert.DoesNotContain('\u001b', Tool.Output(command));
        }
    }
}
