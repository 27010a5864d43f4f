using System;
using System.Linq;
using System.Runtime.InteropServices;
using Lstm.Kernels;
using Xunit;

namespace Lstm.Integration.Tests.Doubles;

/// <summary>What a model is run on.</summary>
public sealed record DoubleSequence(double[] X, double[] DY, double[] Ltm0, double[] Wm0, double[] DLtmT, double[] DWmT)
{
    /// <summary>Uniform numbers: x and ltm in (-2, 2), all else in (-1, 1).</summary>
    public static DoubleSequence Random(DoubleModel model, int steps, ulong seed)
    {
        UniformRandom random = new(seed);
        int memory = model.Layers * model.Hidden;
        return new DoubleSequence(
            Fill(steps * model.Input, 2), Fill(steps * model.Output, 1), Fill(memory, 2), Fill(memory, 1), Fill(memory, 1), Fill(memory, 1));

        double[] Fill(int length, double bound) => [.. Enumerable.Range(0, length).Select(_ => random.Next(bound))];
    }

    /// <summary>Puts the initial state, and the gradient of the final one, into the model.</summary>
    public void Begin(DoubleModel model)
    {
        model.SetMemories(model.State, Ltm0, Wm0);
        model.SetMemories(model.DState, DLtmT, DWmT);
        model.Gradient.Clear();
    }
}

/// <summary>Everything that a pass over a sequence leaves behind, padding included.</summary>
public sealed record DoublePass(double[] Y, double[] State, double[] Gradient, double[] DState, double[] DX)
{
    /// <summary>Through Step.</summary>
    public static DoublePass OfSteps(DoubleModel model, DoubleSequence sequence)
    {
        sequence.Begin(model);
        double[] y = new double[sequence.DY.Length];
        for (int t = 0; t < sequence.X.Length / model.Input; t++)
        {
            model.Step(sequence.X.AsSpan(t * model.Input, model.Input), y.AsSpan(t * model.Output, model.Output));
        }

        return new DoublePass(y, model.State.ToArray(), [], [], []);
    }

    /// <summary>Through Forward.</summary>
    public static DoublePass OfForward(DoubleModel model, DoubleSequence sequence)
    {
        sequence.Begin(model);
        double[] y = NaN(sequence.DY.Length);
        model.Forward(sequence.X, y);
        return new DoublePass(y, model.State.ToArray(), [], [], []);
    }

    /// <summary>Through the recorded Forward, on a tape of NaN that is longer than it must be, and Backward.</summary>
    public static DoublePass OfBackward(DoubleModel model, DoubleSequence sequence, bool withDX = true)
    {
        sequence.Begin(model);
        double[] y = NaN(sequence.DY.Length), tape = NaN(model.TapeLength(sequence.X.Length / model.Input) + 7);
        double[] dX = withDX ? NaN(sequence.X.Length) : [];
        model.Forward(sequence.X, y, tape);
        model.Backward(sequence.X, tape, sequence.DY, dX);
        return new DoublePass(y, model.State.ToArray(), model.Gradient.ToArray(), model.DState.ToArray(), dX);
    }

    /// <summary>Everything that both have has the same bits.</summary>
    public void AssertSame(DoublePass other)
    {
        SameBits(Y, other.Y, "y");
        SameBits(State, other.State, "state");
        if (Gradient.Length > 0 && other.Gradient.Length > 0)
        {
            SameBits(Gradient, other.Gradient, "gradient");
            SameBits(DState, other.DState, "dState");
        }

        if (DX.Length > 0 && other.DX.Length > 0)
        {
            SameBits(DX, other.DX, "dX");
        }
    }

    public static void SameBits(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        int first = MemoryMarshal.Cast<double, long>(expected).CommonPrefixLength(MemoryMarshal.Cast<double, long>(actual));
        Assert.True(first == expected.Length, first == expected.Length ? null : $"{name}[{first}]: expected {expected[first]:R}, found {actual[first]:R}");
    }

    private static double[] NaN(int length) => [.. Enumerable.Repeat(double.NaN, length)];
}
