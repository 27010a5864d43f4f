using System;
using System.Collections.Generic;

namespace VanishingGradients;

/// <summary>How the weights of a chain begin.</summary>
/// <param name="Name">As it stands in tables.</param>
/// <param name="Value">That of every weight; null: each is drawn by itself.</param>
internal sealed record ChainWeights(string Name, float? Value)
{
    /// <summary>The four of the experiment.</summary>
    public static readonly IReadOnlyList<ChainWeights> All = [new("0.9", 0.9f), new("1.0", 1f), new("1.1", 1.1f), new("random", null)];

    /// <summary>In a sentence.</summary>
    public string Title => Value is null ? "random" : $"w = {Name}";

    /// <summary>Writes the weights. Random ones are even between -sqrt 3 and sqrt 3: their mean square is 1.</summary>
    public void Fill(Span<float> weights, int seed)
    {
        var random = new Random(seed);
        foreach (ref float weight in weights)
        {
            weight = Value ?? (float)(Math.Sqrt(3) * (2 * random.NextDouble() - 1));
        }
    }
}
