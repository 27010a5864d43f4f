using System;
using System.Runtime.CompilerServices;
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
/// padding of a packed layout stays padding. An m below the least normal number counts as 0. v has a wider range than its type (m^2 does not fit), so
/// tiny gradients do not turn into huge steps.
/// </remarks>
/// <example><code>
/// var adam = new Adam(net.Parameters.Length, learningRate: 2e-3f);
/// bool stepped = adam.Step(net.Parameters, gradient.Values);
///
/// double[] checkpoint = new double[adam.StateLength];        // with net.ExportParameters: all that training needs to go on with the same bits
/// adam.ExportState(checkpoint);
/// </code></example>
public sealed class Adam
{
    // The square of a larger gradient is infinite in float: v would stay infinite, and the weight stand still for good.
    private const float LargestGradient = 1e19f;
    private const double LargestGradientOfDoubles = 1e154;

    private const int StateHead = 2; // beta1^t and beta2^t

    private readonly int length;
    private readonly AdamAverages<float> averages; // empty for doubles
    private readonly AdamAverages<double> averagesOfDoubles; // empty for floats
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
    /// <exception cref="ArgumentOutOfRangeException">
    /// An argument is outside its range, or the float next to it is: epsilon = 1e-46 and beta1 = 0.99999999 are refused for floats, as 0 and 1.
    /// </exception>
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

        averages = new AdamAverages<float>(scalar == Scalar.Single ? length : 0);
        averagesOfDoubles = new AdamAverages<double>(scalar == Scalar.Double ? length : 0);
    }

    /// <summary>eta; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or above 0 and as a float 0.</exception>
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

    /// <summary>How many numbers <see cref="ExportState"/> writes: twice the length, and 2.</summary>
    public int StateLength => checked((2 * length) + StateHead);

    /// <summary>One step down the gradient.</summary>
    /// <param name="parameters">w, changed in place.</param>
    /// <param name="gradient">g = dL/dw.</param>
    /// <returns>
    /// Whether the step was taken. False: some value of <paramref name="gradient"/> is not finite, or so large (over 1e19, of doubles 1e154)
    /// that its square is not; or some parameter would not be finite after the step, or is not now. Parameters, averages and step count are
    /// untouched.
    /// Clipped gradients are never that large, and <see cref="GradientClipping"/> reports those that are not finite.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A length is not that of the constructor, or the spans overlap and are not the same; nothing is changed.
    /// </exception>
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

    /// <summary>
    /// Copies what steps have left here: beta1^t, beta2^t, every m, then every v. Settings are not part of it. With them, the parameters and the same
    /// gradients, another optimizer goes on with the same bits.
    /// </summary>
    /// <param name="destination">
    /// <see cref="StateLength"/> numbers, all of which are exact. A v below 2^-60 (of doubles 2^-400) is written as -v 2^144 (of doubles -v 2^1072).
    /// </param>
    /// <exception cref="ArgumentException">It has another length; nothing is written.</exception>
    public void ExportState(Span<double> destination)
    {
        Guard.StateLength(nameof(destination), StateLength, destination.Length);
        destination[0] = beta1Power;
        destination[1] = beta2Power;
        if (scalar == Scalar.Single)
        {
            Export(averages, destination.Slice(StateHead));
        }
        else
        {
            Export(averagesOfDoubles, destination.Slice(StateHead));
        }
    }

    /// <summary>Takes over what <see cref="ExportState"/> wrote, of an optimizer of the same length, type of numbers and settings.</summary>
    /// <param name="source"><see cref="StateLength"/> numbers.</param>
    /// <exception cref="ArgumentException">
    /// It has another length, or a number that no such optimizer has: one that is not finite, not a float where floats are stepped, or out of range.
    /// Nothing is changed.
    /// </exception>
    public void ImportState(ReadOnlySpan<double> source)
    {
        Guard.StateLength(nameof(source), StateLength, source.Length);
        CheckPowers(source);
        if (scalar == Scalar.Single)
        {
            Import(averages, source.Slice(StateHead), LargestGradient);
        }
        else
        {
            Import(averagesOfDoubles, source.Slice(StateHead), LargestGradientOfDoubles);
        }

        beta1Power = source.At(0);
        beta2Power = source.At(1);
    }

    private static void Export<T>(AdamAverages<T> averages, Span<double> destination)
        where T : unmanaged
    {
        Number.Widen<T>(averages.M, destination.Slice(0, averages.M.Length));
        Number.Widen<T>(averages.V, destination.Slice(averages.M.Length));
    }

    private static void Import<T>(AdamAverages<T> averages, ReadOnlySpan<double> source, T largest)
        where T : unmanaged
    {
        // An average of gradients up to the largest rounds up by less than its double.
        double largestMean = 2 * Number.ToDouble(largest);
        ReadOnlySpan<double> m = source.Slice(0, averages.M.Length), v = source.Slice(averages.M.Length);
        Guard.StateNumbers<T>(m, StateHead, -largestMean, largestMean);
        Guard.StateNumbers<T>(v, StateHead + m.Length, -AdamAverages<T>.LargestScaled, Number.Largest<T>());
        Number.Narrow(m, averages.M);
        Number.Narrow(v, averages.V);
    }

    // Before the first step both powers are 1. After it they are at most beta.
    private void CheckPowers(ReadOnlySpan<double> source)
    {
        double power1 = source.At(0), power2 = source.At(1);
        if (power1 == 1 && power2 == 1)
        {
            if (!Guard.AllWithin(source.Slice(StateHead), 0))
            {
                throw new ArgumentException(
                    "'source' is no state of an Adam: by its first numbers, beta1^t and beta2^t, there was no step, but there are averages.",
                    nameof(source));
            }

            return;
        }

        Guard.StateNumber(power1, 0, 0, Beta1);
        Guard.StateNumber(power2, 1, 0, Beta2);
    }

    private bool Step<T>(AdamAverages<T> averages, Span<T> parameters, ReadOnlySpan<T> gradient, T largest)
        where T : unmanaged
    {
        Guard.Step(scalar, length, parameters, gradient);
        if (!Guard.AllWithin(gradient, largest))
        {
            return false;
        }

        double power1 = NextPower(beta1Power, Beta1), power2 = NextPower(beta2Power, Beta2);
        var rule = new AdamAverages<T>.Rule(averages, this, power1, power2);
        if (!StaysFarFromTheLargest(parameters, largest, power1) && !Stepping.StaysFinite(parameters, gradient, rule))
        {
            return false;
        }

        Stepping.Run(parameters, gradient, rule);
        beta1Power = power1;
        beta2Power = power2;
        return true;
    }

    // Subnormal powers would stay so for ever. 1 - power is 1 long before.
    private static double NextPower(double power, double beta) => power * beta < Number.LeastNormal<double>() ? 0 : power * beta;

    /// <summary>A bound that costs little and nearly always holds: |m| is at most twice the largest gradient, and the root is at least 0.</summary>
    private bool StaysFarFromTheLargest<T>(ReadOnlySpan<T> parameters, T largestGradient, double power1)
        where T : unmanaged
    {
        double limit = Number.Largest<T>() / 8;
        double product = learningRate / (1 - power1) * 2 * Number.ToDouble(largestGradient);
        return product <= limit && product / Epsilon <= limit && learningRate * WeightDecay <= 1
            && Guard.AllWithin(parameters, Number.FromDouble<T>(limit));
    }
}
