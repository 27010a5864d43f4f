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
        "[Lstm.LstmCell(Input = 1, Hidden = 61)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 1, Hidden = 44, Scalar = Lstm.Scalar.Double)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 20, Arithmetic = Lstm.Arithmetic.Portable)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 20, Accuracy = Lstm.Accuracy.Strict)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 19, Accuracy = Lstm.Accuracy.Strict)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 20, Arithmetic = Lstm.Arithmetic.Portable, Accuracy = Lstm.Accuracy.Strict)] "
            + "public partial struct Model;",
        "[Lstm.LstmNetwork(Input = 3, Hidden = 20, Output = 5, Layers = 2)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 3, Hidden = 5, Scalar = Lstm.Scalar.Double)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 20, Scalar = Lstm.Scalar.Double)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 2, Hidden = 20, "
            + "Scalar = Lstm.Scalar.Double, Arithmetic = Lstm.Arithmetic.Portable, Accuracy = Lstm.Accuracy.Strict)] public partial struct Model;",
        "[Lstm.LstmNetwork(Input = 3, Hidden = 20, Output = 5, Layers = 2, Scalar = Lstm.Scalar.Double)] public partial struct Model;",
        "[Lstm.LstmNetwork(Input = 24, Hidden = 37, Output = 3, Layers = 2)] public partial struct Model;",
        "[Lstm.LstmCell(Input = 24, Hidden = 37, Arithmetic = Lstm.Arithmetic.Portable, Accuracy = Lstm.Accuracy.Strict)] "
            + "public partial struct Model;",
        "[Lstm.LstmCell(Input = 24, Hidden = 37, Scalar = Lstm.Scalar.Double)] public partial struct Model;",
        "[Lstm.LstmNetwork(Input = 3, Hidden = 13, Output = 17, Layers = 2, Arithmetic = Lstm.Arithmetic.Portable)] public partial struct Model;",
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void EveryWidth_GivesTheSameBits(string declaration) => ForcedWidth.Run(declaration, results =>
    {
        byte[] expected = results(0);
        double[] values = declaration.Contains("Scalar.Double")
            ? MemoryMarshal.Cast<byte, double>(expected).ToArray()
            : Array.ConvertAll(MemoryMarshal.Cast<byte, float>(expected).ToArray(), value => (double)value);
        Assert.All(values, value => Assert.True(double.IsFinite(value)));
        Assert.Contains(values, value => value != 0);
        foreach (int bits in ForcedWidth.Widths)
        {
            int first = expected.AsSpan().CommonPrefixLength(results(bits));
            Assert.True(first == expected.Length, $"{bits} bits: byte {first} differs from the scalar result");
        }
    });
}
