using System;
using System.Numerics;
using Lstm.Testing;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Everything that a pass over a sequence leaves behind, padding included.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public sealed class Outcome<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T[] Y { get; private init; } = [];

    public T[] State { get; private init; } = [];

    public T[] Gradient { get; private init; } = [];

    public T[] DState { get; private init; } = [];

    public T[] DX { get; private init; } = [];

    /// <summary>Through Step.</summary>
    public static Outcome<T> OfSteps(ModelUnderTest<T> model, Sequence<T> sequence)
    {
        sequence.Begin(model);
        T[] y = new T[sequence.Steps * model.Output];
        for (int t = 0; t < sequence.Steps; t++)
        {
            model.Step(sequence.X.AsSpan(t * model.Input, model.Input), y.AsSpan(t * model.Output, model.Output));
        }

        return Forward(model, y);
    }

    /// <summary>Through Forward.</summary>
    public static Outcome<T> OfForward(ModelUnderTest<T> model, Sequence<T> sequence)
    {
        sequence.Begin(model);
        T[] y = Numbers.Repeated<T>(double.NaN, sequence.Steps * model.Output);
        model.Forward(sequence.X, y);
        return Forward(model, y);
    }

    /// <summary>Through the recorded Forward, on a tape of NaN that is longer than it must be, and Backward.</summary>
    public static Outcome<T> OfBackward(ModelUnderTest<T> model, Sequence<T> sequence, bool withDX = true)
    {
        sequence.Begin(model);
        T[] y = Numbers.Repeated<T>(double.NaN, sequence.Steps * model.Output);
        T[] tape = Numbers.Repeated<T>(double.NaN, model.TapeLength(sequence.Steps) + 7);
        T[] dX = withDX ? Numbers.Repeated<T>(double.NaN, sequence.X.Length) : [];
        model.Forward(sequence.X, y, tape);
        model.Backward(sequence.X, tape, sequence.DY, dX);
        return new Outcome<T>
        {
            Y = y,
            State = model.Memory(Part.Value).ToArray(),
            Gradient = model.Packed(Part.Gradient).ToArray(),
            DState = model.Memory(Part.Gradient).ToArray(),
            DX = dX,
        };
    }

    /// <summary>Outputs and states have the same bits.</summary>
    public void AssertSameForward(Outcome<T> other)
    {
        Numbers.AssertSameBits<T>(Y, other.Y, "y");
        Numbers.AssertSameBits<T>(State, other.State, "state");
    }

    /// <summary>So has all else.</summary>
    public void AssertSame(Outcome<T> other)
    {
        AssertSameForward(other);
        Numbers.AssertSameBits<T>(Gradient, other.Gradient, "gradient");
        Numbers.AssertSameBits<T>(DState, other.DState, "dState");
        Numbers.AssertSameBits<T>(DX, other.DX, "dX");
    }

    private static Outcome<T> Forward(ModelUnderTest<T> model, T[] y) => new() { Y = y, State = model.Memory(Part.Value).ToArray() };
}
