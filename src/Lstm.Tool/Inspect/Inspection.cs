using System;
using System.Collections.Generic;
using System.Numerics.Tensors;
using Lstm.Tool.Files;
using Lstm.Tool.Computing;

namespace Lstm.Tool.Inspect;

/// <summary>What is shown of a model file.</summary>
/// <param name="File">The file and its model.</param>
/// <param name="Parameters">The number of W, U, b, V and c.</param>
/// <param name="Cost">What a step costs.</param>
/// <param name="Type">The generated type that it goes into.</param>
/// <param name="Gates">Statistics, layer by layer, each gate after gate.</param>
/// <param name="LargestInitialLtm">The largest |ltm| of the initial state, 0 without one.</param>
/// <param name="LargestInitialWm">The largest |wm| of the initial state, 0 without one.</param>
internal sealed record Inspection(
    ModelFile File,
    long Parameters,
    StepCost Cost,
    GeneratedType Type,
    IReadOnlyList<GateStatistics> Gates,
    float LargestInitialLtm,
    float LargestInitialWm)
{
    /// <summary>Looks into a model file.</summary>
    public static Inspection Of(ModelFile file)
    {
        LstmModel model = file.Model;
        float ltm = 0;
        float wm = 0;
        for (int k = 0; k < model.LayerCount; k++)
        {
            ltm = Math.Max(ltm, GateStatistics.Largest(model.InitialLongTermMemory(k)));
            wm = Math.Max(wm, GateStatistics.Largest(model.InitialWorkingMemory(k)));
        }

        return new Inspection(
            file, StepCost.ParameterCount(model), StepCost.Of(model), GeneratedType.Of(model), GateStatistics.Of(model), ltm, wm);
    }
}

/// <summary>The weights of a layer's gate, and its values over noise.</summary>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="Gate">The gate.</param>
/// <param name="RmsW">The root mean square of W.</param>
/// <param name="RmsU">The root mean square of U.</param>
/// <param name="MeanB">The mean of b.</param>
/// <param name="LargestWeight">The largest magnitude in W, U and b.</param>
/// <param name="Mean">The mean of the gate's values over noise.</param>
/// <param name="Saturated">The share of these values that are within 0.01 of a bound: 0 or 1, of the candidate -1 or 1.</param>
internal sealed record GateStatistics(
    int Layer, Gate Gate, double RmsW, double RmsU, double MeanB, float LargestWeight, double Mean, double Saturated)
{
    /// <summary>Steps of noise, uniform within 1 of 0, that gates are watched over.</summary>
    public const int Steps = 500;

    private const double NearBound = 0.01;

    /// <summary>Statistics of every gate.</summary>
    public static IReadOnlyList<GateStatistics> Of(LstmModel model)
    {
        var player = new ModelPlayer(model);
        double[] x = Signals.Noise(Steps, model.Input);
        double[] y = new double[player.Output];
        Gate[] gates = Enum.GetValues<Gate>();
        double[,] sums = new double[model.LayerCount, gates.Length];
        int[,] saturated = new int[model.LayerCount, gates.Length];
        for (int t = 0; t < Steps; t++)
        {
            player.Step(x.AsSpan(t * model.Input, model.Input), y);
            for (int k = 0; k < model.LayerCount; k++)
            {
                foreach (Gate gate in gates)
                {
                    ReadOnlySpan<double> values = player.Values(k, gate);
                    sums[k, (int)gate] += TensorPrimitives.Sum(values);
                    saturated[k, (int)gate] += Saturating(values, lowest: gate == Gate.Candidate ? -1 : 0);
                }
            }
        }

        var statistics = new List<GateStatistics>();
        for (int k = 0; k < model.LayerCount; k++)
        {
            double count = (double)Steps * model.Hidden(k);
            foreach (Gate gate in gates)
            {
                float largest = Math.Max(Largest(model.W(k, gate)), Math.Max(Largest(model.U(k, gate)), Largest(model.B(k, gate))));
                statistics.Add(new GateStatistics(
                    k, gate, Rms(model.W(k, gate)), Rms(model.U(k, gate)), MeanOf(model.B(k, gate)), largest,
                    sums[k, (int)gate] / count, saturated[k, (int)gate] / count));
            }
        }

        return statistics;
    }

    /// <summary>The largest magnitude.</summary>
    public static float Largest(ReadOnlySpan<float> values) => Math.Abs(TensorPrimitives.MaxMagnitude(values));

    private static int Saturating(ReadOnlySpan<double> values, double lowest)
    {
        int count = 0;
        foreach (double value in values)
        {
            count += value < lowest + NearBound || value > 1 - NearBound ? 1 : 0;
        }

        return count;
    }

    private static double Rms(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum / values.Length);
    }

    private static double MeanOf(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
