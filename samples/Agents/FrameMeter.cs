using System;
using System.Diagnostics;

namespace Agents;

/// <summary>How long frames take and what they allocate.</summary>
internal sealed class FrameMeter
{
    private long ticks;
    private long worstTicks;
    private long frames;

    /// <summary>Bytes that all frames but the first have allocated. The first makes what is made once for a process.</summary>
    public long GarbageBytes { get; private set; }

    /// <summary>Mean time of a frame since the last <see cref="Restart"/>, in microseconds.</summary>
    public double MeanMicroseconds => frames == 0 ? 0 : Microseconds(ticks) / frames;

    /// <summary>The longest frame since the last <see cref="Restart"/>, in microseconds.</summary>
    public double WorstMicroseconds => Microseconds(worstTicks);

    /// <summary>Frames since the last <see cref="Restart"/>.</summary>
    public long Frames => frames;

    /// <summary>Begins to measure times anew.</summary>
    public void Restart() => (ticks, worstTicks, frames) = (0, 0, 0);

    /// <summary>Runs and measures a frame.</summary>
    public void Step(Game game)
    {
        long bytes = game.AllocatedBytes;
        long start = Stopwatch.GetTimestamp();
        game.Step();
        long elapsed = Stopwatch.GetTimestamp() - start;
        GarbageBytes += game.Frames == 1 ? 0 : game.AllocatedBytes - bytes;
        ticks += elapsed;
        worstTicks = Math.Max(worstTicks, elapsed);
        frames++;
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
