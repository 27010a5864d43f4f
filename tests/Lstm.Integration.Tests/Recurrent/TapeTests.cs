using System;
using System.Linq;
using System.Numerics;
using Lstm.Integration.Types;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class TapeTestsOfFloats : TapeTests<float>;

public sealed class TapeTestsOfDoubles : TapeTests<double>;

/// <summary>Backward reads only what Forward of its own type recorded, with as many steps and sequences.</summary>
public abstract class TapeTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void OtherSteps_AreRefused(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        T[] tape = new T[model.TapeLength(8)];
        model.Forward(new T[8 * model.Input], new T[8 * model.Output], tape);
        foreach (int steps in new[] { 0, 7, 9 })
        {
            RefusedWithoutTrace(
                model, $"'tape' recorded 8 steps of 1 sequences, given {steps} of 1. ",
                () => model.Backward(new T[steps * model.Input], tape, new T[steps * model.Output], Numbers.Repeated<T>(3, steps * model.Input)));
        }
    }

    /// <summary>Eight steps of two sequences have as many rows as four of four: only the tape knows.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void OtherSequences_AreRefused(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        T[] x = new T[16 * model.Input], y = new T[16 * model.Output], tape = new T[model.TapeLength(8, 2) + model.TapeLength(4, 4)];
        model.SetSequences(2);
        model.ForwardAll(x, y, tape);
        RefusedWithoutTrace(
            model, "'tape' recorded 8 steps of 2 sequences, given 7 of 2. ",
            () => model.BackwardAll(x.AsSpan(2 * model.Input), tape, y.AsSpan(2 * model.Output)));
        RefusedWithoutTrace(
            model, "'tape' recorded 8 steps of 2 sequences, given 8 of 1. ",
            () => model.Backward(x.AsSpan(8 * model.Input), tape, y.AsSpan(8 * model.Output)));
        model.SetSequences(4);
        RefusedWithoutTrace(model, "'tape' recorded 8 steps of 2 sequences, given 4 of 4. ", () => model.BackwardAll(x, tape, y));
        model.SetSequences(2);
        model.BackwardAll(x, tape, y);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ATapeThatHoldsNoRecord_IsRefused(string name)
    {
        const int Steps = 3;
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        ModelUnderTest<T> other = ModelUnderTest<T>.All.First(type =>
            (type.IsCell, type.Input, type.Hidden, type.Layers) != (model.IsCell, model.Input, model.Hidden, model.Layers)).Seeded(1);
        T[] x = new T[Steps * model.Input], y = new T[Steps * model.Output];
        T[] ofOther = new T[Math.Max(model.TapeLength(Steps), other.TapeLength(Steps))];
        other.Forward(new T[Steps * other.Input], new T[Steps * other.Output], ofOther);
        foreach (T[] tape in new[] { new T[ofOther.Length], Filled(T.NaN), Filled(T.One), ofOther })
        {
            RefusedWithoutTrace(model, "'tape' holds no record of this type", () => model.Backward(x, tape, y));
            model.SetSequences(1);
            RefusedWithoutTrace(model, "'tape' holds no record of this type", () => model.BackwardAll(x, tape, y));
        }

        T[] Filled(T value)
        {
            T[] tape = new T[ofOther.Length];
            Array.Fill(tape, value);
            return tape;
        }
    }

    /// <summary>One sequence and a span of one state are recorded alike, and the copy of a tape is a tape.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TheCopyOfATape_ServesOneStateAndASpanOfOne(string name)
    {
        const int Steps = 3;
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        T[] x = new T[Steps * model.Input], y = new T[Steps * model.Output], tape = new T[model.TapeLength(Steps)];
        model.Forward(x, y, tape);
        T[] copy = [.. tape.Select(value => value * T.One)];

        model.SetSequences(1);
        model.BackwardAll(x, copy, y);
        model.Backward(x, copy, y);
    }

    private static void RefusedWithoutTrace(ModelUnderTest<T> model, string message, Action call)
    {
        model.Packed(Part.Gradient).Fill(T.One);
        model.Memory(Part.Gradient).Fill(T.One);
        ArgumentException error = Assert.Throws<ArgumentException>("tape", call);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(-1, model.Packed(Part.Gradient).IndexOfAnyExcept(T.One));
        Assert.Equal(-1, model.Memory(Part.Gradient).IndexOfAnyExcept(T.One));
    }
}
