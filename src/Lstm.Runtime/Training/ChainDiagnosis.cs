namespace Lstm;

/// <summary>What becomes of the gradient on its way through a deep chain.</summary>
public enum GradientHealth
{
    /// <summary>At least half of the layers have a gradient of exactly 0: a zero weight, a zero input, or no error.</summary>
    NoSignal,

    /// <summary>The gradient shrinks so much that the weights all but stand still.</summary>
    Vanishing,

    /// <summary>The gradient keeps its order of magnitude.</summary>
    Healthy,

    /// <summary>The gradient grows so much that a step overshoots.</summary>
    Exploding,

    /// <summary>Some layer's gradient is infinite or not a number: so is a weight, the input or the target.</summary>
    NotFinite,
}

/// <summary>The finding of <see cref="ChainHealth.Diagnose"/>.</summary>
public readonly struct ChainDiagnosis
{
    internal ChainDiagnosis(GradientHealth health, double decades, double decadesPerLayer)
    {
        Health = health;
        Decades = decades;
        DecadesPerLayer = decadesPerLayer;
    }

    /// <summary>The verdict.</summary>
    public GradientHealth Health { get; }

    /// <summary>
    /// By how many powers of ten the median layer's gradient lies above (positive) or below (negative) the scale;
    /// negative infinity for no signal, NaN when not finite.
    /// </summary>
    public double Decades { get; }

    /// <summary>
    /// <see cref="Decades"/> divided by L - 1, the number of weights in a gradient's product: log10 of the typical weight.
    /// 0 for a chain of one layer, which has none; negative infinity for no signal, NaN when not finite.
    /// </summary>
    public double DecadesPerLayer { get; }
}
