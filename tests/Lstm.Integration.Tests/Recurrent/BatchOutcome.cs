using System;
using System.Linq;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Everything that a pass over a batch leaves behind, padding included.</summary>
public sealed class BatchOutcome
{
    public float[] Y { get; private init; } = [];

    /// <summary>The states one after another.</summary>
    public float[] States { get; private init; } = [];

    public float[] Gradient { get; private init; } = [];

    public float[] DStates { get; private init; } = [];

    public float[] DX { get; private init; } = [];

    /// <summary>Through Step.</summary>
    public static BatchOutcome OfSteps(ModelUnderTest model, Batch batch)
    {
        batch.Begin(model);
        int x = batch.Sequences.Count * model.Input, y = batch.Sequences.Count * model.Output;
        float[] inputs = batch.X, outputs = NaN(batch.Steps * y);
        for (int step = 0; step < batch.Steps; step++)
        {
            model.StepAll(inputs.AsSpan(step * x, x), outputs.AsSpan(step * y, y));
        }

        return new BatchOutcome { Y = outputs, States = Memories(model, batch, Part.Value) };
    }

    /// <summary>Through Forward.</summary>
    public static BatchOutcome OfForward(ModelUnderTest model, Batch batch)
    {
        batch.Begin(model);
        float[] y = NaN(batch.Steps * batch.Sequences.Count * model.Output);
        model.ForwardAll(batch.X, y);
        return new BatchOutcome { Y = y, States = Memories(model, batch, Part.Value) };
    }

    /// <summary>Through the recorded Forward, on a tape of NaN that is longer than it must be, and Backward onto a gradient of 0.</summary>
    public static BatchOutcome Of(ModelUnderTest model, Batch batch, bool withDX = true)
    {
        batch.Begin(model);
        model.Packed(Part.Gradient).Clear();
        float[] x = batch.X;
        float[] y = NaN(batch.Steps * batch.Sequences.Count * model.Output);
        float[] tape = NaN(model.TapeLength(batch.Steps, batch.Sequences.Count) + 7);
        float[] dX = withDX ? NaN(x.Length) : [];
        model.ForwardAll(x, y, tape);
        model.BackwardAll(x, tape, batch.DY, dX);
        return new BatchOutcome
        {
            Y = y,
            States = Memories(model, batch, Part.Value),
            Gradient = model.Packed(Part.Gradient).ToArray(),
            DStates = Memories(model, batch, Part.Gradient),
            DX = dX,
        };
    }

    private static float[] Memories(ModelUnderTest model, Batch batch, Part part) =>
        [.. Enumerable.Range(0, batch.Sequences.Count).SelectMany(n => model.MemoryOf(part, n).ToArray())];

    private static float[] NaN(int length)
    {
        float[] values = new float[length];
        Array.Fill(values, float.NaN);
        return values;
    }
}
