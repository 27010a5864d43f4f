using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Lstm.Reference;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

public sealed class TraceTestsOfFloats : TraceTests<float>;

public sealed class TraceTestsOfDoubles : TraceTests<double>;

/// <summary>What <c>ReadTape</c> finds on a tape, for every type.</summary>
public abstract class TraceTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Steps = 9;

    /// <summary>Sequences that fill no register tile are left over.</summary>
    private const int Sequences = 7;

    /// <summary>Of gates and memories up to 3; a gate in another's place is off by 1e-1.</summary>
    private static readonly double Tolerance = Numbers.Choose<T, double>(floats: 1e-5, doubles: 1e-13);

    public static TheoryData<string> Names => ModelUnderTest<T>.Names;

    /// <summary>The bits that Step leaves in the state of each layer.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Memories_HaveTheBitsOfTheRun(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(6);
        Sequence<T> sequence = Sequence<T>.Random(model, Steps, 7);
        T[] y = new T[Steps * model.Output], tape = Recorded(model, sequence, y), ltm = new T[model.Hidden], wm = new T[model.Hidden];
        TapeReading<T>.Member longTerm = TapeReading<T>.Of(model.Type, "LongTermMemory"), working = TapeReading<T>.Of(model.Type, "WorkingMemory");

        sequence.Begin(model);
        for (int t = 0; t < Steps; t++)
        {
            model.Step(sequence.X.AsSpan(t * model.Input, model.Input), new T[model.Output]);
            for (int layer = 0; layer < model.Layers; layer++)
            {
                longTerm(tape, Steps, 1, t, ltm, layer, 0);
                working(tape, Steps, 1, t, wm, layer, 0);
                Numbers.AssertSameBits<T>(model.LongTermMemory(Part.Value, layer), ltm, $"ltm of layer {layer} at {t}");
                Numbers.AssertSameBits<T>(model.WorkingMemory(Part.Value, layer), wm, $"wm of layer {layer} at {t}");
            }

            if (model.IsCell)
            {
                Numbers.AssertSameBits<T>(y.AsSpan(t * model.Output, model.Output), wm, $"wm at {t} as Forward wrote it");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GatesAndMemories_AgreeWithTheReference(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(6);
        Sequence<T> sequence = Sequence<T>.Random(model, Steps, 7);
        T[] tape = Recorded(model, sequence, new T[Steps * model.Output]);
        IReadOnlyList<CellTrace<double>> layers = Oracle<T>.Of(sequence, model).Layers;

        Assert.Equal(model.Layers, layers.Count);
        for (int layer = 0; layer < model.Layers; layer++)
        {
            CellTrace<double> trace = layers[layer];
            Matrix<double>[] expected = [trace.Rem, trace.Save, trace.Focus, trace.Cand, trace.Ltm, trace.Wm];
            foreach ((string member, Matrix<double> values) in TapeReading<T>.Names.Zip(expected))
            {
                T[] read = All(model, member, tape, 1, layer, 0);
                Close.Relative<T>(values.Values, read, Tolerance, $"{member} of layer {layer}", atLeast: 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ManySequences_HaveTheBitsOfEachAlone(string name)
    {
        ModelUnderTest<T> model = ModelUnderTest<T>.Of(name).Seeded(6);
        Batch<T> batch = Batch<T>.Random(model, Steps, Sequences, 8);
        batch.Begin(model);
        T[] tape = new T[model.TapeLength(Steps, Sequences)];
        model.ForwardAll(batch.X, new T[Steps * Sequences * model.Output], tape);

        for (int n = 0; n < Sequences; n++)
        {
            T[] alone = Recorded(model, batch.Sequences[n], new T[Steps * model.Output]);
            foreach (string member in TapeReading<T>.Names)
            {
                for (int layer = 0; layer < model.Layers; layer++)
                {
                    Numbers.AssertSameBits<T>(
                        All(model, member, alone, 1, layer, 0), All(model, member, tape, Sequences, layer, n), $"{member} of {n}, layer {layer}");
                }
            }
        }
    }

    /// <summary>The tape of a sequence, onto NaN, so that what was not recorded is no number.</summary>
    private static T[] Recorded(ModelUnderTest<T> model, Sequence<T> sequence, T[] y)
    {
        sequence.Begin(model);
        T[] tape = Numbers.Repeated<T>(double.NaN, model.TapeLength(sequence.Steps) + 5);
        model.Forward(sequence.X, y, tape);
        return tape;
    }

    /// <summary>A member at every step, T x d.</summary>
    private static T[] All(ModelUnderTest<T> model, string member, T[] tape, int sequences, int layer, int sequence)
    {
        TapeReading<T>.Member read = TapeReading<T>.Of(model.Type, member);
        T[] values = Numbers.Repeated<T>(double.NaN, Steps * model.Hidden);
        for (int t = 0; t < Steps; t++)
        {
            read(tape, Steps, sequences, t, values.AsSpan(t * model.Hidden, model.Hidden), layer, sequence);
        }

        return values;
    }
}
