using System;
using System.Runtime.InteropServices;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Everything that a pass over a sequence leaves behind, padding included.</summary>
public sealed class Outcome
{
    public float[] Y { get; private init; } = [];

    public float[] State { get; private init; } = [];

    public float[] Gradient { get; private init; } = [];

    public float[] DState { get; private init; } = [];

    public float[] DX { get; private init; } = [];

    /// <summary>Through Step.</summary>
    public static Outcome OfSteps(ModelUnderTest model, Sequence sequence)
    {
        sequence.Begin(model);
        float[] y = new float[sequence.Steps * model.Output];
        for (int t = 0; t < sequence.Steps; t++)
        {
            model.Step(sequence.X.AsSpan(t * model.Input, model.Input), y.AsSpan(t * model.Output, model.Output));
        }

        return Forward(model, y);
    }

    /// <summary>Through Forward.</summary>
    public static Outcome OfForward(ModelUnderTest model, Sequence sequence)
    {
        sequence.Begin(model);
        float[] y = NaN(sequence.Steps * model.Output);
        model.Forward(sequence.X, y);
        return Forward(model, y);
    }

    /// <summary>Through the recorded Forward, on a tape of NaN that is longer than it must be, and Backward.</summary>
    public static Outcome OfBackward(ModelUnderTest model, Sequence sequence, bool withDX = true)
    {
        sequence.Begin(model);
        float[] y = NaN(sequence.Steps * model.Output);
        float[] tape = NaN(model.TapeLength(sequence.Steps) + 7);
        float[] dX = withDX ? NaN(sequence.X.Length) : [];
        model.Forward(sequence.X, y, tape);
        model.Backward(sequence.X, tape, sequence.DY, dX);
        return new Outcome
        {
            Y = y,
            State = model.Memories(Part.Value),
            Gradient = model.Packed(Part.Gradient).ToArray(),
            DState = model.Memories(Part.Gradient),
            DX = dX,
        };
    }

    /// <summary>Outputs and states have the same bits.</summary>
    public void AssertSameForward(Outcome other)
    {
        AssertSameBits(Y, other.Y, "y");
        AssertSameBits(State, other.State, "state");
    }

    /// <summary>So has all else.</summary>
    public void AssertSame(Outcome other)
    {
        AssertSameForward(other);
        AssertSameBits(Gradient, other.Gradient, "gradient");
        AssertSameBits(DState, other.DState, "dState");
        AssertSameBits(DX, other.DX, "dX");
    }

    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        int first = MemoryMarshal.Cast<float, int>(expected).CommonPrefixLength(MemoryMarshal.Cast<float, int>(actual));
        Assert.True(first == expected.Length, first == expected.Length ? null : $"{name}[{first}]: expected {expected[first]:R}, found {actual[first]:R}");
    }

    private static Outcome Forward(ModelUnderTest model, float[] y) => new() { Y = y, State = model.Memories(Part.Value) };

    private static float[] NaN(int length)
    {
        float[] values = new float[length];
        Array.Fill(values, float.NaN);
        return values;
    }
}
