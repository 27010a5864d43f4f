using System;
using System.Linq;
using Lstm.Testing;
using Xunit;
using Net = Lstm.Integration.Types.Network3x12x2Layers2;

namespace Lstm.Integration.Tests.Sequences;

/// <summary>Sequences that are padded to one length, with a loss that masks the padding, are the sequences alone.</summary>
public class PaddingTests
{
    /// <summary>
    /// The gradients of the sequences are sums of floats, added in another order: some 1e-6 of the largest value. A term too many or too few
    /// is a hundredth of it.
    /// </summary>
    private const double Tolerance = 1e-5;

    private static readonly Samples Some = new(seed: 5, Samples.SomeLengths);

    /// <summary>Whatever number stands behind the end of a sequence.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-7.5f)]
    public void PaddedAndMasked_HasTheBitsOfEachSequenceAlone(float padding)
    {
        int steps = Some.Lengths[0], sequences = Some.Lengths.Length;
        float[] x = Padding.Padded(Some.X, steps, Net.InputSize);
        for (int row = 0; row < steps * sequences; row++)
        {
            if (row / sequences >= Some.Lengths[row % sequences])
            {
                x.AsSpan(row * Net.InputSize, Net.InputSize).Fill(padding);
            }
        }

        float[] y = new float[steps * sequences * Net.OutputSize], dX = new float[x.Length];
        Net.Gradient gradient = default;

        double loss = Padding.AddGradient(Some.Net, x, Padding.PaddedTargets(Some.Targets, steps), [.. Some.Initial], ref gradient, y, dX);

        Alone[] alone = [.. Enumerable.Range(0, sequences).Select(n => Some.RunAlone(n))];
        for (int n = 0; n < sequences; n++)
        {
            float[] own = Rows(dX, n, sequences, steps, Net.InputSize);
            Numbers.AssertSameBits<float>(alone[n].Y, Rows(y, n, sequences, Some.Lengths[n], Net.OutputSize), $"y of {n}");
            Numbers.AssertSameBits<float>(alone[n].DX, own.AsSpan(0, alone[n].DX.Length), $"dX of {n}");
            Assert.All(own[alone[n].DX.Length..], value => Assert.Equal(0, value));
        }

        Close.Relative<float>(Alone.Sum(alone), gradient.Values, Tolerance, "gradient");
        Assert.Equal(alone.Sum(one => one.Loss), loss, alone.Sum(one => one.Loss) * Tolerance);
    }

    /// <summary>Row weights mask a squared loss as targets below 0 mask one of classes.</summary>
    [Fact]
    public void RowWeights_MaskWhatFollowsTheEnd()
    {
        int steps = Some.Lengths[0], sequences = Some.Lengths.Length;
        float[] y = Some.Uniform(steps * sequences * Net.OutputSize), target = Some.Uniform(y.Length), dY = new float[y.Length];

        double loss = Loss.Squared(y, target, Padding.RowWeights(Some.Lengths, steps), dY);

        double expected = 0;
        for (int n = 0; n < sequences; n++)
        {
            float[] own = Rows(y, n, sequences, Some.Lengths[n], Net.OutputSize), dOwn = new float[own.Length];
            expected += Loss.Squared(own, Rows(target, n, sequences, Some.Lengths[n], Net.OutputSize), dOwn);
            float[] found = Rows(dY, n, sequences, steps, Net.OutputSize);
            Numbers.AssertSameBits<float>(dOwn, found.AsSpan(0, dOwn.Length), $"dY of {n}");
            Assert.All(found[dOwn.Length..], value => Assert.Equal(0, value));
        }

        Assert.Equal(expected, loss, expected * Tolerance);
    }

    /// <summary>Whether the steps end with the longest sequence or go on.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void ForwardToEnds_GivesTheFinalStateOfEachSequenceAlone(int further)
    {
        int[] order = [3, 6, 0, 5, 1, 4, 2];                                        // not sorted
        int[] lengths = [.. order.Select(n => Some.Lengths[n])];
        int steps = lengths.Max() + further;
        Net.State[] states = [.. order.Select(n => Some.Initial[n])], finals = new Net.State[order.Length];
        float[] x = Padding.Padded([.. order.Select(n => Some.X[n])], steps, Net.InputSize);
        float[] y = new float[steps * order.Length * Net.OutputSize];

        Padding.ForwardToEnds(Some.Net, x, lengths, states, y, finals);

        for (int i = 0; i < order.Length; i++)
        {
            Alone alone = Some.RunAlone(order[i]);
            Numbers.AssertSameBits<float>(alone.Y, Rows(y, i, order.Length, lengths[i], Net.OutputSize), $"y of {i}");
            Numbers.AssertSameBits<float>(Samples.Numbers(alone.Final), Samples.Numbers(finals[i]), $"final state of {i}");
        }
    }

    /// <summary>The first steps of a sequence, of rows that are ordered by step, then by sequence.</summary>
    private static float[] Rows(float[] rows, int sequence, int sequences, int steps, int width) =>
        [.. Enumerable.Range(0, steps).SelectMany(step => rows.AsSpan(((step * sequences) + sequence) * width, width).ToArray())];
}
