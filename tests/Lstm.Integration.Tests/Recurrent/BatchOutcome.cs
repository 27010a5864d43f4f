using System;
using System.Linq;
using System.Numerics;
using Lstm.Testing;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Everything that a pass over a batch leaves behind, padding included.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public sealed class BatchOutcome<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T[] Y { get; private init; } = [];

    /// <summary>The states one after another.</summary>
    public T[] States { get; private init; } = [];

    public T[] Gradient { get; private init; } = [];

    public T[] DStates { get; private init; } = [];

    public T[] DX { get; private init; } = [];

    /// <summary>Through Step.</summary>
    public static BatchOutcome<T> OfSteps(ModelUnderTest<T> model, Batch<T> batch)
    {
        batch.Begin(model);
        int x = batch.Sequences.Count * model.Input, y = batch.Sequences.Count * model.Output;
        T[] inputs = batch.X, outputs = Numbers.Repeated<T>(double.NaN, batch.Steps * y);
        for (int step = 0; step < batch.Steps; step++)
        {
            model.StepAll(inputs.AsSpan(step * x, x), outputs.AsSpan(step * y, y));
        }

        return new BatchOutcome<T> { Y = outputs, States = Memories(model, batch, Part.Value) };
    }

    /// <summary>Through Forward.</summary>
    public static BatchOutcome<T> OfForward(ModelUnderTest<T> model, Batch<T> batch)
    {
        batch.Begin(model);
        T[] y = Numbers.Repeated<T>(double.NaN, batch.Steps * batch.Sequences.Count * model.Output);
        model.ForwardAll(batch.X, y);
        return new BatchOutcome<T> { Y = y, States = Memories(model, batch, Part.Value) };
    }

    /// <summary>Through the recorded Forward, on a tape of NaN that is longer than it must be, and Backward onto a gradient of 0.</summary>
    public static BatchOutcome<T> Of(ModelUnderTest<T> model, Batch<T> batch, bool withDX = true)
    {
        batch.Begin(model);
        model.Packed(Part.Gradient).Clear();
        T[] x = batch.X;
        T[] y = Numbers.Repeated<T>(double.NaN, batch.Steps * batch.Sequences.Count * model.Output);
        T[] tape = Numbers.Repeated<T>(double.NaN, model.TapeLength(batch.Steps, batch.Sequences.Count) + 7);
        T[] dX = withDX ? Numbers.Repeated<T>(double.NaN, x.Length) : [];
        model.ForwardAll(x, y, tape);
        model.BackwardAll(x, tape, batch.DY, dX);
        return new BatchOutcome<T>
        {
            Y = y,
            States = Memories(model, batch, Part.Value),
            Gradient = model.Packed(Part.Gradient).ToArray(),
            DStates = Memories(model, batch, Part.Gradient),
            DX = dX,
        };
    }

    private static T[] Memories(ModelUnderTest<T> model, Batch<T> batch, Part part) =>
        [.. Enumerable.Range(0, batch.Sequences.Count).SelectMany(n => model.MemoryOf(part, n).ToArray())];
}
