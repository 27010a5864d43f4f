using System;
using System.Linq;

namespace Lstm.Tool.Computing;

/// <summary>What models are run over: T x p numbers, the same on every machine.</summary>
internal static class Signals
{
    private const int Seed = 1;

    /// <summary>Samples of a period of the first input's sine: about 440 Hz at 48 kHz.</summary>
    private const double SinePeriod = 109;

    /// <summary>Uniform within 1 of 0.</summary>
    public static double[] Noise(int steps, int input)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, steps * input).Select(_ => (double)(float)((2 * random.NextDouble()) - 1))];
    }

    /// <summary>A sine of amplitude 1, in each further input of a longer period.</summary>
    public static double[] Sine(int steps, int input) =>
    [
        .. Enumerable.Range(0, steps * input).Select(i => (double)(float)Math.Sin(2 * Math.PI * (i / input) / (SinePeriod * (1 + (i % input))))),
    ];

    /// <summary>Zeros.</summary>
    public static double[] Silence(int steps, int input) => new double[steps * input];
}
