#if NET8_0_OR_GREATER
using System;
using System.Diagnostics.CodeAnalysis;

namespace Lstm;

/// <summary>What the <c>Gradient</c> of every generated cell, network and chain offers, for code that is generic over them.</summary>
/// <typeparam name="TNumber">float or double.</typeparam>
public interface IGradient<TNumber>
{
    /// <summary>Every derivative, packed as the parameters are; that of padding is 0.</summary>
    [UnscopedRef]
    Span<TNumber> Values { get; }

    /// <summary>Sets every derivative to 0.</summary>
    void Clear();
}
#endif
