using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Integration.Tests.Recurrent;
using Lstm.Reference;
using Lstm.Testing;

namespace Lstm.Integration.Tests.Doubles;

/// <summary>What a pass must give: from PyTorch or from the reference.</summary>
internal sealed record DoubleOracle(
    DoubleSequence Sequence, double[] Y, double[] LtmT, double[] WmT, IReadOnlyDictionary<Tensor, double[]> Gradient, double[] DX, double[] DLtm0, double[] DWm0)
{
    /// <summary>Loads the case's weights into the cell.</summary>
    public static DoubleOracle Of(GoldenLstm golden, DoubleModel cell)
    {
        Write(cell, tensor => Pick(tensor, [golden.W], [golden.U], [golden.B], [], []));
        GoldenLstmGradient grad = golden.Grad;
        return new DoubleOracle(
            new DoubleSequence(golden.X, golden.DWm, golden.Ltm0, golden.Wm0, golden.DLtmT, new double[golden.Hidden]),
            golden.Wm, golden.Ltm[^golden.Hidden..], golden.Wm[^golden.Hidden..],
            cell.Tensors.ToDictionary(tensor => tensor, tensor => Pick(tensor, [grad.W], [grad.U], [grad.B], [], [])),
            golden.DX, golden.DLtm0, golden.DWm0);
    }

    /// <summary>Loads the case's weights into the network.</summary>
    public static DoubleOracle Of(GoldenNetwork golden, DoubleModel network)
    {
        Write(network, tensor => Pick(tensor, golden.W, golden.U, golden.B, golden.V, golden.C));
        GoldenNetworkGradient grad = golden.Grad;
        double[] nothing = new double[golden.Layers * golden.Hidden];
        return new DoubleOracle(
            new DoubleSequence(golden.X, golden.DY, golden.Ltm0, golden.Wm0, nothing, nothing),
            golden.Y, golden.LtmT, golden.WmT,
            network.Tensors.ToDictionary(tensor => tensor, tensor => Pick(tensor, grad.W, grad.U, grad.B, grad.V, grad.C)),
            golden.DX, golden.DLtm0, golden.DWm0);
    }

    /// <summary>The reference with the weights of a model of any kind.</summary>
    public static DoubleOracle Of(DoubleSequence sequence, DoubleModel model) => model.IsCell ? OfCell(sequence, model) : OfNetwork(sequence, model);

    /// <summary>The model, run in every way it can be, agrees within a part of each tensor's largest value.</summary>
    /// <returns>The largest error, as such a part.</returns>
    public double AssertAgrees(DoubleModel model, double tolerance, double atLeast = 0)
    {
        double worst = 0;
        DoublePass backward = DoublePass.OfBackward(model, Sequence);
        backward.AssertSame(DoublePass.OfSteps(model, Sequence));
        backward.AssertSame(DoublePass.OfForward(model, Sequence));

        Check(Y, backward.Y, "y");
        Check(LtmT, backward.State[..LtmT.Length], "ltm_T");
        Check(WmT, backward.State[LtmT.Length..], "wm_T");
        foreach ((Tensor tensor, double[] expected) in Gradient)
        {
            Check(expected, [.. model.Places(tensor).Select(place => backward.Gradient[place])], $"dL/d{tensor}");
        }

        Check(DX, backward.DX, "dX");
        Check(DLtm0, backward.DState[..LtmT.Length], "dLtm_0");
        Check(DWm0, backward.DState[LtmT.Length..], "dWm_0");
        return worst;

        void Check(double[] expected, double[] actual, string name) => worst = Math.Max(worst, Close.Relative(expected, actual, tolerance, name, atLeast));
    }

    private static DoubleOracle OfCell(DoubleSequence sequence, DoubleModel model)
    {
        ReferenceCell<double> cell = new(model.Input, model.Hidden);
        ForEachEntry(model, (tensor, row, column, value) =>
        {
            switch (tensor.Letter)
            {
                case Letter.W: cell.W(tensor.Gate, row, column) = value; break;
                case Letter.U: cell.U(tensor.Gate, row, column) = value; break;
                default: cell.B(tensor.Gate, row) = value; break;
            }
        });
        int steps = sequence.X.Length / model.Input;
        CellTrace<double> trace = cell.Forward(sequence.X, sequence.Ltm0, sequence.Wm0);
        CellGradient<double> gradient = cell.Backward(sequence.X, trace, sequence.DY, sequence.DLtmT, sequence.DWmT);
        return new DoubleOracle(
            sequence, trace.Wm.Values.ToArray(), trace.LtmBefore(steps).ToArray(), trace.WmBefore(steps).ToArray(),
            model.Tensors.ToDictionary(tensor => tensor, tensor => tensor.Letter switch
            {
                Letter.W => References.W(gradient, tensor.Gate),
                Letter.U => References.U(gradient, tensor.Gate),
                _ => References.B(gradient, tensor.Gate),
            }),
            gradient.DX.Values.ToArray(), gradient.DLtm0.Values.ToArray(), gradient.DWm0.Values.ToArray());
    }

    private static DoubleOracle OfNetwork(DoubleSequence sequence, DoubleModel model)
    {
        ReferenceNetwork<double> network = new(model.Input, model.Hidden, model.Output, model.Layers);
        ForEachEntry(model, (tensor, row, column, value) =>
        {
            switch (tensor.Letter)
            {
                case Letter.W: network.W(tensor.Layer, tensor.Gate, row, column) = value; break;
                case Letter.U: network.U(tensor.Layer, tensor.Gate, row, column) = value; break;
                case Letter.B: network.B(tensor.Layer, tensor.Gate, row) = value; break;
                case Letter.V: network.V(row, column) = value; break;
                default: network.C(row) = value; break;
            }
        });
        int steps = sequence.X.Length / model.Input;
        NetworkTrace<double> trace = network.Forward(sequence.X, sequence.Ltm0, sequence.Wm0);
        NetworkGradient<double> gradient = network.Backward(sequence.X, trace, sequence.DY, sequence.DLtmT, sequence.DWmT);
        CellTrace<double>[] layers = [.. Enumerable.Range(0, model.Layers).Select(trace.Layer)];
        return new DoubleOracle(
            sequence, trace.Y.Values.ToArray(),
            [.. layers.SelectMany(layer => layer.LtmBefore(steps).ToArray())], [.. layers.SelectMany(layer => layer.WmBefore(steps).ToArray())],
            model.Tensors.ToDictionary(tensor => tensor, tensor => tensor.Letter switch
            {
                Letter.W => References.W(gradient, tensor.Layer, tensor.Gate),
                Letter.U => References.U(gradient, tensor.Layer, tensor.Gate),
                Letter.B => References.B(gradient, tensor.Layer, tensor.Gate),
                Letter.V => References.V(gradient),
                _ => References.C(gradient),
            }),
            gradient.DX.Values.ToArray(), gradient.DLtm0.Values.ToArray(), gradient.DWm0.Values.ToArray());
    }

    private static void Write(DoubleModel model, Func<Tensor, double[]> values)
    {
        foreach (Tensor tensor in model.Tensors)
        {
            double[] entries = values(tensor);
            int[] places = model.Places(tensor);
            for (int i = 0; i < places.Length; i++)
            {
                model.Weights[places[i]] = entries[i];
            }
        }
    }

    private static void ForEachEntry(DoubleModel model, Action<Tensor, int, int, double> action)
    {
        foreach (Tensor tensor in model.Tensors)
        {
            int[] places = model.Places(tensor);
            for (int i = 0; i < places.Length; i++)
            {
                action(tensor, i / tensor.Columns, i % tensor.Columns, model.Weights[places[i]]);
            }
        }
    }

    private static double[] Pick(Tensor tensor, GateTensors[] w, GateTensors[] u, GateTensors[] b, double[] v, double[] c) => tensor.Letter switch
    {
        Letter.W => w[tensor.Layer][tensor.Gate],
        Letter.U => u[tensor.Layer][tensor.Gate],
        Letter.B => b[tensor.Layer][tensor.Gate],
        Letter.V => v,
        _ => c,
    };
}
