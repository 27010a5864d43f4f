using System;
using System.Numerics.Tensors;
using Lstm.Formats.Layers;

namespace Lstm.Tool.Computing;

/// <summary>Runs a model of any sizes step by step, in double, by the textbook's equations.</summary>
internal sealed class ModelPlayer
{
    private readonly Layer[] layers;
    private readonly double[] v;
    private readonly double[] c;

    /// <summary>A player that stands at the model's initial state.</summary>
    /// <param name="model">The model.</param>
    public ModelPlayer(LstmModel model)
    {
        layers = new Layer[model.LayerCount];
        for (int k = 0; k < layers.Length; k++)
        {
            layers[k] = new Layer(model, k);
        }

        v = Widened(model.V);
        c = Widened(model.C);
        Input = model.Input;
        Output = model.Output == 0 ? model.Hidden(model.LayerCount - 1) : model.Output;
    }

    /// <summary>p, the length of x.</summary>
    public int Input { get; }

    /// <summary>The length of y: K, or without a readout d of the last layer.</summary>
    public int Output { get; }

    /// <summary>One step.</summary>
    /// <param name="x">Of length p.</param>
    /// <param name="y">Gets V wm + c, or without a readout wm.</param>
    public void Step(ReadOnlySpan<double> x, Span<double> y)
    {
        ReadOnlySpan<double> below = x;
        foreach (Layer layer in layers)
        {
            layer.Step(below);
            below = layer.Wm;
        }

        if (c.Length == 0)
        {
            below.CopyTo(y);
        }

        for (int i = 0; i < c.Length; i++)
        {
            y[i] = TensorPrimitives.Dot<double>(v.AsSpan(i * below.Length, below.Length), below) + c[i];
        }
    }

    /// <summary>T steps.</summary>
    /// <param name="x">T x p.</param>
    /// <returns>y of all steps, T x K.</returns>
    public double[] Run(ReadOnlySpan<double> x)
    {
        int steps = x.Length / Input;
        double[] y = new double[steps * Output];
        for (int t = 0; t < steps; t++)
        {
            Step(x.Slice(t * Input, Input), y.AsSpan(t * Output, Output));
        }

        return y;
    }

    /// <summary>The values of a gate at the last step, of length d.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="gate">The gate.</param>
    public ReadOnlySpan<double> Values(int layer, Gate gate) => layers[layer].Values(gate);

    private static double[] Widened(ReadOnlySpan<float> values)
    {
        double[] widened = new double[values.Length];
        TensorPrimitives.ConvertTruncating<float, double>(values, widened);
        return widened;
    }

    private sealed class Layer
    {
        private const int Gates = 4;

        private readonly int input;
        private readonly int hidden;
        private readonly double[][] w = new double[Gates][];
        private readonly double[][] u = new double[Gates][];
        private readonly double[][] b = new double[Gates][];
        private readonly double[][] values = new double[Gates][];
        private readonly double[] ltm;

        public Layer(LstmModel model, int layer)
        {
            input = ModelShape.InputOf(model, layer);
            hidden = model.Hidden(layer);
            foreach (Gate gate in Enum.GetValues<Gate>())
            {
                w[(int)gate] = Widened(model.W(layer, gate));
                u[(int)gate] = Widened(model.U(layer, gate));
                b[(int)gate] = Widened(model.B(layer, gate));
                values[(int)gate] = new double[hidden];
            }

            ltm = Widened(model.InitialLongTermMemory(layer));
            Wm = Widened(model.InitialWorkingMemory(layer));
        }

        public double[] Wm { get; }

        public double[] Values(Gate gate) => values[(int)gate];

        public void Step(ReadOnlySpan<double> x)
        {
            for (int gate = 0; gate < Gates; gate++)
            {
                for (int i = 0; i < hidden; i++)
                {
                    double z = b[gate][i] + TensorPrimitives.Dot<double>(w[gate].AsSpan(i * input, input), x)
                        + TensorPrimitives.Dot<double>(u[gate].AsSpan(i * hidden, hidden), Wm);
                    values[gate][i] = gate == (int)Gate.Candidate ? Math.Tanh(z) : 1 / (1 + Math.Exp(-z)); // (1), (2), (3), (5)
                }
            }

            double[] rem = Values(Gate.Remember);
            double[] save = Values(Gate.Save);
            double[] focus = Values(Gate.Focus);
            double[] cand = Values(Gate.Candidate);
            for (int i = 0; i < hidden; i++)
            {
                ltm[i] = (rem[i] * ltm[i]) + (save[i] * cand[i]);   // ltm = rem * ltm + save * cand    (4)
                Wm[i] = focus[i] * Math.Tanh(ltm[i]);               // wm = focus * tanh(ltm)           (6)
            }
        }
    }
}
