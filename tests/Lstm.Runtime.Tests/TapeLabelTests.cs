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

    /// <summary>What was recorded says more than a length.</summary>
    [Fact]
    public void ShortTape_OfOtherSteps_NamesTheSteps()
    {
        float[] tape = new float[40];
        TapeLabel.Write<float>(tape, Mark, 3, 1);

        Says("'tape' recorded 3 steps of 1 sequences, given 5 of 1. Give ReadTape the steps and sequences that Forward had.", steps: 5, length: 30);
        Says("'tape' must have a length of at least 40, but its length is 30. It is TapeLength(3, 1).", steps: 3, length: 30);
        Says("'tape' must have a length of at least 40, but its length is 4. It is TapeLength(3, 1).", steps: 3, length: 4);

        void Says(string message, int steps, int length) => Assert.StartsWith(
            message,
            Assert.Throws<ArgumentException>("tape", () => { ReadTape(tape.AsSpan(0, length), steps); }).Message, StringComparison.Ordinal);
    }

    /// <summary>Sizes that no type has, but lengths follow from them: a label of 16 numbers, then records of 8.</summary>
    private static void ReadTape(ReadOnlySpan<float> tape, int steps) =>
        _ = new TapeReader<float>(tape, steps, 1, new CellTiles(1, 4, 0, 0, 1), 1, header: 16, record: 8, Mark);

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
