using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Many sequences at once are as many single ones.</summary>
public class BatchTests
{
    /// <summary>
    /// The weight gradient is summed in another order: of its 2,000 terms, each rounded by 6e-8 of the largest partial sum, errors
    /// of random sign leave some 3e-6 of the largest value.
    /// </summary>
    private const double Tolerance = 1e-5;

    /// <summary>As in <see cref="GoldenTests"/>.</summary>
    private const double GoldenTolerance = 5e-6;

    public static TheoryData<string> Names => ModelUnderTest.Names;

    /// <summary>None, one, around the register tiles of 2, 3 and 6 and the blocks of 12, around the 96 records that Backward takes at once.</summary>
    public static TheoryData<string, int, int> Counts
    {
        get
        {
            TheoryData<string, int, int> counts = [];
            foreach (ModelUnderTest model in ModelUnderTest.All)
            {
                (int Sequences, int Steps)[] some = model.ParameterCount > 20_000
                    ? [(0, 2), (1, 3), (2, 2), (5, 3), (16, 2), (37, 2)]
                    : [(0, 0), (0, 3), (1, 9), (2, 4), (3, 4), (4, 1), (5, 0), (6, 7), (7, 5), (11, 3), (13, 20), (16, 9), (25, 8), (97, 2), (200, 3)];
                foreach ((int sequences, int steps) in some)
                {
                    counts.Add(model.Name, sequences, steps);
                }
            }

            return counts;
        }
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void AnyCount_HasTheBitsOfSingleCalls(string name, int sequences, int steps) =>
        AssertBitsOfSingles(ModelUnderTest.Of(name).Seeded(3), Math.Max(0, steps), sequences, seed: 4);

    /// <summary>Sizes of weights, numbers of sequences and of steps that nobody chose.</summary>
    [Theory]
    [InlineData("Cell3x5")]
    [InlineData("Cell2x20")]
    [InlineData("Cell5x13")]
    [InlineData("Network2x5x4Layers3")]
    [InlineData("Network3x12x2Layers2StrictPortable")]
    public void RandomCounts_HaveTheBitsOfSingleCalls(string name) =>
        Gen.Select(Gen.ULong, Gen.Int[0, 12], Gen.Int[0, 60]).Sample(
            (seed, steps, sequences) => AssertBitsOfSingles(ModelUnderTest.Of(name).Seeded(seed), steps, sequences, ~seed),
            iter: 20,
            threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void BackwardWithAndWithoutDX_HasTheSameBits(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(3);
        Batch batch = Batch.Random(model, steps: 5, count: 8, seed: 4);

        BatchOutcome with = BatchOutcome.Of(model, batch), without = BatchOutcome.Of(model, batch, withDX: false);

        Outcome.AssertSameBits(with.Gradient, without.Gradient, "gradient");
        Outcome.AssertSameBits(with.DStates, without.DStates, "dStates");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void UnalignedStorage_HasTheSameBits(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(3);
        Batch batch = Batch.Random(model, steps: 4, count: 7, seed: 4);
        BatchOutcome expected = BatchOutcome.Of(model, batch);

        foreach (int offset in new[] { 4, 33 })
        {
            BatchOutcome actual = BatchOutcome.Of(model.Seeded(3, offset), batch);
            Outcome.AssertSameBits(expected.Y, actual.Y, "y");
            Outcome.AssertSameBits(expected.Gradient, actual.Gradient, "gradient");
        }
    }

    /// <summary>Copies of a case give its outputs each, and its gradient as often as there are copies.</summary>
    [Theory]
    [MemberData(nameof(GoldenTests.Cases), MemberType = typeof(GoldenTests))]
    public void CopiesOfAGoldenCase_GiveItsGradientAsOften(string name, string type)
    {
        const int Copies = 4;
        ModelUnderTest model = ModelUnderTest.Of(type);
        Oracle golden = OracleOf(name, model);
        Batch batch = Batch.Of([.. Enumerable.Repeat(golden.Sequence, Copies)]);

        BatchOutcome outcome = BatchOutcome.Of(model, batch);

        for (int n = 0; n < Copies; n++)
        {
            Close.Relative(golden.Y, batch.Pick(outcome.Y, n), GoldenTolerance, "y", 0);
            Close.Relative(golden.DX, batch.Pick(outcome.DX, n), GoldenTolerance, "dX", 0);
        }

        foreach ((Tensor tensor, double[] expected) in golden.Gradient)
        {
            Close.Relative([.. expected.Select(value => Copies * value)], model.Read(Part.Gradient, tensor), GoldenTolerance, $"dL/d{tensor}", 0);
        }
    }

    /// <summary>Among other sequences whose outputs nothing depends on, a case gives its own gradient.</summary>
    [Theory]
    [MemberData(nameof(GoldenTests.Cases), MemberType = typeof(GoldenTests))]
    public void GoldenCaseAmongOthers_GivesItsOwnGradient(string name, string type)
    {
        const int At = 2;
        ModelUnderTest model = ModelUnderTest.Of(type);
        Oracle golden = OracleOf(name, model);
        Sequence[] sequences = [.. Enumerable.Range(0, 5).Select(n => Indifferent(Sequence.Random(model, golden.Sequence.Steps, (ulong)n)))];
        sequences[At] = golden.Sequence;
        Batch batch = Batch.Of(sequences);

        BatchOutcome outcome = BatchOutcome.Of(model, batch);

        Close.Relative(golden.Y, batch.Pick(outcome.Y, At), GoldenTolerance, "y", 0);
        Close.Relative(golden.DX, batch.Pick(outcome.DX, At), GoldenTolerance, "dX", 0);
        foreach ((Tensor tensor, double[] expected) in golden.Gradient)
        {
            Close.Relative(expected, model.Read(Part.Gradient, tensor), GoldenTolerance, $"dL/d{tensor}", 0);
        }
    }

    /// <summary>One sequence's infinite input saturates its own gates, and touches neither the padding nor another sequence.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void InfiniteInputOfOneSequence_HasTheBitsOfSingleCalls(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(3);
        Batch batch = Batch.Random(model, steps: 4, count: 7, seed: 4);
        batch.Sequences[1].X[0] = float.PositiveInfinity;
        batch.Sequences[5].X[^1] = float.NegativeInfinity;

        AssertBitsOfSingles(model, batch, compareGradient: false);

        Assert.All(BatchOutcome.OfForward(model, batch).Y, y => Assert.True(float.IsFinite(y)));
    }

    /// <summary>
    /// What is NaN in a single call is NaN here, and nothing else. Its sign and payload are not promised: of two NaN an addition hands on
    /// that of one operand, and the JIT may swap them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void NaNsOfOneSequence_AreWhereSingleCallsHaveThem(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(3);
        Batch batch = Batch.Random(model, steps: 5, count: 7, seed: 4);
        float[] x = batch.Sequences[1].X, dY = batch.Sequences[5].DY;
        x[2 * model.Input] = BitConverter.Int32BitsToSingle(0x7FC00001);
        x[^1] = BitConverter.Int32BitsToSingle(unchecked((int)0xFFC00002));
        dY[2 * model.Output] = BitConverter.Int32BitsToSingle(0x7FC00003);
        dY[^1] = BitConverter.Int32BitsToSingle(unchecked((int)0xFFC00004));

        BatchOutcome actual = BatchOutcome.Of(model, batch);

        int memory = model.Memory(Part.Value).Length;
        for (int n = 0; n < batch.Sequences.Count; n++)
        {
            // As Reset does: NaN may stand in the padding of a dState that it went through.
            model.Memory(Part.Gradient).Clear();
            Outcome single = Outcome.OfBackward(model, batch.Sequences[n]);
            Outcome.AssertSameBits(OneNaN(single.Y), OneNaN(batch.Pick(actual.Y, n)), $"y of {n}");
            Outcome.AssertSameBits(OneNaN(single.State), OneNaN(actual.States[(n * memory)..((n + 1) * memory)]), $"state of {n}");
            Outcome.AssertSameBits(OneNaN(single.DState), OneNaN(actual.DStates[(n * memory)..((n + 1) * memory)]), $"dState of {n}");
            Outcome.AssertSameBits(OneNaN(single.DX), OneNaN(batch.Pick(actual.DX, n)), $"dX of {n}");
            Assert.Equal(n is 1 or 5, single.DX.Any(float.IsNaN));
        }

        static float[] OneNaN(float[] values) => [.. values.Select(value => float.IsNaN(value) ? float.NaN : value)];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WrongLengths_ThrowAndChangeNothing(string name)
    {
        const int Steps = 3, Count = 5;
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(1);
        Batch.Random(model, Steps, Count, 2).Begin(model);
        model.Packed(Part.Gradient).Fill(7);
        float[] before = Everything(model, Count);
        int p = model.Input, k = model.Output, rows = Steps * Count, needed = model.TapeLength(Steps, Count);
        string output = model.IsCell ? "wm" : "y", dOutput = model.IsCell ? "dWm" : "dY";
        float[] x = new float[rows * p];
        float[] y = Sevens((rows * k) + 1), tape = Sevens(needed), dX = Sevens((rows * p) + 1);

        foreach (int wrong in new[] { 0, (Count * p) - 1, (Count * p) + 1, 2 * Count * p })
        {
            Refused("x", Count * p, wrong, () => model.StepAll(new float[wrong], y.AsSpan(0, Count * k)));
        }

        foreach (int wrong in new[] { (rows * p) - 1, (Count * p) + 1, 1 })
        {
            Refused("x", Count * p, wrong, () => model.ForwardAll(x.AsSpan(0, wrong), y.AsSpan(1)));
            Refused("x", Count * p, wrong, () => model.ForwardAll(x.AsSpan(0, wrong), y.AsSpan(1), tape));
            Refused("x", Count * p, wrong, () => model.BackwardAll(x.AsSpan(0, wrong), tape, y.AsSpan(1)));
        }

        foreach (int wrong in new[] { 0, (rows * k) - 1, (rows * k) + 1 })
        {
            Refused(output, rows * k, wrong, () => model.ForwardAll(x, y.AsSpan(0, wrong)));
            Refused(output, rows * k, wrong, () => model.ForwardAll(x, y.AsSpan(0, wrong), tape));
            Refused(dOutput, rows * k, wrong, () => model.BackwardAll(x, tape, y.AsSpan(0, wrong)));
        }

        if (!model.IsCell)
        {
            Refused("y", Count * k, (Count * k) - 1, () => model.StepAll(x.AsSpan(0, Count * p), y.AsSpan(0, (Count * k) - 1)));
        }

        foreach (int wrong in new[] { 0, needed - 1 })
        {
            Refused("tape", needed, wrong, () => model.ForwardAll(x, y.AsSpan(1), tape.AsSpan(0, wrong)));
            Refused("tape", needed, wrong, () => model.BackwardAll(x, tape.AsSpan(0, wrong), y.AsSpan(1)));
        }

        Refused("dX", rows * p, (rows * p) + 1, () => model.BackwardAll(x, tape, y.AsSpan(1), dX));
        Refused("dX", rows * p, 1, () => model.BackwardAll(x, tape, y.AsSpan(1), dX.AsSpan(0, 1)));

        Outcome.AssertSameBits(before, Everything(model, Count), "storage");
        Assert.All(new[] { y, tape, dX }, span => Assert.Equal(-1, span.AsSpan().IndexOfAnyExcept(7)));

        model.SetSequences(0);
        Refused("x", 0, p, () => model.StepAll(x.AsSpan(0, p), []));
        Refused("x", 0, p, () => model.ForwardAll(x.AsSpan(0, p), []));
        Refused(output, 0, 1, () => model.ForwardAll([], y.AsSpan(0, 1)));

        static void Refused(string parameter, int expected, int actual, Action action)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(parameter, action);
            Assert.Matches($@" {expected}\b.* {actual}\b", error.Message);
        }

        static float[] Sevens(int length) => [.. Enumerable.Repeat(7f, length)];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoSequenceOrNoStep_ChangesNothing(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(1);
        foreach (int count in new[] { 0, 4 })
        {
            Batch.Random(model, 0, count, 2).Begin(model);
            model.Packed(Part.Gradient).Fill(7);
            float[] before = Everything(model, count);
            float[] tape = new float[model.TapeLength(0, count)];

            model.ForwardAll([], []);
            model.ForwardAll([], [], tape);
            model.BackwardAll([], tape, []);

            Outcome.AssertSameBits(before, Everything(model, count), "storage");
        }

        model.SetSequences(0);
        model.StepAll([], []);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TapeLength_OfOneSequence_IsThatOfASingle_AndBoundsAreChecked(string name)
    {
        ModelUnderTest model = ModelUnderTest.Of(name);

        Assert.All(new[] { 0, 1, 64 }, steps => Assert.Equal(model.TapeLength(steps), model.TapeLength(steps, 1)));
        Assert.Equal(0, model.TapeLength(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => model.TapeLength(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => model.TapeLength(int.MaxValue, 3));
        Assert.Throws<ArgumentOutOfRangeException>("sequences", () => model.TapeLength(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>("sequences", () => model.TapeLength(3, int.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_AllocateNothing(string name)
    {
        const int Steps = 3, Count = 14;
        ModelUnderTest model = ModelUnderTest.Of(name).Seeded(1);
        Batch batch = Batch.Random(model, Steps, Count, 2);
        batch.Begin(model);
        float[] x = batch.X, dY = batch.DY, y = new float[dY.Length], tape = new float[model.TapeLength(Steps, Count)], dX = new float[x.Length];
        Use();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            model.StepAll(x.AsSpan(0, Count * model.Input), y.AsSpan(0, Count * model.Output));
            model.ForwardAll(x, y);
            model.ForwardAll(x, y, tape);
            model.BackwardAll(x, tape, dY);
            model.BackwardAll(x, tape, dY, dX);
        }
    }

    private static void AssertBitsOfSingles(ModelUnderTest model, int steps, int sequences, ulong seed) =>
        AssertBitsOfSingles(model, Batch.Random(model, steps, sequences, seed), compareGradient: true);

    /// <summary>Outputs, states, dStates and dX have the bits of single calls; the gradient is their sum, in another order.</summary>
    private static void AssertBitsOfSingles(ModelUnderTest model, Batch batch, bool compareGradient)
    {
        BatchOutcome steps = BatchOutcome.OfSteps(model, batch), forward = BatchOutcome.OfForward(model, batch);
        BatchOutcome actual = BatchOutcome.Of(model, batch);
        Outcome.AssertSameBits(forward.Y, steps.Y, "y by Step");
        Outcome.AssertSameBits(forward.States, steps.States, "states by Step");
        Outcome.AssertSameBits(forward.Y, actual.Y, "y by recorded Forward");
        Outcome.AssertSameBits(forward.States, actual.States, "states by recorded Forward");

        int memory = model.Memory(Part.Value).Length;
        double[] gradient = new double[actual.Gradient.Length];
        for (int n = 0; n < batch.Sequences.Count; n++)
        {
            model.Packed(Part.Gradient).Clear();
            Outcome single = Outcome.OfBackward(model, batch.Sequences[n]);
            Outcome.AssertSameBits(single.Y, batch.Pick(actual.Y, n), $"y of {n}");
            Outcome.AssertSameBits(single.State, actual.States.AsSpan(n * memory, memory), $"state of {n}");
            Outcome.AssertSameBits(single.DState, actual.DStates.AsSpan(n * memory, memory), $"dState of {n}");
            Outcome.AssertSameBits(single.DX, batch.Pick(actual.DX, n), $"dX of {n}");
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] += single.Gradient[i];
            }
        }

        if (compareGradient)
        {
            Close.Relative(gradient, actual.Gradient, Tolerance, "gradient", 0.1);
        }
    }

    private static float[] Everything(ModelUnderTest model, int sequences) =>
    [
        .. model.Packed(Part.Value), .. model.Packed(Part.Gradient),
        .. Enumerable.Range(0, sequences).SelectMany(n => model.MemoryOf(Part.Value, n).ToArray().Concat(model.MemoryOf(Part.Gradient, n).ToArray())),
    ];

    private static Oracle OracleOf(string name, ModelUnderTest model) =>
        model.IsCell ? Oracle.Of(Golden.Lstm(name), model) : Oracle.Of(Golden.Network(name), model);

    /// <summary>The same sequence with no gradient coming in.</summary>
    private static Sequence Indifferent(Sequence sequence) => new()
    {
        Steps = sequence.Steps,
        X = sequence.X,
        DY = new float[sequence.DY.Length],
        Ltm0 = sequence.Ltm0,
        Wm0 = sequence.Wm0,
        DLtmT = new float[sequence.DLtmT.Length],
        DWmT = new float[sequence.DWmT.Length],
    };
}
