using System;
using System.Runtime.InteropServices;
using Xunit;

namespace Lstm.Generators.Tests.Kernels;

/// <summary>Scalar code and vectors of 128, 256 and 512 bits give the same bits, on whatever machine the tests run.</summary>
public class ForcedWidthTests
{
    public static TheoryData<string> Declarations =>
    [
        "[Lstm.LstmCell(Input = 3, Hidden = 5)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 20)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 20, Unrolling = Lstm.Unrolling.None)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 20, Arithmetic = Lstm.Arithmetic.Portable)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 20, Accuracy = Lstm.Accuracy.Strict)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 20, Arithmetic = Lstm.Arithmetic.Portable, Accuracy = Lstm.Accuracy.Strict)] public partial struct Model;",
        "[Lstm.LstmNetwork(Input = 3, Hidden = 20, Output = 5, Layers = 2)] public partial struct Model;",
        "[Lstm.LstmNetwork(Input = 3, Hidden = 13, Output = 17, Layers = 2, Arithmetic = Lstm.Arithmetic.Portable)] public partial struct Model;",
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void EveryWidth_GivesTheSameBits(string declaration)
    {
        float[] expected = ForcedWidth.Run(declaration, lanes: 1);

        Assert.All(expected, value => Assert.True(float.IsFinite(value)));
        Assert.Contains(expected, value => value != 0);
        foreach (int lanes in new[] { 4, 8, 16 })
        {
            float[] actual = ForcedWidth.Run(declaration, lanes);
            int first = MemoryMarshal.Cast<float, int>(expected).CommonPrefixLength(MemoryMarshal.Cast<float, int>(actual));
            Assert.True(first == expected.Length, $"{32 * lanes} bits: [{first}] differs from the scalar result");
        }
    }
}
