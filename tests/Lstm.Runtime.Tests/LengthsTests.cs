using System;
using System.Globalization;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Runtime.Tests;

public class LengthsTests
{
    /// <summary>Headers and records of generated types, and numbers at which the division leaves no rest.</summary>
    public static TheoryData<int, int> Tapes => new()
    {
        { 56, 28 }, { 112, 96 }, { 0, 2 }, { 7, 8 }, { int.MaxValue - 100, 10 }, { int.MaxValue, 3 }, { 12_345, 1_000_003 },
    };

    [Theory]
    [MemberData(nameof(Tapes))]
    public void Tape_HasAtMostAsManyStepsAsASpanHolds(int header, int each)
    {
        int most = (int.MaxValue - header) / each;
        Assert.Equal(header + (most * (long)each), Lengths.OfTape(most, header, each));
        Assert.Equal(header, Lengths.OfTape(0, header, each));
        Refused("steps", most, () => Lengths.OfTape(most + 1, header, each), most < int.MaxValue);
        Refused("steps", most, () => Lengths.OfTape(-1, header, each));
        Refused("steps", most, () => Lengths.OfTape(int.MinValue, header, each));
    }

    [Theory]
    [MemberData(nameof(Tapes))]
    public void TapeOfManySequences_HasAtMostAsManyStepsAsASpanHolds(int header, int each)
    {
        foreach (int sequences in new[] { 1, 2, 3, 16, 1_000 })
        {
            // header + ((steps + 1) * sequences - 1) * each, of every sequence but the first a record for its initial state
            int most = -1;
            for (int bit = 1 << 30; bit > 0; bit >>= 1)
            {
                most += Length(most + bit) <= int.MaxValue ? bit : 0;
            }

            if (most >= 0)
            {
                Assert.Equal(Length(most), Lengths.OfTape(most, sequences, header, each));
                Refused("steps", most, () => Lengths.OfTape(most + 1, sequences, header, each), most < int.MaxValue);
                Refused("steps", most, () => Lengths.OfTape(-1, sequences, header, each));
            }
            else
            {
                Refused("sequences", ((int.MaxValue - header) / each) + 1, () => Lengths.OfTape(0, sequences, header, each));
            }

            long Length(long steps) => header + ((((steps + 1) * sequences) - 1) * each);
        }
    }

    [Theory]
    [MemberData(nameof(Tapes))]
    public void TapeOfNoSteps_HasAtMostAsManySequencesAsASpanHolds(int header, int each)
    {
        int most = ((int.MaxValue - header) / each) + 1;
        Assert.Equal(header + ((most - 1L) * each), Lengths.OfTape(0, most, header, each));
        Refused("sequences", most, () => Lengths.OfTape(0, most + 1, header, each), most < int.MaxValue);
        Refused("sequences", most, () => Lengths.OfTape(0, -1, header, each), most < int.MaxValue);
        Assert.Equal(0, Lengths.OfTape(5, 0, header, each));
    }

    private static void Refused(string parameter, int most, Action call, bool condition = true)
    {
        if (condition)
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(parameter, call).Message;
            Assert.Contains("at most " + most.ToString(CultureInfo.InvariantCulture), message, StringComparison.Ordinal);
        }
    }
}
