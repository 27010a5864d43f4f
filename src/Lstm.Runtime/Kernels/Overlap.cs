using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Lstm.Kernels;

/// <summary>Refuses a span to write to that lies in the way of another one, for generated code and <see cref="Loss"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Overlap
{
    /// <summary>Refuses any overlap.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="parameter">The name of the parameter that is written.</param>
    /// <param name="written">What is written.</param>
    /// <param name="other">The name of the other parameter.</param>
    /// <param name="values">The other one's span.</param>
    /// <exception cref="ArgumentException">The spans overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Refuse<T>(string parameter, ReadOnlySpan<T> written, string other, ReadOnlySpan<T> values)
    {
        if (written.Overlaps(values))
        {
            Throw.Overlap(parameter, other);
        }
    }

    /// <summary>Refuses any overlap but one: both are the same span, whose rows are read before they are written.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="parameter">The name of the parameter that is written.</param>
    /// <param name="written">What is written.</param>
    /// <param name="other">The name of the other parameter.</param>
    /// <param name="values">The other one's span.</param>
    /// <exception cref="ArgumentException">The spans overlap and are not the same.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RefuseUnlessSame<T>(string parameter, ReadOnlySpan<T> written, string other, ReadOnlySpan<T> values)
    {
        // Spans are equal where they begin and end alike.
        if (written.Overlaps(values) && written != values)
        {
            Throw.OverlapUnlessSame(parameter, written.Length, other, values.Length);
        }
    }
}
