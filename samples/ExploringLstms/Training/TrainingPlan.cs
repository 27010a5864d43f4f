using System;

namespace ExploringLstms;

/// <summary>How to train.</summary>
/// <param name="Updates">The most updates of the weights.</param>
/// <param name="Batch">Strings of an update.</param>
/// <param name="LearningRate">Adam's, at its largest.</param>
/// <param name="RememberBias">The bias of the remember gates to begin with: the larger it is, the longer a fresh neuron keeps its memory.</param>
/// <param name="Sure">Training stops where every determined character of the validation strings has at least this probability.</param>
internal sealed record TrainingPlan(int Updates, int Batch, float LearningRate, float RememberBias = 3, float Sure = 0.99f)
{
    /// <summary>The largest norm of a gradient.</summary>
    public const float LargestNorm = 1;

    private const double Rise = 0.02;
    private const double Remainder = 0.01;

    /// <summary>The learning rate at an update: a short rise, then half a cosine down.</summary>
    public float LearningRateAt(int update)
    {
        double done = (double)update / Updates;
        double part = done < Rise
            ? (done / Rise) + 1e-3
            : Remainder + ((1 - Remainder) * 0.5 * (1 + Math.Cos(Math.PI * (done - Rise) / (1 - Rise))));
        return (float)(LearningRate * part);
    }
}
