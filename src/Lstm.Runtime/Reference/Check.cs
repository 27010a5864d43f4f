using System;
using System.Numerics;
using Lstm.Kernels;

namespace Lstm.Reference;

/// <summary>The length checks that the references share.</summary>
internal static class Check
{
    internal static void Length(string parameter, int expected, int actual)
    {
        if (actual != expected)
        {
            Throw.Length(parameter, expected, actual);
        }
    }

    internal static void Rows(string parameter, int columns, int actual)
    {
        if (actual % columns != 0)
        {
            Throw.Multiple(parameter, columns, actual);
        }
    }

    /// <summary>A copy of <paramref name="values"/>, or zeros in their place.</summary>
    internal static T[] ZeroIfEmpty<T>(string parameter, int expected, ReadOnlySpan<T> values)
        where T : IFloatingPointIeee754<T>
    {
        if (!values.IsEmpty)
        {
            Length(parameter, expected, values.Length);
            return values.ToArray();
        }

        var zeros = new T[expected];
        Array.Fill(zeros, T.Zero);
        return zeros;
    }
}
