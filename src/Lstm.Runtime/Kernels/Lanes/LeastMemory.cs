namespace Lstm.Kernels;

/// <summary>
/// The least |ltm| that a step leaves, besides 0: a smaller one becomes 0, before it is subnormal, which many processors are slow with.
/// </summary>
/// <remarks>
/// That far above the least normal numbers, 2^-126 and 2^-1022, products of ltm and wm with gates and weights are normal too, unless these are tiny.
/// </remarks>
internal static class LeastMemory
{
    /// <summary>2^-100.</summary>
    internal const float Float = 7.888609052210118e-31f;

    /// <summary>2^-900.</summary>
    internal const double Double = 1.1830521861667747e-271;
}
