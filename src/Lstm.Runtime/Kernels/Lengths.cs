using System;
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>Lengths that follow from a number of steps, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lengths
{
    /// <summary><paramref name="steps"/> times <paramref name="each"/>.</summary>
    public static long Of(int steps, int each) => (long)steps * each;

    /// <summary><paramref name="steps"/> times <paramref name="sequences"/> times <paramref name="each"/>.</summary>
    public static long Of(int steps, int sequences, int each) => (long)steps * sequences * each;

    /// <summary>The number of steps in x, of <paramref name="length"/> numbers: <paramref name="sequences"/> times InputSize a step.</summary>
    /// <param name="length">The length of x.</param>
    /// <param name="states">The name of the parameter that holds the states.</param>
    /// <param name="sequences">How many there are.</param>
    /// <param name="inputSize">p, at least 1.</param>
    /// <exception cref="ArgumentException">The span does not hold whole steps.</exception>
    public static int Steps(int length, string states, int sequences, int inputSize)
    {
        long row = Of(sequences, inputSize);
        if (row == 0 && length != 0)
        {
            Throw.Length("x", 0, length, $"'{states}' is empty: pass a state for each sequence.");
        }

        int steps = row == 0 ? 0 : (int)(length / row);
        if (steps * row != length)
        {
            Throw.Multiple(
                "x", row, length,
                FormattableString.Invariant($"A step takes sequences x InputSize = {sequences} x {inputSize}, with the sequences of '{states}'."));
        }

        return steps;
    }

    /// <summary><paramref name="header"/> plus <paramref name="steps"/> times <paramref name="each"/>.</summary>
    public static long Tape(int steps, int header, int each) => header + ((long)steps * each);

    /// <summary>The same, as the length of a span.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is negative, or the tape longer than an int.</exception>
    public static int OfTape(int steps, int header, int each)
    {
        long length = Tape(steps, header, each);
        if (steps < 0 || length > int.MaxValue)
        {
            Throw.OutOfRange(
                nameof(steps),
                FormattableString.Invariant($"at least 0 and at most {(int.MaxValue - header) / each}, what one tape can hold"),
                steps);
        }

        return (int)length;
    }

    /// <summary>
    /// A tape of many sequences: as of one, and for every other sequence <paramref name="each"/> more a step and for its
    /// initial state. Nothing for no sequence.
    /// </summary>
    public static long Tape(int steps, int sequences, int header, int each) =>
        sequences == 0 ? 0 : header + ((((steps + 1L) * sequences) - 1) * each);

    /// <summary>The same, as the length of a span.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the tape longer than an int.</exception>
    public static int OfTape(int steps, int sequences, int header, int each)
    {
        long most = sequences <= 0 ? int.MaxValue : ((((long)int.MaxValue - header) / each) + 1) / sequences - 1;
        if (sequences < 0 || most < 0)
        {
            long held = (((long)int.MaxValue - header) / each) + 1;
            Throw.OutOfRange(
                nameof(sequences),
                FormattableString.Invariant($"at least 0 and at most {held}, whose initial states one tape can hold"),
                sequences);
        }

        if (steps < 0 || steps > most)
        {
            Throw.OutOfRange(
                nameof(steps), FormattableString.Invariant($"at least 0 and at most {most}, what one tape can hold of {sequences} sequences"), steps);
        }

        return (int)Tape(steps, sequences, header, each);
    }
}
