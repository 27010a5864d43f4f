using System;
using System.Runtime.CompilerServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Stochastic gradient descent with momentum: <c>velocity = momentum * velocity + g</c>, then <c>w = w - eta * velocity</c>.
/// Without momentum it is exactly a generated <c>Descend</c>.
/// </summary>
/// <remarks>
/// All memory is allocated here; a step allocates nothing and gives the same bits on every machine. A
/// parameter that is 0, and whose gradients are 0, stays 0, so the padding of a packed layout stays padding.
/// </remarks>
/// <example><code>
/// var sgd = new Sgd(cell.Parameters.Length, learningRate: 0.01f, momentum: 0.9f);
/// bool stepped = sgd.Step(cell.Parameters, gradient.Values);
/// </code></example>
public sealed class Sgd
{
    private readonly int length;
    private readonly Scalar scalar;
    private readonly float[] velocity; // empty without momentum, or for doubles
    private readonly double[] velocityOfDoubles; // empty without momentum, or for floats
    private double learningRate;

    /// <summary>An optimizer for <paramref name="length"/> values.</summary>
    /// <param name="length">
    /// The length of the spans to be stepped: that of a generated <c>Parameters</c>, padding included, which can be more than <c>ParameterCount</c>.
    /// </param>
    /// <param name="learningRate">eta; finite, at least 0.</param>
    /// <param name="momentum">How much of the last velocity remains; at least 0, below 1.</param>
    /// <param name="scalar">Whether it steps floats, by default, or doubles. For floats rate and momentum are rounded to float.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Sgd(int length, double learningRate, double momentum = 0, Scalar scalar = Scalar.Single)
    {
        this.length = Guard.NotNegative(length, nameof(length));
        this.scalar = scalar;
        LearningRate = learningRate;
        Momentum = Guard.Decay(momentum, scalar, nameof(momentum));
        velocity = new float[momentum > 0 && scalar == Scalar.Single ? length : 0];
        velocityOfDoubles = new double[momentum > 0 && scalar == Scalar.Double ? length : 0];
    }

    /// <summary>eta; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => learningRate;
        set => learningRate = Guard.Rate(value, scalar, nameof(LearningRate));
    }

    /// <summary>How much of the last velocity remains.</summary>
    public double Momentum { get; }

    /// <summary>One step down the gradient.</summary>
    /// <param name="parameters">w, changed in place.</param>
    /// <param name="gradient">g = dL/dw.</param>
    /// <returns>
    /// Whether the step was taken. False: some value of <paramref name="gradient"/> is not finite; parameters and velocity are untouched.
    /// </returns>
    /// <exception cref="ArgumentException">A length is not that of the constructor; nothing is changed.</exception>
    /// <exception cref="InvalidOperationException">The constructor was given another <see cref="Scalar"/>.</exception>
    public bool Step(Span<float> parameters, ReadOnlySpan<float> gradient) => Step(velocity, parameters, gradient, float.MaxValue);

    /// <inheritdoc cref="Step(Span{float}, ReadOnlySpan{float})"/>
    [OverloadResolutionPriority(-1)]
    public bool Step(Span<double> parameters, ReadOnlySpan<double> gradient) => Step(velocityOfDoubles, parameters, gradient, double.MaxValue);

    /// <summary>Forgets the velocity.</summary>
    public void Reset()
    {
        Array.Clear(velocity, 0, velocity.Length);
        Array.Clear(velocityOfDoubles, 0, velocityOfDoubles.Length);
    }

    private bool Step<T>(T[] velocity, Span<T> parameters, ReadOnlySpan<T> gradient, T largest)
        where T : unmanaged
    {
        Guard.Step(scalar, Number.ScalarOf<T>(), length, parameters.Length, gradient.Length);
        if (!Guard.AllWithin(gradient, largest))
        {
            return false;
        }

        if (velocity.Length == 0)
        {
            Descent.Apply(parameters, gradient, learningRate);
            return true;
        }

        // velocity = momentum * velocity + g;  w = w - eta * velocity
        MultiplyAdd.Apply<T>(velocity, Number.FromDouble<T>(Momentum), gradient, velocity);
        Descent.Apply<T>(parameters, velocity, learningRate);
        return true;
    }
}
