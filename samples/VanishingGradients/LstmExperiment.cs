using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;

namespace VanishingGradients;

/// <summary>The gradient of a loss at the end of a sequence, at every step before it.</summary>
/// <param name="RememberBias">b of the remember gate, before training.</param>
/// <param name="Ltm">|dL/dltm_t| for t = 0 (the initial state) to T - 1.</param>
/// <param name="Wm">|dL/dwm_t| alike.</param>
internal sealed record LstmResult(double RememberBias, double[] Ltm, double[] Wm)
{
    /// <summary>By which factor |dL/dltm_t| changes from a step to the one before it, on average.</summary>
    public double FactorPerStep => Math.Pow(Ltm[0] / Ltm[^1], 1.0 / (Ltm.Length - 1));
}

/// <summary>
/// How much of the gradient of a loss at step T arrives at earlier steps of a generated LSTM. The loss is the mean of wm_T times sqrt d, whose
/// gradient has norm 1. Each step has a tape of its own; the gradient of the state goes from one to the step before it, as Backward gives it.
/// </summary>
internal static class LstmExperiment
{
    public const int Steps = 100;

    public static readonly IReadOnlyList<double> RememberBiases = [-2, 0, 1, 3];

    /// <summary>Every remember bias, with the same weights besides and the same input.</summary>
    public static IReadOnlyList<LstmResult> Run(int seed)
    {
        double[] x = Input(seed);
        return [.. RememberBiases.Select(bias => Run(bias, seed, x))];
    }

    /// <summary>T numbers between -1 and 1.</summary>
    public static double[] Input(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Steps).Select(_ => 2 * random.NextDouble() - 1)];
    }

    /// <summary>dL/dwm_T.</summary>
    public static double[] LastGradient()
    {
        double[] gradient = new double[Cell.HiddenSize];
        Array.Fill(gradient, 1 / Math.Sqrt(Cell.HiddenSize));
        return gradient;
    }

    private static LstmResult Run(double bias, int seed, double[] x)
    {
        Cell cell = default;
        cell.Initialize((ulong)seed, bias);
        double[] wm = new double[Cell.HiddenSize];
        double[][] tapes = new double[Steps][];
        Cell.State state = default;
        for (int t = 0; t < Steps; t++)
        {
            tapes[t] = new double[Cell.TapeLength(1)];
            cell.Forward(x.AsSpan(t, 1), ref state, wm, tapes[t]);
        }

        double[] dLtm = new double[Steps];
        double[] dWmBefore = new double[Steps];
        Cell.State dState = default;
        Cell.Gradient gradient = default;
        double[] dWm = LastGradient();
        for (int t = Steps - 1; t >= 0; t--)
        {
            cell.Backward(x.AsSpan(t, 1), tapes[t], dWm, ref dState, ref gradient);
            Array.Clear(dWm); // the loss reads the last step only
            dLtm[t] = TensorPrimitives.Norm<double>(dState.LongTermMemory[..Cell.HiddenSize]);
            dWmBefore[t] = TensorPrimitives.Norm<double>(dState.WorkingMemory[..Cell.HiddenSize]);
        }

        return new LstmResult(bias, dLtm, dWmBefore);
    }
}
