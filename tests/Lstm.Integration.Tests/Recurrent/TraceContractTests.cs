using System;
using Lstm.Integration.Types;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>What <c>ReadTape</c> and <c>Trace</c> refuse, and what they cost.</summary>
public sealed class TraceContractTests
{
    private const int Steps = 4;
    private const int Sequences = 3;

    private readonly float[] tape = new float[Network3x12x2Layers2.TapeLength(Steps, Sequences) + 1];

    public TraceContractTests()
    {
        Network3x12x2Layers2 network = default;
        network.Initialize(seed: 3);
        network.Forward(
            new float[Steps * Sequences * 3], new Network3x12x2Layers2.State[Sequences], new float[Steps * Sequences * 2], tape);
    }

    [Theory]
    [InlineData(5, 3, "'tape' recorded 4 steps of 3 sequences, given 5 of 3. Give ReadTape the steps and sequences that Forward had.")]
    [InlineData(4, 1, "'tape' recorded 4 steps of 3 sequences, given 4 of 1. ")]
    [InlineData(3, 4, "'tape' recorded 4 steps of 3 sequences, given 3 of 4. ")]
    public void OtherStepsAndSequences_AreRefused(int steps, int sequences, string message) =>
        Says(message, "tape", () => Network3x12x2Layers2.ReadTape(tape, steps, sequences));

    [Fact]
    public void WrongTape_IsRefused()
    {
        int needed = tape.Length - 1;
        Says(
            $"'tape' must have a length of at least {needed}, but its length is {needed - 1}. It is TapeLength(4, 3).", "tape",
            () => Network3x12x2Layers2.ReadTape(tape.AsSpan(0, needed - 1), Steps, Sequences));
        Says(
            $"'tape' must have a length of at least {needed}, but its length is 0. ", "tape",
            () => Network3x12x2Layers2.ReadTape(default, Steps, Sequences));
        Says(
            "'tape' holds no record of this type", "tape",
            () => Network3x12x2Layers2.ReadTape(new float[tape.Length], Steps, Sequences));
        Says("'tape' holds no record of this type", "tape", () => Cell3x5.ReadTape(tape, Steps, Sequences));
    }

    [Fact]
    public void NegativeNumbers_AreOutOfRange()
    {
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => Network3x12x2Layers2.ReadTape(tape, -1, Sequences));
        Assert.Throws<ArgumentOutOfRangeException>("sequences", () => Network3x12x2Layers2.ReadTape(tape, Steps, -1));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => Network3x12x2Layers2.ReadTape(tape, int.MaxValue, Sequences));
    }

    [Theory]
    [InlineData("t", -1, 0, 0, 4)]
    [InlineData("t", 4, 0, 0, 4)]
    [InlineData("layer", 0, -1, 0, 2)]
    [InlineData("layer", 0, 2, 0, 2)]
    [InlineData("sequence", 0, 0, -1, 3)]
    [InlineData("sequence", 3, 1, 3, 3)]
    public void NoSuchStepLayerOrSequence_IsOutOfRange(string parameter, int t, int layer, int sequence, int limit)
    {
        float[] d = new float[12];
        Array.Fill(d, 7);

        EachMember(read =>
        {
            ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
                parameter, () => read(tape, Steps, Sequences, t, d, layer, sequence));
            Assert.StartsWith($"'{parameter}' must be at least 0 and less than {limit}, but it is ", error.Message, StringComparison.Ordinal);
            Assert.Equal(-1, d.AsSpan().IndexOfAnyExcept(7f));
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(16)]
    public void DestinationOfAnotherLength_IsRefused(int length)
    {
        float[] d = new float[length];
        Array.Fill(d, 7);

        EachMember(read =>
        {
            Says($"'d' must have length 12, but its length is {length}. It is HiddenSize.", "d", () => read(tape, Steps, Sequences, 1, d, 1, 1));
            Assert.Equal(-1, d.AsSpan().IndexOfAnyExcept(7f));
        });
    }

    [Fact]
    public void DestinationOnTheTape_IsRefused()
    {
        float[] before = (float[])tape.Clone();

        EachMember(read => Says("'d' must not overlap 'tape'", "d", () => read(tape, Steps, Sequences, 0, tape.AsSpan(100, 12), 0, 0)));
        Assert.Equal(before, tape);
    }

    [Fact]
    public void NoStepsOrSequences_HaveNothingToRead()
    {
        float[] none = new float[Cell3x5.TapeLength(0)];
        Cell3x5 cell = default;
        Cell3x5.State state = default;
        cell.Forward([], ref state, [], none);

        Assert.Throws<ArgumentOutOfRangeException>("t", () => Cell3x5.ReadTape(none, 0).Save(0, new float[5]));
        Assert.Throws<ArgumentOutOfRangeException>("sequence", () => Cell3x5.ReadTape([], 4, 0).Save(0, new float[5]));
        Assert.Throws<ArgumentOutOfRangeException>("t", () => default(Cell3x5.Trace).Save(0, new float[5]));
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        float[] d = new float[12];
        Read(d);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(d);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Read(Span<float> d)
    {
        Network3x12x2Layers2.Trace trace = Network3x12x2Layers2.ReadTape(tape, Steps, Sequences);
        for (int t = 0; t < Steps; t++)
        {
            trace.Remember(t, d, layer: 1, sequence: 2);
            trace.Save(t, d, layer: 1);
            trace.Focus(t, d, sequence: 2);
            trace.Candidate(t, d);
            trace.LongTermMemory(t, d);
            trace.WorkingMemory(t, d);
        }
    }

    private static void EachMember(Action<TapeReading<float>.Member> check)
    {
        foreach (string name in TapeReading<float>.Names)
        {
            check(TapeReading<float>.Of(typeof(Network3x12x2Layers2), name));
        }
    }

    private static void Says(string message, string parameter, Action call) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(parameter, call).Message, StringComparison.Ordinal);
}
