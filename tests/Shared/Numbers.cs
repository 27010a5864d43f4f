using System;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace Lstm.Testing;

/// <summary>What a test that runs over floats and over doubles needs to know of them.</summary>
internal static class Numbers
{
    /// <summary>The numbers, each rounded to <typeparamref name="T"/>.</summary>
    public static T[] Of<T>(params double[] values)
        where T : unmanaged, IFloatingPointIeee754<T> => Array.ConvertAll(values, T.CreateTruncating);

    /// <summary>The same number so many times.</summary>
    public static T[] Repeated<T>(double value, int count)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. Enumerable.Repeat(T.CreateTruncating(value), count)];

    /// <summary>The numbers as doubles, which is exact.</summary>
    public static double[] Widened<T>(params ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] widened = new double[values.Length];
        for (int i = 0; i < widened.Length; i++)
        {
            widened[i] = double.CreateTruncating(values[i]);
        }

        return widened;
    }

    /// <summary>What differs between the two types: a tolerance, a limit, an expected value.</summary>
    public static TValue Choose<T, TValue>(TValue floats, TValue doubles)
        where T : unmanaged => typeof(T) == typeof(float) ? floats : doubles;

    /// <summary>Equal, bit for bit: 0 and -0 differ, and a NaN equals itself.</summary>
    public static void AssertSameBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.True(expected.Length == actual.Length, $"{name}: {expected.Length} values expected, {actual.Length} found");
        int first = MemoryMarshal.AsBytes(expected).CommonPrefixLength(MemoryMarshal.AsBytes(actual)) / Unsafe.SizeOf<T>();
        if (first < expected.Length)
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{name}[{first}]: expected {expected[first]:R}, found {actual[first]:R}"));
        }
    }
}
