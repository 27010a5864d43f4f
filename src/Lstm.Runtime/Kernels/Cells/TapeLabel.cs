using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lstm.Kernels;

/// <summary>
/// What opens every tape: which type recorded it, how many steps and how many sequences. It takes 64 bytes, so that what follows is aligned as
/// the tape is.
/// </summary>
/// <remarks>
/// The mark comes first, then steps and sequences, each as its lower and its upper 16 bits: whole numbers below 2^24, exact as float and double,
/// and no bit pattern that a copy of numbers could change. The rest is 0.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TapeLabel
{
    /// <summary>Bytes of a label: a cache line, so that what follows is aligned as the tape is.</summary>
    public const int Bytes = 64;

    private const int Numbers = 5;

    /// <summary>What to do where Backward is given another tape.</summary>
    private const string OfBackward = "Give Backward the tape, x and as many states as Forward had.";

    /// <summary>Writes the label.</summary>
    /// <param name="tape">The tape, whose length has been checked.</param>
    /// <param name="mark">The number of the type's layout, in [2^23, 2^24).</param>
    /// <param name="steps">T.</param>
    /// <param name="sequences">N.</param>
    /// <returns>What follows the label.</returns>
    public static ref TNumber Write<TNumber>(Span<TNumber> tape, int mark, int steps, int sequences)
        where TNumber : unmanaged
    {
        int length = Bytes / Unsafe.SizeOf<TNumber>();
        Span<TNumber> label = tape.Slice(0, length);
        label.Clear();
        for (int i = 0; i < Numbers; i++)
        {
            label[i] = Number.FromDouble<TNumber>(Part(i, mark, steps, sequences));
        }

        return ref Unsafe.Add(ref MemoryMarshal.GetReference(tape), length);
    }

    /// <summary>Refuses a tape that has another label.</summary>
    /// <param name="tape">The tape, whose length has been checked.</param>
    /// <param name="mark">The number of the type's layout.</param>
    /// <param name="steps">T.</param>
    /// <param name="sequences">N.</param>
    /// <returns>What follows the label.</returns>
    /// <exception cref="ArgumentException">It was never recorded, or by another type, or with other steps and sequences.</exception>
    public static ref TNumber Require<TNumber>(ReadOnlySpan<TNumber> tape, int mark, int steps, int sequences)
        where TNumber : unmanaged
    {
        for (int i = 0; i < Numbers; i++)
        {
            if (Number.ToDouble(tape.At(i)) != Part(i, mark, steps, sequences))
            {
                Refuse(tape, mark, steps, sequences);
            }
        }

        return ref Unsafe.Add(ref MemoryMarshal.GetReference(tape), Bytes / Unsafe.SizeOf<TNumber>());
    }

    /// <summary>Refuses a tape that is too short or has another label.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="mark">The number of the type's layout.</param>
    /// <param name="steps">T.</param>
    /// <param name="sequences">N, at least 1.</param>
    /// <param name="used">The least length that it must have.</param>
    /// <exception cref="ArgumentException">
    /// It is shorter, or was never recorded, or by another type, or with other steps and sequences.
    /// </exception>
    internal static void RequireForReading<TNumber>(ReadOnlySpan<TNumber> tape, int mark, int steps, int sequences, int used)
        where TNumber : unmanaged
    {
        RefuseOther(tape, mark, steps, sequences, "Give ReadTape the steps and sequences that Forward had.");
        if (tape.Length < used)
        {
            Throw.AtLeast("tape", used, tape.Length, FormattableString.Invariant($"It is TapeLength({steps}, {sequences})."));
        }

        Require(tape, mark, steps, sequences);
    }

    /// <summary>Refuses a tape that was recorded with other steps and sequences.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="mark">The number of the type's layout.</param>
    /// <param name="steps">T.</param>
    /// <param name="sequences">N.</param>
    /// <param name="remedy">What to do instead, a sentence.</param>
    /// <exception cref="ArgumentException">It was.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void RefuseOther<TNumber>(ReadOnlySpan<TNumber> tape, int mark, int steps, int sequences, string remedy = OfBackward)
        where TNumber : unmanaged
    {
        if (tape.Length < Numbers || Number.ToDouble(tape.At(0)) != mark)
        {
            return;
        }

        (int recordedSteps, int recordedSequences) = (Whole(tape.Slice(1)), Whole(tape.Slice(3)));
        if ((recordedSteps, recordedSequences) != (steps, sequences))
        {
            Throw.OtherTape(recordedSteps, recordedSequences, steps, sequences, remedy);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refuse<TNumber>(ReadOnlySpan<TNumber> tape, int mark, int steps, int sequences)
        where TNumber : unmanaged
    {
        RefuseOther(tape, mark, steps, sequences);
        Throw.NeverRecorded();
    }

    /// <summary>A number of the label.</summary>
    private static int Part(int place, int mark, int steps, int sequences) => place switch
    {
        0 => mark,
        1 => steps & 0xFFFF,
        2 => steps >> 16,
        3 => sequences & 0xFFFF,
        _ => sequences >> 16,
    };

    private static int Whole<TNumber>(ReadOnlySpan<TNumber> parts)
        where TNumber : unmanaged => (int)Number.ToDouble(parts.At(0)) | ((int)Number.ToDouble(parts.At(1)) << 16);
}
