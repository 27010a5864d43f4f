using System;
using System.Diagnostics;
using Lstm;

namespace AmpModel;

/// <summary>Plays a signal through a trained network as an audio plugin would: one sample in, one sample out.</summary>
internal static class AmpPlayer
{
    private const int Passes = 5;

    /// <summary>Plays a signal several times, from silence each time.</summary>
    /// <param name="network">The network.</param>
    /// <param name="dry">What goes in.</param>
    /// <param name="wet">Receives what comes out, as long as <paramref name="dry"/>.</param>
    /// <returns>The median time of a pass, in seconds.</returns>
    public static double Play<TNetwork, TState, TGradient>(ref TNetwork network, ReadOnlySpan<float> dry, Span<float> wet)
        where TNetwork : unmanaged, IAmpNetwork<TNetwork, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        using var state = new AlignedMemory<TState>();
        Span<double> seconds = stackalloc double[Passes];
        foreach (ref double pass in seconds)
        {
            state.Value = default;
            pass = PlayOnce<TNetwork, TState, TGradient>(ref network, ref state.Value, dry, wet);
        }

        seconds.Sort();
        return seconds[Passes / 2];
    }

    private static double PlayOnce<TNetwork, TState, TGradient>(
        ref TNetwork network, ref TState state, ReadOnlySpan<float> dry, Span<float> wet)
        where TNetwork : unmanaged, IAmpNetwork<TNetwork, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        long start = Stopwatch.GetTimestamp();
        for (int t = 0; t < dry.Length; t++)
        {
            network.Step(dry.Slice(t, 1), ref state, wet.Slice(t, 1));
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
