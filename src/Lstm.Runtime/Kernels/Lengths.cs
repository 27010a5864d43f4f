using System;
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>Lengths that follow from a number of steps, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lengths
{
    /// <summary><paramref name="steps"/> times <paramref name="each"/>.</summary>
    public static long Of(int steps, int each) => (long)steps * each;

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
}
