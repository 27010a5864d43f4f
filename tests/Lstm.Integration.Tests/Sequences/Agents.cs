using System;
using System.IO;
using System.Runtime.InteropServices;
using Brain = Lstm.Integration.Types.Network2x5x4Layers3;

namespace Lstm.Integration.Tests.Sequences;

/// <summary>The recipes of <c>docs/sequences.md</c>, "Agents".</summary>
internal static class Agents
{
    // one step of all agents; an agent whose episode has ended begins the next one at the zero state
    public static void Step(in Brain brain, float[] senses, Brain.State[] states, float[] actions, bool[] ended)
    {
        for (int i = 0; i < states.Length; i++)
        {
            if (ended[i])
            {
                states[i].Reset();                                                  // the other states are not touched
            }
        }

        brain.Step(senses, states, actions);
    }

    // puts the agents that live on in front; returns how many there are. ids[i]: which agent has states[i]
    public static int RemoveEnded(Span<Brain.State> states, Span<int> ids, ReadOnlySpan<bool> ended)
    {
        int count = states.Length;
        for (int i = count - 1; i >= 0; i--)
        {
            if (ended[i])
            {
                count--;
                (states[i], ids[i]) = (states[count], ids[count]);                  // a state may move: nothing depends on its place
            }
        }

        return count;
    }

    // weights of their own: a struct for each agent
    public static void StepOwn(Brain[] brains, float[] senses, Brain.State[] states, float[] actions)
    {
        for (int i = 0; i < brains.Length; i++)                                     // not foreach: it copies
        {
            brains[i].Step(
                senses.AsSpan(i * Brain.InputSize, Brain.InputSize), ref states[i], actions.AsSpan(i * Brain.OutputSize, Brain.OutputSize));
        }
    }

    // the child gets the parent's weights and noise; exported weights have no padding
    public static void Mutate(in Brain parent, ref Brain child, Random random, float scale)
    {
        float[] weights = new float[Brain.ParameterCount];
        parent.ExportParameters(weights);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] += scale * ((2 * random.NextSingle()) - 1);
        }

        child.ImportParameters(weights);
    }

    public static void Save(string path, Brain[] brains, Brain.State[] states)
    {
        using FileStream file = File.Create(path);
        float[] agent = new float[Brain.ParameterCount + Brain.State.Length];
        for (int i = 0; i < brains.Length; i++)
        {
            brains[i].ExportParameters(agent.AsSpan(0, Brain.ParameterCount));
            states[i].Export(agent.AsSpan(Brain.ParameterCount));
            file.Write(MemoryMarshal.AsBytes(agent.AsSpan()));
        }
    }

    public static void Restore(string path, Brain[] brains, Brain.State[] states)
    {
        using FileStream file = File.OpenRead(path);
        float[] agent = new float[Brain.ParameterCount + Brain.State.Length];
        for (int i = 0; i < brains.Length; i++)
        {
            // to restore an agent, from File.OpenRead(path)
            file.ReadExactly(MemoryMarshal.AsBytes(agent.AsSpan()));
            brains[i].ImportParameters(agent.AsSpan(0, Brain.ParameterCount));
            states[i].Import(agent.AsSpan(Brain.ParameterCount));
        }
    }
}
