using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Adam (Kingma and Ba, 2015), with the decoupled weight decay of AdamW (Loshchilov and Hutter, 2019) if asked for:
/// <code>
/// m = beta1 m + (1 - beta1) g
/// v = beta2 v + (1 - beta2) g^2
/// w = w (1 - eta decay) - eta (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
/// </code>
/// </summary>
/// <remarks>
/// All memory is allocated here; a step allocates nothing and gives the same bits on every machine: only
/// + - * / and square roots, each value on its own. A parameter that is 0, and whose gradients are 0, stays 0, so the
/// padding of a packed layout stays padding.
/// </remarks>
/// <example><code>
/// var adam = new Adam(net.Parameters.Length, learningRate: 2e-3f);
/// bool stepped = adam.Step(net.Parameters, gradient.Values);
/// </code></example>
public sealed class Adam
{
    // The square of a larger gradient is infinite in float: v would stay infinite, and the weight stand still for good.
    private const float LargestGradient = 1e19f;
    private const double LargestGradientOfDoubles = 1e154;

    private readonly int length;
    private readonly Averages<float> averages; // empty for doubles
    private readonly Averages<double> averagesOfDoubles; // empty for floats
    private readonly Scalar scalar;
    private double beta1Power = 1; // beta1^t by multiplication: Math.Pow differs between platforms
    private double beta2Power = 1;
    private double learningRate;

