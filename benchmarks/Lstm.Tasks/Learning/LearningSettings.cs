namespace Lstm.Tasks.Learning;

/// <summary>How a network learns: Adam on clipped gradients of small batches, with a rate that falls at every update.</summary>
/// <param name="BatchSize">Sequences of an update. They have one common length.</param>
/// <param name="LearningRate">Adam's, at the first update.</param>
/// <param name="Decay">What the rate is multiplied with after each update, until it is a fiftieth.</param>
/// <param name="LargestNorm">Gradients of a greater norm are shortened to it.</param>
/// <param name="MemorySpan">
/// T of chrono initialization: the biases of the remember gates are log(u), u uniform in (1, T - 1), those of the save gates -log(u). 0: all remember
/// biases are 1, and those of the save gates random as the weights.
/// </param>
internal sealed record LearningSettings(int BatchSize, double LearningRate, double Decay, float LargestNorm, int MemorySpan)
{
    /// <summary>The rate does not fall below this share of the first one.</summary>
    public const double LeastShare = 0.02;

    /// <summary>In words.</summary>
    public string Describe() =>
        $"batches of {BatchSize} sequences of one common length, Adam at {LearningRate:0.####} x {Decay:0.######} an update, "
        + $"norm at most {LargestNorm:0.##}, "
        + (MemorySpan > 0 ? $"chrono initialization for {MemorySpan:N0} steps" : "remember biases 1");
}
