using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>Nanoseconds of one call over all rounds.</summary>
internal readonly record struct Spread(double Best, double Median);

/// <summary>
/// Times several ways to do the same by turns, in one process: on a machine that others share, two measurements a
/// minute apart differ by more than what is to be told apart, but within one round all meet the same machine.
/// </summary>
internal static class Interleaved
{
    private const int Rounds = 200;
    private const double Turn = 1e6; // nanoseconds, as all times here
    private const double WarmUp = 200e6;

    // What takes longer than this would hold up all the others: it takes part in fewer rounds.
    private const double LongTurn = 10e6;

    /// <summary>Nanoseconds of one call of each action: the least over all rounds, which is what the machine can do when left alone.</summary>
    public static double[] Measure(IReadOnlyList<Action> actions) => [.. MeasureSpread(actions).Select(static spread => spread.Best)];

    /// <summary>The same with the median, which tells what is left of it while others use the machine.</summary>
    public static Spread[] MeasureSpread(IReadOnlyList<Action> actions)
    {
        double[] estimates = [.. actions.Select(Warm)];
        List<double>[] times = [.. actions.Select(static _ => new List<double>(Rounds))];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < actions.Count; i++)
            {
                if (round % (int)Math.Max(1, estimates[i] / LongTurn) == 0)
                {
                    int calls = (int)Math.Max(1, Turn / estimates[i]);
                    times[i].Add(Time(actions[i], calls));
                }
            }
        }

        return [.. times.Select(static own => new Spread(own.Min(), own.Order().ElementAt(own.Count / 2)))];
    }

    /// <summary>Runs an action until the JIT is done with it, in batches, of which the last one's time is returned.</summary>
    private static double Warm(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        double perCall = Time(action, 1);
        for (int calls = 2; Stopwatch.GetElapsedTime(start).TotalNanoseconds < WarmUp; calls *= 2)
        {
            perCall = Time(action, calls);
        }

        return perCall;
    }

    private static double Time(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            action();
        }

        return (Stopwatch.GetTimestamp() - start) * (1e9 / Stopwatch.Frequency) / calls;
    }
}
