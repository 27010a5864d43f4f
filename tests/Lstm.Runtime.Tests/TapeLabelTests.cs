using System;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>What opens a tape.</summary>
public class TapeLabelTests
{
    private const int Mark = 0xC0FFEE;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(8, 2)]
    [InlineData(65_535, 65_536)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void StepsAndSequences_AreReadAsTheyWereWritten(int steps, int sequences)
    {
        Check<float>(steps, sequences);
        Check<double>(steps, sequences);
    }

    [Fact]
    public void AnotherMark_IsNoRecord()
    {
        float[] tape = new float[16];
        TapeLabel.Write<float>(tape, Mark, 3, 1);

        ArgumentException error = Assert.Throws<ArgumentException>("tape", () => { TapeLabel.Require<float>(tape, Mark + 1, 3, 1); });
        Assert.StartsWith("'tape' holds no record of this type", error.Message, StringComparison.Ordinal);
    }

    private static void Check<TNumber>(int steps, int sequences)
        where TNumber : unmanaged, INumber<TNumber>
    {
        TNumber[] tape = [.. Enumerable.Repeat(TNumber.One, 20)];
        int label = 64 / Unsafe.SizeOf<TNumber>();

        Assert.True(Unsafe.AreSame(ref tape[label], ref TapeLabel.Write(tape.AsSpan(), Mark, steps, sequences)));
        Assert.True(Unsafe.AreSame(ref tape[label], ref TapeLabel.Require<TNumber>(tape, Mark, steps, sequences)));
        Assert.Equal(-1, tape.AsSpan(label).IndexOfAnyExcept(TNumber.One));
        (int Steps, int Sequences)[] others = [(steps ^ 1, sequences), (steps ^ 0x10000, sequences), (steps, sequences ^ 0x40000000)];
        foreach ((int otherSteps, int otherSequences) in others)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(
                "tape", () => { TapeLabel.Require<TNumber>(tape, Mark, otherSteps, otherSequences); });
            Assert.StartsWith(
                FormattableString.Invariant($"'tape' recorded {steps} steps of {sequences} sequences, given {otherSteps} of {otherSequences}. "),
                error.Message, StringComparison.Ordinal);
        }
    }
}
