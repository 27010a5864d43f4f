using System;
using System.IO;
using System.Linq;
using Lstm.Formats;
using Lstm.Formats.Tests;
using Xunit;

namespace Lstm.Tool.Tests;

public class ConvertTests
{
    private const string Source = "torch_p1_d8_l1_k1.safetensors";

    public static TheoryData<string> Files => Tool.Files;

    /// <summary>Through all formats that hold the model, in turn.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void EveryFile_KeepsItsBits(string name)
    {
        using var folder = new Folder();
        LstmModel model = LstmFile.Read(Tool.File(name));
        bool isNam = model.Output > 0 && Enumerable.Range(0, model.LayerCount).All(k => model.Hidden(k) == model.Hidden(0));
        string from = Tool.File(name);
        foreach (string to in (string[])[.. isNam ? ["a.nam"] : Array.Empty<string>(), "b.onnx", "c.json", "d.safetensors"])
        {
            string output = Tool.Output("convert", from, folder[to]);
            Assert.StartsWith(folder[to] + ": ", Tool.LastLine(output), StringComparison.Ordinal);
            Models.AssertSame(model, LstmFile.Read(folder[to]), $"{name} to {to}");
            from = folder[to];
        }

        Assert.Equal(isNam ? 4 : 3, folder.Names.Length);
    }

    [Fact]
    public void FileThatIsThere_IsReplacedOnlyWithForce()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["a.nam"], "mine");

        Tool.Refused("is there already. Give --force", "convert", Tool.File(Source), folder["a.nam"]);
        Assert.Equal("mine", File.ReadAllText(folder["a.nam"]));

        Tool.Output("convert", Tool.File(Source), folder["a.nam"], "--force");
        Assert.Equal(8, LstmFile.Read(folder["a.nam"]).Hidden(0));
        Assert.Equal(["a.nam"], folder.Names);
    }

    [Fact]
    public void ModelThatTheFormatCannotHold_LeavesEverythingAsItIs()
    {
        using var folder = new Folder();
        string uneven = Tool.Write(Models.Random(1, 1, [5, 3], 1), folder["uneven.onnx"]);
        File.WriteAllText(folder["a.nam"], "mine");

        Tool.Refused("a.nam cannot be written", "convert", uneven, folder["a.nam"], "--force");
        Tool.Refused("Keras files are read, not written", "convert", uneven, folder["b.keras"]);

        Assert.Equal("mine", File.ReadAllText(folder["a.nam"]));
        Assert.Equal(["a.nam", "uneven.onnx"], folder.Names);
    }

    [Fact]
    public void PlacesThatCannotBeWritten_GetOneLine()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["locked.nam"], "mine");
        File.SetAttributes(folder["locked.nam"], FileAttributes.ReadOnly);

        Tool.Refused("its folder does not exist", "convert", Tool.File(Source), folder["missing/a.nam"]);
        Tool.Refused("is a directory", "convert", Tool.File(Source), folder.Path, "--to", "nam");
        Tool.Refused("names no format", "convert", Tool.File(Source), folder["a.txt"]);
        Tool.Refused("There is no name", "convert", Tool.File(Source), "", "--to", "nam");
        Tool.Refused("read-only", "convert", Tool.File(Source), folder["locked.nam"], "--force");
        Assert.Equal("mine", File.ReadAllText(folder["locked.nam"]));
        Assert.Equal(["locked.nam"], folder.Names);
        File.SetAttributes(folder["locked.nam"], FileAttributes.Normal);
    }

    [Fact]
    public void To_OverridesTheExtension()
    {
        using var folder = new Folder();
        Tool.Output("convert", Tool.File(Source), folder["a.txt"], "--to", "ONNX");
        Assert.Contains("ONNX", Tool.Output("inspect", folder["a.txt"], "--from", "onnx"), StringComparison.Ordinal);
    }

    [Fact]
    public void OntoItself_IsFine()
    {
        using var folder = new Folder();
        File.Copy(Tool.File(Source), folder["a.safetensors"]);
        Tool.Output("convert", folder["a.safetensors"], folder["a.safetensors"], "--force");
        Models.AssertSame(LstmFile.Read(Tool.File(Source)), LstmFile.Read(folder["a.safetensors"]), "onto itself");
    }

    [Fact]
    public void Link_StaysALink()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // a link needs rights there
        }

        using var folder = new Folder();
        File.WriteAllText(folder["real.nam"], "old");
        File.CreateSymbolicLink(folder["link.nam"], folder["real.nam"]);

        Tool.Output("convert", Tool.File(Source), folder["link.nam"], "--force");

        Assert.NotNull(new FileInfo(folder["link.nam"]).LinkTarget);
        Assert.Equal(8, LstmFile.Read(folder["real.nam"]).Hidden(0));
        Assert.Equal(["link.nam", "real.nam"], folder.Names);
    }
}
