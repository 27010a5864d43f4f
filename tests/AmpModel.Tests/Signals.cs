using System;

namespace AmpModel.Tests;

/// <summary>Signals to train on.</summary>
internal static class Signals
{
    /// <summary>Plucked notes, each decaying.</summary>
    public static float[] Dry(int length)
    {
        float[] signal = new float[length];
        for (int t = 0; t < length; t++)
        {
            int sinceNote = t % 4000;
            double pitch = 0.02 * (1 + (t / 4000 % 5));
            signal[t] = (float)(0.3 * Math.Exp(-sinceNote / 2000.0) * Math.Sin(pitch * sinceNote));
        }

        return signal;
    }

    /// <summary>What a pedal that clips makes of it.</summary>
    public static float[] Wet(int length) => Array.ConvertAll(Dry(length), x => 0.5f * MathF.Tanh(12 * x));
}
