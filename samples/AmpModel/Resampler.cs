using System;
using System.Numerics;
using System.Numerics.Tensors;

namespace AmpModel;

/// <summary>
/// Converts a whole recording to another sample rate, sample for sample at the same moments: a sinc under a Blackman window. Written here, since
/// converters for streams delay what they convert.
/// </summary>
internal static class Resampler
{
    /// <summary>Zero crossings of the sinc on either side.</summary>
    private const int Lobes = 48;

    /// <summary>The highest frequency that passes, as a part of the lower rate's half.</summary>
    private const double Pass = 0.97;

    /// <summary>Converts.</summary>
    /// <param name="samples">The recording.</param>
    /// <param name="from">Its samples per second.</param>
    /// <param name="to">The samples per second that it gets.</param>
    public static float[] Convert(float[] samples, int from, int to)
    {
        if (from == to)
        {
            return samples;
        }

        // New samples lie at as many places between two old ones as the reduced fraction says: a kernel for each.
        int divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        int places = to / divisor;
        double cut = Pass * Math.Min(1, (double)to / from);
        int reach = (int)Math.Ceiling(Lobes / cut);
        float[]?[] kernels = new float[places][];
        float[] padded = [.. new float[reach], .. samples, .. new float[reach]];
        float[] converted = new float[(long)samples.Length * to / from];
        for (int i = 0; i < converted.Length; i++)
        {
            (long whole, long place) = Math.DivRem((long)i * (from / divisor), places);
            float[] kernel = kernels[place] ??= Kernel((double)place / places, cut, reach);
            converted[i] = TensorPrimitives.Dot<float>(kernel, padded.AsSpan((int)whole + 1, kernel.Length));
        }

        return converted;
    }

    /// <summary>What the old samples count, from reach - 1 before to reach behind the one in front of the new sample.</summary>
    /// <param name="place">How far behind it the new sample lies, 0 to 1.</param>
    /// <param name="cut">The cut-off, as a part of half the old rate.</param>
    /// <param name="reach">Old samples on either side.</param>
    private static float[] Kernel(double place, double cut, int reach)
    {
        float[] kernel = new float[2 * reach];
        for (int j = 0; j < kernel.Length; j++)
        {
            double distance = place - (j - reach + 1);
            double turn = Math.PI * distance / reach;
            double window = 0.42 + (0.5 * Math.Cos(turn)) + (0.08 * Math.Cos(2 * turn));
            kernel[j] = (float)(window * cut * Sinc(Math.PI * cut * distance));
        }

        return kernel;
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(x) / x;
}
