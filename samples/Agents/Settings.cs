namespace Agents;

/// <summary>All that decides a run, bit by bit. The number of threads does not.</summary>
/// <param name="Seed">Decides the first brains, the places of agents and food, and every change of a brain.</param>
/// <param name="Agents">How many agents there are.</param>
/// <param name="Shared">Whether <see cref="FlockSize"/> agents share a brain; otherwise each has its own.</param>
/// <param name="Learning">Whether brains change.</param>
internal sealed record Settings(ulong Seed, int Agents, bool Shared, bool Learning)
{
    /// <summary>Agents that share a brain. The number of agents is a multiple of it.</summary>
    public const int FlockSize = 50;

    /// <summary>Frames in a second of the game.</summary>
    public const int FramesPerSecond = 60;

    public const int FewestAgents = 4 * FlockSize;

    public const int MostAgents = 200 * FlockSize;

    public static bool Allows(int agents) => agents is >= FewestAgents and <= MostAgents && agents % FlockSize == 0;

    public int AgentsPerBrain => Shared ? FlockSize : 1;

    public int Brains => Agents / AgentsPerBrain;
}
