using System;
using System.Collections.Generic;

namespace Lstm.Generators.Tests.Fuzz;

/// <summary>The random choices of one case, the same for a seed and an index on every machine. It knows whether a wrong one was among them.</summary>
internal sealed class Draw
{
    private readonly Random random;
    private readonly int mistakes;

    public Draw(int seed, int index)
    {
        random = new Random(unchecked((seed * 1_000_003) + index));
        mistakes = Chance(45) ? 0 : Of(3, 6, 15);
    }

    /// <summary>Whether nothing wrong was chosen so far.</summary>
    public bool IsRight { get; private set; } = true;

    /// <summary>A number from 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => random.Next(bound);

    public bool Chance(int percent) => random.Next(100) < percent;

    public T Of<T>(params IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>One of the first, or, where the case is one with mistakes, now and then one of the second.</summary>
    public string Of(string[] right, string[] wrong) => Mistake() ? Of(wrong) : Of(right);

    /// <summary>Whether something wrong is to be written now. In half of the cases never.</summary>
    public bool Mistake()
    {
        bool wrong = Chance(mistakes);
        IsRight &= !wrong;
        return wrong;
    }

    /// <summary>In another order.</summary>
    public List<T> Shuffled<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        random.Shuffle(shuffled);
        return [.. shuffled];
    }
}
