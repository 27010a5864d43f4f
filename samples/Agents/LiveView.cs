using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using Spectre.Console;

namespace Agents;

/// <summary>Shows a game while it runs: meadow and numbers on a terminal, a line now and then in a file or pipe.</summary>
internal sealed class LiveView
{
    private const int Columns = 64;
    private const int Rows = 20;
    private const double PictureSeconds = 0.2;
    private const double LineSeconds = 5;

    private readonly TextWriter output;
    private readonly LiveDisplayContext? live;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly int[] crowd = new int[Columns * Rows];
    private double next;

    private LiveView(TextWriter output, LiveDisplayContext? live)
    {
        this.output = output;
        this.live = live;
    }

    /// <summary>Runs something that calls <see cref="Show"/> after each frame.</summary>
    public static void Run(TextWriter output, Action<LiveView> run)
    {
        if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi)
        {
            AnsiConsole.Live(new Text("")).Start(context => run(new LiveView(output, context)));
        }
        else
        {
            run(new LiveView(output, live: null));
        }
    }

    /// <summary>Draws, if it is time to.</summary>
    public void Show(Game game, FrameMeter meter, double foodPerMinute)
    {
        double now = clock.Elapsed.TotalSeconds;
        if (now < next)
        {
            return;
        }

        next = now + (live is null ? LineSeconds : PictureSeconds);
        string line = $"frame {game.Frames:N0}  {meter.MeanMicroseconds:0} us a frame, at most {meter.WorstMicroseconds:0}  "
            + $"garbage {meter.GarbageBytes} bytes  food per agent and minute {foodPerMinute:0.0}";
        meter.Restart();
        if (live is null)
        {
            output.WriteLine(line);
        }
        else
        {
            live.UpdateTarget(new Text(Picture(game.Herd) + line));
        }
    }

    /// <summary>How many agents stand where.</summary>
    private string Picture(Herd herd)
    {
        Array.Clear(crowd);
        for (int a = 0; a < herd.X.Length; a++)
        {
            int column = Math.Min((int)(herd.X[a] * Columns / Meadow.Size), Columns - 1);
            int row = Math.Min((int)(herd.Y[a] * Rows / Meadow.Size), Rows - 1);
            crowd[(row * Columns) + column]++;
        }

        StringBuilder text = new();
        for (int i = 0; i < crowd.Length; i++)
        {
            text.Append(" .:oO@"[Math.Min(crowd[i], 5)]);
            if (i % Columns == Columns - 1)
            {
                text.Append('\n');
            }
        }

        return text.ToString();
    }
}
