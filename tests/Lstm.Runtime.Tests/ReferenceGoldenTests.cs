using System;
using System.Linq;
using Lstm.Reference;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>The reference in double against PyTorch autograd in float64.</summary>
public class ReferenceGoldenTests
{
    // Both sides are float64 and only differ in the order of sums of at most 64 terms over at most 50 steps: a few
    // hundred roundings of 1e-16 each, relative to the largest value of the tensor.
    private const double Tolerance = 1e-12;

    public static TheoryData<string> LstmNames => new(Golden.LstmNames);

    public static TheoryData<string> NetworkNames => new(Golden.NetworkNames);

    public static TheoryData<string> ChainNames => new(Golden.ChainNames);

    [Fact]
    public void Golden_HasEveryKindOfCase()
    {
        Assert.True(Golden.LstmNames.Count() >= 8);
        Assert.True(Golden.NetworkNames.Count() >= 4);
        Assert.Contains(Golden.ChainNames, name => Golden.Chain(name).Kind == ChainKind.Dense);
        Assert.Contains(Golden.ChainNames, name => Golden.Chain(name).Kind == ChainKind.Diagonal);
    }

    [Theory]
    [MemberData(nameof(LstmNames))]
    public void Cell_EveryTraceAndGradientIsThatOfPyTorch(string name)
    {
        GoldenLstm golden = Golden.Lstm(name);
        ReferenceCell<double> cell = References.Cell(golden);

        CellTrace<double> trace = cell.Forward(golden.X, golden.Ltm0, golden.Wm0);
        Close.Relative(golden.Rem, trace.Rem.Values, Tolerance, "rem");
        Close.Relative(golden.Save, trace.Save.Values, Tolerance, "save");
        Close.Relative(golden.Focus, trace.Focus.Values, Tolerance, "focus");
        Close.Relative(golden.Cand, trace.Cand.Values, Tolerance, "cand");
        Close.Relative(golden.Ltm, trace.Ltm.Values, Tolerance, "ltm");
        Close.Relative(golden.Wm, trace.Wm.Values, Tolerance, "wm");

        CellGradient<double> gradient = cell.Backward(golden.X, trace, golden.DWm, golden.DLtmT);
        foreach (Gate gate in Enum.GetValues<Gate>())
        {
            Close.Relative(golden.Grad.W[gate], References.W(gradient, gate), Tolerance, $"dW {gate}");
            Close.Relative(golden.Grad.U[gate], References.U(gradient, gate), Tolerance, $"dU {gate}");
            Close.Relative(golden.Grad.B[gate], References.B(gradient, gate), Tolerance, $"db {gate}");
        }

        Close.Relative(golden.DX, gradient.DX.Values, Tolerance, "dX");
        Close.Relative(golden.DLtm0, gradient.DLtm0.Values, Tolerance, "dLtm0");
        Close.Relative(golden.DWm0, gradient.DWm0.Values, Tolerance, "dWm0");
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Network_EveryOutputAndGradientIsThatOfPyTorch(string name)
    {
        GoldenNetwork golden = Golden.Network(name);
        ReferenceNetwork<double> network = References.Network(golden);

        NetworkTrace<double> trace = network.Forward(golden.X, golden.Ltm0, golden.Wm0);
        Close.Relative(golden.Y, trace.Y.Values, Tolerance, "y");
        for (int k = 0; k < golden.Layers; k++)
        {
            Range state = (k * golden.Hidden)..((k + 1) * golden.Hidden);
            Close.Relative(golden.LtmT[state], trace.Layer(k).LtmBefore(golden.Steps), Tolerance, $"ltmT {k}");
            Close.Relative(golden.WmT[state], trace.Layer(k).WmBefore(golden.Steps), Tolerance, $"wmT {k}");
        }

        NetworkGradient<double> gradient = network.Backward(golden.X, trace, golden.DY);
        for (int k = 0; k < golden.Layers; k++)
        {
            foreach (Gate gate in Enum.GetValues<Gate>())
            {
                Close.Relative(golden.Grad.W[k][gate], References.W(gradient, k, gate), Tolerance, $"dW {k} {gate}");
                Close.Relative(golden.Grad.U[k][gate], References.U(gradient, k, gate), Tolerance, $"dU {k} {gate}");
                Close.Relative(golden.Grad.B[k][gate], References.B(gradient, k, gate), Tolerance, $"db {k} {gate}");
            }
        }

        Close.Relative(golden.Grad.V, References.V(gradient), Tolerance, "dV");
        Close.Relative(golden.Grad.C, References.C(gradient), Tolerance, "dc");
        Close.Relative(golden.DX, gradient.DX.Values, Tolerance, "dX");
        Close.Relative(golden.DLtm0, gradient.DLtm0.Values, Tolerance, "dLtm0");
        Close.Relative(golden.DWm0, gradient.DWm0.Values, Tolerance, "dWm0");
    }

    [Theory]
    [MemberData(nameof(ChainNames))]
    public void Chain_OutputLossGradientsAndMagnitudesAreThoseOfPyTorch(string name)
    {
        GoldenChain golden = Golden.Chain(name);
        ReferenceChain<double> chain = References.Chain(golden);

        Close.Relative([golden.YHat], [chain.Forward(golden.X)], Tolerance, "yHat");
        ChainGradient<double> gradient = chain.Backward(golden.X, golden.Y);
        Close.Relative([golden.YHat], [gradient.YHat], Tolerance, "yHat");
        Close.Relative([golden.Loss], [gradient.Loss], Tolerance, "loss");
        Close.Relative(golden.Grad, gradient.Values, Tolerance, "gradient");
        Close.Relative(golden.DX, gradient.DX, Tolerance, "dX");

        var magnitudes = new double[golden.Layers];
        chain.GradientMagnitudes(golden.X, golden.Y, magnitudes);
        for (int i = 1, at = 0; i <= golden.Layers; i++)
        {
            int length = gradient.Layer(i).Length;
            double norm = Math.Sqrt(golden.Grad.Skip(at).Take(length).Sum(g => g * g));
            Assert.Equal(Math.Log10(norm), magnitudes[i - 1], Tolerance);
            at += length;
        }
    }
}
