using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>The checks of lengths in generated members, before anything is written.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Require
{
    /// <summary>One row.</summary>
    /// <param name="parameter">The name of the span.</param>
    /// <param name="length">Its length.</param>
    /// <param name="size">The name of the size that it must have.</param>
    /// <param name="each">The size.</param>
    /// <exception cref="System.ArgumentException">It has another length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row(string parameter, int length, string size, int each)
    {
        if (length != each)
        {
            Throw.Row(parameter, size, each, length);
        }
    }

    /// <summary>A row for each step of x.</summary>
    /// <inheritdoc cref="Row(string, int, string, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rows(string parameter, int length, int steps, string size, int each)
    {
        if (length != Lengths.Of(steps, each))
        {
            Throw.Rows(parameter, steps, size, each, length);
        }
    }

    /// <summary>A row for each of some states.</summary>
    /// <inheritdoc cref="Row(string, int, string, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RowOfEach(string parameter, int length, string states, int sequences, string size, int each)
    {
        if (length != Lengths.Of(sequences, each))
        {
            Throw.Rows(parameter, states, sequences, size, each, length);
        }
    }

    /// <summary>A row for each step of x and each of some states.</summary>
    /// <inheritdoc cref="Row(string, int, string, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RowsOfEach(string parameter, int length, int steps, string states, int sequences, string size, int each)
    {
        if (length != Lengths.Of(steps, sequences, each))
        {
            Throw.Rows(parameter, steps, states, sequences, size, each, length);
        }
    }

    /// <summary>The steps of x, which must be whole ones.</summary>
    /// <param name="length">The length of x.</param>
    /// <param name="inputSize">p.</param>
    /// <returns>T.</returns>
    /// <exception cref="System.ArgumentException">x does not hold whole steps.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Steps(int length, int inputSize)
    {
        int steps = length / inputSize;
        if (steps * inputSize != length)
        {
            Throw.Multiple("x", inputSize, length, "A step takes InputSize numbers.");
        }

        return steps;
    }

    /// <summary>A tape, which may be longer than it needs to be.</summary>
    /// <returns>As much of it as is used.</returns>
    /// <exception cref="System.ArgumentException">It is shorter.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Tape(int length, int steps, int header, int record)
    {
        long used = Lengths.Tape(steps, header, record);
        if (length < used)
        {
            Throw.Tape(steps, used, length);
        }

        return (int)used;
    }

    /// <summary>The tape of many sequences.</summary>
    /// <returns>As much of it as is used.</returns>
    /// <exception cref="System.ArgumentException">It is shorter.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TapeOfEach(int length, int steps, string states, int sequences, int header, int record)
    {
        long used = Lengths.Tape(steps, sequences, header, record);
        if (length < used)
        {
            Throw.Tape(steps, states, sequences, used, length);
        }

        return (int)used;
    }

    /// <summary>dX, as long as x where it is wanted.</summary>
    /// <exception cref="System.ArgumentException">It has another length, and is not empty.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient(int length, int xLength)
    {
        if (length != 0 && length != xLength)
        {
            Throw.OtherLength("dX", "'x'", xLength, length, optional: true);
        }
    }

    /// <summary>An index.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">It is not within 0 and <paramref name="count"/> - 1.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Index(string parameter, int value, int count)
    {
        if ((uint)value >= (uint)count)
        {
            Throw.OutOfRange(parameter, value, count);
        }
    }
}
