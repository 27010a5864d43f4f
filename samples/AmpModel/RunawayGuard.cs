using System;

namespace AmpModel;

/// <summary>
/// Remembers the weights of the lowest training loss, and goes back to them when the loss has multiplied: at a large learning
/// rate one bad step can throw a network to where it learns nothing any more.
/// </summary>
internal sealed class RunawayGuard(int length)
{
    private const double Factor = 5;

    private readonly float[] kept = new float[length];
    private double keptLoss = double.PositiveInfinity;

    /// <summary>Keeps the weights, or restores the kept ones.</summary>
    /// <param name="loss">The training loss over an epoch: one over less compares loud with quiet passages.</param>
    /// <param name="weights">The weights after that epoch.</param>
    /// <returns>Whether the weights were restored; the learning rate was too large then.</returns>
    public bool Restores(double loss, Span<float> weights)
    {
        if (loss <= keptLoss)
        {
            keptLoss = loss;
            weights.CopyTo(kept);
        }
        else if (!(loss <= Factor * keptLoss))
        {
            kept.CopyTo(weights);
            return true;
        }

        return false;
    }
}
