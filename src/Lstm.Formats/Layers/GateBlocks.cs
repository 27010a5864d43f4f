using System;

namespace Lstm.Formats.Layers;

/// <summary>Takes a matrix of four gates apart, and puts one together.</summary>
/// <remarks>
/// A gate's matrix is d x n, row-major. Stacked by rows, the four are one 4d x n matrix, block after block; by columns, one n x 4d matrix whose
/// every row holds a row of each block: the transposed form. A bias is a matrix with n = 1, which is the same in both forms.
/// </remarks>
internal static class GateBlocks
{
    /// <summary>Takes four gates apart.</summary>
    /// <param name="stacked">The one matrix.</param>
    /// <param name="order">Which gate each block is.</param>
    /// <param name="hidden">d.</param>
    /// <param name="columns">n.</param>
    /// <param name="transposed">Whether the gates stand side by side, as columns.</param>
    /// <returns>A matrix for each gate, by the number of the gate.</returns>
    public static float[][] Split(ReadOnlySpan<float> stacked, GateOrder order, int hidden, int columns, bool transposed = false)
    {
        float[][] gates = new float[GateOrder.Count][];
        for (int block = 0; block < GateOrder.Count; block++)
        {
            float[] gate = new float[hidden * columns];
            for (int row = 0; row < hidden; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    gate[(row * columns) + column] = stacked[Place(block, row, column, hidden, columns, transposed)];
                }
            }

            gates[(int)order[block]] = gate;
        }

        return gates;
    }

    /// <summary>Puts four gates together.</summary>
    /// <param name="gate">The matrix of a gate, d x n.</param>
    /// <param name="order">Which gate each block is.</param>
    /// <param name="hidden">d.</param>
    /// <param name="columns">n.</param>
    /// <param name="transposed">Whether the gates stand side by side, as columns.</param>
    /// <returns>The one matrix.</returns>
    public static float[] Join(Func<Gate, ReadOnlyMemory<float>> gate, GateOrder order, int hidden, int columns, bool transposed = false)
    {
        float[] stacked = new float[GateOrder.Count * hidden * columns];
        for (int block = 0; block < GateOrder.Count; block++)
        {
            ReadOnlySpan<float> of = gate(order[block]).Span;
            for (int row = 0; row < hidden; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    stacked[Place(block, row, column, hidden, columns, transposed)] = of[(row * columns) + column];
                }
            }
        }

        return stacked;
    }

    private static int Place(int block, int row, int column, int hidden, int columns, bool transposed)
    {
        int stackedRow = (block * hidden) + row;
        return transposed ? (column * GateOrder.Count * hidden) + stackedRow : (stackedRow * columns) + column;
    }
}
