using System;
using System.Linq;
using System.Numerics;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class SilenceTestsOfFloats : SilenceTests<float>;

public sealed class SilenceTestsOfDoubles : SilenceTests<double>;

/// <summary>No state stays among the subnormal numbers: what fades away ends at 0, on every path.</summary>
public abstract class SilenceTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>More than a block of sequences, and a rest that fills no register tile.</summary>
    private const int Sequences = 14;

    /// <summary>The least |ltm| that a step leaves.</summary>
    private static readonly T Limit = T.ScaleB(T.One, Numbers.Choose<T, int>(-100, -900));

    /// <summary>What (4) may give: around the limit, far below, NaN. The last one is not for layers that others read.</summary>
    private static readonly T[] NewLtm =
    [
        Limit, T.BitDecrement(Limit), -Limit, -T.BitDecrement(Limit), T.BitIncrement(Limit), Limit / T.CreateTruncating(4), T.One, T.Epsilon,
        -T.Epsilon, -T.One, T.Zero, T.NaN,
    ];

    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void AfterNoise_TheStateEndsAtZero(string name)
    {
        const int Noise = 64, Steps = 500, Times = 10;
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(1);
        foreach (Tensor tensor in model.Tensors)
        {
            T[] values = model.Read(Part.Value, tensor);
            model.Write(tensor, tensor.Letter switch
            {
                Letter.U => [.. values.Select(value => 0.5 * double.CreateTruncating(value))],
                Letter.B => [.. values.Select(_ => tensor.Gate == Gate.Remember ? 1.0 : 0)],
                _ => Numbers.Widened<T>(values),
            });
        }

        Batch<T> batch = Batch<T>.Random(model, Noise, Sequences, 2);
        T[] silence = new T[Steps * Sequences * model.Input], y = new T[Steps * Sequences * model.Output];
        batch.Begin(model);
        model.Forward(batch.Sequences[0].X, y.AsSpan(0, Noise * model.Output));
        model.ForwardAll(batch.X, y.AsSpan(0, Noise * Sequences * model.Output));
        Assert.DoesNotContain(T.Zero, model.LongTermMemories(Part.Value));
        for (int i = 0; i < Times; i++)
        {
            model.Forward(silence.AsSpan(0, Steps * model.Input), y.AsSpan(0, Steps * model.Output));
            model.ForwardAll(silence, y);
        }

        T[] zeros = new T[model.Memory(Part.Value).Length];
        Numbers.AssertSameBits<T>(zeros, model.Memory(Part.Value), "state");
        for (int n = 0; n < Sequences; n++)
        {
            Numbers.AssertSameBits<T>(zeros, model.MemoryOf(Part.Value, n), $"state {n}");
        }
    }

    /// <summary>
    /// A loop through wm alone, ltm = tanh(0.9 wm), which rounding would hold at four times the least subnormal number: 4 * 0.9 is rounded to 4.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void WorkingMemory_EndsAtZeroToo(string name)
    {
        const int Steps = 200;
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name);
        foreach (Tensor tensor in model.Tensors)
        {
            for (int row = 0; row < tensor.Rows && tensor.Letter is Letter.B or Letter.U; row++)
            {
                bool isCandidate = tensor.Gate == Gate.Candidate;
                model.At(Part.Value, tensor, row, tensor.Letter == Letter.U ? row : 0) = T.CreateTruncating(tensor.Letter == Letter.U
                    ? (isCandidate ? 0.9 : 0)
                    : (isCandidate ? 0 : tensor.Gate == Gate.Remember ? -40 : 40));
            }
        }

        for (int layer = 0; layer < model.Layers; layer++)
        {
            model.WorkingMemory(Part.Value, layer).Fill(Limit * T.CreateTruncating(32));
        }

        model.Forward(new T[Steps * model.Input], new T[Steps * model.Output]);

        Numbers.AssertSameBits<T>(new T[model.Memory(Part.Value).Length], model.Memory(Part.Value), "state");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatIsBelowTheLimit_IsFlushedAndNothingElse(string name) => AssertFlushes(ModelUnderTest<T>.Of(name));

    /// <summary>One step of every member. Without weights a gate is 1/2, so that (4) halves ltm, which is exact.</summary>
    internal static void AssertFlushes(ModelUnderTest<T> model)
    {
        T[] x = new T[Sequences * model.Input], y = new T[Sequences * model.Output];
        T[] tape = new T[model.TapeLength(1)], tapes = new T[model.TapeLength(1, Sequences)];
        T[] wm = [];
        foreach (Action run in new Action[]
        {
            () => model.Step(x.AsSpan(0, model.Input), y.AsSpan(0, model.Output)),
            () => model.Forward(x.AsSpan(0, model.Input), y.AsSpan(0, model.Output)),
            () => model.Forward(x.AsSpan(0, model.Input), y.AsSpan(0, model.Output), tape),
        })
        {
            Fill(model, model.Memory(Part.Value), 0);
            run();
            AssertFlushed(model, model.Memory(Part.Value), 0);
            wm = wm.Length > 0 ? wm : model.WorkingMemories(Part.Value);
            Numbers.AssertSameBits<T>(wm, model.WorkingMemories(Part.Value), "wm");
        }

        AssertEndsWith(model, tape, model.Memory(Part.Value));
        model.SetSequences(Sequences);
        foreach (Action run in new Action[] { () => model.StepAll(x, y), () => model.ForwardAll(x, y), () => model.ForwardAll(x, y, tapes) })
        {
            for (int n = 0; n < Sequences; n++)
            {
                Fill(model, model.MemoryOf(Part.Value, n), n);
            }

            run();
            for (int n = 0; n < Sequences; n++)
            {
                AssertFlushed(model, model.MemoryOf(Part.Value, n), n);
                Fill(model, model.Memory(Part.Value), n);
                model.Step(x.AsSpan(0, model.Input), y.AsSpan(0, model.Output));
                Numbers.AssertSameBits<T>(model.Memory(Part.Value), model.MemoryOf(Part.Value, n), $"state {n}");
            }
        }

        AssertEndsWith(model, tapes, model.MemoryOf(Part.Value, Sequences - 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatIsFlushed_DoesNotComeBack(string name) => AssertStaysFlushed(ModelUnderTest<T>.Of(name));

    /// <summary>
    /// Two steps. The first gives 0.9 limits, which is flushed. The second adds 0.9 limits, which is flushed too; with half of what the first gave
    /// it would be 1.35 limits, which is kept.
    /// </summary>
    internal static void AssertStaysFlushed(ModelUnderTest<T> model)
    {
        T ltm = Limit * T.CreateTruncating(1.8);
        Tensor weights = model.Tensors.Single(tensor => tensor is { Letter: Letter.W, Layer: 0, Gate: Gate.Candidate });
        for (int unit = 0; unit < model.Hidden; unit++)
        {
            model.At(Part.Value, weights, unit, 0) = T.One;
        }

        T[] x = new T[2 * Sequences * model.Input], y = new T[2 * Sequences * model.Output];
        x[model.Input] = ltm;
        foreach (bool recorded in new[] { false, true })
        {
            model.LongTermMemory(Part.Value, 0).Fill(ltm);
            if (recorded)
            {
                model.Forward(x.AsSpan(0, 2 * model.Input), y.AsSpan(0, 2 * model.Output), new T[model.TapeLength(2)]);
            }
            else
            {
                model.Forward(x.AsSpan(0, 2 * model.Input), y.AsSpan(0, 2 * model.Output));
            }

            Numbers.AssertSameBits<T>(new T[model.Hidden], model.LongTermMemory(Part.Value, 0), $"ltm, recorded: {recorded}");
        }

        x.AsSpan().Clear();
        for (int n = 0; n < Sequences; n++)
        {
            x[(Sequences + n) * model.Input] = ltm;
        }

        foreach (bool recorded in new[] { false, true })
        {
            model.SetSequences(Sequences);
            for (int n = 0; n < Sequences; n++)
            {
                model.MemoryOf(Part.Value, n)[..model.Hidden].Fill(ltm);
            }

            if (recorded)
            {
                model.ForwardAll(x, y, new T[model.TapeLength(2, Sequences)]);
            }
            else
            {
                model.ForwardAll(x, y);
            }

            for (int n = 0; n < Sequences; n++)
            {
                Numbers.AssertSameBits<T>(new T[model.Hidden], model.MemoryOf(Part.Value, n)[..model.Hidden], $"ltm {n}, recorded: {recorded}");
            }
        }
    }

    /// <summary>Twice the values that (4) is to give, in an order that depends on the sequence.</summary>
    private static void Fill(ModelUnderTest<T> model, Span<T> state, int sequence)
    {
        state.Clear();
        for (int layer = 0; layer < model.Layers; layer++)
        {
            for (int unit = 0; unit < model.Hidden; unit++)
            {
                T value = Expected(model, layer, unit, sequence);
                state[(layer * state.Length / model.Layers) + unit] = value + value;
            }
        }
    }

    private static void AssertFlushed(ModelUnderTest<T> model, Span<T> state, int sequence)
    {
        int stride = state.Length / model.Layers;
        for (int layer = 0; layer < model.Layers; layer++)
        {
            for (int unit = 0; unit < model.Hidden; unit++)
            {
                T expected = Expected(model, layer, unit, sequence);
                T ltm = state[(layer * stride) + unit], wm = state[(layer * stride) + (stride / 2) + unit];
                string what = $"{model.Name}, layer {layer}, unit {unit}, sequence {sequence}: ltm {ltm}, wm {wm} where (4) gives {expected}";
                bool flushed = T.Abs(expected) < Limit;
                Assert.True(T.IsNaN(expected) ? T.IsNaN(ltm) && T.IsNaN(wm) : ltm == (flushed ? T.Zero : expected), what);
                Assert.True(T.IsNaN(expected) || flushed == (wm == T.Zero), what);
                Assert.False(flushed && (T.IsNegative(ltm) || T.IsNegative(wm)), what);
            }
        }
    }

    /// <summary>The last record of a tape ends with ltm and wm of the last layer.</summary>
    private static void AssertEndsWith(ModelUnderTest<T> model, T[] tape, Span<T> state)
    {
        int layer = state.Length / model.Layers;
        Numbers.AssertSameBits<T>(state[^layer..], tape.AsSpan()[^layer..], "end of the tape");
    }

    private static T Expected(ModelUnderTest<T> model, int layer, int unit, int sequence) =>
        NewLtm[((5 * layer) + unit + sequence) % (layer < model.Layers - 1 ? NewLtm.Length - 1 : NewLtm.Length)];
}
