using System;
using System.Runtime.InteropServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// The states of a generated cell or network that was trained at one sample rate and runs on a stream of another. A step starts from the state that
/// was there one step of the trained rate ago, which is more than one step of a faster stream.
/// </summary>
/// <remarks>
/// <para>At k times the trained rate the states of k interleaved sequences take turns. At other rates the state of that moment is interpolated by a
/// cubic polynomial through four recent states. docs/sample-rates.md has what that gains, and why four.</para>
/// <para>Only the constructor allocates. One object serves one stream. Runs everywhere; on .NET 8 and later <c>RateAdapter</c> also takes whole
/// blocks of a stream, with the same bits.</para>
/// </remarks>
/// <example><code>
/// var states = new RateStates&lt;float, Pedal.State&gt;(trainedRate: 44_100, streamRate: 48_000);
/// pedal.Step(x, ref states.Next(), y); // for each sample of the stream
/// </code></example>
/// <typeparam name="TNumber">float or double, as the generated type has them.</typeparam>
/// <typeparam name="TState">Its <c>State</c>, or a struct that consists of such states and nothing else.</typeparam>
public sealed class RateStates<TNumber, TState>
    where TNumber : unmanaged
    where TState : unmanaged
{
    /// <summary>The slowest stream, as a part of the trained rate. Below it the states would have to be guessed too far ahead.</summary>
    private const double LeastRatio = 0.9;

    private const double LargestRatio = 1024;

    /// <summary>Points of the polynomial. Two leave a hundred times the error; six run away at 1.45 times the trained rate.</summary>
    private const int Points = 4;

    /// <summary>How many steps ago the nearest state of the polynomial was, at least 1.</summary>
    private readonly int nearest;

    /// <summary>What each state counts, the nearest first. They sum to 1.</summary>
    private readonly TNumber[] weights;

    /// <summary>The states after the latest steps, in a ring.</summary>
    private readonly TState[] states;

    /// <summary>Where in the ring the state after the next step goes. Until then the oldest one stands there.</summary>
    private int next;

    /// <summary>Prepares for a stream that begins with the zero state.</summary>
    /// <param name="trainedRate">Steps a second that the network was trained at.</param>
    /// <param name="streamRate">Steps a second of the stream: 0.9 to 1024 times <paramref name="trainedRate"/>.</param>
    /// <exception cref="ArgumentException">
    /// <typeparamref name="TNumber"/> is neither float nor double, or <typeparamref name="TState"/> is a generated state of the other of them.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not a positive number, or the stream is too slow or too fast.</exception>
    public RateStates(double trainedRate, double streamRate)
    {
        CheckNumbers();
        if (!(trainedRate > 0 && double.IsFinite(trainedRate)))
        {
            Throw.OutOfRange(nameof(trainedRate), "a positive number", trainedRate);
        }

        double ratio = streamRate / trainedRate;
        if (!(ratio is >= LeastRatio and <= LargestRatio))
        {
            Throw.OutOfRange(
                nameof(streamRate),
                FormattableString.Invariant($"{LeastRatio} to {LargestRatio} times the trained rate of {trainedRate}; convert a slower stream"),
                streamRate);
        }

        int whole = (int)Math.Floor(ratio);
        bool interpolates = ratio != whole;
        nearest = interpolates ? Math.Max(1, whole - 1) : whole;
        weights = interpolates ? Lagrange(ratio, nearest) : [Number.FromDouble<TNumber>(1)];
        states = new TState[nearest + weights.Length - 1];
    }

    /// <summary>Begins a new stream.</summary>
    /// <param name="state">The state that it begins with.</param>
    public void Reset(in TState state)
    {
        Array.Fill(states, state);
        next = 0;
    }

    /// <summary>
    /// The state that the next step of the stream starts from. Give it to one <c>Step</c>, which turns it into the state after that step, before the
    /// next call.
    /// </summary>
    /// <returns>A reference to it, valid until the next call.</returns>
    public ref TState Next()
    {
        int place = next;
        states[place] = weights.Length == 1 ? states[Ago(nearest)] : Interpolated();
        next = place + 1 == states.Length ? 0 : place + 1;
        return ref states[place];
    }

    /// <summary>
    /// Floats that are read as doubles are an error that nothing else would show. Asked of the boxed state, the question costs nothing per step, and
    /// native compilers keep the interface that it names.
    /// </summary>
    private static void CheckNumbers()
    {
        if (typeof(TNumber) != typeof(float) && typeof(TNumber) != typeof(double))
        {
            throw new ArgumentException($"The numbers must be float or double, but are {typeof(TNumber)}.");
        }

        object state = default(TState);
        if (typeof(TNumber) == typeof(float) ? state is IState<double> : state is IState<float>)
        {
            string name = typeof(TState).ToString().Replace('+', '.');
            string right = typeof(TNumber) == typeof(float) ? "double" : "float";
            throw new ArgumentException($"{name} consists of {right}s. Write RateStates<{right}, {name}>.");
        }
    }

    /// <summary>The weights of the polynomial through states of so many steps ago, at the moment of <paramref name="ago"/>.</summary>
    private static TNumber[] Lagrange(double ago, int nearest)
    {
        var weights = new TNumber[Points];
        for (int j = 0; j < Points; j++)
        {
            double weight = 1;
            for (int i = 0; i < Points; i++)
            {
                weight *= i == j ? 1 : (ago - (nearest + i)) / (j - i);
            }

            weights[j] = Number.FromDouble<TNumber>(weight);
        }

        return weights;
    }

    /// <summary>
    /// The state at the moment of the polynomial. A state consists of numbers alone. Products and sums are rounded apart, for equal bits.
    /// </summary>
    private TState Interpolated()
    {
        TState state = default;
        Span<TNumber> sum = MemoryMarshal.Cast<TState, TNumber>(MemoryMarshal.CreateSpan(ref state, 1));
        for (int j = 0; j < weights.Length; j++)
        {
            MultiplyAdd.Apply<TNumber>(MemoryMarshal.Cast<TState, TNumber>(states.AsSpan(Ago(nearest + j), 1)), weights[j], sum, sum);
        }

        return state;
    }

    private int Ago(int steps) => next >= steps ? next - steps : next - steps + states.Length;
}
