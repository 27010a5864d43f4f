using System;
using System.Linq;
using System.Runtime.InteropServices;
using Lstm.Integration.Types;
using Lstm.Reference;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>
/// An infinite input saturates the gates of the units that exist and must leave nothing in the state's padding beside them. The gradient's
/// padding is 0 for finite x only: in W it is 0 times x.
/// </summary>
public class InfiniteInputTests
{
    private const int Steps = 12;

    /// <summary>The reference saturates at 1, the generated code at 1 - 1.8e-7.</summary>
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void OneInfiniteInput_IsForgottenAsTheReferenceForgetsIt(float infinity)
    {
        float[] x = Enumerable.Range(0, Steps).Select(step => step == 2 ? infinity : 0.1f * step).ToArray();
        float[] five = new float[Steps], thirteen = new float[Steps], recorded = new float[Steps];
        float[] tape = new float[Network1x5x1Layers1.TapeLength(Steps)];
        Network1x5x1Layers1 small = default;
        small.Initialize(1);
        Network1x13x1Layers2 large = default;
        large.Initialize(1);
        Network1x5x1Layers1.State state = default, other = default;
        Network1x13x1Layers2.State largeState = default;

        small.Forward(x, ref state, five);
        small.Forward(x, ref other, recorded, tape);
        large.Forward(x, ref largeState, thirteen);

        Assert.Equal(five, recorded);
        Assert.All(thirteen, y => Assert.True(float.IsFinite(y)));
        double[] expected = Reference(ref small).Forward(x.Select(value => (double)value).ToArray(), new double[5], new double[5]).Y.Values.ToArray();
        for (int step = 0; step < Steps; step++)
        {
            Assert.InRange(five[step] - expected[step], -Tolerance, Tolerance);
        }
    }

    [Fact]
    public void OneInfiniteInput_IsForgottenWhereWxIsComputedAhead()
    {
        // A second block of steps computed ahead, and steps that fill no register tile, of three or of six.
        const int Steps = 20;
        const int Inputs = Network24x37x3Layers2.InputSize, Outputs = Network24x37x3Layers2.OutputSize;
        float[] x = [.. Enumerable.Range(0, Steps * Inputs).Select(i => 0.01f * (i % 7))];
        x[(2 * Inputs) + 5] = float.PositiveInfinity;
        float[] steps = new float[Steps * Outputs], forward = new float[steps.Length], recorded = new float[steps.Length];
        Network24x37x3Layers2 network = default;
        network.Initialize(1);
        Network24x37x3Layers2.State first = default, second = default, third = default;

        for (int step = 0; step < Steps; step++)
        {
            network.Step(x.AsSpan(step * Inputs, Inputs), ref first, steps.AsSpan(step * Outputs, Outputs));
        }

        network.Forward(x, ref second, forward);
        network.Forward(x, ref third, recorded, new float[Network24x37x3Layers2.TapeLength(Steps)]);

        Assert.All(steps, y => Assert.True(float.IsFinite(y)));
        Assert.Equal(steps, forward);
        Assert.Equal(steps, recorded);

        // The first layer, which reads x, shows its padding nowhere else.
        Assert.All(Raw(ref first), value => Assert.True(float.IsFinite(value)));
        Assert.Equal(Raw(ref first), Raw(ref second));
        Assert.Equal(Raw(ref first), Raw(ref third));
    }

    [Fact]
    public void OneInfiniteInput_LeavesTheGradientOfUAndBFinite()
    {
        float[] x = new float[Steps];
        x[^1] = float.PositiveInfinity;
        float[] y = new float[Steps], dY = Enumerable.Repeat(1f, Steps).ToArray(), dX = new float[Steps];
        float[] tape = new float[Network1x5x1Layers1.TapeLength(Steps)];
        Network1x5x1Layers1 network = default;
        network.Initialize(1);
        Network1x5x1Layers1.State state = default, dState = default;
        Network1x5x1Layers1.Gradient gradient = default;

        network.Forward(x, ref state, y, tape);
        network.Backward(x, tape, dY, ref dState, ref gradient, dX);

        Assert.All(dX, value => Assert.True(float.IsFinite(value)));
        foreach (Gate gate in new[] { Gate.Remember, Gate.Save, Gate.Focus, Gate.Candidate })
        {
            for (int row = 0; row < Network1x5x1Layers1.HiddenSize; row++)
            {
                Assert.True(float.IsFinite(gradient.U(0, gate, row, 0)));
                Assert.True(float.IsFinite(gradient.B(0, gate, row)));
            }
        }
    }

    /// <summary>Of 19 units the last three share vectors with one that does not exist, and with each other's gates.</summary>
    [Fact]
    public void OneInfiniteInput_LeavesNothingInThePaddingOfStrictNarrowVectors()
    {
        float[] x = new float[2 * Steps];
        x[^1] = float.PositiveInfinity;
        float[] wm = new float[19 * Steps], dWm = Enumerable.Repeat(1f, 19 * Steps).ToArray();
        float[] tape = new float[Cell2x19StrictPortable.TapeLength(Steps)];
        Cell2x19StrictPortable cell = default;
        cell.Initialize(1);
        Cell2x19StrictPortable.State state = default, dState = default;
        Cell2x19StrictPortable.Gradient gradient = default;

        cell.Forward(x, ref state, wm, tape);
        cell.Backward(x, tape, dWm, ref dState, ref gradient);

        Assert.All(Raw(ref state), value => Assert.True(float.IsFinite(value)));
        Assert.All(Raw(ref dState), value => Assert.True(float.IsFinite(value)));

        // dW of the infinite input is infinity times next to nothing where units exist, and times 0 in the four gates of the one that does not.
        int inW = 0;
        foreach (Gate gate in new[] { Gate.Remember, Gate.Save, Gate.Focus, Gate.Candidate })
        {
            inW += Enumerable.Range(0, 19).Count(row => !float.IsFinite(gradient.W(gate, row, 1)));
        }

        Assert.Equal(inW + 4, Raw(ref gradient).Count(value => !float.IsFinite(value)));
    }

    private static float[] Raw<T>(ref T value)
        where T : unmanaged => MemoryMarshal.Cast<T, float>(MemoryMarshal.CreateSpan(ref value, 1)).ToArray();

    private static ReferenceNetwork<double> Reference(ref Network1x5x1Layers1 network)
    {
        var reference = new ReferenceNetwork<double>(1, 5, 1);
        foreach (Gate gate in new[] { Gate.Remember, Gate.Save, Gate.Focus, Gate.Candidate })
        {
            for (int row = 0; row < 5; row++)
            {
                reference.W(0, gate, row, 0) = network.W(0, gate, row, 0);
                reference.B(0, gate, row) = network.B(0, gate, row);
                for (int column = 0; column < 5; column++)
                {
                    reference.U(0, gate, row, column) = network.U(0, gate, row, column);
                }
            }
        }

        for (int column = 0; column < 5; column++)
        {
            reference.V(0, column) = network.V(0, column);
        }

        reference.C(0) = network.C(0);
        return reference;
    }
}
