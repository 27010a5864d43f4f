using System;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// The softmax of one row, <c>p_k = exp((z_k - z_max) / temperature) / sum</c>, in double. A logit of negative infinity has probability 0. Those of
/// positive infinity share all of it. Where no class is possible, or some logit is NaN, every probability is NaN.
/// </summary>
/// <remarks>
/// The largest logit is taken out of the sum: <c>sum = 1 + rest</c>. With the rest, 1 - p of the likeliest class and log(sum) are exact where p
/// rounds to 1.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal readonly ref struct SoftmaxRow<T>
    where T : unmanaged
{
    /// <summary>Up to so many classes, callers have room for the exponentials, which are then computed once.</summary>
    public const int KeptClasses = 256;

    private readonly ReadOnlySpan<T> z;
    private readonly Span<double> exponentials; // or empty
    private readonly double temperature;
    private readonly double largest;
    private readonly int likeliest; // the first one
    private readonly double sum;
    private readonly double rest;
    private readonly double logOfSum;

    /// <param name="z">The logits.</param>
    /// <param name="temperature">What they are divided by.</param>
    /// <param name="room">Receives the exponentials, if it is long enough.</param>
    public SoftmaxRow(ReadOnlySpan<T> z, double temperature, Span<double> room)
    {
        this.z = z;
        this.temperature = temperature;
        largest = double.NegativeInfinity; // NaN if some logit is
        for (int k = 0; k < z.Length; k++)
        {
            double logit = Number.ToDouble(z.At(k));
            likeliest = logit > largest ? k : likeliest;
            largest = Math.Max(largest, logit);
        }

        sum = double.IsNegativeInfinity(largest) ? double.NaN : 0;
        for (int k = 0; k < z.Length; k++)
        {
            double exponential = Exponential(k);
            if (k < room.Length)
            {
                room[k] = exponential;
            }

            sum += exponential;
            rest += k == likeliest ? 0 : exponential;
        }

        exponentials = room.Length >= z.Length ? room : default;
        logOfSum = double.IsNaN(sum) ? sum : Elementary.LogOnePlus(rest);
    }

    /// <summary>The first of the largest logits.</summary>
    public int Likeliest => likeliest;

    /// <summary>The sum of <see cref="Exponential"/>; NaN where there is no softmax.</summary>
    public double Sum => sum;

    /// <summary>p_k times the sum.</summary>
    public double Exponential(int k)
    {
        if (k < exponentials.Length)
        {
            return exponentials[k];
        }

        double logit = Number.ToDouble(z.At(k));
        double distance = logit - largest;

        // Only finite doubles can be too far apart for their difference.
        bool isTooFar = double.IsInfinity(distance) && double.IsFinite(logit) && double.IsFinite(largest);
        return Elementary.Exp(logit == largest ? 0 : isTooFar ? (logit / temperature) - (largest / temperature) : distance / temperature);
    }

    /// <summary>p_k.</summary>
    public double Probability(int k) => Exponential(k) / sum;

    /// <summary>1 - p, of a class whose probability is <paramref name="p"/>.</summary>
    public double Complement(int k, double p) => k == likeliest ? rest / sum : 1 - p;

    /// <summary>-log p_k, at temperature 1.</summary>
    public double NegativeLog(int k)
    {
        double logit = Number.ToDouble(z.At(k));
        return (logit == largest ? 0 : largest - logit) + logOfSum;
    }
}
