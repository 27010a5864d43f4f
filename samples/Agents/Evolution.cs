using System;

namespace Agents;

/// <summary>
/// Learning while the game runs: after each generation the brains that found the least food become copies of those that found the most, with a little
/// noise. Nothing else changes: agents stay where they are.
/// </summary>
internal sealed class Evolution
{
    /// <summary>Frames of a generation: ten seconds of the game.</summary>
    public const int GenerationFrames = 10 * Settings.FramesPerSecond;

    /// <summary>The deviation of what is added to each weight of a copy.</summary>
    private const float Noise = 0.15f;

    /// <summary>One of so many brains is a parent, one of two is replaced.</summary>
    private const int ParentShare = 5;

    private readonly int agentsPerBrain;
    private readonly long[] scores;
    private readonly long[] ranking;
    private readonly float[] weights = new float[Brain.ParameterCount];
    private RandomNumbers random;

    public Evolution(Settings settings)
    {
        agentsPerBrain = settings.AgentsPerBrain;
        scores = new long[settings.Brains];
        ranking = new long[settings.Brains];
        random = new RandomNumbers(settings.Seed ^ 0x5DEECE66D);
        Array.Sort(ranking); // The first call makes a helper, which is not to be made in a frame.
    }

    public void NextGeneration(Herd herd)
    {
        Rank(herd);
        int parents = Math.Max(1, scores.Length / ParentShare);
        for (int rank = scores.Length / 2; rank < scores.Length; rank++)
        {
            Replace(herd, BrainAt(rank), BrainAt(random.Below(parents)));
        }
    }

    /// <summary>Adds this generation's food to half the earlier score, and sorts the brains, best first; of equal ones the first is better.</summary>
    private void Rank(Herd herd)
    {
        for (int b = 0; b < scores.Length; b++)
        {
            long eaten = 0;
            foreach (ref int count in herd.Eaten.AsSpan(b * agentsPerBrain, agentsPerBrain))
            {
                eaten += count;
                count = 0;
            }

            scores[b] = (scores[b] / 2) + (eaten * 1024);
            ranking[b] = (-scores[b] << 20) + b; // one number, so that any way of sorting gives one order
        }

        Array.Sort(ranking);
    }

    private int BrainAt(int rank) => (int)(ranking[rank] & 0xFFFFF);

    private void Replace(Herd herd, int child, int parent)
    {
        herd.Brains[parent].ExportParameters(weights);
        foreach (ref float weight in weights.AsSpan())
        {
            weight += Noise * random.Normal();
        }

        herd.Brains[child].ImportParameters(weights);
        herd.States.AsSpan(child * agentsPerBrain, agentsPerBrain).Clear();
        scores[child] = scores[parent];
    }
}
