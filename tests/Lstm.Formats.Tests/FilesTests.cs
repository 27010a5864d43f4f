using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Lstm.Testing;
using Xunit;

namespace Lstm.Formats.Tests;

/// <summary>The files that PyTorch made (files/make_files.py), with the outputs that PyTorch computed in double from the same weights.</summary>
public class FilesTests
{
    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (string path in Directory.EnumerateFiles(TestFiles.Folder).Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileName(path);
                if (!name.EndsWith(".py", StringComparison.Ordinal) && !name.EndsWith(".expected.json", StringComparison.Ordinal))
                {
                    files.Add(name, name == "rtneural_torch.json" ? "torch_two_modules" : name.Split('.')[0]);
                }
            }

            return files;
        }
    }

    /// <summary>
    /// In double, 1e-6: the one rounding is that of the two biases, added as floats; PyTorch adds them one after the other.
    /// </summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void File_ComputesWhatPyTorchDoes(string name, string expected)
    {
        LstmModel model = LstmFile.Read(TestFiles.Path(name));
        (double[] x, double[] y) = TestFiles.Expected(expected);
        double[] actual = Models.Run<double>(model, x);
        Close.Relative<double>(y, actual.AsSpan(^y.Length..), 1e-6, name, atLeast: 0.1);
    }

    [Fact]
    public void ThereAreFilesOfEachFormat()
    {
        string[] names = [.. Files.Select(static row => (string)row[0])];
        Assert.All(
            (string[])["torch_p1_d8_l1_k1.safetensors", "onnx_op9.onnx", "rtneural_torch.json", "keras.keras", "keras.weights.h5"],
            name => Assert.Contains(name, names));
    }
}

/// <summary>The files beside the tests.</summary>
internal static class TestFiles
{
    public static string Folder { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "files");

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    public static (double[] X, double[] Y) Expected(string name)
    {
        using JsonDocument json = JsonDocument.Parse(Bytes(name + ".expected.json"));
        return (Array(json, "x"), Array(json, "y"));

        static double[] Array(JsonDocument json, string name) =>
            [.. json.RootElement.GetProperty(name).EnumerateArray().Select(static value => value.GetDouble())];
    }
}