    /// <summary>An optimizer for <paramref name="length"/> values.</summary>
    /// <param name="length">
    /// The length of the spans to be stepped: that of a generated <c>Parameters</c>, padding included, which can be more than <c>ParameterCount</c>.
    /// </param>
    /// <param name="learningRate">eta; finite, at least 0.</param>
    /// <param name="beta1">How much of the mean gradient remains each step; at least 0, below 1.</param>
    /// <param name="beta2">How much of the mean squared gradient remains each step; at least 0, below 1.</param>
    /// <param name="epsilon">What keeps the quotient finite; finite, above 0.</param>
    /// <param name="weightDecay">What each weight loses per step, times eta; finite, at least 0.</param>
    /// <param name="scalar">Whether it steps floats, by default, or doubles. For floats all settings are rounded to float.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Adam(
        int length, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0,
        Scalar scalar = Scalar.Single)
    {
        this.scalar = scalar;
        this.length = Guard.NotNegative(length, nameof(length));
        LearningRate = learningRate;
        Beta1 = Guard.Decay(beta1, scalar, nameof(beta1));
        Beta2 = Guard.Decay(beta2, scalar, nameof(beta2));
        Epsilon = Guard.Divisor(epsilon, scalar, nameof(epsilon));
        WeightDecay = Guard.Rate(weightDecay, scalar, nameof(weightDecay));

        averages = new Averages<float>(scalar == Scalar.Single ? length : 0);
        averagesOfDoubles = new Averages<double>(scalar == Scalar.Double ? length : 0);
    }

    /// <summary>eta; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get => learningRate;
        set => learningRate = Guard.Rate(value, scalar, nameof(LearningRate));
    }

    /// <summary>How much of the mean gradient remains each step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the mean squared gradient remains each step.</summary>
    public double Beta2 { get; }

    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon { get; }

    /// <summary>What each weight loses per step, times eta.</summary>
    public double WeightDecay { get; }

    /// <summary>One step down the gradient.</summary>
    /// <param name="parameters">w, changed in place.</param>
    /// <param name="gradient">g = dL/dw.</param>
    /// <returns>
    /// Whether the step was taken. False: some value of <paramref name="gradient"/> is not finite, or so large (over 1e19, of doubles 1e154)
    /// that its square is not; parameters, averages and step count are untouched. Clipped gradients are never that large.
    /// </returns>
    /// <exception cref="ArgumentException">A length is not that of the constructor; nothing is changed.</exception>
    /// <exception cref="InvalidOperationException">The constructor was given another <see cref="Scalar"/>.</exception>
    public bool Step(Span<float> parameters, ReadOnlySpan<float> gradient) => Step(averages, parameters, gradient, LargestGradient);

    /// <inheritdoc cref="Step(Span{float}, ReadOnlySpan{float})"/>
    [OverloadResolutionPriority(-1)]
    public bool Step(Span<double> parameters, ReadOnlySpan<double> gradient) =>
        Step(averagesOfDoubles, parameters, gradient, LargestGradientOfDoubles);

    /// <summary>Forgets the averages and the step count.</summary>
    public void Reset()
    {
        averages.Clear();
        averagesOfDoubles.Clear();
        beta1Power = 1;
        beta2Power = 1;
    }

    private bool Step<T>(Averages<T> averages, Span<T> parameters, ReadOnlySpan<T> gradient, T largest)
        where T : unmanaged
    {
        Guard.Step(scalar, Number.ScalarOf<T>(), length, parameters.Length, gradient.Length);
        if (!Guard.AllWithin(gradient, largest))
        {
            return false;
        }

        beta1Power *= Beta1;
        beta2Power *= Beta2;
        var factors = new Factors<T>(this);
        Span<Vector<T>> w = MemoryMarshal.Cast<T, Vector<T>>(parameters);
        ReadOnlySpan<Vector<T>> g = MemoryMarshal.Cast<T, Vector<T>>(gradient);
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = averages.Update(i, w[i], g[i], in factors);
        }

        // What does not fill a vector goes through the same arithmetic, padded with zeros.
        int whole = w.Length * Vector<T>.Count;
        Span<Vector<T>> last = stackalloc Vector<T>[2];
        last.Clear();
        Span<T> lastW = MemoryMarshal.Cast<Vector<T>, T>(last.Slice(0, 1)).Slice(0, length - whole);
        Span<T> lastG = MemoryMarshal.Cast<Vector<T>, T>(last.Slice(1, 1)).Slice(0, length - whole);
        parameters.Slice(whole).CopyTo(lastW);
        gradient.Slice(whole).CopyTo(lastG);
        last[0] = averages.Update(w.Length, last[0], last[1], in factors);
        lastW.CopyTo(parameters.Slice(whole));
        return true;
    }

    /// <summary>What every number of a step is multiplied with, rounded to its type.</summary>
    private readonly struct Factors<T>(Adam adam)
        where T : unmanaged
    {
        public readonly Vector<T> Beta1 = Broadcast(adam.Beta1);
        public readonly Vector<T> OneMinusBeta1 = Broadcast(1 - adam.Beta1);
        public readonly Vector<T> Beta2 = Broadcast(adam.Beta2);
        public readonly Vector<T> OneMinusBeta2 = Broadcast(1 - adam.Beta2);

        /// <summary>eta / (1 - beta1^t).</summary>
        public readonly Vector<T> Rate = Broadcast(adam.learningRate / (1 - adam.beta1Power));

        /// <summary>1 / sqrt(1 - beta2^t).</summary>
        public readonly Vector<T> RootScale = Broadcast(1 / Math.Sqrt(1 - adam.beta2Power));

        /// <summary>1 - eta decay.</summary>
        public readonly Vector<T> Keep = Broadcast(1 - (adam.learningRate * adam.WeightDecay));

        public readonly Vector<T> Epsilon = Broadcast(adam.Epsilon);

        private static Vector<T> Broadcast(double factor) => new(Number.FromDouble<T>(factor));
    }

    /// <summary>m and v, in vectors; the last one is padded with zeros.</summary>
    private sealed class Averages<T>(int length)
        where T : unmanaged
    {
        private readonly Vector<T>[] m = new Vector<T>[(length / Vector<T>.Count) + 1];
        private readonly Vector<T>[] v = new Vector<T>[(length / Vector<T>.Count) + 1];

        /// <summary>Takes a gradient into the averages at <paramref name="i"/>, and gives the weights after the step.</summary>
        public Vector<T> Update(int i, Vector<T> w, Vector<T> g, in Factors<T> factors)
        {
            // m = beta1 m + (1 - beta1) g
            m[i] = (m[i] * factors.Beta1) + (g * factors.OneMinusBeta1);

            // v = beta2 v + (1 - beta2) g^2
            v[i] = (v[i] * factors.Beta2) + (g * g * factors.OneMinusBeta2);

            // w = w (1 - eta decay) - eta mHat / (sqrt(vHat) + epsilon)
            return (w * factors.Keep) - (m[i] * factors.Rate / ((Vector.SquareRoot(v[i]) * factors.RootScale) + factors.Epsilon));
        }

        public void Clear()
        {
            Array.Clear(m, 0, m.Length);
            Array.Clear(v, 0, v.Length);
        }
    }
}
