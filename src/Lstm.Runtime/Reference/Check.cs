using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lstm.Kernels;

namespace Lstm.Reference;

/// <summary>
/// The length checks that the references share. A message says what the length is in the words of the caller: the expression it wrote.
/// </summary>
internal static class Check
{
    internal static void Length(string parameter, int expected, int actual, [CallerArgumentExpression(nameof(expected))] string? origin = null)
    {
        if (actual != expected)
        {
            Throw.Length(parameter, expected, actual, $"It is {origin}.");
        }
    }

    internal static void Rows(string parameter, int columns, int actual, [CallerArgumentExpression(nameof(columns))] string? origin = null)
    {
        if (actual % columns != 0)
        {
            Throw.Multiple(parameter, columns, actual, $"A row has {origin} numbers.");
        }
    }

    /// <summary>A copy of <paramref name="values"/>, or zeros in their place.</summary>
    internal static T[] ZeroIfEmpty<T>(
        string parameter, int expected, ReadOnlySpan<T> values, [CallerArgumentExpression(nameof(expected))] string? origin = null)
        where T : IFloatingPointIeee754<T>
    {
        if (!values.IsEmpty)
        {
            Length(parameter, expected, values.Length, origin);
            return values.ToArray();
        }

        var zeros = new T[expected];
        Array.Fill(zeros, T.Zero);
        return zeros;
    }
}
