using System;

namespace Lstm.Runtime.Tests;

/// <summary>The equations of Adam in double, with the settings that <paramref name="settings"/> has after rounding.</summary>
internal sealed class AdamInDouble(double[] w, Adam settings)
{
    private readonly double[] m = new double[w.Length];
    private readonly double[] v = new double[w.Length];
    private int t;

    public double[] W { get; } = w;

    public void Step(double[] g)
    {
        t++;
        (double eta, double beta1, double beta2) = (settings.LearningRate, settings.Beta1, settings.Beta2);
        for (int i = 0; i < W.Length; i++)
        {
            m[i] = (beta1 * m[i]) + ((1 - beta1) * g[i]);
            v[i] = (beta2 * v[i]) + ((1 - beta2) * g[i] * g[i]);
            double mHat = m[i] / (1 - Math.Pow(beta1, t));
            double vHat = v[i] / (1 - Math.Pow(beta2, t));
            W[i] = W[i] - (eta * settings.WeightDecay * W[i]) - (eta * mHat / (Math.Sqrt(vHat) + settings.Epsilon));
        }
    }
}
