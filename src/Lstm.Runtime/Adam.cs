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
    private const double LargestWideGradient = 1e154;

    private readonly int length;
    private readonly Vector<float>[] m;
    private readonly Vector<float>[] v;
    private readonly Vector<double>[] wideM;
    private readonly Vector<double>[] wideV;
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

        int vectors = scalar == Scalar.Single ? (length / Vector<float>.Count) + 1 : 0;
        int wideVectors = scalar == Scalar.Double ? (length / Vector<double>.Count) + 1 : 0;
        m = new Vector<float>[vectors];
        v = new Vector<float>[vectors];
        wideM = new Vector<double>[wideVectors];
        wideV = new Vector<double>[wideVectors];
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
    public bool Step(Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        Guard.Step(scalar, Scalar.Single, length, parameters.Length, gradient.Length);
        if (!Guard.AllWithin(gradient, LargestGradient))
        {
            return false;
        }

        beta1Power *= Beta1;
        beta2Power *= Beta2;
        float rate = (float)(learningRate / (1 - beta1Power));
        float rootScale = (float)(1 / Math.Sqrt(1 - beta2Power));
        float keep = (float)(1 - (learningRate * WeightDecay));

        Span<Vector<float>> w = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = Update(i, w[i], g[i], rate, rootScale, keep);
        }

        // What does not fill a vector goes through the same arithmetic, padded with zeros.
        int whole = w.Length * Vector<float>.Count;
        Span<Vector<float>> last = stackalloc Vector<float>[2];
        last.Clear();
        Span<float> lastW = MemoryMarshal.Cast<Vector<float>, float>(last.Slice(0, 1)).Slice(0, length - whole);
        Span<float> lastG = MemoryMarshal.Cast<Vector<float>, float>(last.Slice(1, 1)).Slice(0, length - whole);
        parameters.Slice(whole).CopyTo(lastW);
        gradient.Slice(whole).CopyTo(lastG);
        last[0] = Update(w.Length, last[0], last[1], rate, rootScale, keep);
        lastW.CopyTo(parameters.Slice(whole));
        return true;
    }

    /// <inheritdoc cref="Step(Span{float}, ReadOnlySpan{float})"/>
    [OverloadResolutionPriority(-1)]
    public bool Step(Span<double> parameters, ReadOnlySpan<double> gradient)
    {
        Guard.Step(scalar, Scalar.Double, length, parameters.Length, gradient.Length);
        if (!Guard.AllWithin(gradient, LargestWideGradient))
        {
            return false;
        }

        beta1Power *= Beta1;
        beta2Power *= Beta2;
        double rate = learningRate / (1 - beta1Power);
        double rootScale = 1 / Math.Sqrt(1 - beta2Power);
        double keep = 1 - (learningRate * WeightDecay);

        Span<Vector<double>> w = MemoryMarshal.Cast<double, Vector<double>>(parameters);
        ReadOnlySpan<Vector<double>> g = MemoryMarshal.Cast<double, Vector<double>>(gradient);
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = Update(i, w[i], g[i], rate, rootScale, keep);
        }

        // What does not fill a vector goes through the same arithmetic, padded with zeros.
        int whole = w.Length * Vector<double>.Count;
        Span<Vector<double>> last = stackalloc Vector<double>[2];
        last.Clear();
        Span<double> lastW = MemoryMarshal.Cast<Vector<double>, double>(last.Slice(0, 1)).Slice(0, length - whole);
        Span<double> lastG = MemoryMarshal.Cast<Vector<double>, double>(last.Slice(1, 1)).Slice(0, length - whole);
        parameters.Slice(whole).CopyTo(lastW);
        gradient.Slice(whole).CopyTo(lastG);
        last[0] = Update(w.Length, last[0], last[1], rate, rootScale, keep);
        lastW.CopyTo(parameters.Slice(whole));
        return true;
    }

    /// <summary>Forgets the averages and the step count.</summary>
    public void Reset()
    {
        Array.Clear(m, 0, m.Length);
        Array.Clear(v, 0, v.Length);
        Array.Clear(wideM, 0, wideM.Length);
        Array.Clear(wideV, 0, wideV.Length);
        beta1Power = 1;
        beta2Power = 1;
    }

    private Vector<float> Update(int i, Vector<float> w, Vector<float> g, float rate, float rootScale, float keep)
    {
        // m = beta1 m + (1 - beta1) g
        m[i] = (m[i] * (float)Beta1) + (g * (1 - (float)Beta1));

        // v = beta2 v + (1 - beta2) g^2
        v[i] = (v[i] * (float)Beta2) + (g * g * (1 - (float)Beta2));

        // w = w (1 - eta decay) - eta mHat / (sqrt(vHat) + epsilon)
        return (w * keep) - (m[i] * rate / ((Vector.SquareRoot(v[i]) * rootScale) + new Vector<float>((float)Epsilon)));
    }

    private Vector<double> Update(int i, Vector<double> w, Vector<double> g, double rate, double rootScale, double keep)
    {
        wideM[i] = (wideM[i] * Beta1) + (g * (1 - Beta1));
        wideV[i] = (wideV[i] * Beta2) + (g * g * (1 - Beta2));
        return (w * keep) - (wideM[i] * rate / ((Vector.SquareRoot(wideV[i]) * rootScale) + new Vector<double>(Epsilon)));
    }
}
