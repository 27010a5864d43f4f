using System.Collections.Generic;

namespace Lstm.Charts;

/// <summary>How an axis runs.</summary>
public enum Scale
{
    /// <summary>Equal differences are equally long.</summary>
    Linear,

    /// <summary>Equal factors are equally long. Points at 0 and below are left out.</summary>
    Logarithmic,

    /// <summary>Values are exponents of ten, which may lie beyond the range of a double. Labels are powers of ten.</summary>
    Exponents,
}

/// <summary>An axis of a chart.</summary>
/// <param name="Title">What it shows, with its unit.</param>
/// <param name="Scale">How it runs.</param>
public sealed record Axis(string Title, Scale Scale = Scale.Linear)
{
    /// <summary>Where it begins; by default a little before the least value.</summary>
    public double? Minimum { get; init; }

    /// <summary>Where it ends; by default a little behind the largest value.</summary>
    public double? Maximum { get; init; }

    /// <summary>The values that have a label; by default round ones.</summary>
    public IReadOnlyList<double>? Ticks { get; init; }
}
