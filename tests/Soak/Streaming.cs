using System;

namespace Lstm.Soak;

/// <summary>Streams sound and long silence, and goes on from a saved state now and then, with the same bits.</summary>
internal sealed class Streaming : ILoad
{
    private const int Sound = 500;
    private const int Silence = 5_000;

    private readonly float[] saved = new float[Net.State.Length], y = new float[1], again = new float[1], x = new float[1];
    private Net net;
    private Net.State live;
    private Net.State restored;
    private int time;

    public Streaming() => net.Initialize(seed: 5);

    public long Turn()
    {
        for (int t = 0; t < Sound; t++)
        {
            x[0] = (float)Math.Sin(0.05 * (time++ % 100_000));
            net.Step(x, ref live, y);
        }

        live.Export(saved);
        restored.Import(saved);
        x[0] = 0;
        for (int t = 0; t < Silence; t++)
        {
            net.Step(x, ref live, y);
            if (t < Sound)
            {
                net.Step(x, ref restored, again);
                if (y[0] != again[0])
                {
                    throw new SoakException($"{t} steps after it was restored a state gives {again[0]:R}, not {y[0]:R}");
                }
            }
        }

        SoakException.Finite(y[0], "the stream");
        return Sound + Silence + Sound;
    }
}
