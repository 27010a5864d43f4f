using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace Lstm.Tool.Bench;

/// <summary>Nanoseconds of a step.</summary>
/// <param name="Median">Over the rounds.</param>
/// <param name="Fastest">Of the rounds.</param>
internal sealed record Timing(double Median, double Fastest);

/// <summary>Times something many times over.</summary>
internal static class Stopwatches
{
    private const double RoundSeconds = 0.005;
    private const double WarmUpSeconds = 0.5;
    private const int FewestRounds = 5;

    /// <summary>Times it, once the JIT has compiled it well.</summary>
    /// <param name="run">Runs and returns the number of steps that it ran.</param>
    /// <param name="seconds">How long to measure, besides the time to warm up.</param>
    public static Timing Measure(Func<int> run, double seconds)
    {
        int calls = 1;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds)
        {
            calls = Time(run, calls).Seconds < RoundSeconds ? calls * 2 : calls;
        }

        var rounds = new List<double>();
        start = Stopwatch.GetTimestamp();
        while (rounds.Count < FewestRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            (double elapsed, long steps) = Time(run, calls);
            rounds.Add(1e9 * elapsed / steps);
        }

        rounds.Sort();
        return new Timing(rounds[rounds.Count / 2], rounds[0]);
    }

    private static (double Seconds, long Steps) Time(Func<int> run, int calls)
    {
        long steps = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            steps += run();
        }

        return (Stopwatch.GetElapsedTime(start).TotalSeconds, steps);
    }
}
