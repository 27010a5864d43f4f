using System;
using System.Collections.Generic;
using Net = Lstm.Integration.Types.Network3x12x2Layers2;

namespace Lstm.Integration.Tests.Sequences;

/// <summary>The recipes of <c>docs/sequences.md</c>, "Shrinking".</summary>
internal static class Shrinking
{
    // Steps in which the same sequences run: the first Count of all, which are sorted by length, the longest first
    public readonly record struct Piece(int FirstRow, int Steps, int Count)
    {
        public Range Rows(int width) => (FirstRow * width)..((FirstRow + (Steps * Count)) * width);
    }

    // lengths: sorted, the longest first
    public static List<Piece> Pieces(ReadOnlySpan<int> lengths)
    {
        List<Piece> pieces = [];
        int row = 0, start = 0;
        for (int count = lengths.Length; count > 0; count--)
        {
            int steps = lengths[count - 1] - start;                                 // until the shortest of these ends
            if (steps > 0)
            {
                pieces.Add(new Piece(row, steps, count));
                row += steps * count;
                start += steps;
            }
        }

        return pieces;
    }

    // one row for each step of each sequence: step after step, those of the sequences that still run
    public static float[] Packed(float[][] sequences, int width)
    {
        List<float> rows = [];
        for (int t = 0; t < sequences[0].Length / width; t++)
        {
            for (int n = 0; n < sequences.Length && t < sequences[n].Length / width; n++)
            {
                rows.AddRange(sequences[n].AsSpan(t * width, width));
            }
        }

        return [.. rows];
    }

    // states: in, the initial ones; out, that of each sequence after its own last step
    public static void Forward(in Net net, float[] x, List<Piece> pieces, Net.State[] states, float[] y)
    {
        foreach (Piece piece in pieces)
        {
            net.Forward(x.AsSpan(piece.Rows(Net.InputSize)), states.AsSpan(0, piece.Count), y.AsSpan(piece.Rows(Net.OutputSize)));
        }
    }

    // dStates: in, dL/d(state of each sequence after its own last step); out, dL/d(its initial state)
    public static float AddGradient(
        in Net net, float[] x, int[] targets, List<Piece> pieces,
        Net.State[] states, Net.State[] dStates, ref Net.Gradient gradient, float[] y, float[] dX)
    {
        float[][] tapes = new float[pieces.Count][];
        for (int i = 0; i < pieces.Count; i++)
        {
            Piece piece = pieces[i];
            tapes[i] = new float[Net.TapeLength(piece.Steps, piece.Count)];
            net.Forward(x.AsSpan(piece.Rows(Net.InputSize)), states.AsSpan(0, piece.Count), y.AsSpan(piece.Rows(Net.OutputSize)), tapes[i]);
        }

        float[] dY = new float[y.Length];
        float loss = Loss.SoftmaxCrossEntropy(y, Net.OutputSize, targets, dY);      // every row is a step of some sequence: no mask
        for (int i = pieces.Count - 1; i >= 0; i--)                                 // the last piece first
        {
            Piece piece = pieces[i];
            net.Backward(
                x.AsSpan(piece.Rows(Net.InputSize)), tapes[i], dY.AsSpan(piece.Rows(Net.OutputSize)),
                dStates.AsSpan(0, piece.Count), ref gradient, dX.AsSpan(piece.Rows(Net.InputSize)));
        }

        return loss;
    }
}
