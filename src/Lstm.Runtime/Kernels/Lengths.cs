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

    /// <summary>The number of steps in a span of <paramref name="length"/> floats: <paramref name="sequences"/> times <paramref name="each"/> a step.</summary>
    /// <exception cref="ArgumentException">The span does not hold whole steps.</exception>
    public static int Steps(string parameter, int length, int sequences, int each)
    {
        long row = Of(sequences, each);
        if (row == 0 && length != 0)
        {
            Throw.Length(parameter, 0, length);
        }

        int steps = row == 0 ? 0 : (int)(length / row);
        if (steps * row != length)
        {
            Throw.Multiple(parameter, row, length);
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
            throw new ArgumentOutOfRangeException(
                nameof(steps), steps, $"Steps must be from 0 to {(int.MaxValue - header) / each}, the most that one tape can hold.");
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
            throw new ArgumentOutOfRangeException(
                nameof(sequences), sequences,
                FormattableString.Invariant($"Sequences must be from 0 to {(((long)int.MaxValue - header) / each) + 1}, the most whose initial states one tape can hold."));
        }

        if (steps < 0 || steps > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(steps), steps, FormattableString.Invariant($"Steps must be from 0 to {most}, the most that one tape can hold of {sequences} sequences."));
        }

        return (int)Tape(steps, sequences, header, each);
    }
}
