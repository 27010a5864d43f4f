using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>What an optimizer does with a vector of weights.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface IStepRule<T>
    where T : unmanaged
{
    /// <summary>The weights after the step.</summary>
    /// <param name="i">The number of the vector.</param>
    /// <param name="w">The weights before the step.</param>
    /// <param name="g">Their gradient.</param>
    /// <param name="keep">Whether the averages of the optimizer take the gradient in, or stay as they are.</param>
    Vector<T> After(int i, Vector<T> w, Vector<T> g, bool keep);
}

/// <summary>
/// The loops over parameters that the optimizers share. What does not fill a vector is padded with zeros, so all numbers see the same arithmetic.
/// </summary>
internal static class Stepping
{
    /// <summary>Takes the step.</summary>
    internal static void Run<T, TRule>(Span<T> parameters, ReadOnlySpan<T> gradient, TRule rule)
        where T : unmanaged
        where TRule : struct, IStepRule<T>
    {
        Span<Vector<T>> w = MemoryMarshal.Cast<T, Vector<T>>(parameters);
        ReadOnlySpan<Vector<T>> g = MemoryMarshal.Cast<T, Vector<T>>(gradient);
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = rule.After(i, w[i], g.At(i), keep: true);
        }

        int whole = w.Length * Vector<T>.Count;
        Span<Vector<T>> last = stackalloc Vector<T>[1];
        last[0] = rule.After(w.Length, Last<T>(parameters.Slice(whole)), Last(gradient.Slice(whole)), keep: true);
        MemoryMarshal.Cast<Vector<T>, T>(last).Slice(0, parameters.Length - whole).CopyTo(parameters.Slice(whole));
    }

    /// <summary>Whether every weight would be finite after the step. Changes nothing.</summary>
    internal static bool StaysFinite<T, TRule>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, TRule rule)
        where T : unmanaged
        where TRule : struct, IStepRule<T>
    {
        ReadOnlySpan<Vector<T>> w = MemoryMarshal.Cast<T, Vector<T>>(parameters);
        ReadOnlySpan<Vector<T>> g = MemoryMarshal.Cast<T, Vector<T>>(gradient);
        var limit = new Vector<T>(Number.FromDouble<T>(Number.Largest<T>()));
        bool finite = true;
        for (int i = 0; i < w.Length; i++)
        {
            finite &= Vector.LessThanOrEqualAll(Vector.Abs(rule.After(i, w.At(i), g.At(i), keep: false)), limit);
        }

        int whole = w.Length * Vector<T>.Count;
        Vector<T> last = rule.After(w.Length, Last(parameters.Slice(whole)), Last(gradient.Slice(whole)), keep: false);
        return finite && Vector.LessThanOrEqualAll(Vector.Abs(last), limit);
    }

    /// <summary>The vectors of so many numbers, and one more for those that do not fill a vector.</summary>
    internal static Vector<T>[] Allocate<T>(int length)
        where T : unmanaged => new Vector<T>[(length / Vector<T>.Count) + 1];

    /// <summary>The values, with 0 in place of subnormal numbers: arithmetic with those takes many times as long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> Flushed<T>(Vector<T> values)
        where T : unmanaged
    {
        var least = new Vector<T>(Number.FromDouble<T>(Number.LeastNormal<T>()));
        return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(values), least), Vector<T>.Zero, values);
    }

    private static Vector<T> Last<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Span<Vector<T>> padded = stackalloc Vector<T>[1];
        padded.Clear();
        values.CopyTo(MemoryMarshal.Cast<Vector<T>, T>(padded));
        return padded[0];
    }
}
