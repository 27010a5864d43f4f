using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// The exceptions of every length and range check, called by generated code. They stand apart, and are never inlined,
/// so that a check costs its caller a compare and a call. A message says what is wrong, with both numbers, and then where the
/// number comes from that there must be.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Throw
{
    /// <summary>Reports a span that does not have exactly the length it must have.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="expected">The length it must have.</param>
    /// <param name="actual">The length it has.</param>
    /// <param name="origin">Where the length comes from, a sentence.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Length(string parameter, long expected, int actual, string origin) =>
        throw new ArgumentException(
            FormattableString.Invariant($"'{parameter}' must have length {expected}, but its length is {actual}. {origin}"),
            parameter);

    /// <summary>Reports a span that is not one row.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="size">The name of the size that is its length.</param>
    /// <param name="each">The size.</param>
    /// <param name="actual">The length that was given.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    public static void Row(string parameter, string size, int each, int actual) => Length(parameter, each, actual, $"It is {size}.");

    /// <summary>Reports a span that has not a row for each step of x.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="steps">The steps that x holds.</param>
    /// <param name="size">The name of the size that is the length of a row.</param>
    /// <param name="each">That size.</param>
    /// <param name="actual">The length the span has.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Rows(string parameter, int steps, string size, int each, int actual) =>
        Length(
            parameter, Lengths.Of(steps, each), actual,
            FormattableString.Invariant($"It is steps x {size} = {steps} x {each}, with the steps of 'x'."));

    /// <summary>Reports a span that has not a row for each step of x and each state.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="steps">The steps that x holds.</param>
    /// <param name="states">The name of the parameter that holds the states.</param>
    /// <param name="sequences">How many there are.</param>
    /// <param name="size">The name of the size that is the length of a row.</param>
    /// <param name="each">That size.</param>
    /// <param name="actual">The length the span has.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Rows(string parameter, int steps, string states, int sequences, string size, int each, int actual) =>
        Length(
            parameter, Lengths.Of(steps, sequences, each), actual,
            FormattableString.Invariant($"It is steps x sequences x {size} = {steps} x {sequences} x {each}, ")
                + $"with the steps of 'x' and the sequences of '{states}'.");

    /// <summary>Reports a span that has not a row for each state.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="states">The name of the parameter that holds the states.</param>
    /// <param name="sequences">How many there are.</param>
    /// <param name="size">The name of the size that is the length of a row.</param>
    /// <param name="each">That size.</param>
    /// <param name="actual">The length the span has.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Rows(string parameter, string states, int sequences, string size, int each, int actual) =>
        Length(
            parameter, Lengths.Of(sequences, each), actual,
            FormattableString.Invariant($"It is sequences x {size} = {sequences} x {each}, with the sequences of '{states}'."));

    /// <summary>Reports a span that is not as long as another.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="other">The other parameter's name, and what it is.</param>
    /// <param name="expected">The length of the other.</param>
    /// <param name="actual">The length the span has.</param>
    /// <param name="optional">Whether it may be empty as well.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void OtherLength(string parameter, string other, int expected, int actual, bool optional = false) =>
        Length(parameter, expected, actual, $"It must be as long as {other}{(optional ? ", or empty where it is not wanted" : string.Empty)}.");

    /// <summary>Reports a span whose length is not a whole number of rows or steps.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="of">The length of one row or step.</param>
    /// <param name="actual">The length the span has.</param>
    /// <param name="origin">Where the length of a row comes from, a sentence.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Multiple(string parameter, long of, int actual, string origin) =>
        throw new ArgumentException(
            FormattableString.Invariant($"'{parameter}' must have a length that is a multiple of {of}, but its length is {actual}. {origin}"),
            parameter);

    /// <summary>Reports a span that is too short.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="least">The least length it must have.</param>
    /// <param name="actual">The length it has.</param>
    /// <param name="origin">Where the length comes from, a sentence.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AtLeast(string parameter, long least, int actual, string origin) =>
        throw new ArgumentException(
            FormattableString.Invariant($"'{parameter}' must have a length of at least {least}, but its length is {actual}. {origin}"),
            parameter);

    /// <summary>Reports a tape that is too short for the steps of x.</summary>
    /// <param name="steps">The steps that x holds.</param>
    /// <param name="least">The least length the tape must have.</param>
    /// <param name="actual">The length it has.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Tape(int steps, long least, int actual) =>
        AtLeast("tape", least, actual, FormattableString.Invariant($"It is TapeLength({steps}), with the steps of 'x'."));

    /// <summary>Reports a tape that is too short for the steps of x and as many sequences as there are states.</summary>
    /// <param name="steps">The steps that x holds.</param>
    /// <param name="states">The name of the parameter that holds the states.</param>
    /// <param name="sequences">How many there are.</param>
    /// <param name="least">The least length the tape must have.</param>
    /// <param name="actual">The length it has.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Tape(int steps, string states, int sequences, long least, int actual) =>
        AtLeast(
            "tape", least, actual,
            FormattableString.Invariant($"It is TapeLength({steps}, {sequences}), with the steps of 'x' and the sequences of '{states}'."));

    /// <summary>Reports a tape that was recorded with other steps and sequences.</summary>
    /// <param name="recordedSteps">The steps that it holds.</param>
    /// <param name="recordedSequences">The sequences that it holds.</param>
    /// <param name="steps">The steps that x holds.</param>
    /// <param name="sequences">How many states there are.</param>
    /// <param name="remedy">What to do instead, a sentence.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void OtherTape(int recordedSteps, int recordedSequences, int steps, int sequences, string remedy) =>
        throw new ArgumentException(
            FormattableString.Invariant(
                $"'tape' recorded {recordedSteps} steps of {recordedSequences} sequences, given {steps} of {sequences}. {remedy}"),
            "tape");

    /// <summary>Reports a tape that holds no record of the type that reads it.</summary>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void NeverRecorded() =>
        throw new ArgumentException(
            "'tape' holds no record of this type: it was never given to its Forward, or has been overwritten, or another type recorded it.", "tape");

    /// <summary>Reports a span to write to that overlaps another.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="other">The other parameter's name.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Overlap(string parameter, string other) =>
        throw new ArgumentException($"'{parameter}' must not overlap '{other}': give it memory of its own.", parameter);

    /// <summary>Reports a span to write to that overlaps another and is not the same one.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="length">Its length.</param>
    /// <param name="other">The other parameter's name.</param>
    /// <param name="otherLength">The other one's length.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void OverlapUnlessSame(string parameter, int length, string other, int otherLength) =>
        throw new ArgumentException(
            $"'{parameter}' overlaps '{other}': give it memory of its own" + (length == otherLength
                ? ", or the very same span, to work in place."
                : ". Both can be one span only where they are equally long; "
                    + FormattableString.Invariant($"they have {length} and {otherLength} numbers.")),
            parameter);

    /// <summary>Reports an index outside <c>0 .. limit - 1</c>.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="actual">The index.</param>
    /// <param name="limit">The number of items, which the index must stay below.</param>
    /// <exception cref="ArgumentOutOfRangeException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void OutOfRange(string parameter, int actual, int limit) =>
        OutOfRange(parameter, FormattableString.Invariant($"at least 0 and less than {limit}"), actual);

    /// <summary>Reports a number outside the range it must be in.</summary>
    /// <remarks>
    /// The sentence has the number in the invariant culture; the framework adds its own line for the exception's <c>ActualValue</c>.
    /// </remarks>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="range">What it must be, in words.</param>
    /// <param name="actual">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void OutOfRange<T>(string parameter, string range, T actual)
        where T : struct, IFormattable =>
        throw new ArgumentOutOfRangeException(parameter, actual, FormattableString.Invariant($"'{parameter}' must be {range}, but it is {actual}."));
}
