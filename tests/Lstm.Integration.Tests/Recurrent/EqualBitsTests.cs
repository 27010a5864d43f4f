using System;
using System.Linq;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Different ways to the same numbers give the same bits.</summary>
public class EqualBitsTests
{
    /// <summary>More than one block of the backward pass, and not a multiple of it.</summary>
    private const int Steps = 67;

    public static TheoryData<string> Names => ModelUnderTest.Names;

    /// <summary>The types declared a second time with loops.</summary>
    public static TheoryData<string> Looped =>
        [.. ModelUnderTest.All.Where(model => model.Unrolling == Unrolling.None).Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void StepForwardAndRecordedForward(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(3);
        Sequence sequence = Sequence.Random(model, Steps, 4);

        Outcome forward = Outcome.OfForward(model, sequence);

        forward.AssertSameForward(Outcome.OfSteps(model, sequence));
        forward.AssertSameForward(Outcome.OfBackward(model, sequence));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OneForwardAndTwoHalves(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(3);
        Sequence sequence = Sequence.Random(model, Steps, 4);
        Outcome whole = Outcome.OfForward(model, sequence);
        float[] y = new float[whole.Y.Length];

        sequence.Begin(model);
        model.Forward(sequence.X.AsSpan(0, 23 * model.Input), y.AsSpan(0, 23 * model.Output));
        model.Forward(sequence.X.AsSpan(23 * model.Input), y.AsSpan(23 * model.Output));

        Outcome.AssertSameBits(whole.Y, y, "y");
        Outcome.AssertSameBits(whole.State, model.Memories(Part.Value), "state");
    }

    [Theory]
    [MemberData(nameof(Looped))]
    public void UnrolledAndLooped(string name)
    {
        ModelUnderTest looped = ModelUnderTest.Of(name).Seeded(3);
        ModelUnderTest unrolled = ModelUnderTest.Of(name.Replace("Looped", string.Empty)).Seeded(3);
        Sequence sequence = Sequence.Random(looped, Steps, 4);

        Outcome.AssertSameBits(unrolled.Packed(Part.Value), looped.Packed(Part.Value), "weights");
        Outcome.OfBackward(unrolled, sequence).AssertSame(Outcome.OfBackward(looped, sequence));
    }

    /// <summary>At a multiple of 64 bytes, at a float's, and at none at all, as behind a byte in a packed struct.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AlignedAndNot(string name)
    {
        ModelUnderTest aligned = ModelUnderTest.Of(name).Seeded(3);
        Sequence sequence = Sequence.Random(aligned, Steps, 4);
        Outcome expected = Outcome.OfBackward(aligned, sequence);

        foreach (int offset in new[] { 4, 12, 33 })
        {
            expected.AssertSame(Outcome.OfBackward(aligned.Seeded(3, offset), sequence));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BackwardWithAndWithoutDX(string name)
    {
        ModelUnderTest with = ModelUnderTest.Of(name).Seeded(3), without = with.Seeded(3);
        Sequence sequence = Sequence.Random(with, Steps, 4);

        Outcome expected = Outcome.OfBackward(with, sequence);
        Outcome actual = Outcome.OfBackward(without, sequence, withDX: false);

        Outcome.AssertSameBits(expected.Gradient, actual.Gradient, "gradient");
        Outcome.AssertSameBits(expected.DState, actual.DState, "dState");
    }

    /// <summary>
    /// Onto zeros, onto themselves: g + g is exact, whatever the order of the sums within one pass. With one step a
    /// gradient is one product, so that nothing rounds between the two.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void SecondBackward_AddsExactly(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(3);
        Sequence sequence = Sequence.Random(model, 1, 4);
        float[] once = Outcome.OfBackward(model, sequence).Gradient;

        float[] twice = Outcome.OfBackward(model, sequence).Gradient;

        Outcome.AssertSameBits([.. once.Select(value => value + value)], twice, "gradient");
    }
}
