using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Lstm.Reference;
using Lstm.Testing;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>What a pass must give, in float64: from PyTorch or from the reference.</summary>
/// <typeparam name="T">The type of the numbers of the models that are checked.</typeparam>
internal sealed class Oracle<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>With gradients of order 1 coming in, the terms of every sum are of order 0.1, even where the sum of a lone unit cancels.</summary>
    private const double CancelledTo = 0.1;

    /// <summary>The largest error of the model that is being checked.</summary>
    private double worst;

    public required Sequence<T> Sequence { get; init; }

    public required double[] Y { get; init; }

    /// <summary>The long-term memories after every step, per layer; empty where they are not known.</summary>
    public double[][] Ltm { get; private init; } = [];

    /// <summary>Every gate and memory, per layer; empty where they are not known.</summary>
    public IReadOnlyList<CellTrace<double>> Layers { get; private init; } = [];

    public required double[] LtmT { get; init; }

    public required double[] WmT { get; init; }

    public required IReadOnlyDictionary<Tensor, double[]> Gradient { get; init; }

    public required double[] DX { get; init; }

    public required double[] DLtm0 { get; init; }

    public required double[] DWm0 { get; init; }

    /// <summary>Loads the case's weights into the cell.</summary>
    public static Oracle<T> Of(GoldenLstm golden, ModelUnderTest<T> cell)
    {
        foreach (Tensor tensor in cell.Tensors)
        {
            cell.Write(tensor, Pick(tensor, golden.W, golden.U, golden.B));
        }

        return new Oracle<T>
        {
            Sequence = new Sequence<T>
            {
                Steps = golden.Steps,
                X = Numbers.Of<T>(golden.X),
                DY = Numbers.Of<T>(golden.DWm),
                Ltm0 = Numbers.Of<T>(golden.Ltm0),
                Wm0 = Numbers.Of<T>(golden.Wm0),
                DLtmT = Numbers.Of<T>(golden.DLtmT),
                DWmT = new T[golden.Hidden],
            },
            Y = golden.Wm,
            Ltm = [golden.Ltm],
            LtmT = golden.Ltm[^golden.Hidden..],
            WmT = golden.Wm[^golden.Hidden..],
            Gradient = cell.Tensors.ToDictionary(tensor => tensor, tensor => Pick(tensor, golden.Grad.W, golden.Grad.U, golden.Grad.B)),
            DX = golden.DX,
            DLtm0 = golden.DLtm0,
            DWm0 = golden.DWm0,
        };
    }

    /// <summary>Loads the case's weights into the network.</summary>
    public static Oracle<T> Of(GoldenNetwork golden, ModelUnderTest<T> network)
    {
        foreach (Tensor tensor in network.Tensors)
        {
            network.Write(tensor, Pick(tensor, golden.W, golden.U, golden.B, golden.V, golden.C));
        }

        GoldenNetworkGradient grad = golden.Grad;
        return new Oracle<T>
        {
            Sequence = new Sequence<T>
            {
                Steps = golden.Steps,
                X = Numbers.Of<T>(golden.X),
                DY = Numbers.Of<T>(golden.DY),
                Ltm0 = Numbers.Of<T>(golden.Ltm0),
                Wm0 = Numbers.Of<T>(golden.Wm0),
                DLtmT = new T[golden.Layers * golden.Hidden],
                DWmT = new T[golden.Layers * golden.Hidden],
            },
            Y = golden.Y,
            LtmT = golden.LtmT,
            WmT = golden.WmT,
            Gradient = network.Tensors.ToDictionary(tensor => tensor, tensor => Pick(tensor, grad.W, grad.U, grad.B, grad.V, grad.C)),
            DX = golden.DX,
            DLtm0 = golden.DLtm0,
            DWm0 = golden.DWm0,
        };
    }

    /// <summary>The reference with the model's weights.</summary>
    public static Oracle<T> Of(Sequence<T> sequence, ModelUnderTest<T> model) => model.IsCell ? OfCell(sequence, model) : OfNetwork(sequence, model);

    private static Oracle<T> OfCell(Sequence<T> sequence, ModelUnderTest<T> model)
    {
        var cell = new ReferenceCell<double>(model.Input, model.Hidden);
        ForEachEntry(model, (tensor, row, column, value) =>
        {
            switch (tensor.Letter)
            {
                case Letter.W: cell.W(tensor.Gate, row, column) = value; break;
                case Letter.U: cell.U(tensor.Gate, row, column) = value; break;
                default: cell.B(tensor.Gate, row) = value; break;
            }
        });
        double[] x = Numbers.Widened<T>(sequence.X);
        CellTrace<double> trace = cell.Forward(x, Numbers.Widened<T>(sequence.Ltm0), Numbers.Widened<T>(sequence.Wm0));
        CellGradient<double> gradient = cell.Backward(
            x, trace, Numbers.Widened<T>(sequence.DY), Numbers.Widened<T>(sequence.DLtmT), Numbers.Widened<T>(sequence.DWmT));
        return new Oracle<T>
        {
            Sequence = sequence,
            Y = trace.Wm.Values.ToArray(),
            AtLeast = CancelledTo,
            Layers = [trace],
            Ltm = [trace.Ltm.Values.ToArray()],
            LtmT = trace.LtmBefore(sequence.Steps).ToArray(),
            WmT = trace.WmBefore(sequence.Steps).ToArray(),
            Gradient = model.Tensors.ToDictionary(tensor => tensor, tensor => tensor.Letter switch
            {
                Letter.W => References.W(gradient, tensor.Gate),
                Letter.U => References.U(gradient, tensor.Gate),
                _ => References.B(gradient, tensor.Gate),
            }),
            DX = gradient.DX.Values.ToArray(),
            DLtm0 = gradient.DLtm0.Values.ToArray(),
            DWm0 = gradient.DWm0.Values.ToArray(),
        };
    }

    private static Oracle<T> OfNetwork(Sequence<T> sequence, ModelUnderTest<T> model)
    {
        var network = new ReferenceNetwork<double>(model.Input, model.Hidden, model.Output, model.Layers);
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
        double[] x = Numbers.Widened<T>(sequence.X);
        NetworkTrace<double> trace = network.Forward(x, Numbers.Widened<T>(sequence.Ltm0), Numbers.Widened<T>(sequence.Wm0));
        NetworkGradient<double> gradient =
            network.Backward(x, trace, Numbers.Widened<T>(sequence.DY), Numbers.Widened<T>(sequence.DLtmT), Numbers.Widened<T>(sequence.DWmT));
        CellTrace<double>[] layers = [.. Enumerable.Range(0, model.Layers).Select(trace.Layer)];
        return new Oracle<T>
        {
            Sequence = sequence,
            Y = trace.Y.Values.ToArray(),
            AtLeast = CancelledTo,
            Layers = layers,
            Ltm = [.. layers.Select(layer => layer.Ltm.Values.ToArray())],
            LtmT = [.. layers.SelectMany(layer => layer.LtmBefore(sequence.Steps).ToArray())],
            WmT = [.. layers.SelectMany(layer => layer.WmBefore(sequence.Steps).ToArray())],
            Gradient = model.Tensors.ToDictionary(tensor => tensor, tensor => tensor.Letter switch
            {
                Letter.W => References.W(gradient, tensor.Layer, tensor.Gate),
                Letter.U => References.U(gradient, tensor.Layer, tensor.Gate),
                Letter.B => References.B(gradient, tensor.Layer, tensor.Gate),
                Letter.V => References.V(gradient),
                _ => References.C(gradient),
            }),
            DX = gradient.DX.Values.ToArray(),
            DLtm0 = gradient.DLtm0.Values.ToArray(),
            DWm0 = gradient.DWm0.Values.ToArray(),
        };
    }

    /// <summary>The smallest magnitude that a tensor's largest value counts as.</summary>
    public double AtLeast { get; private init; }

    /// <summary>The model, run in every way it can be, agrees within a part of each tensor's largest value.</summary>
    /// <returns>The largest error, as a part of its tensor's largest value.</returns>
    public double AssertAgrees(ModelUnderTest<T> model, double tolerance)
    {
        worst = 0;
        AssertSteps(model, tolerance);
        AssertForward(model, Outcome<T>.OfForward(model, Sequence), tolerance, "Forward");

        model.Packed(Part.Gradient).Clear();
        AssertForward(model, Outcome<T>.OfBackward(model, Sequence, withDX: false), tolerance, "recorded Forward");
        AssertBackward(model, tolerance, "Backward without dX");

        model.Packed(Part.Gradient).Clear();
        Outcome<T> outcome = Outcome<T>.OfBackward(model, Sequence);
        AssertBackward(model, tolerance, "Backward");
        Check(DX, outcome.DX, tolerance, "dX");
        return worst;
    }

    private void AssertSteps(ModelUnderTest<T> model, double tolerance)
    {
        Sequence.Begin(model);
        T[] y = new T[Y.Length];
        T[][] ltm = [.. Ltm.Select(layer => new T[layer.Length])];
        for (int t = 0; t < Sequence.Steps; t++)
        {
            model.Step(Sequence.X.AsSpan(t * model.Input, model.Input), y.AsSpan(t * model.Output, model.Output));
            for (int layer = 0; layer < ltm.Length; layer++)
            {
                model.LongTermMemory(Part.Value, layer).CopyTo(ltm[layer].AsSpan(t * model.Hidden));
            }
        }

        Check(Y, y, tolerance, "y by Step");
        for (int layer = 0; layer < ltm.Length; layer++)
        {
            Check(Ltm[layer], ltm[layer], tolerance, $"ltm of layer {layer} by Step");
        }

        AssertState(model, tolerance, "Step");
    }

    private void AssertForward(ModelUnderTest<T> model, Outcome<T> outcome, double tolerance, string by)
    {
        Check(Y, outcome.Y, tolerance, $"y by {by}");
        AssertState(model, tolerance, by);
    }

    private void AssertState(ModelUnderTest<T> model, double tolerance, string by)
    {
        Check(LtmT, model.LongTermMemories(Part.Value), tolerance, $"ltm_T by {by}");
        Check(WmT, model.WorkingMemories(Part.Value), tolerance, $"wm_T by {by}");
    }

    private void AssertBackward(ModelUnderTest<T> model, double tolerance, string by)
    {
        foreach ((Tensor tensor, double[] expected) in Gradient)
        {
            Check(expected, model.Read(Part.Gradient, tensor), tolerance, $"dL/d{tensor} by {by}");
        }

        Check(DLtm0, model.LongTermMemories(Part.Gradient), tolerance, $"dLtm_0 by {by}");
        Check(DWm0, model.WorkingMemories(Part.Gradient), tolerance, $"dWm_0 by {by}");
    }

    private void Check(double[] expected, T[] actual, double tolerance, string name) =>
        worst = Math.Max(worst, Close.Relative<T>(expected, actual, tolerance, name, AtLeast));

    private static void ForEachEntry(ModelUnderTest<T> model, Action<Tensor, int, int, double> action)
    {
        foreach (Tensor tensor in model.Tensors)
        {
            T[] values = model.Read(Part.Value, tensor);
            for (int i = 0; i < values.Length; i++)
            {
                action(tensor, i / tensor.Columns, i % tensor.Columns, double.CreateTruncating(values[i]));
            }
        }
    }

    private static double[] Pick(Tensor tensor, GateTensors w, GateTensors u, GateTensors b) =>
        Pick(tensor, [w], [u], [b], [], []);

    private static double[] Pick(Tensor tensor, GateTensors[] w, GateTensors[] u, GateTensors[] b, double[] v, double[] c) => tensor.Letter switch
    {
        Letter.W => w[tensor.Layer][tensor.Gate],
        Letter.U => u[tensor.Layer][tensor.Gate],
        Letter.B => b[tensor.Layer][tensor.Gate],
        Letter.V => v,
        _ => c,
    };
}
