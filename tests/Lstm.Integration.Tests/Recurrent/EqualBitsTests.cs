using System;
using System.Linq;
using System.Numerics;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class EqualBitsTestsOfFloats : EqualBitsTests<float>;

public sealed class EqualBitsTestsOfDoubles : EqualBitsTests<double>;

/// <summary>Different ways to the same numbers give the same bits.</summary>
public abstract class EqualBitsTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>More than one block of the backward pass, and not a multiple of it.</summary>
    private const int Steps = 67;

    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    /// <summary>The types declared a second time with loops.</summary>
    public static TheoryData<string> Looped =>
        [.. ModelUnderTest<T>.All.Where(model => model.Unrolling == Unrolling.None).Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void StepForwardAndRecordedForward(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(3);
        Sequence<T> sequence = Sequence<T>.Random(model, Steps, 4);

        Outcome<T> forward = Outcome<T>.OfForward(model, sequence);

        forward.AssertSameForward(Outcome<T>.OfSteps(model, sequence));
        forward.AssertSameForward(Outcome<T>.OfBackward(model, sequence));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OneForwardAndTwoHalves(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(3);
        Sequence<T> sequence = Sequence<T>.Random(model, Steps, 4);
        Outcome<T> whole = Outcome<T>.OfForward(model, sequence);
        T[] y = new T[whole.Y.Length];

        sequence.Begin(model);
        model.Forward(sequence.X.AsSpan(0, 23 * model.Input), y.AsSpan(0, 23 * model.Output));
        model.Forward(sequence.X.AsSpan(23 * model.Input), y.AsSpan(23 * model.Output));

        Numbers.AssertSameBits<T>(whole.Y, y, "y");
        Numbers.AssertSameBits<T>(whole.State, model.Memory(Part.Value), "state");
    }

    [Theory]
    [MemberData(nameof(Looped))]
    public void UnrolledAndLooped(string name)
    {
        ModelUnderTest<T> looped = ModelUnderTest<T>.Of(name).Seeded(3);
        ModelUnderTest<T> unrolled = ModelUnderTest<T>.Of(name.Replace("Looped", string.Empty)).Seeded(3);
        Sequence<T> sequence = Sequence<T>.Random(looped, Steps, 4);

        Numbers.AssertSameBits<T>(unrolled.Packed(Part.Value), looped.Packed(Part.Value), "weights");
        Outcome<T>.OfBackward(unrolled, sequence).AssertSame(Outcome<T>.OfBackward(looped, sequence));
    }

    /// <summary>At a multiple of 64 bytes, at a float's, and at none at all, as behind a byte in a packed struct.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AlignedAndNot(string name)
    {
        ModelUnderTest<T> aligned = ModelUnderTest<T>.Of(name).Seeded(3);
        Sequence<T> sequence = Sequence<T>.Random(aligned, Steps, 4);
        Outcome<T> expected = Outcome<T>.OfBackward(aligned, sequence);

        foreach (int offset in new[] { 4, 12, 33 })
        {
            expected.AssertSame(Outcome<T>.OfBackward(aligned.Seeded(3, offset), sequence));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BackwardWithAndWithoutDX(string name)
    {
        ModelUnderTest<T> with = ModelUnderTest<T>.Of(name).Seeded(3), without = with.Seeded(3);
        Sequence<T> sequence = Sequence<T>.Random(with, Steps, 4);

        Outcome<T> expected = Outcome<T>.OfBackward(with, sequence);
        Outcome<T> actual = Outcome<T>.OfBackward(without, sequence, withDX: false);

        Numbers.AssertSameBits<T>(expected.Gradient, actual.Gradient, "gradient");
        Numbers.AssertSameBits<T>(expected.DState, actual.DState, "dState");
    }

    /// <summary>
    /// Onto zeros, onto themselves: g + g is exact, whatever the order of the sums within one pass. With one step a
    /// gradient is one product, so that nothing rounds between the two.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void SecondBackward_AddsExactly(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(3);
        Sequence<T> sequence = Sequence<T>.Random(model, 1, 4);
        T[] once = Outcome<T>.OfBackward(model, sequence).Gradient;

        T[] twice = Outcome<T>.OfBackward(model, sequence).Gradient;

        Numbers.AssertSameBits<T>([.. once.Select(value => value + value)], twice, "gradient");
    }
}
