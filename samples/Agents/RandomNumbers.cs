namespace Agents;

/// <summary>SplitMix64: whole numbers only, so the same on every machine. A struct, so that its state is a part of the game's.</summary>
internal struct RandomNumbers(ulong seed)
{
    private ulong state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="end"/> - 1.</summary>
    public int Below(int end) => (int)(((Next() >> 32) * (ulong)end) >> 32);

    /// <summary>From 0 up to 1, without 1.</summary>
    public float Uniform() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Nearly normal, mean 0, deviation 1: the sum of four uniform numbers. No logarithm, which differs between machines.</summary>
    public float Normal()
    {
        ulong bits = Next();
        int sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (sum - 131_070) * (1f / 37_837f); // 65,536 * sqrt(4 / 12)
    }
}
