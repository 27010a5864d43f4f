using System;

namespace Lstm;

/// <summary>What the <c>State</c> of every generated cell and network offers. It also says of which numbers the state consists.</summary>
/// <typeparam name="TNumber">float or double.</typeparam>
public interface IState<TNumber>
{
    /// <summary>Back to the zero state.</summary>
    void Reset();

    /// <summary>Copies the state, without padding: layer by layer ltm, then wm.</summary>
    /// <param name="destination">Gets 2 d L numbers.</param>
    /// <exception cref="ArgumentException">It has another length; nothing has been changed.</exception>
    void Export(Span<TNumber> destination);

    /// <summary>Sets the state, in the order of <see cref="Export"/>.</summary>
    /// <param name="source">2 d L numbers.</param>
    /// <exception cref="ArgumentException">It has another length; nothing has been changed.</exception>
    void Import(ReadOnlySpan<TNumber> source);
}
