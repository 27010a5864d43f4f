using System;
using System.Linq;
using System.Numerics;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class OverlapTestsOfFloats : OverlapTests<float>;

public sealed class OverlapTestsOfDoubles : OverlapTests<double>;

/// <summary>
/// One span for what is read and what is written: in place it has the bits of two spans, because every row is read before that row is written;
/// any other overlap is refused where a call takes more than a step.
/// </summary>
public abstract class OverlapTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>More than twice the steps that are multiplied ahead or walked back at once, where there are so many units that it is few.</summary>
    private const int Steps = 37;

    /// <summary>More than a block of sequences, and a rest that fills no register tile.</summary>
    private const int Sequences = 14;

    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void InPlace_HasTheBitsOfTwoSpans(string name) => AssertInPlace(ModelUnderTest<T>.Of(name).Seeded(1));

    /// <summary>Every pair of spans of a model that may be one: wm or y in the place of x, dX in that of x and of dWm or dY.</summary>
    internal static void AssertInPlace(ModelUnderTest<T> model)
    {
        Sequence<T> sequence = Sequence<T>.Random(model, Steps, 2);
        Outcome<T> apart = Outcome<T>.OfBackward(model, sequence);
        T[] tape = new T[model.TapeLength(Steps)], y = new T[Steps * model.Output];
        if (model.Input == model.Output)
        {
            sequence.Begin(model);
            T[] steps = [.. sequence.X];
            for (int t = 0; t < Steps; t++)
            {
                Span<T> row = steps.AsSpan(t * model.Input, model.Input);
                model.Step(row, row);
            }

            Numbers.AssertSameBits<T>(apart.Y, steps, "y of Step in place");
            sequence.Begin(model);
            T[] values = [.. sequence.X];
            model.Forward(values, values);
            Numbers.AssertSameBits<T>(apart.Y, values, "y in place");
            sequence.Begin(model);
            values = [.. sequence.X];
            model.Forward(values, values, tape);
            Numbers.AssertSameBits<T>(apart.Y, values, "recorded y in place");
            Numbers.AssertSameBits<T>(apart.State, model.Memory(Part.Value), "state");
            T[] dX = [.. sequence.DY];
            model.Packed(Part.Gradient).Clear();
            model.Backward(sequence.X, tape, dX, dX);
            Numbers.AssertSameBits<T>(apart.DX, dX, "dX in the place of dY");
            Numbers.AssertSameBits<T>(apart.Gradient, model.Packed(Part.Gradient), "gradient");
        }

        sequence.Begin(model);
        model.Forward(sequence.X, y, tape);
        model.Packed(Part.Gradient).Clear();
        T[] x = [.. sequence.X];
        model.Backward(x, tape, sequence.DY, x);
        Numbers.AssertSameBits<T>(apart.DX, x, "dX in the place of x");
        Numbers.AssertSameBits<T>(apart.Gradient, model.Packed(Part.Gradient), "gradient");
        Numbers.AssertSameBits<T>(apart.DState, model.Memory(Part.Gradient), "dState");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ManySequencesInPlace_HaveTheBitsOfTwoSpans(string name)
    {
        const int Few = 9;
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        Batch<T> batch = Batch<T>.Random(model, Few, Sequences, 2);
        BatchOutcome<T> apart = BatchOutcome<T>.Of(model, batch);
        T[] tape = new T[model.TapeLength(Few, Sequences)], y = new T[Few * Sequences * model.Output], x = batch.X;
        if (model.Input == model.Output)
        {
            batch.Begin(model);
            T[] steps = batch.X;
            for (int t = 0; t < Few; t++)
            {
                Span<T> rows = steps.AsSpan(t * Sequences * model.Input, Sequences * model.Input);
                model.StepAll(rows, rows);
            }

            Numbers.AssertSameBits<T>(apart.Y, steps, "y of Step in place");
            batch.Begin(model);
            T[] values = batch.X;
            model.ForwardAll(values, values);
            Numbers.AssertSameBits<T>(apart.Y, values, "y in place");
            batch.Begin(model);
            values = batch.X;
            model.ForwardAll(values, values, tape);
            Numbers.AssertSameBits<T>(apart.Y, values, "recorded y in place");
            T[] dX = batch.DY;
            model.BackwardAll(x, tape, dX, dX);
            Numbers.AssertSameBits<T>(apart.DX, dX, "dX in the place of dY");
        }

        batch.Begin(model);
        model.ForwardAll(x, y, tape);
        model.Packed(Part.Gradient).Clear();
        model.BackwardAll(x, tape, batch.DY, x);
        Numbers.AssertSameBits<T>(apart.DX, x, "dX in the place of x");
        Numbers.AssertSameBits<T>(apart.Gradient, model.Packed(Part.Gradient), "gradient");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OtherOverlaps_AreRefusedAndChangeNothing(string name)
    {
        const int Steps = 4, Count = 3;
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        Batch<T>.Random(model, Steps, Count, 2).Begin(model);
        model.Packed(Part.Gradient).Fill(T.CreateTruncating(7));
        string output = model.IsCell ? "wm" : "y", dOutput = model.IsCell ? "dWm" : "dY";
        foreach (int sequences in new[] { 1, Count })
        {
            int x = Steps * sequences * model.Input, y = Steps * sequences * model.Output, tape = model.TapeLength(Steps, sequences);
            int last = x - 1;
            T[] memory = [.. Enumerable.Range(0, x + y + tape).Select(i => T.CreateTruncating(0.01 * i))];
            T[] own = new T[Math.Max(x, y)], record = new T[tape];
            Calls calls = new(model, sequences, memory);

            // Two spans that share one number, and two that begin together but are of different lengths.
            calls.Refused(output, "x", () => calls.Forward(memory.AsSpan(0, x), memory.AsSpan(last, y), null));
            calls.Refused(output, "x", () => calls.Forward(memory.AsSpan(0, x), memory.AsSpan(last, y), record));
            calls.Refused("tape", "x", () => calls.Forward(memory.AsSpan(0, x), own.AsSpan(0, y), memory.AsSpan(last, tape)));
            calls.Refused("tape", output, () => calls.Forward(own.AsSpan(0, x), memory.AsSpan(0, y), memory.AsSpan(y - 1, tape)));
            calls.Refused("dX", "x", () => calls.Backward(memory.AsSpan(0, x), record, own.AsSpan(0, y), memory.AsSpan(1, x)));
            calls.Refused("dX", dOutput, () => calls.Backward(own.AsSpan(0, x), record, memory.AsSpan(0, y), memory.AsSpan(y - 1, x)));
            calls.Refused("dX", "tape", () => calls.Backward(own.AsSpan(0, x), memory.AsSpan(last, tape), new T[y], memory.AsSpan(0, x)));
            if (model.Input != model.Output)
            {
                calls.Refused(output, "x", () => calls.Forward(memory.AsSpan(0, x), memory.AsSpan(0, y), null));
            }

            // Neighbours do not overlap, nor does what a tape has beyond its length.
            T[] line = new T[x + y + tape], behind = new T[tape + x];
            calls.Forward(line.AsSpan(0, x), line.AsSpan(x, y), line.AsSpan(x + y));
            calls.Forward(behind.AsSpan(tape), own.AsSpan(0, y), behind);
        }
    }

    /// <summary>Calls for one sequence or for several, and what a refused one must leave as it was.</summary>
    private sealed class Calls(ModelUnderTest<T> model, int sequences, T[] memory)
    {
        private readonly T[] memoryBefore = [.. memory], stateBefore = State(model);

        public void Forward(ReadOnlySpan<T> x, Span<T> y, Span<T> tape)
        {
            switch (sequences == 1, tape.IsEmpty)
            {
                case (true, true): model.Forward(x, y); break;
                case (true, false): model.Forward(x, y, tape); break;
                case (false, true): model.ForwardAll(x, y); break;
                default: model.ForwardAll(x, y, tape); break;
            }
        }

        public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> tape, ReadOnlySpan<T> dY, Span<T> dX)
        {
            if (sequences == 1)
            {
                model.Backward(x, tape, dY, dX);
            }
            else
            {
                model.BackwardAll(x, tape, dY, dX);
            }
        }

        public void Refused(string parameter, string other, Action call)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(parameter, call);
            Assert.Matches($"^'{parameter}' (must not overlap|overlaps) '{other}'", error.Message);
            Numbers.AssertSameBits<T>(memoryBefore, memory, "memory");
            Numbers.AssertSameBits<T>(stateBefore, State(model), "state, dState and gradient");
        }

        private static T[] State(ModelUnderTest<T> model) =>
        [
            .. model.Memory(Part.Value), .. model.Memory(Part.Gradient), .. model.Packed(Part.Gradient),
            .. model.MemoryOf(Part.Value, 0), .. model.MemoryOf(Part.Gradient, 2),
        ];
    }
}
