using System.Globalization;

namespace Lstm.Generators.Parsing.Declarations;

/// <summary>The values that a size may have, both ends included.</summary>
internal readonly struct SizeRange
{
    public SizeRange(int minimum, int maximum)
    {
        Minimum = minimum;
        Maximum = maximum;
    }

    public int Minimum { get; }

    public int Maximum { get; }

    public bool Contains(int value) => value >= Minimum && value <= Maximum;

    /// <summary>As messages quote it, for example <c>1 to 1024</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} to {1}", Minimum, Maximum);
}

/// <summary>The ranges of all sizes. Messages and <c>docs/diagnostics/LSTM003.md</c> quote them.</summary>
internal static class ArgumentRanges
{
    /// <summary><c>Input</c>, <c>Hidden</c> and <c>Output</c>.</summary>
    public static readonly SizeRange Units = new(1, 1024);

    /// <summary><c>Layers</c> of a network.</summary>
    public static readonly SizeRange NetworkLayers = new(1, 8);

    /// <summary><c>Layers</c> of a chain.</summary>
    public static readonly SizeRange ChainLayers = new(1, 1000);

    /// <summary><c>Width</c> of a chain.</summary>
    public static readonly SizeRange ChainWidth = new(1, 16);
}
