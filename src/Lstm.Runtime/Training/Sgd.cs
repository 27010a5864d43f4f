using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Stochastic gradient descent with momentum: <c>velocity = momentum * velocity + g</c>, then <c>w = w - eta * velocity</c>.
/// Without momentum it is exactly a generated <c>Descend</c>.
/// </summary>
/// <remarks>
/// All memory is allocated here; a step allocates nothing and gives the same bits on every machine. A
/// parameter that is 0, and whose gradients are 0, stays 0, so the padding of a packed layout stays padding. A velocity below the least normal number
/// counts as 0.
/// </remarks>
/// <example><code>
/// var sgd = new Sgd(cell.Parameters.Length, learningRate: 0.01f, momentum: 0.9f);
/// bool stepped = sgd.Step(cell.Parameters, gradient.Values);
/// </code></example>
public sealed class Sgd
{
    private readonly int length;
    private readonly Scalar scalar;
    private readonly Vector<float>[] velocity; // in vectors, the last one padded with zeros; empty without momentum, or for doubles
    private readonly Vector<double>[] velocityOfDoubles; // empty without momentum, or for floats
    private double learningRate;

    /// <summary>An optimizer for <paramref name="length"/> values.</summary>
    /// <param name="length">
    /// The length of the spans to be stepped: that of a generated <c>Parameters</c>, padding included, which can be more than <c>ParameterCount</c>.
    /// </param>
    /// <param name="learningRate">eta; finite, at least 0.</param>
    /// <param name="momentum">How much of the last velocity remains; at least 0, below 1.</param>
    /// <param name="scalar">Whether it steps floats, by default, or doubles. For floats rate and momentum are rounded to float.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An argument is outside its range, or the float next to it is: momentum = 0.99999999 is refused for floats, as 1.
    /// </exception>
    public Sgd(int length, double learningRate, double momentum = 0, Scalar scalar = Scalar.Single)
    {
        this.length = Guard.NotNegative(length, nameof(length));
        this.scalar = scalar;
        LearningRate = learningRate;
        Momentum = Guard.Decay(momentum, scalar, nameof(momentum));
        velocity = momentum > 0 && scalar == Scalar.Single ? Stepping.Allocate<float>(length) : [];
        velocityOfDoubles = momentum > 0 && scalar == Scalar.Double ? Stepping.Allocate<double>(length) : [];
    }

    /// <summary>eta; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or above 0 and as a float 0.</exception>
    public double LearningRate
    {
        get => learningRate;
        set => learningRate = Guard.Rate(value, scalar, nameof(LearningRate));
    }

    /// <summary>How much of the last velocity remains.</summary>
    public double Momentum { get; }

    /// <summary>How many numbers <see cref="ExportState"/> writes: the length, or 0 without momentum.</summary>
    public int StateLength => Momentum > 0 ? length : 0;

    /// <summary>One step down the gradient.</summary>
    /// <param name="parameters">w, changed in place.</param>
    /// <param name="gradient">g = dL/dw.</param>
    /// <returns>
    /// Whether the step was taken. False: some value of <paramref name="gradient"/> is not finite; or some parameter would not be finite after the
    /// step, or is not now. Parameters and velocity are untouched.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A length is not that of the constructor, or the spans overlap and are not the same; nothing is changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The constructor was given another <see cref="Scalar"/>.</exception>
    public bool Step(Span<float> parameters, ReadOnlySpan<float> gradient) => Step(velocity, parameters, gradient);

    /// <inheritdoc cref="Step(Span{float}, ReadOnlySpan{float})"/>
    [OverloadResolutionPriority(-1)]
    public bool Step(Span<double> parameters, ReadOnlySpan<double> gradient) => Step(velocityOfDoubles, parameters, gradient);

    /// <summary>Forgets the velocity.</summary>
    public void Reset()
    {
        Numbers(velocity).Clear();
        Numbers(velocityOfDoubles).Clear();
    }

    /// <summary>
    /// Copies what steps have left here, the velocity. Settings are not part of it. With them, the parameters and the same gradients, another
    /// optimizer goes on with the same bits.
    /// </summary>
    /// <param name="destination"><see cref="StateLength"/> numbers, all of which are exact.</param>
    /// <exception cref="ArgumentException">It has another length; nothing is written.</exception>
    public void ExportState(Span<double> destination)
    {
        Guard.StateLength(nameof(destination), StateLength, destination.Length);
        Number.Widen<float>(Numbers(velocity), destination);
        Number.Widen<double>(Numbers(velocityOfDoubles), destination);
    }

    /// <summary>Takes over what <see cref="ExportState"/> wrote, of an optimizer of the same length, type of numbers and settings.</summary>
    /// <param name="source"><see cref="StateLength"/> numbers.</param>
    /// <exception cref="ArgumentException">
    /// It has another length, or a number that is not finite or, where floats are stepped, not a float. Nothing is changed.
    /// </exception>
    public void ImportState(ReadOnlySpan<double> source)
    {
        Guard.StateLength(nameof(source), StateLength, source.Length);
        if (scalar == Scalar.Single)
        {
            Import(velocity, source);
        }
        else
        {
            Import(velocityOfDoubles, source);
        }
    }

    private Span<T> Numbers<T>(Vector<T>[] velocity)
        where T : unmanaged => MemoryMarshal.Cast<Vector<T>, T>(velocity.AsSpan()).Slice(0, velocity.Length == 0 ? 0 : length);

    private void Import<T>(Vector<T>[] velocity, ReadOnlySpan<double> source)
        where T : unmanaged
    {
        Guard.StateNumbers<T>(source, 0, -Number.Largest<T>(), Number.Largest<T>());
        Number.Narrow(source, Numbers(velocity));
    }

    private bool Step<T>(Vector<T>[] velocity, Span<T> parameters, ReadOnlySpan<T> gradient)
        where T : unmanaged
    {
        Guard.Step(scalar, length, parameters, gradient);
        var rule = new Rule<T>(velocity, Momentum, learningRate);
        if (!StaysFarFromTheLargest(velocity, parameters, gradient)
            && !(Guard.AllWithin(gradient, Number.FromDouble<T>(Number.Largest<T>())) && Stepping.StaysFinite(parameters, gradient, rule)))
        {
            return false;
        }

        Stepping.Run(parameters, gradient, rule);
        return true;
    }

    // A bound that costs little and nearly always holds.
    private bool StaysFarFromTheLargest<T>(Vector<T>[] velocity, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient)
        where T : unmanaged
    {
        T limit = Number.FromDouble<T>(Number.Largest<T>() / 8 / Math.Max(1, learningRate));
        return Guard.AllWithin(gradient, limit) && Guard.AllWithin(parameters, limit) && Guard.AllWithin<T>(Numbers(velocity), limit);
    }

    /// <summary>The equations; each factor is rounded to the type of the numbers.</summary>
    private readonly struct Rule<T>(Vector<T>[] velocity, double momentum, double learningRate) : IStepRule<T>
        where T : unmanaged
    {
        private readonly Vector<T>[] velocity = velocity;
        private readonly Vector<T> momentum = new(Number.FromDouble<T>(momentum));
        private readonly Vector<T> rate = new(Number.FromDouble<T>(learningRate));

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> After(int i, Vector<T> w, Vector<T> g, bool keep)
        {
            if (velocity.Length == 0)
            {
                return w - (g * rate);
            }

            // velocity = momentum * velocity + g;  w = w - eta * velocity
            Vector<T> next = Stepping.Flushed((velocity[i] * momentum) + g);
            if (keep)
            {
                velocity[i] = next;
            }

            return w - (next * rate);
        }
    }
}
