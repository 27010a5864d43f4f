using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Lstm.Formats.Tests;

public class RoundTripTests
{
    public static readonly LstmFormat[] Written = [LstmFormat.Safetensors, LstmFormat.Onnx, LstmFormat.RtNeural, LstmFormat.Nam];

    public static TheoryData<LstmFormat> Formats => new(Written);

    [Theory]
    [MemberData(nameof(Formats))]
    public void WrittenAndRead_HasTheSameBits(LstmFormat format)
    {
        foreach ((int input, int[] hidden, int output) in ((int, int[], int)[])[(1, [16], 1), (1, [8, 8], 1), (3, [5, 5, 5], 2), (2, [1], 1)])
        {
            foreach (bool state in (bool[])[false, true])
            {
                LstmModel model = Models.Random(input + hidden.Length, input, hidden, output, state);
                Models.AssertSame(model, Models.Read(Models.Write(model, format), format), format.ToString());
            }
        }
    }

    [Theory]
    [InlineData(LstmFormat.Safetensors)]
    [InlineData(LstmFormat.Onnx)]
    [InlineData(LstmFormat.RtNeural)]
    public void UnequalLayers_AndNoReadout_HaveTheSameBits(LstmFormat format)
    {
        foreach ((int[] hidden, int output) in ((int[], int)[])[([3, 5, 4], 2), ([4], 0), ([4, 4], 0), ([6, 2], 0)])
        {
            foreach (bool state in (bool[])[false, true])
            {
                LstmModel model = Models.Random(7, 2, hidden, output, state);
                Models.AssertSame(model, Models.Read(Models.Write(model, format), format), format.ToString());
            }
        }
    }

    /// <summary>Numbers whose bits a careless reader or writer loses: -0 among biases, subnormals, the largest and the least.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void EdgesOfFloat_HaveTheSameBits(LstmFormat format)
    {
        float[] edges = [-0f, 0f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, float.MaxValue, float.MinValue, 1f / 3, 0.1f, 16777217f, -1e-40f];
        LstmModel model = Models.Random(3, 2, [5, 5], 2, state: true);
        int next = 0;
        Models.Visit(model, state: true, (_, values) =>
        {
            foreach (ref float value in values)
            {
                value = edges[next++ % edges.Length];
            }
        });
        Models.AssertSame(model, Models.Read(Models.Write(model, format), format), format.ToString());
    }

    /// <summary>Every order of all four formats, one after the other.</summary>
    [Fact]
    public void AnyChainOfFormats_ReturnsTheSameBits()
    {
        LstmModel model = Models.Random(11, 2, [6, 6], 1, state: true);
        foreach (LstmFormat[] chain in Permutations(Written))
        {
            LstmModel at = model;
            foreach (LstmFormat format in chain)
            {
                at = Models.Read(Models.Write(at, format), format);
            }

            Models.AssertSame(model, at, string.Join(" -> ", chain));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Path_IsWrittenByItsExtension_AndReadByItsContent(LstmFormat format)
    {
        string extension = format switch { LstmFormat.RtNeural => ".json", _ => "." + format.ToString().ToLowerInvariant() };
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + extension);
        string other = path + ".weights";
        try
        {
            LstmModel model = Models.Random(5, 1, [3], 1);
            LstmFile.Write(model, path);
            Models.AssertSame(model, LstmFile.Read(path), extension);
            Assert.Equal(Models.Write(model, format), File.ReadAllBytes(path));
            if (format != LstmFormat.Onnx)
            {
                File.Move(path, other);
                Models.AssertSame(model, LstmFile.Read(other), "without a known extension");
            }
        }
        finally
        {
            File.Delete(path);
            File.Delete(other);
        }
    }

    private static LstmFormat[][] Permutations(LstmFormat[] of) => of.Length == 1
        ? [of]
        : [.. of.SelectMany(first => Permutations([.. of.Where(format => format != first)]).Select(rest => (LstmFormat[])[first, .. rest]))];
}
