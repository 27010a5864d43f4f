#if NET8_0_OR_GREATER
using System;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Lstm.Kernels;

namespace Lstm;

/// <summary>
/// Runs a generated cell or network that was trained at one sample rate on a stream of another. A step starts from the state that was there one step
/// of the trained rate ago, which is more than one step of a faster stream.
/// </summary>
/// <remarks>
/// <para>At k times the trained rate the states of k interleaved sequences take turns, and each sequence has the bits of
/// <see cref="ILstm{TSelf, TNumber, TState}.Forward(ReadOnlySpan{TNumber}, ref TState, Span{TNumber})"/>. At other rates the state of that moment is
/// interpolated by a cubic polynomial through four recent states. docs/sample-rates.md has what that gains, and why four.</para>
/// <para>Only the constructor allocates. One object serves one stream, in blocks of any length.</para>
/// </remarks>
/// <example><code>
/// var adapter = new RateAdapter&lt;Pedal, float, Pedal.State&gt;(trainedRate: 44_100, streamRate: 48_000);
/// adapter.Forward(ref pedal, x, y); // for each block of the stream
/// </code></example>
/// <typeparam name="TNetwork">The generated type.</typeparam>
/// <typeparam name="TNumber">float or double.</typeparam>
/// <typeparam name="TState">Its <c>State</c>.</typeparam>
public sealed class RateAdapter<TNetwork, TNumber, TState>
    where TNetwork : unmanaged, ILstm<TNetwork, TNumber, TState>
    where TNumber : unmanaged, IFloatingPointIeee754<TNumber>
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
    /// <exception cref="ArgumentOutOfRangeException">A rate is not a positive number, or the stream is too slow or too fast.</exception>
    public RateAdapter(double trainedRate, double streamRate)
    {
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
        weights = interpolates ? Lagrange(ratio, nearest) : [TNumber.One];
        states = new TState[nearest + weights.Length - 1];
    }

    /// <summary>Begins a new stream.</summary>
    /// <param name="state">The state that it begins with.</param>
    public void Reset(in TState state)
    {
        Array.Fill(states, state);
        next = 0;
    }

    /// <summary>T steps of the stream, which go on where the last call ended.</summary>
    /// <param name="network">The network.</param>
    /// <param name="x">T x p.</param>
    /// <param name="y">Gets T x K. It may be <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">A length is wrong, or the spans overlap otherwise; nothing has been changed.</exception>
    public void Forward(ref TNetwork network, ReadOnlySpan<TNumber> x, Span<TNumber> y)
    {
        int steps = Require.Steps(x.Length, TNetwork.InputSize);
        Require.Rows(nameof(y), y.Length, steps, nameof(TNetwork.OutputSize), TNetwork.OutputSize);
        Overlap.RefuseUnlessSame(nameof(y), y, nameof(x), x);
        for (int t = 0; t < steps; t++)
        {
            TState state = states[Ago(nearest)];
            if (weights.Length > 1)
            {
                Interpolate(ref state);
            }

            network.Forward(x.Slice(t * TNetwork.InputSize, TNetwork.InputSize), ref state, y.Slice(t * TNetwork.OutputSize, TNetwork.OutputSize));
            states[next] = state;
            next = next + 1 == states.Length ? 0 : next + 1;
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

            weights[j] = TNumber.CreateTruncating(weight);
        }

        return weights;
    }

    /// <summary>A state consists of numbers alone: the nearest one in, the interpolated one out.</summary>
    private void Interpolate(ref TState state)
    {
        Span<TNumber> sum = MemoryMarshal.Cast<TState, TNumber>(new Span<TState>(ref state));
        TensorPrimitives.Multiply(sum, weights[0], sum);
        for (int j = 1; j < weights.Length; j++)
        {
            ReadOnlySpan<TNumber> earlier = MemoryMarshal.Cast<TState, TNumber>(states.AsSpan(Ago(nearest + j), 1));
            TensorPrimitives.MultiplyAdd(earlier, weights[j], sum, sum);
        }
    }

    private int Ago(int steps) => next >= steps ? next - steps : next - steps + states.Length;
}
#endif
