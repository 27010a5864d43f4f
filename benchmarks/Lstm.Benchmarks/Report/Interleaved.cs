using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Lstm.Benchmarks;

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
    public static double[] Measure(IReadOnlyList<Action> actions)
    {
        double[] estimates = [.. actions.Select(Warm)];
        double[] best = new double[actions.Count];
        Array.Fill(best, double.PositiveInfinity);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < actions.Count; i++)
            {
                if (round % (int)Math.Max(1, estimates[i] / LongTurn) == 0)
                {
                    int calls = (int)Math.Max(1, Turn / estimates[i]);
                    best[i] = Math.Min(best[i], Time(actions[i], calls));
                }
            }
        }

        return best;
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
