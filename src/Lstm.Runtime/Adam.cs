using System;
using System.Numerics;
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
/// All memory is allocated here; <see cref="Step"/> allocates nothing and gives the same bits on every machine: only
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

    private readonly int length;
    private readonly Vector<float>[] m;
    private readonly Vector<float>[] v;
    private double beta1Power = 1; // beta1^t by multiplication: Math.Pow differs between platforms
    private double beta2Power = 1;
    private float learningRate;

    /// <summary>An optimizer for <paramref name="length"/> values.</summary>
    /// <param name="length">
    /// The length of the spans to be stepped: that of a generated <c>Parameters</c>, padding included, which can be more than <c>ParameterCount</c>.
    /// </param>
    /// <param name="learningRate">eta; finite, at least 0.</param>
    /// <param name="beta1">How much of the mean gradient remains each step; at least 0, below 1.</param>
    /// <param name="beta2">How much of the mean squared gradient remains each step; at least 0, below 1.</param>
    /// <param name="epsilon">What keeps the quotient finite; finite, above 0.</param>
    /// <param name="weightDecay">What each weight loses per step, times eta; finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Adam(int length, float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0f)
    {
        if (!(epsilon > 0) || !float.IsFinite(epsilon))
        {
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon must be finite and above 0.");
        }

        this.length = Guard.NotNegative(length, nameof(length));
        LearningRate = learningRate;
        Beta1 = Guard.Decay(beta1, nameof(beta1));
        Beta2 = Guard.Decay(beta2, nameof(beta2));
        Epsilon = epsilon;
        WeightDecay = Guard.Rate(weightDecay, nameof(weightDecay));

        int vectors = (length / Vector<float>.Count) + 1;
        m = new Vector<float>[vectors];
        v = new Vector<float>[vectors];
    }

    /// <summary>eta; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate
    {
        get => learningRate;
        set => learningRate = Guard.Rate(value, nameof(LearningRate));
    }

    /// <summary>How much of the mean gradient remains each step.</summary>
    public float Beta1 { get; }

    /// <summary>How much of the mean squared gradient remains each step.</summary>
    public float Beta2 { get; }

    /// <summary>What keeps the quotient finite.</summary>
    public float Epsilon { get; }

    /// <summary>What each weight loses per step, times eta.</summary>
    public float WeightDecay { get; }

    /// <summary>One step down the gradient.</summary>
    /// <param name="parameters">w, changed in place.</param>
    /// <param name="gradient">g = dL/dw.</param>
    /// <returns>
    /// Whether the step was taken. False: some value of <paramref name="gradient"/> is not finite, or so large (over 1e19)
    /// that its square is not; parameters, averages and step count are untouched. Clipped gradients are never that large.
    /// </returns>
    /// <exception cref="ArgumentException">A length is not that of the constructor; nothing is changed.</exception>
    public bool Step(Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        Guard.StepLengths(length, parameters, gradient);
        if (!Guard.AllWithin(gradient, LargestGradient))
        {
            return false;
        }

        beta1Power *= Beta1;
        beta2Power *= Beta2;
        float rate = (float)(learningRate / (1 - beta1Power));
        float rootScale = (float)(1 / Math.Sqrt(1 - beta2Power));
        float keep = (float)(1 - ((double)learningRate * WeightDecay));

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

    /// <summary>Forgets the averages and the step count.</summary>
    public void Reset()
    {
        Array.Clear(m, 0, m.Length);
        Array.Clear(v, 0, v.Length);
        beta1Power = 1;
        beta2Power = 1;
    }

    private Vector<float> Update(int i, Vector<float> w, Vector<float> g, float rate, float rootScale, float keep)
    {
        // m = beta1 m + (1 - beta1) g
        m[i] = (m[i] * Beta1) + (g * (1 - Beta1));

        // v = beta2 v + (1 - beta2) g^2
        v[i] = (v[i] * Beta2) + (g * g * (1 - Beta2));

        // w = w (1 - eta decay) - eta mHat / (sqrt(vHat) + epsilon)
        return (w * keep) - (m[i] * rate / ((Vector.SquareRoot(v[i]) * rootScale) + new Vector<float>(Epsilon)));
    }
}
