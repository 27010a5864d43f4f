using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace Agents;

/// <summary>When a run ends, and how fast it goes.</summary>
/// <param name="Frames">It ends after so many frames.</param>
/// <param name="Seconds">It ends after so many seconds, whatever frame that is.</param>
/// <param name="RealTime">Whether it waits until 1/60 s is over before the next frame.</param>
internal sealed record Limits(long Frames, double Seconds, bool RealTime);

/// <summary>Plays a game and keeps what the recording and the picture need.</summary>
internal sealed class Session
{
    private readonly Settings settings;
    private readonly List<Check> checks = [];
    private readonly List<double> foodPerMinute = [];
    private long foodBefore;

    public Session(Settings settings) => this.settings = settings;

    public Recording Recording => new(settings, checks);

    /// <summary>Pellets per agent and minute of the game, for each generation.</summary>
    public IReadOnlyList<double> FoodPerMinute => foodPerMinute;

    public long Food { get; private set; }

    public long GarbageBytes { get; private set; }

    public double Seconds { get; private set; }

    /// <param name="expected">The recording of which this is a replay: it has to have the same hashes.</param>
    /// <exception cref="InputException">It has not; says from which frame on.</exception>
    public void Play(int threads, Limits limits, Recording? expected, TextWriter output, CancellationToken stop)
    {
        using Game game = new(settings, threads);
        FrameMeter meter = new();
        Stopwatch clock = Stopwatch.StartNew();
        LiveView.Run(output, view =>
        {
            while (game.Frames < limits.Frames && clock.Elapsed.TotalSeconds < limits.Seconds && !stop.IsCancellationRequested)
            {
                meter.Step(game);
                if (game.Frames % Evolution.GenerationFrames == 0)
                {
                    EndGeneration(game);
                    Check(game, expected);
                }

                view.Show(game, meter, foodPerMinute.Count > 0 ? foodPerMinute[^1] : 0);
                if (limits.RealTime)
                {
                    WaitUntil(clock, (double)game.Frames / Settings.FramesPerSecond);
                }
            }
        });
        (Food, GarbageBytes, Seconds) = (game.Food, meter.GarbageBytes, clock.Elapsed.TotalSeconds);
        if (game.Frames > 0 && game.Frames % Evolution.GenerationFrames != 0)
        {
            Check(game, expected);
        }
    }

    private void EndGeneration(Game game)
    {
        double minutes = Evolution.GenerationFrames / (60.0 * Settings.FramesPerSecond);
        foodPerMinute.Add((game.Food - foodBefore) / (settings.Agents * minutes));
        foodBefore = game.Food;
    }

    private void Check(Game game, Recording? expected)
    {
        Check check = new(game.Frames, game.Hash());
        checks.Add(check);
        if (expected?.Checks.FirstOrDefault(recorded => recorded.Frame == check.Frame) is { Frame: > 0 } recorded && recorded != check)
        {
            throw new InputException(
                $"The replay differs from the recording at frame {check.Frame:N0}, or up to {Evolution.GenerationFrames} frames earlier: "
                + $"hash {check.Hash:X16}, recorded {recorded.Hash:X16}. Was the file changed, or written by another version of this program?");
        }
    }

    private static void WaitUntil(Stopwatch clock, double seconds)
    {
        double left = seconds - clock.Elapsed.TotalSeconds;
        if (left > 0)
        {
            Thread.Sleep(TimeSpan.FromSeconds(left));
        }
    }
}
