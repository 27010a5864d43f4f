using System;
using System.Linq;
using Lstm.Reference;

namespace Lstm.Build;

/// <summary>Runs a model over silence, so that a sequence can begin where it comes to rest.</summary>
internal static class Silence
{
    /// <summary>
    /// Makes the state after some steps of x = 0 the model's initial state. The steps are computed in double, by the textbook equations; the state is
    /// rounded once.
    /// </summary>
    /// <param name="model">The model; its initial state is where the silence begins.</param>
    /// <param name="steps">How many; 0 changes nothing.</param>
    public static void Run(LstmModel model, int steps)
    {
        if (steps == 0)
        {
            return;
        }

        ReferenceCell<double>[] cells = [.. Enumerable.Range(0, model.LayerCount).Select(layer => CellOf(model, layer))];
        double[][] ltm = [.. Enumerable.Range(0, cells.Length).Select(layer => Doubles(model.InitialLongTermMemory(layer)))];
        double[][] wm = [.. Enumerable.Range(0, cells.Length).Select(layer => Doubles(model.InitialWorkingMemory(layer)))];
        double[] silence = new double[model.Input];
        bool moves = true;

        // Once a step changes no bit, no later step does.
        for (int t = 0; t < steps && moves; t++)
        {
            moves = false;
            double[] below = silence;
            for (int layer = 0; layer < cells.Length; layer++)
            {
                CellTrace<double> trace = cells[layer].Forward(below, ltm[layer], wm[layer]);
                moves |= Move(trace.Ltm.Values, ltm[layer]) | Move(trace.Wm.Values, wm[layer]);
                below = wm[layer];
            }
        }

        model.HasInitialState = true;
        for (int layer = 0; layer < cells.Length; layer++)
        {
            Round(ltm[layer], model.InitialLongTermMemory(layer));
            Round(wm[layer], model.InitialWorkingMemory(layer));
        }
    }

    private static ReferenceCell<double> CellOf(LstmModel model, int layer)
    {
        int input = layer == 0 ? model.Input : model.Hidden(layer - 1);
        int hidden = model.Hidden(layer);
        var cell = new ReferenceCell<double>(input, hidden);
        foreach (Gate gate in Enum.GetValues<Gate>())
        {
            for (int row = 0; row < hidden; row++)
            {
                for (int column = 0; column < input; column++)
                {
                    cell.W(gate, row, column) = model.W(layer, gate)[(row * input) + column];
                }

                for (int column = 0; column < hidden; column++)
                {
                    cell.U(gate, row, column) = model.U(layer, gate)[(row * hidden) + column];
                }

                cell.B(gate, row) = model.B(layer, gate)[row];
            }
        }

        return cell;
    }

    /// <summary>Copies a memory, and says whether it changed.</summary>
    private static bool Move(ReadOnlySpan<double> from, Span<double> to)
    {
        bool moves = !from.SequenceEqual(to);
        from.CopyTo(to);
        return moves;
    }

    private static double[] Doubles(ReadOnlySpan<float> values)
    {
        double[] doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = values[i];
        }

        return doubles;
    }

    private static void Round(double[] values, Span<float> rounded)
    {
        for (int i = 0; i < values.Length; i++)
        {
            rounded[i] = (float)values[i];
        }
    }
}
