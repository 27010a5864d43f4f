using System;
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

    /// <summary>A tape that is read. What it holds is checked by <see cref="TapeLabel.Require{TNumber}"/>, after all lengths.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="steps">The steps that x holds.</param>
    /// <param name="header">Numbers before the first record.</param>
    /// <param name="record">Numbers of a record.</param>
    /// <param name="mark">The number of the type's layout.</param>
    /// <returns>As much of it as is used.</returns>
    /// <exception cref="System.ArgumentException">It is shorter.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RecordedTape<TNumber>(ReadOnlySpan<TNumber> tape, int steps, int header, int record, int mark)
        where TNumber : unmanaged
    {
        if (tape.Length < Lengths.Tape(steps, header, record))
        {
            // What was recorded says more than a length.
            TapeLabel.RefuseOther(tape, mark, steps, 1);
        }

        return Tape(tape.Length, steps, header, record);
    }

    /// <summary>A tape of many sequences that is read.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="steps">The steps that x holds.</param>
    /// <param name="states">The name of the parameter that holds the states.</param>
    /// <param name="sequences">How many there are.</param>
    /// <param name="header">Numbers before the first record of one sequence.</param>
    /// <param name="record">Numbers of a record.</param>
    /// <param name="mark">The number of the type's layout.</param>
    /// <returns>As much of it as is used.</returns>
    /// <exception cref="System.ArgumentException">It is shorter.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RecordedTapeOfEach<TNumber>(
        ReadOnlySpan<TNumber> tape, int steps, string states, int sequences, int header, int record, int mark)
        where TNumber : unmanaged
    {
        if (tape.Length < Lengths.Tape(steps, sequences, header, record))
        {
            TapeLabel.RefuseOther(tape, mark, steps, sequences);
        }

        return TapeOfEach(tape.Length, steps, states, sequences, header, record);
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
