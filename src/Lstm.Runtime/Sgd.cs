using System;
using System.Numerics.Tensors;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Stochastic gradient descent with momentum: <c>velocity = momentum * velocity + g</c>, then <c>w = w - eta * velocity</c>.
/// Without momentum it is exactly a generated <c>Descend</c>.
/// </summary>
/// <remarks>
/// All memory is allocated here; <see cref="Step"/> allocates nothing and gives the same bits on every machine. A
/// parameter that is 0, and whose gradients are 0, stays 0, so the padding of a packed layout stays padding.
/// </remarks>
/// <example><code>
/// var sgd = new Sgd(cell.Parameters.Length, learningRate: 0.01f, momentum: 0.9f);
/// bool stepped = sgd.Step(cell.Parameters, gradient.Values);
/// </code></example>
public sealed class Sgd
{
    private readonly int length;
    private readonly float[] velocity;
    private float learningRate;

    /// <summary>An optimizer for <paramref name="length"/> values.</summary>
    /// <param name="length">
    /// The length of the spans to be stepped: that of a generated <c>Parameters</c>, padding included, which can be more than <c>ParameterCount</c>.
    /// </param>
    /// <param name="learningRate">eta; finite, at least 0.</param>
    /// <param name="momentum">How much of the last velocity remains; at least 0, below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Sgd(int length, float learningRate, float momentum = 0f)
    {
        this.length = Guard.NotNegative(length, nameof(length));
        LearningRate = learningRate;
        Momentum = Guard.Decay(momentum, nameof(momentum));
        velocity = new float[momentum > 0 ? length : 0];
    }

    /// <summary>eta; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate
    {
        get => learningRate;
        set => learningRate = Guard.Rate(value, nameof(LearningRate));
    }

    /// <summary>How much of the last velocity remains.</summary>
    public float Momentum { get; }

    /// <summary>One step down the gradient.</summary>
    /// <param name="parameters">w, changed in place.</param>
    /// <param name="gradient">g = dL/dw.</param>
    /// <returns>
    /// Whether the step was taken. False: some value of <paramref name="gradient"/> is not finite; parameters and velocity are untouched.
    /// </returns>
    /// <exception cref="ArgumentException">A length is not that of the constructor; nothing is changed.</exception>
    public bool Step(Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        Guard.StepLengths(length, parameters, gradient);
        if (!Guard.AllWithin(gradient, float.MaxValue))
        {
            return false;
        }

        if (velocity.Length == 0)
        {
            Descent.Apply(parameters, gradient, learningRate);
            return true;
        }

        // velocity = momentum * velocity + g;  w = w - eta * velocity
        TensorPrimitives.MultiplyAdd(velocity, Momentum, gradient, velocity);
        Descent.Apply(parameters, velocity, learningRate);
        return true;
    }

    /// <summary>Forgets the velocity.</summary>
    public void Reset() => Array.Clear(velocity, 0, velocity.Length);
}
