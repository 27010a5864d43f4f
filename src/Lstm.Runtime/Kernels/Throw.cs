using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>
/// The exceptions of every length and range check, called by generated code. They stand apart, and are never inlined,
/// so that a check costs its caller a compare and a call.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Throw
{
    /// <summary>Reports a span that does not have exactly the length it must have.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="expected">The length it must have.</param>
    /// <param name="actual">The length it has.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Length(string parameter, long expected, int actual) =>
        throw new ArgumentException(
            FormattableString.Invariant($"'{parameter}' must have length {expected}, but its length is {actual}."), parameter);

    /// <summary>Reports a span whose length is not a whole number of rows or steps.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="of">The length of one row or step.</param>
    /// <param name="actual">The length the span has.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Multiple(string parameter, long of, int actual) =>
        throw new ArgumentException(
            FormattableString.Invariant($"'{parameter}' must have a length that is a multiple of {of}, but its length is {actual}."), parameter);

    /// <summary>Reports a span that is too short.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="least">The least length it must have.</param>
    /// <param name="actual">The length it has.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AtLeast(string parameter, long least, int actual) =>
        throw new ArgumentException(
            FormattableString.Invariant($"'{parameter}' must have a length of at least {least}, but its length is {actual}."), parameter);

    /// <summary>Reports an index outside <c>0 .. limit - 1</c>.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="actual">The index.</param>
    /// <param name="limit">The number of items, which the index must stay below.</param>
    /// <exception cref="ArgumentOutOfRangeException">Always.</exception>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void OutOfRange(string parameter, int actual, int limit) =>
        throw new ArgumentOutOfRangeException(
            parameter, FormattableString.Invariant($"'{parameter}' must be at least 0 and less than {limit}, but it is {actual}."));
}
