using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Lstm.Formats;
using Lstm.Formats.Tests;
using Lstm.Generators.Parsing.Weights;
using Lstm.Generators.Planning;
using Lstm.Reference;
using Xunit;

namespace Lstm.Build.Tests;

public sealed class WeightsBuildTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("weights").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Descriptor_SaysWhatTheFileHas()
    {
        string file = Path.Combine(folder, "deep.nam");
        LstmFile.Write(Models.Random(1, 3, [12, 12], output: 2, state: true), file);
        Assert.Equal((0, string.Empty), Run(Request(file)));
        WeightsDescriptor descriptor = WeightsDescriptor.Parse(File.ReadAllText(Request(file).Descriptor));
        Assert.Equal((3, 12, 2, 2), (descriptor.Input, descriptor.Hidden, descriptor.Output, descriptor.Layers));
        Assert.Equal(("item", "some/deep.nam", "nam"), (descriptor.Name, descriptor.Path, descriptor.Format));
        Assert.Equal((NetworkLayout.Version, 0), (descriptor.Layout, descriptor.Prewarm));
        Assert.Equal("Lstm.Generated.Rom._App_item", descriptor.Rom);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))).ToLowerInvariant(), descriptor.Hash);
        Assert.Equal(0, descriptor.StateOffset % 64);
        Assert.True(descriptor.StateOffset >= sizeof(float) * NetworkLayout.Of(3, 12, 2, 2).Length);
        Assert.Equal(descriptor, WeightsDescriptor.Parse(descriptor.ToText()));
    }

    [Fact]
    public void WrongFiles_GiveOneLineAndLeaveNothing()
    {
        string file = Path.Combine(folder, "pedal.safetensors");
        Assert.Equal("The file does not exist: write its path in LstmWeights Include, from the folder of the project file", Refused(file));
        LstmFile.Write(Models.Random(1, 1, [8], output: 1), file);
        Assert.Equal(0, Run(Request(file)).ExitCode);
        byte[] whole = File.ReadAllBytes(file);
        for (int length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.Matches("^[^\n]+: found [^\n]+\\. Supported: [^\n]+\\.$", Refused(file));
        }

        LstmFile.Write(Models.Random(1, 1, [8, 4], output: 1), file);
        Assert.Equal("its layers: found layers of 8, 4 units. Supported: layers of one size, as a generated network has them.", Refused(file));
        LstmFile.Write(Models.Random(1, 1025, [2], output: 1), file);
        Assert.Equal("its sizes: found Input = 1025. Supported: Input from 1 to 1024.", Refused(file));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("44,100")]
    [InlineData("10000001")]
    public void WrongPrewarm_IsRefused(string prewarm)
    {
        string file = Path.Combine(folder, "pedal.safetensors");
        LstmFile.Write(Models.Random(1, 1, [8], output: 1), file);
        (int exitCode, string output) = Run(Request(file) with { Prewarm = prewarm });
        Assert.Equal(Program.Refused, exitCode);
        Assert.Equal($"Prewarm=\"{prewarm}\" is no number of steps: write a whole number from 0 to 10000000", output);
    }

    /// <summary>From the initial state of the file, through all layers, to the nearest floats.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(2000)]
    public void Silence_IsThatOfTheReference(int steps)
    {
        LstmModel model = Models.Random(5, 2, [6, 6], output: 1, state: true);
        LstmModel before = Models.Random(5, 2, [6, 6], output: 1, state: true);
        Silence.Run(model, steps);
        double[] below = new double[2 * steps];
        for (int layer = 0; layer < 2; layer++)
        {
            CellTrace<double> trace = Models.Cell<double>(before, layer).Forward(
                below, Doubles(before.InitialLongTermMemory(layer)), Doubles(before.InitialWorkingMemory(layer)));
            below = trace.Wm.Values.ToArray();
            Assert.Equal(Floats(trace.Ltm.Row(steps - 1)), model.InitialLongTermMemory(layer).ToArray());
            Assert.Equal(Floats(trace.Wm.Row(steps - 1)), model.InitialWorkingMemory(layer).ToArray());
        }
    }

    [Fact]
    public void NoSilence_ChangesNothing()
    {
        LstmModel model = Models.Random(5, 2, [6], output: 1);
        Silence.Run(model, 0);
        Assert.False(model.HasInitialState);
    }

    private static double[] Doubles(ReadOnlySpan<float> values) => [.. values.ToArray().Select(value => (double)value)];

    private static float[] Floats(ReadOnlySpan<double> values) => [.. values.ToArray().Select(value => (float)value)];

    private string Refused(string file)
    {
        BuildRequest request = Request(file);
        (int exitCode, string output) = Run(request);
        Assert.Equal(Program.Refused, exitCode);
        Assert.False(File.Exists(request.Descriptor) || File.Exists(request.Rom));
        return output;
    }

    private BuildRequest Request(string file) => new(
        file, "item", $"some\\{Path.GetFileName(file)}", "App", "",
        Path.Combine(folder, "item.lstmweights"), Path.Combine(folder, "App.item.Rom.dll"));

    /// <summary>Runs the program in this process.</summary>
    private (int ExitCode, string Output) Run(BuildRequest request)
    {
        string path = Path.Combine(folder, "item.request");
        File.WriteAllText(path, string.Join('\n', [
            $"file {request.File}", $"name {request.Name}", $"path {request.Path}", $"project {request.Project}", $"prewarm {request.Prewarm}",
            $"descriptor {request.Descriptor}", $"rom {request.Rom}"]));
        var output = new StringWriter();
        return (Program.Run([path], output), output.ToString().TrimEnd());
    }
}
