using System;
using System.Linq;
using Lstm;

namespace ExploringLstms;

/// <summary>Lets a network read a string, recorded on a tape, and reads the tape.</summary>
internal static class Recorder
{
    public static TracedText Record<TNetwork, TState, TGradient>(Experiment experiment, in TNetwork network, string text)
        where TNetwork : unmanaged, ICharacterNetwork<TNetwork, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        StringBatch batch = new(experiment, [text]);
        int steps = batch.Steps, classes = TNetwork.OutputSize, step = TNetwork.LayerCount * Quantities.Count * TNetwork.HiddenSize;
        float[] y = new float[steps * classes], tape = new float[TNetwork.TapeLength(steps, 1)], values = new float[steps * step];
        TState state = default;
        network.Forward(batch.X, ref state, y, tape);
        for (int t = 0; t < steps; t++)
        {
            for (int layer = 0; layer < TNetwork.LayerCount; layer++)
            {
                int length = step / TNetwork.LayerCount;
                TNetwork.Read(tape, steps, t, layer, new StepMemory(values.AsSpan((t * step) + (layer * length), length)));
            }
        }

        char?[] next = new char?[steps];
        foreach (int row in batch.Determined(0))
        {
            next[row] = experiment.Alphabet[batch.Targets[row]];
        }

        string written = string.Concat(Enumerable.Range(0, steps).Select(t => experiment.Alphabet[Loss.ArgMax(y.AsSpan(t * classes, classes))]));
        return new TracedText(Experiment.End + text, TNetwork.LayerCount, TNetwork.HiddenSize, values, next, written);
    }
}
