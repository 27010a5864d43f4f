using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using CsCheck;
using Lstm.Integration.Types;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class BatchTestsOfFloats : BatchTests<float>;

public sealed class BatchTestsOfDoubles : BatchTests<double>;

/// <summary>Many sequences at once are as many single ones.</summary>
public abstract class BatchTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// The weight gradient is summed in another order: of its 2,000 terms, each rounded by 6e-8 of the largest partial sum, errors
    /// of random sign leave some 3e-6 of the largest value. Doubles round by 1e-16.
    /// </summary>
    private static readonly double Tolerance = Numbers.Choose<T, double>(floats: 1e-5, doubles: 1e-13);

    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    /// <summary>Types small enough for many random cases: tiles of 8 and of 16 with padding, of 16 + 4 and 8 + 4, several layers.</summary>
    public static TheoryData<string> Small =>
    [
        .. new[]
        {
            nameof(Cell3x5), nameof(Cell2x20), nameof(Cell5x13), nameof(Network2x5x4Layers3), nameof(Network3x12x2Layers2StrictPortable),
        }.Intersect(ModelUnderTest<T>.All.Select(model => model.Name)),
    ];

    public static TheoryData<string, string> Cases => GoldenTests<T>.Cases;

    /// <summary>None, one, around the register tiles of 2, 3 and 6 and the blocks of 12, around the 96 records that Backward takes at once.</summary>
    public static TheoryData<string, int, int> Counts
    {
        get
        {
            TheoryData<string, int, int> counts = [];
            foreach (ModelUnderTest<T> model in ModelUnderTest<T>.All)
            {
                (int Sequences, int Steps)[] some = model.ParameterCount > 20_000
                    ? [(0, 2), (1, 3), (2, 2), (5, 3), (16, 2), (37, 2)]
                    :
                    [
                        (0, 0), (0, 3), (1, 9), (2, 4), (3, 4), (4, 1), (5, 0), (6, 7), (7, 5),
                        (11, 3), (13, 20), (16, 9), (25, 8), (97, 2), (200, 3),
                    ];
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
        AssertBitsOfSingles(ModelUnderTest<T>.Of(name).Seeded(3), Math.Max(0, steps), sequences, seed: 4);

    /// <summary>Sizes of weights, numbers of sequences and of steps that nobody chose.</summary>
    [Theory]
    [MemberData(nameof(Small))]
    public void RandomCounts_HaveTheBitsOfSingleCalls(string name) =>
        Gen.Select(Gen.ULong, Gen.Int[0, 12], Gen.Int[0, 60]).Sample(
            (seed, steps, sequences) => AssertBitsOfSingles(ModelUnderTest<T>.Of(name).Seeded(seed), steps, sequences, ~seed),
            iter: 20,
            threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void BackwardWithAndWithoutDX_HasTheSameBits(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(3);
        Batch<T> batch = Batch<T>.Random(model, steps: 5, count: 8, seed: 4);

        BatchOutcome<T> with = BatchOutcome<T>.Of(model, batch), without = BatchOutcome<T>.Of(model, batch, withDX: false);

        Numbers.AssertSameBits<T>(with.Gradient, without.Gradient, "gradient");
        Numbers.AssertSameBits<T>(with.DStates, without.DStates, "dStates");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void UnalignedStorage_HasTheSameBits(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(3);
        Batch<T> batch = Batch<T>.Random(model, steps: 4, count: 7, seed: 4);
        BatchOutcome<T> expected = BatchOutcome<T>.Of(model, batch);

        foreach (int offset in new[] { 4, 33 })
        {
            BatchOutcome<T> actual = BatchOutcome<T>.Of(model.Seeded(3, offset), batch);
            Numbers.AssertSameBits<T>(expected.Y, actual.Y, "y");
            Numbers.AssertSameBits<T>(expected.Gradient, actual.Gradient, "gradient");
        }
    }

    /// <summary>Copies of a case give its outputs each, and its gradient as often as there are copies.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void CopiesOfAGoldenCase_GiveItsGradientAsOften(string name, string type)
    {
        const int Copies = 4;
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(type);
        Oracle<T> golden = OracleOf(name, model);
        Batch<T> batch = Batch<T>.Of([.. Enumerable.Repeat(golden.Sequence, Copies)]);

        BatchOutcome<T> outcome = BatchOutcome<T>.Of(model, batch);

        for (int n = 0; n < Copies; n++)
        {
            Close.Relative<T>(golden.Y, batch.Pick(outcome.Y, n), GoldenTests<T>.Tolerance, "y", 0);
            Close.Relative<T>(golden.DX, batch.Pick(outcome.DX, n), GoldenTests<T>.Tolerance, "dX", 0);
        }

        foreach ((Tensor tensor, double[] expected) in golden.Gradient)
        {
            double[] all = [.. expected.Select(value => Copies * value)];
            Close.Relative<T>(all, model.Read(Part.Gradient, tensor), GoldenTests<T>.Tolerance, $"dL/d{tensor}", 0);
        }
    }

    /// <summary>Among other sequences whose outputs nothing depends on, a case gives its own gradient.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void GoldenCaseAmongOthers_GivesItsOwnGradient(string name, string type)
    {
        const int At = 2;
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(type);
        Oracle<T> golden = OracleOf(name, model);
        Sequence<T>[] sequences = [.. Enumerable.Range(0, 5).Select(n => Indifferent(Sequence<T>.Random(model, golden.Sequence.Steps, (ulong)n)))];
        sequences[At] = golden.Sequence;
        Batch<T> batch = Batch<T>.Of(sequences);

        BatchOutcome<T> outcome = BatchOutcome<T>.Of(model, batch);

        Close.Relative<T>(golden.Y, batch.Pick(outcome.Y, At), GoldenTests<T>.Tolerance, "y", 0);
        Close.Relative<T>(golden.DX, batch.Pick(outcome.DX, At), GoldenTests<T>.Tolerance, "dX", 0);
        foreach ((Tensor tensor, double[] expected) in golden.Gradient)
        {
            Close.Relative<T>(expected, model.Read(Part.Gradient, tensor), GoldenTests<T>.Tolerance, $"dL/d{tensor}", 0);
        }
    }

    /// <summary>One sequence's infinite input saturates its own gates, and touches neither the padding nor another sequence.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void InfiniteInputOfOneSequence_HasTheBitsOfSingleCalls(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(3);
        Batch<T> batch = Batch<T>.Random(model, steps: 4, count: 7, seed: 4);
        batch.Sequences[1].X[0] = T.PositiveInfinity;
        batch.Sequences[5].X[^1] = T.NegativeInfinity;

        AssertBitsOfSingles(model, batch, compareGradient: false);

        Assert.All(BatchOutcome<T>.OfForward(model, batch).Y, y => Assert.True(T.IsFinite(y)));
    }

    /// <summary>
    /// What is NaN in a single call is NaN here, and nothing else. Its sign and payload are not promised: of two NaN an addition hands on
    /// that of one operand, and the JIT may swap them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void NaNsOfOneSequence_AreWhereSingleCallsHaveThem(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(3);
        Batch<T> batch = Batch<T>.Random(model, steps: 5, count: 7, seed: 4);
        T[] x = batch.Sequences[1].X, dY = batch.Sequences[5].DY;
        x[2 * model.Input] = NaN(0x7FC00001);
        x[^1] = NaN(0xFFC00002);
        dY[2 * model.Output] = NaN(0x7FC00003);
        dY[^1] = NaN(0xFFC00004);

        BatchOutcome<T> actual = BatchOutcome<T>.Of(model, batch);

        int memory = model.Memory(Part.Value).Length;
        for (int n = 0; n < batch.Sequences.Count; n++)
        {
            // As Reset does: NaN may stand in the padding of a dState that it went through.
            model.Memory(Part.Gradient).Clear();
            Outcome<T> single = Outcome<T>.OfBackward(model, batch.Sequences[n]);
            Numbers.AssertSameBits<T>(OneNaN(single.Y), OneNaN(batch.Pick(actual.Y, n)), $"y of {n}");
            Numbers.AssertSameBits<T>(OneNaN(single.State), OneNaN(actual.States[(n * memory)..((n + 1) * memory)]), $"state of {n}");
            Numbers.AssertSameBits<T>(OneNaN(single.DState), OneNaN(actual.DStates[(n * memory)..((n + 1) * memory)]), $"dState of {n}");
            Numbers.AssertSameBits<T>(OneNaN(single.DX), OneNaN(batch.Pick(actual.DX, n)), $"dX of {n}");
            Assert.Equal(n is 1 or 5, single.DX.Any(T.IsNaN));
        }

        static T NaN(uint bits) => T.CreateTruncating(BitConverter.UInt32BitsToSingle(bits));

        static T[] OneNaN(T[] values) => [.. values.Select(value => T.IsNaN(value) ? T.NaN : value)];
    }

    private static void AssertBitsOfSingles(ModelUnderTest<T> model, int steps, int sequences, ulong seed) =>
        AssertBitsOfSingles(model, Batch<T>.Random(model, steps, sequences, seed), compareGradient: true);

    /// <summary>Outputs, states, dStates and dX have the bits of single calls; the gradient is their sum, in another order.</summary>
    private static void AssertBitsOfSingles(ModelUnderTest<T> model, Batch<T> batch, bool compareGradient)
    {
        BatchOutcome<T> steps = BatchOutcome<T>.OfSteps(model, batch), forward = BatchOutcome<T>.OfForward(model, batch);
        BatchOutcome<T> actual = BatchOutcome<T>.Of(model, batch);
        Numbers.AssertSameBits<T>(forward.Y, steps.Y, "y by Step");
        Numbers.AssertSameBits<T>(forward.States, steps.States, "states by Step");
        Numbers.AssertSameBits<T>(forward.Y, actual.Y, "y by recorded Forward");
        Numbers.AssertSameBits<T>(forward.States, actual.States, "states by recorded Forward");

        int memory = model.Memory(Part.Value).Length;
        double[] gradient = new double[actual.Gradient.Length];
        for (int n = 0; n < batch.Sequences.Count; n++)
        {
            model.Packed(Part.Gradient).Clear();
            Outcome<T> single = Outcome<T>.OfBackward(model, batch.Sequences[n]);
            Numbers.AssertSameBits<T>(single.Y, batch.Pick(actual.Y, n), $"y of {n}");
            Numbers.AssertSameBits<T>(single.State, actual.States.AsSpan(n * memory, memory), $"state of {n}");
            Numbers.AssertSameBits<T>(single.DState, actual.DStates.AsSpan(n * memory, memory), $"dState of {n}");
            Numbers.AssertSameBits<T>(single.DX, batch.Pick(actual.DX, n), $"dX of {n}");
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] += double.CreateTruncating(single.Gradient[i]);
            }
        }

        if (compareGradient)
        {
            Close.Relative<T>(gradient, actual.Gradient, Tolerance, "gradient", 0.1);
        }
    }

    private static Oracle<T> OracleOf(string name, ModelUnderTest<T> model) =>
        model.IsCell ? Oracle<T>.Of(Golden.Lstm(name), model) : Oracle<T>.Of(Golden.Network(name), model);

    /// <summary>The same sequence with no gradient coming in.</summary>
    private static Sequence<T> Indifferent(Sequence<T> sequence) => new()
    {
        Steps = sequence.Steps,
        X = sequence.X,
        DY = new T[sequence.DY.Length],
        Ltm0 = sequence.Ltm0,
        Wm0 = sequence.Wm0,
        DLtmT = new T[sequence.DLtmT.Length],
        DWmT = new T[sequence.DWmT.Length],
    };
}
