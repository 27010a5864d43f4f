using System;
using System.IO;
using Lstm;

namespace AmpModel;

/// <summary>
/// Plays the test part at other sample rates than the network was trained at, and prints the error-to-signal ratio of each way to do it.
/// </summary>
internal static class RateReport
{
    /// <summary>Samples at both ends that do not count: the converter has no samples beyond them.</summary>
    private const int Ends = 256;

    /// <summary>The slowest stream that <see cref="RateAdapter{TNetwork, TNumber, TState}"/> takes, as a part of the trained rate.</summary>
    private const double SlowestAdapted = 0.9;

    private static readonly int[] Rates = [22_050, 32_000, 40_000, 44_100, 48_000, 64_000, 88_200, 96_000, 132_300, 192_000];

    /// <summary>Prints the table.</summary>
    public static void Write<TNetwork, TState>(ref TNetwork network, AmpPair pair, TextWriter output)
        where TNetwork : unmanaged, ILstm<TNetwork, float, TState>
        where TState : unmanaged
    {
        int trained = pair.SampleRate;
        float[] dry = pair.TestDry.ToArray();
        float[] wet = pair.TestWet.ToArray();
        output.WriteLine($"test ESR at other rates, trained at {trained} Hz");
        output.WriteLine("    rate  as it is   adapted  converted");
        foreach (int rate in Rates)
        {
            float[] x = Resampler.Convert(dry, trained, rate);
            float[] expected = Resampler.Convert(wet, trained, rate);
            float[] asItIs = Play<TNetwork, TState>(ref network, x, trained, trained);
            float[] adapted = rate < SlowestAdapted * trained ? [] : Play<TNetwork, TState>(ref network, x, trained, rate);
            float[] converted = Resampler.Convert(
                Play<TNetwork, TState>(ref network, Resampler.Convert(x, rate, trained), trained, trained), trained, rate);
            output.WriteLine($"{rate,8}{Esr(asItIs, expected),10}{Esr(adapted, expected),10}{Esr(converted, expected),11}");
        }
    }

    private static float[] Play<TNetwork, TState>(ref TNetwork network, float[] x, int trainedRate, int streamRate)
        where TNetwork : unmanaged, ILstm<TNetwork, float, TState>
        where TState : unmanaged
    {
        var adapter = new RateAdapter<TNetwork, float, TState>(trainedRate, streamRate);
        float[] y = new float[x.Length];
        adapter.Forward(ref network, x, y);
        return y;
    }

    private static string Esr(float[] y, float[] expected)
    {
        int length = Math.Min(y.Length, expected.Length) - (2 * Ends);
        return length <= 0 ? "-" : $"{Loss.ErrorToSignal(y.AsSpan(Ends, length), expected.AsSpan(Ends, length)):0.0000}";
    }
}
