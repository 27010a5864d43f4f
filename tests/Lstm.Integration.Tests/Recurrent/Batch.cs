using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Sequences of equal length that run at once, and how their inputs and outputs are interleaved: by step, then by sequence.</summary>
/// <typeparam name="T">The type of their numbers.</typeparam>
public sealed class Batch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Batch(int steps, IReadOnlyList<Sequence<T>> sequences)
    {
        Steps = steps;
        Sequences = sequences;
    }

    public int Steps { get; }

    public IReadOnlyList<Sequence<T>> Sequences { get; }

    /// <summary>T x N x p.</summary>
    public T[] X => Interleave(sequence => sequence.X);

    /// <summary>T x N x K.</summary>
    public T[] DY => Interleave(sequence => sequence.DY);

    public static Batch<T> Of(params Sequence<T>[] sequences) => new(sequences[0].Steps, sequences);

    public static Batch<T> Random(ModelUnderTest<T> model, int steps, int count, ulong seed) =>
        new(steps, [.. Enumerable.Range(0, count).Select(n => Sequence<T>.Random(model, steps, seed + (1000 * (ulong)n)))]);

    /// <summary>Puts every initial state, and the gradients of the final ones, into the model.</summary>
    public void Begin(ModelUnderTest<T> model)
    {
        model.SetSequences(Sequences.Count);
        for (int n = 0; n < Sequences.Count; n++)
        {
            Sequences[n].Begin(model);
            model.Memory(Part.Value).CopyTo(model.MemoryOf(Part.Value, n));
            model.Memory(Part.Gradient).CopyTo(model.MemoryOf(Part.Gradient, n));
        }
    }

    /// <summary>What belongs to one sequence, of rows that are ordered by step, then by sequence.</summary>
    public T[] Pick(T[] rows, int sequence)
    {
        int each = Steps == 0 ? 0 : rows.Length / Steps / Sequences.Count;
        return [.. Enumerable.Range(0, Steps).SelectMany(step => rows.Skip(((step * Sequences.Count) + sequence) * each).Take(each))];
    }

    private T[] Interleave(Func<Sequence<T>, T[]> rows) =>
    [
        .. from step in Enumerable.Range(0, Steps)
           from sequence in Sequences
           let each = rows(sequence).Length / Steps
           from value in rows(sequence).Skip(step * each).Take(each)
           select value,
    ];
}
