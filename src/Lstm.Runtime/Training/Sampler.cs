using System;
using System.Runtime.CompilerServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Draws classes with the probabilities of a softmax. A seed and the bits of the logits give the same classes on every machine: the random numbers
/// are those of <c>Initialize</c> (SplitMix64), and exp is the project's own. Not for several threads at once. A draw allocates nothing.
/// </summary>
/// <example><code>
/// var sampler = new Sampler(seed: 1);
/// net.Step(x, ref state, logits);
/// int symbol = sampler.Next(logits, temperature: 0.8f);
/// </code></example>
public sealed class Sampler
{
    private UniformRandom random;

    /// <summary>Starts the sequence that belongs to <paramref name="seed"/>; every seed is good.</summary>
    /// <param name="seed">Chooses the random numbers.</param>
    public Sampler(ulong seed) => random = new UniformRandom(seed);

    /// <summary>The next class: k with the probability <see cref="Loss.Softmax(ReadOnlySpan{float}, Span{float}, float)"/> gives it.</summary>
    /// <param name="logits">z, one for each class; an entry of negative infinity is never drawn.</param>
    /// <param name="temperature">
    /// Finite, above 0. Below 1 the likely classes become likelier, above 1 less so. At the limit 0 it is
    /// <see cref="Loss.ArgMax(ReadOnlySpan{float})"/>.
    /// </param>
    /// <exception cref="ArgumentException">There is no logit, one is NaN, or all are negative infinity; no random number is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not finite or not above 0.</exception>
    public int Next(ReadOnlySpan<float> logits, float temperature = 1) => Next<float>(logits, temperature);

    /// <inheritdoc cref="Next(ReadOnlySpan{float}, float)"/>
    [OverloadResolutionPriority(-1)]
    public int Next(ReadOnlySpan<double> logits, double temperature = 1) => Next<double>(logits, temperature);

    private int Next<T>(ReadOnlySpan<T> logits, double temperature)
        where T : unmanaged
    {
        Loss.CheckTemperature(temperature);
        Loss.CheckChoice(nameof(logits), logits);
        var softmax = new SoftmaxRow<T>(logits, temperature, stackalloc double[SoftmaxRow<T>.KeptClasses]);
        if (double.IsNaN(softmax.Sum))
        {
            throw new ArgumentException("All of 'logits' are negative infinity: there is no class to draw.", nameof(logits));
        }

        // The first class up to which the probabilities sum to more than a number in (0, 1). Rounded, they may sum to less: then it is the likeliest.
        double left = 0.5 * (random.Next(1.0) + 1) * softmax.Sum;
        for (int k = 0; k < logits.Length; k++)
        {
            left -= softmax.Exponential(k);
            if (left < 0)
            {
                return k;
            }
        }

        return softmax.Likeliest;
    }
}
