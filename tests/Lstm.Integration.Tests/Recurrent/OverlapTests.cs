using System;
using System.Linq;
using Lstm.Integration.Tests.Cells;
using Lstm.Integration.Tests.Networks;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>
/// One span for what is read and what is written: in place it has the bits of two spans, because every row is read before that row is written; any
/// other overlap is refused where a call takes more than a step.
/// </summary>
public class OverlapTests
{
    /// <summary>More than twice the steps that are multiplied ahead or walked back at once, where there are so many units that it is few.</summary>
    private const int Steps = 37;

    /// <summary>More than a block of sequences, and a rest that fills no register tile.</summary>
    private const int Sequences = 14;

    public static TheoryData<string> Names => ModelUnderTest.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void InPlace_HasTheBitsOfTwoSpans(string name) => AssertInPlace(ModelUnderTest.Of(name).Seeded(1));

    /// <summary>Every pair of spans of a model that may be one: wm or y in the place of x, dX in that of x and of dWm or dY.</summary>
    internal static void AssertInPlace(ModelUnderTest model)
    {
        Sequence sequence = Sequence.Random(model, Steps, 2);
        Outcome apart = Outcome.OfBackward(model, sequence);
        float[] tape = new float[model.TapeLength(Steps)], y = new float[Steps * model.Output];
        if (model.Input == model.Output)
        {
            sequence.Begin(model);
            float[] steps = [.. sequence.X];
            for (int t = 0; t < Steps; t++)
            {
                Span<float> row = steps.AsSpan(t * model.Input, model.Input);
                model.Step(row, row);
            }

            Outcome.AssertSameBits(apart.Y, steps, "y of Step in place");
            sequence.Begin(model);
            float[] values = [.. sequence.X];
            model.Forward(values, values);
            Outcome.AssertSameBits(apart.Y, values, "y in place");
            sequence.Begin(model);
            values = [.. sequence.X];
            model.Forward(values, values, tape);
            Outcome.AssertSameBits(apart.Y, values, "recorded y in place");
            Outcome.AssertSameBits(apart.State, model.Memory(Part.Value), "state");
            float[] dX = [.. sequence.DY];
            model.Packed(Part.Gradient).Clear();
            model.Backward(sequence.X, tape, dX, dX);
            Outcome.AssertSameBits(apart.DX, dX, "dX in the place of dY");
            Outcome.AssertSameBits(apart.Gradient, model.Packed(Part.Gradient), "gradient");
        }

        sequence.Begin(model);
        model.Forward(sequence.X, y, tape);
        model.Packed(Part.Gradient).Clear();
        float[] x = [.. sequence.X];
        model.Backward(x, tape, sequence.DY, x);
        Outcome.AssertSameBits(apart.DX, x, "dX in the place of x");
        Outcome.AssertSameBits(apart.Gradient, model.Packed(Part.Gradient), "gradient");
        Outcome.AssertSameBits(apart.DState, model.Memory(Part.Gradient), "dState");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ManySequencesInPlace_HaveTheBitsOfTwoSpans(string name)
    {
        const int Few = 9;
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(1);
        Batch batch = Batch.Random(model, Few, Sequences, 2);
        BatchOutcome apart = BatchOutcome.Of(model, batch);
        float[] tape = new float[model.TapeLength(Few, Sequences)], y = new float[Few * Sequences * model.Output], x = batch.X;
        if (model.Input == model.Output)
        {
            batch.Begin(model);
            float[] steps = batch.X;
            for (int t = 0; t < Few; t++)
            {
                Span<float> rows = steps.AsSpan(t * Sequences * model.Input, Sequences * model.Input);
                model.StepAll(rows, rows);
            }

            Outcome.AssertSameBits(apart.Y, steps, "y of Step in place");
            batch.Begin(model);
            float[] values = batch.X;
            model.ForwardAll(values, values);
            Outcome.AssertSameBits(apart.Y, values, "y in place");
            batch.Begin(model);
            values = batch.X;
            model.ForwardAll(values, values, tape);
            Outcome.AssertSameBits(apart.Y, values, "recorded y in place");
            float[] dX = batch.DY;
            model.BackwardAll(x, tape, dX, dX);
            Outcome.AssertSameBits(apart.DX, dX, "dX in the place of dY");
        }

        batch.Begin(model);
        model.ForwardAll(x, y, tape);
        model.Packed(Part.Gradient).Clear();
        model.BackwardAll(x, tape, batch.DY, x);
        Outcome.AssertSameBits(apart.DX, x, "dX in the place of x");
        Outcome.AssertSameBits(apart.Gradient, model.Packed(Part.Gradient), "gradient");
    }

    /// <summary>Feedback: what a cell remembers is what it reads next.</summary>
    [Fact]
    public void WorkingMemoryAsX_HasTheBitsOfACopy()
    {
        Cell5x5 five = default;
        Cell64x64 large = default;
        Network40x40x40Layers2 network = default;
        five.Initialize(1);
        large.Initialize(1);
        network.Initialize(1);
        Cell5x5.State fiveState = default, fiveOther = default;
        Cell64x64.State largeState = default, largeOther = default;
        Network40x40x40Layers2.State state = default, other = default;
        float[] y = new float[40], otherY = new float[40];
        for (int t = 0; t < 5; t++)
        {
            five.Step(fiveState.WorkingMemory, ref fiveState);
            five.Step(fiveOther.WorkingMemory.ToArray(), ref fiveOther);
            large.Step(largeState.WorkingMemory, ref largeState);
            large.Step(largeOther.WorkingMemory.ToArray(), ref largeOther);
            network.Step(state.WorkingMemory(t % 2), ref state, y);
            network.Step(other.WorkingMemory(t % 2).ToArray(), ref other, otherY);
        }

        Outcome.AssertSameBits(fiveOther.WorkingMemory, fiveState.WorkingMemory, "wm of 5 units");
        Outcome.AssertSameBits(largeOther.WorkingMemory, largeState.WorkingMemory, "wm of 64 units");
        Outcome.AssertSameBits(otherY, y, "y");
        Assert.All(fiveState.WorkingMemory.ToArray(), wm => Assert.NotEqual(0, wm));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OtherOverlaps_AreRefusedAndChangeNothing(string name)
    {
        const int Steps = 4, Count = 3;
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(1);
        Batch.Random(model, Steps, Count, 2).Begin(model);
        model.Packed(Part.Gradient).Fill(7);
        string output = model.IsCell ? "wm" : "y", dOutput = model.IsCell ? "dWm" : "dY";
        int p = model.Input, k = model.Output;

        foreach (int sequences in new[] { 1, Count })
        {
            int x = Steps * sequences * p, y = Steps * sequences * k, tape = model.TapeLength(Steps, sequences);
            float[] memory = [.. Enumerable.Range(0, x + y + tape).Select(i => 0.01f * i)], before = [.. memory], own = new float[Math.Max(x, y)], record = new float[tape];
            float[] State() => [.. model.Memory(Part.Value), .. model.Memory(Part.Gradient), .. model.Packed(Part.Gradient), .. model.MemoryOf(Part.Value, 0), .. model.MemoryOf(Part.Gradient, 2)];
            float[] state = State();

            // Two spans that share one number, and two that begin together but are of different lengths.
            int last = x - 1;
            Refused(output, "x", () => Forward(memory.AsSpan(0, x), memory.AsSpan(last, y), null));
            Refused(output, "x", () => Forward(memory.AsSpan(0, x), memory.AsSpan(last, y), record));
            Refused("tape", "x", () => Forward(memory.AsSpan(0, x), own.AsSpan(0, y), memory.AsSpan(last, tape)));
            Refused("tape", output, () => Forward(own.AsSpan(0, x), memory.AsSpan(0, y), memory.AsSpan(y - 1, tape)));
            Refused("dX", "x", () => Backward(memory.AsSpan(0, x), record, own.AsSpan(0, y), memory.AsSpan(1, x)));
            Refused("dX", dOutput, () => Backward(own.AsSpan(0, x), record, memory.AsSpan(0, y), memory.AsSpan(y - 1, x)));
            Refused("dX", "tape", () => Backward(own.AsSpan(0, x), memory.AsSpan(last, tape), new float[y], memory.AsSpan(0, x)));
            if (p != k)
            {
                Refused(output, "x", () => Forward(memory.AsSpan(0, x), memory.AsSpan(0, y), null));
            }

            // Neighbours do not overlap, nor does what a tape has beyond its length.
            float[] line = new float[x + y + tape];
            Forward(line.AsSpan(0, x), line.AsSpan(x, y), line.AsSpan(x + y));
            float[] behind = new float[tape + x];
            Forward(behind.AsSpan(tape), own.AsSpan(0, y), behind);

            Outcome.AssertSameBits(before, memory, "memory");

            void Forward(ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> record)
            {
                if (sequences == 1 && record.IsEmpty)
                {
                    model.Forward(inputs, outputs);
                }
                else if (sequences == 1)
                {
                    model.Forward(inputs, outputs, record);
                }
                else if (record.IsEmpty)
                {
                    model.ForwardAll(inputs, outputs);
                }
                else
                {
                    model.ForwardAll(inputs, outputs, record);
                }
            }

            void Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> record, ReadOnlySpan<float> dOutputs, Span<float> dInputs)
            {
                if (sequences == 1)
                {
                    model.Backward(inputs, record, dOutputs, dInputs);
                }
                else
                {
                    model.BackwardAll(inputs, record, dOutputs, dInputs);
                }
            }

            void Refused(string parameter, string other, Action action)
            {
                ArgumentException error = Assert.Throws<ArgumentException>(parameter, action);
                Assert.Matches($"^'{parameter}' (must not overlap|overlaps) '{other}'", error.Message);
                Outcome.AssertSameBits(before, memory, "memory");
                Outcome.AssertSameBits(state, State(), "state, dState and gradient");
            }
        }
    }

    [Fact]
    public void OverlapMessage_SaysWhatToDo()
    {
        Cell3x5 cell = default;
        Cell3x5.State state = default;
        float[] memory = new float[20];

        Assert.StartsWith(
            "'wm' overlaps 'x': give it memory of its own. Both can be one span only where they are equally long; they have 20 and 12 numbers.",
            Assert.Throws<ArgumentException>("wm", () => cell.Forward(memory.AsSpan(0, 12), ref state, memory)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'dX' overlaps 'x': give it memory of its own, or the very same span, to work in place.",
            Assert.Throws<ArgumentException>("dX", () =>
            {
                Cell3x5.Gradient gradient = default;
                cell.Backward(memory.AsSpan(0, 12), new float[Cell3x5.TapeLength(4)], new float[20], ref state, ref gradient, memory.AsSpan(1, 12));
            }).Message,
            StringComparison.Ordinal);
    }
}
