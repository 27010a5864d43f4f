using System;

namespace Agents;

/// <summary>A run: agents on a meadow, frame after frame of 1/60 s. It depends on the settings only.</summary>
internal sealed class Game : IDisposable
{
    private readonly Meadow meadow;
    private readonly Evolution? evolution;
    private readonly FrameTeam team;

    /// <param name="threads">How many threads think and move; any number gives the same bits.</param>
    public Game(Settings settings, int threads)
    {
        meadow = new Meadow(settings);
        Herd = new Herd(settings);
        evolution = settings.Learning ? new Evolution(settings) : null;
        team = new FrameTeam(Math.Min(threads, settings.Brains), RunPart);
    }

    public Herd Herd { get; }

    /// <summary>Frames so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Pellets eaten so far.</summary>
    public long Food { get; private set; }

    /// <summary>Bytes that this thread and the game's own have allocated.</summary>
    public long AllocatedBytes => GC.GetAllocatedBytesForCurrentThread() + team.AllocatedBytes;

    /// <summary>One frame: all sense, think and move, then eat; at the end of a generation brains change.</summary>
    public void Step()
    {
        team.Run();
        Food += Herd.Eat(meadow);
        Frames++;
        if (Frames % Evolution.GenerationFrames == 0)
        {
            evolution?.NextGeneration(Herd);
        }
    }

    /// <summary>Of the agents, their brains and what they remember, and the meadow.</summary>
    public ulong Hash()
    {
        StateHash hash = new();
        Herd.AddTo(ref hash);
        meadow.AddTo(ref hash);
        hash.Add<long>([Frames, Food]);
        return hash.Value;
    }

    public void Dispose() => team.Dispose();

    private void RunPart(int part, int parts)
    {
        int brains = Herd.Brains.Length;
        Herd.Run(meadow, brains * part / parts, brains * (part + 1) / parts);
    }
}
