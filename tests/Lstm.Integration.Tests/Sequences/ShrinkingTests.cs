using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Testing;
using Xunit;
using Net = Lstm.Integration.Types.Network3x12x2Layers2;

namespace Lstm.Integration.Tests.Sequences;

/// <summary>Sequences sorted by length, of which fewer and fewer run, are the sequences alone.</summary>
public class ShrinkingTests
{
    /// <inheritdoc cref="PaddingTests"/>
    private const double Tolerance = 1e-5;

    private static readonly Samples Some = new(seed: 6, Samples.SomeLengths);

    private static int TotalSteps => Some.Lengths.Sum();

    [Fact]
    public void Pieces_EndWhereSequencesEnd() => Assert.Equal(
        [new(0, 1, 6), new(6, 8, 5), new(46, 55, 4), new(266, 1, 2), new(268, 65, 1)],
        Shrinking.Pieces(Some.Lengths));

    [Fact]
    public void Forward_HasTheBitsAndFinalStatesOfEachSequenceAlone()
    {
        float[] y = new float[TotalSteps * Net.OutputSize];
        Net.State[] states = [.. Some.Initial];

        Shrinking.Forward(Some.Net, Shrinking.Packed(Some.X, Net.InputSize), Shrinking.Pieces(Some.Lengths), states, y);

        Alone[] alone = [.. Some.Lengths.Select((_, n) => Some.RunAlone(n))];
        Numbers.AssertSameBits<float>(Shrinking.Packed([.. alone.Select(one => one.Y)], Net.OutputSize), y, "y");
        for (int n = 0; n < states.Length; n++)
        {
            Numbers.AssertSameBits<float>(Samples.Numbers(alone[n].Final), Samples.Numbers(states[n]), $"final state of {n}");
        }
    }

    /// <summary>With a loss of the final states besides that of the outputs.</summary>
    [Fact]
    public void Gradients_HaveTheBitsOfEachSequenceAlone()
    {
        List<Shrinking.Piece> pieces = Shrinking.Pieces(Some.Lengths);
        float[] x = Shrinking.Packed(Some.X, Net.InputSize), y = new float[TotalSteps * Net.OutputSize], dX = new float[x.Length];
        int[] targets = [.. Shrinking.Packed([.. Some.Targets.Select(Floats)], 1).Select(target => (int)target)];
        Net.State[] states = [.. Some.Initial], dStates = [.. Some.Lengths.Select(_ => Some.RandomState())];
        Alone[] alone = [.. dStates.Select((dState, n) => Some.RunAlone(n, dState))];
        Net.Gradient gradient = default;

        double loss = Shrinking.AddGradient(Some.Net, x, targets, pieces, states, dStates, ref gradient, y, dX);

        Numbers.AssertSameBits<float>(Shrinking.Packed([.. alone.Select(one => one.Y)], Net.OutputSize), y, "y");
        Numbers.AssertSameBits<float>(Shrinking.Packed([.. alone.Select(one => one.DX)], Net.InputSize), dX, "dX");
        for (int n = 0; n < states.Length; n++)
        {
            Numbers.AssertSameBits<float>(Samples.Numbers(alone[n].Final), Samples.Numbers(states[n]), $"final state of {n}");
            Numbers.AssertSameBits<float>(Samples.Numbers(alone[n].DInitial), Samples.Numbers(dStates[n]), $"dL/d(initial state) of {n}");
        }

        Close.Relative<float>(Alone.Sum(alone), gradient.Values, Tolerance, "gradient");
        Assert.Equal(alone.Sum(one => one.Loss), loss, alone.Sum(one => one.Loss) * Tolerance);

        static float[] Floats(int[] values) => Array.ConvertAll(values, value => (float)value);
    }
}
