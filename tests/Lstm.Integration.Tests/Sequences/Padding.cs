using System;
using Net = Lstm.Integration.Types.Network3x12x2Layers2;

namespace Lstm.Integration.Tests.Sequences;

/// <summary>The recipes of <c>docs/sequences.md</c>, "Padding".</summary>
internal static class Padding
{
    // T x N x width from one array for each sequence; what follows the end of a sequence is 0
    public static float[] Padded(float[][] sequences, int steps, int width)
    {
        float[] rows = new float[steps * sequences.Length * width];
        for (int n = 0; n < sequences.Length; n++)
        {
            for (int t = 0; t < sequences[n].Length / width; t++)
            {
                sequences[n].AsSpan(t * width, width).CopyTo(rows.AsSpan(((t * sequences.Length) + n) * width));
            }
        }

        return rows;
    }

    // T x N classes; -1, which is no target, after the end of a sequence
    public static int[] PaddedTargets(int[][] sequences, int steps)
    {
        int[] targets = new int[steps * sequences.Length];
        Array.Fill(targets, -1);
        for (int n = 0; n < sequences.Length; n++)
        {
            for (int t = 0; t < sequences[n].Length; t++)
            {
                targets[(t * sequences.Length) + n] = sequences[n][t];
            }
        }

        return targets;
    }

    // T x N weights for Loss.Squared: 1 on the steps of a sequence, 0 after its end
    public static float[] RowWeights(int[] lengths, int steps)
    {
        float[] weights = new float[steps * lengths.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = i / lengths.Length < lengths[i % lengths.Length] ? 1 : 0;
        }

        return weights;
    }

    // the loss of all sequences; adds its gradient. y, dX: T x N rows
    public static float AddGradient(
        in Net net, float[] x, int[] targets, Net.State[] states, ref Net.Gradient gradient, float[] y, float[] dX)
    {
        int sequences = states.Length, steps = x.Length / (sequences * Net.InputSize);
        float[] tape = new float[Net.TapeLength(steps, sequences)], dY = new float[y.Length];
        Net.State[] dStates = new Net.State[sequences];                             // 0: the loss does not depend on the states after T steps

        net.Forward(x, states, y, tape);
        float loss = Loss.SoftmaxCrossEntropy(y, Net.OutputSize, targets, dY);      // no target: loss 0, dY 0
        net.Backward(x, tape, dY, dStates, ref gradient, dX);
        return loss;
    }

    // y of all steps; in finals, the state of each sequence after its own last step
    public static void ForwardToEnds(
        in Net net, ReadOnlySpan<float> x, ReadOnlySpan<int> lengths, Span<Net.State> states, Span<float> y, Span<Net.State> finals)
    {
        int sequences = lengths.Length, steps = x.Length / (sequences * Net.InputSize);

        states.CopyTo(finals);                                                      // of sequences without steps
        for (int t = 0; t < steps; t++)
        {
            int row = t * sequences;
            net.Step(x.Slice(row * Net.InputSize, sequences * Net.InputSize), states, y.Slice(row * Net.OutputSize, sequences * Net.OutputSize));
            for (int n = 0; n < sequences; n++)
            {
                if (lengths[n] == t + 1)
                {
                    finals[n] = states[n];
                }
            }
        }
    }
}
