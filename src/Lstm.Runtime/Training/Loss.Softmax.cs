using System;
using System.Runtime.CompilerServices;
using Lstm.Kernels;

namespace Lstm;

/// <content>From logits to probabilities and choices.</content>
public static partial class Loss
{
    /// <summary>
    /// <c>p_k = exp(z_k / temperature) / sum_j exp(z_j / temperature)</c> of one row, without overflow, computed in double by the project's own exp:
    /// the same bits on every machine. <see cref="Sampler"/> chooses a class by it.
    /// </summary>
    /// <param name="logits">z; an entry of negative infinity has probability 0, those of positive infinity share all of it.</param>
    /// <param name="probabilities">
    /// Receives p, as long as <paramref name="logits"/>, which it may be itself. NaN where all logits are negative infinity, or one is NaN.
    /// </param>
    /// <param name="temperature">Below 1 the likely classes become likelier, above 1 less so; finite, above 0.</param>
    /// <exception cref="ArgumentException">A length is wrong, or spans overlap; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not finite or not above 0; nothing is written.</exception>
    public static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities, float temperature = 1) =>
        Softmax<float>(logits, probabilities, temperature);

    /// <inheritdoc cref="Softmax(ReadOnlySpan{float}, Span{float}, float)"/>
    [OverloadResolutionPriority(-1)]
    public static void Softmax(ReadOnlySpan<double> logits, Span<double> probabilities, double temperature = 1) =>
        Softmax<double>(logits, probabilities, temperature);

    /// <summary>The index of the largest value, the first of equal ones: the likeliest class of a row of logits.</summary>
    /// <param name="values">At least one, none of them NaN.</param>
    /// <exception cref="ArgumentException">There is no value, or one is NaN.</exception>
    public static int ArgMax(ReadOnlySpan<float> values) => ArgMax<float>(values);

    /// <inheritdoc cref="ArgMax(ReadOnlySpan{float})"/>
    [OverloadResolutionPriority(-1)]
    public static int ArgMax(ReadOnlySpan<double> values) => ArgMax<double>(values);

    internal static void CheckTemperature(double temperature)
    {
        if (!(temperature > 0 && double.IsFinite(temperature)))
        {
            Throw.OutOfRange(nameof(temperature), "finite and above 0", temperature);
        }
    }

    /// <summary>Refuses values of which none is the largest.</summary>
    internal static void CheckChoice<T>(string parameter, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (values.IsEmpty)
        {
            Throw.AtLeast(parameter, 1, 0, "There must be something to choose from.");
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(Number.ToDouble(values.At(i))))
            {
                throw new ArgumentException(FormattableString.Invariant($"'{parameter}' must be numbers, but {parameter}[{i}] is NaN."), parameter);
            }
        }
    }

    private static void Softmax<T>(ReadOnlySpan<T> logits, Span<T> probabilities, double temperature)
        where T : unmanaged
    {
        CheckTemperature(temperature);
        if (probabilities.Length != logits.Length)
        {
            Throw.OtherLength(nameof(probabilities), "'logits'", logits.Length, probabilities.Length);
        }

        Overlap.RefuseUnlessSame(nameof(probabilities), probabilities, nameof(logits), logits);
        var softmax = new SoftmaxRow<T>(logits, temperature, stackalloc double[SoftmaxRow<T>.KeptClasses]);
        for (int k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] = Number.FromDouble<T>(softmax.Probability(k));
        }
    }

    private static int ArgMax<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        CheckChoice(nameof(values), values);
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            largest = Number.ToDouble(values.At(i)) > Number.ToDouble(values.At(largest)) ? i : largest;
        }

        return largest;
    }
}
