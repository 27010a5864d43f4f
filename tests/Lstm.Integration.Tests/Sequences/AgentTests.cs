using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Lstm.Kernels;
using Lstm.Testing;
using Xunit;
using Brain = Lstm.Integration.Types.Network2x5x4Layers3;

namespace Lstm.Integration.Tests.Sequences;

/// <summary>Agents whose episodes end at different times, and agents with weights of their own.</summary>
public class AgentTests
{
    private const int Count = 7;

    private UniformRandom _random = new(seed: 9);

    [Fact]
    public void Reset_BeginsAnEpisodeAndTouchesNoOtherAgent()
    {
        Brain brain = NewBrains(1)[0];
        Brain.State[] states = new Brain.State[Count], single = new Brain.State[Count];
        float[] actions = new float[Count * Brain.OutputSize], expected = new float[Brain.OutputSize];
        for (int t = 0; t < 12; t++)
        {
            float[] senses = Uniform(Count * Brain.InputSize);
            bool[] ended = [.. Enumerable.Range(0, Count).Select(i => (t + i) % (i + 2) == 0)];

            Agents.Step(brain, senses, states, actions, ended);

            for (int i = 0; i < Count; i++)
            {
                single[i] = ended[i] ? default : single[i];
                brain.Step(senses.AsSpan(i * Brain.InputSize, Brain.InputSize), ref single[i], expected);
                Numbers.AssertSameBits<float>(expected, actions.AsSpan(i * Brain.OutputSize, Brain.OutputSize), $"actions of {i} at {t}");
            }
        }
    }

    [Fact]
    public void RemoveEnded_KeepsTheOthersWithTheirStates()
    {
        for (int pattern = 0; pattern < 1 << Count; pattern++)
        {
            bool[] ended = [.. Enumerable.Range(0, Count).Select(i => ((pattern >> i) & 1) != 0)];
            Brain.State[] states = NewStates(Count), before = [.. states];
            int[] ids = [.. Enumerable.Range(0, Count)];

            int count = Agents.RemoveEnded(states, ids, ended);

            Assert.Equal(Enumerable.Range(0, Count).Where(i => !ended[i]), ids.Take(count).Order());
            for (int i = 0; i < count; i++)
            {
                AssertSameBits(before[ids[i]], states[i]);
            }
        }
    }

    [Fact]
    public void OwnWeights_SavedAndRestored_GoOnWithTheSameBits()
    {
        string path = Path.GetTempFileName();
        try
        {
            Brain[] brains = NewBrains(Count), restored = new Brain[Count];
            Brain.State[] states = NewStates(Count), restoredStates = new Brain.State[Count];
            float[] senses = Uniform(Count * Brain.InputSize), actions = new float[Count * Brain.OutputSize], others = new float[actions.Length];
            Agents.StepOwn(brains, senses, states, actions);

            Agents.Save(path, brains, states);
            Agents.Restore(path, restored, restoredStates);

            Assert.Equal(Count * (Brain.ParameterCount + Brain.State.Length) * sizeof(float), new FileInfo(path).Length);
            for (int t = 0; t < 3; t++)
            {
                senses = Uniform(senses.Length);
                Agents.StepOwn(brains, senses, states, actions);
                Agents.StepOwn(restored, senses, restoredStates, others);
                Numbers.AssertSameBits<float>(actions, others, "actions");
            }

            Assert.All(brains.Zip(restored), pair => AssertSameBits(pair.First, pair.Second));
            Assert.Equal(Count, actions.Where((_, i) => i % Brain.OutputSize == 0).Distinct().Count());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Mutate_MovesEveryWeightAndNoPadding()
    {
        Brain parent = NewBrains(1)[0], child = parent;

        Agents.Mutate(parent, ref child, new Random(1), scale: 0.1f);

        float[] old = new float[Brain.ParameterCount], mutated = new float[Brain.ParameterCount];
        parent.ExportParameters(old);
        child.ExportParameters(mutated);
        Assert.All(old.Zip(mutated), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 1e-8, 0.1001));
        Assert.True(Brain.ParameterLength > Brain.ParameterCount, "a type without padding shows nothing");
        Assert.Equal(Brain.ParameterLength - Brain.ParameterCount, child.Parameters.Count(0f));
    }

    /// <summary>
    /// A stretch of steps in which episodes end: cut there, its parts are sequences of different lengths, each with the state that it begins in.
    /// </summary>
    [Fact]
    public void StretchCutAtEpisodeEnds_HasTheBitsOfSteps()
    {
        const int Steps = 20;
        Brain brain = NewBrains(1)[0];
        Brain.State[] states = NewStates(Count);
        var parts = new List<(Brain.State Initial, List<float> Senses, List<float> Actions)>();
        int[] partOf = new int[Count];
        float[] actions = new float[Count * Brain.OutputSize];
        for (int t = 0; t < Steps; t++)
        {
            float[] senses = Uniform(Count * Brain.InputSize);
            bool[] ended = [.. Enumerable.Range(0, Count).Select(i => t > 0 && (t + i) % (i + 5) == 0)];
            for (int i = 0; i < Count; i++)
            {
                if (t == 0 || ended[i])
                {
                    partOf[i] = parts.Count;
                    parts.Add((t == 0 ? states[i] : default, [], []));
                }
            }

            Agents.Step(brain, senses, states, actions, ended);
            for (int i = 0; i < Count; i++)
            {
                parts[partOf[i]].Senses.AddRange(senses.AsSpan(i * Brain.InputSize, Brain.InputSize));
                parts[partOf[i]].Actions.AddRange(actions.AsSpan(i * Brain.OutputSize, Brain.OutputSize));
            }
        }

        parts = [.. parts.OrderByDescending(part => part.Senses.Count)];
        float[] x = Shrinking.Packed([.. parts.Select(part => part.Senses.ToArray())], Brain.InputSize);
        float[] expected = Shrinking.Packed([.. parts.Select(part => part.Actions.ToArray())], Brain.OutputSize), y = new float[expected.Length];
        Brain.State[] begun = [.. parts.Select(part => part.Initial)];
        foreach (Shrinking.Piece piece in Shrinking.Pieces([.. parts.Select(part => part.Senses.Count / Brain.InputSize)]))
        {
            brain.Forward(x.AsSpan(piece.Rows(Brain.InputSize)), begun.AsSpan(0, piece.Count), y.AsSpan(piece.Rows(Brain.OutputSize)));
        }

        Assert.True(parts.Count > 2 * Count, "too few episodes end");
        Numbers.AssertSameBits<float>(expected, y, "y");
    }

    private static Brain[] NewBrains(int count)
    {
        Brain[] brains = new Brain[count];
        for (int i = 0; i < count; i++)
        {
            brains[i].Initialize(seed: i);
        }

        return brains;
    }

    private static void AssertSameBits<T>(T expected, T actual)
        where T : unmanaged =>
        Assert.Equal(MemoryMarshal.AsBytes([expected]), MemoryMarshal.AsBytes([actual]));

    private Brain.State[] NewStates(int count)
    {
        Brain.State[] states = new Brain.State[count];
        for (int i = 0; i < count; i++)
        {
            states[i].Import(Uniform(Brain.State.Length));
        }

        return states;
    }

    private float[] Uniform(int count)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = _random.Next(1f);
        }

        return numbers;
    }
}
