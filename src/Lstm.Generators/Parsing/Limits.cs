using System.Globalization;

namespace Lstm.Generators.Parsing;

/// <summary>The smallest and the largest value of a size, both allowed.</summary>
internal readonly struct SizeRange
{
    public SizeRange(int least, int most)
    {
        Least = least;
        Most = most;
    }

    public int Least { get; }

    public int Most { get; }

    public bool Contains(int value) => value >= Least && value <= Most;

    /// <summary>As messages quote it, for example <c>1 to 1024</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} to {1}", Least, Most);
}

/// <summary>What a declaration may ask for. The messages and <c>docs/diagnostics/</c> quote these numbers.</summary>
internal static class Limits
{
    /// <summary>Parameters of one struct, in MiB of packed storage.</summary>
    public const int ParameterMebibytes = 64;

    /// <summary>Parameters of one struct, in bytes of packed storage.</summary>
    public const long ParameterBytes = ParameterMebibytes * 1024L * 1024L;

    /// <summary>A struct past this many bytes should not be passed or copied by value.</summary>
    public const long CopyBytes = 16 * 1024;

    /// <summary>The runtime makes no array whose element is larger than this many bytes.</summary>
    public const long ArrayElementBytes = 65_535;

    /// <summary>
    /// The language version that may pass <c>ref</c> to .NET 8's <c>ref readonly</c> parameters: C# 12, which the oldest
    /// supported Roslyn has no name for.
    /// </summary>
    public const int LanguageVersion = 1200;

    /// <summary><c>Input</c>, <c>Hidden</c> and <c>Output</c>.</summary>
    public static readonly SizeRange Units = new(1, 1024);

    /// <summary><c>Layers</c> of a network.</summary>
    public static readonly SizeRange NetworkLayers = new(1, 8);

    /// <summary><c>Layers</c> of a chain.</summary>
    public static readonly SizeRange ChainLayers = new(1, 1000);

    /// <summary><c>Width</c> of a chain.</summary>
    public static readonly SizeRange ChainWidth = new(1, 16);
}
