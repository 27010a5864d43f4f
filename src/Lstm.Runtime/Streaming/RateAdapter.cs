#if NET8_0_OR_GREATER
using System;
using System.Numerics;
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
    private readonly RateStates<TNumber, TState> states;

    /// <summary>Prepares for a stream that begins with the zero state.</summary>
    /// <param name="trainedRate">Steps a second that the network was trained at.</param>
    /// <param name="streamRate">Steps a second of the stream: 0.9 to 1024 times <paramref name="trainedRate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not a positive number, or the stream is too slow or too fast.</exception>
    public RateAdapter(double trainedRate, double streamRate) => states = new(trainedRate, streamRate);

    /// <summary>Begins a new stream.</summary>
    /// <param name="state">The state that it begins with.</param>
    public void Reset(in TState state) => states.Reset(state);

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
            network.Forward(
                x.Slice(t * TNetwork.InputSize, TNetwork.InputSize), ref states.Next(), y.Slice(t * TNetwork.OutputSize, TNetwork.OutputSize));
        }
    }
}
#endif
