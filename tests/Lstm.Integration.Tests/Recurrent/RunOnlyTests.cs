using System;
using System.Linq;
using System.Runtime.InteropServices;

using Lstm.Integration.Types;

using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>With <c>Backward = false</c> a type computes the same bits, and has none of the members that train.</summary>
public sealed class RunOnlyTests
{
    private const int Steps = 7;
    private const int Sequences = 5;

    [Fact]
    public void Cell_ComputesTheSameBits()
    {
        Cell3x5 cell = default;
        RunOnlyCell3x5 runOnly = default;
        cell.Initialize(seed: 3);
        runOnly.Initialize(seed: 3);
        AssertEqualBits<float>(cell.Parameters, runOnly.Parameters);
        float[] x = Inputs(Steps * Cell3x5.InputSize);
        float[] expected = new float[Steps * Cell3x5.HiddenSize], actual = new float[expected.Length];
        Cell3x5.State state = default;
        RunOnlyCell3x5.State runOnlyState = default;

        cell.Forward(x, ref state, expected);
        runOnly.Forward(x, ref runOnlyState, actual);
        AssertEqualBits<float>(expected, actual);

        cell.Step(x.AsSpan(0, Cell3x5.InputSize), ref state);
        runOnly.Step(x.AsSpan(0, Cell3x5.InputSize), ref runOnlyState);
        AssertEqualBits<float>(state.LongTermMemory, runOnlyState.LongTermMemory);
        AssertEqualBits<float>(state.WorkingMemory, runOnlyState.WorkingMemory);
    }

    [Fact]
    public void CellOfManySequences_ComputesTheSameBits()
    {
        Cell3x5 cell = default;
        RunOnlyCell3x5 runOnly = default;
        cell.Initialize(seed: 3);
        runOnly.Initialize(seed: 3);
        float[] x = Inputs(Steps * Sequences * Cell3x5.InputSize);
        float[] expected = new float[Steps * Sequences * Cell3x5.HiddenSize], actual = new float[expected.Length];
        Cell3x5.State[] states = new Cell3x5.State[Sequences];
        RunOnlyCell3x5.State[] runOnlyStates = new RunOnlyCell3x5.State[Sequences];

        cell.Forward(x, states, expected);
        runOnly.Forward(x, runOnlyStates, actual);

        AssertEqualBits<float>(expected, actual);
        AssertEqualBits<byte>(MemoryMarshal.AsBytes(states.AsSpan()), MemoryMarshal.AsBytes(runOnlyStates.AsSpan()));
    }

    [Fact]
    public void Network_ComputesTheSameBits()
    {
        Network3x12x2Layers2 network = default;
        RunOnlyNetwork3x12x2Layers2 runOnly = default;
        network.Initialize(seed: 3);
        runOnly.Initialize(seed: 3);
        AssertEqualBits<float>(network.Parameters, runOnly.Parameters);
        float[] x = Inputs(Steps * Network3x12x2Layers2.InputSize);
        float[] expected = new float[Steps * Network3x12x2Layers2.OutputSize], actual = new float[expected.Length];
        Network3x12x2Layers2.State state = default;
        RunOnlyNetwork3x12x2Layers2.State runOnlyState = default;

        network.Forward(x, ref state, expected);
        runOnly.Forward(x, ref runOnlyState, actual);
        AssertEqualBits<float>(expected, actual);

        network.Step(x.AsSpan(0, 3), ref state, expected.AsSpan(0, 2));
        runOnly.Step(x.AsSpan(0, 3), ref runOnlyState, actual.AsSpan(0, 2));
        AssertEqualBits<float>(expected, actual);
    }

    [Fact]
    public void NetworkOfManySequences_ComputesTheSameBits()
    {
        Network3x12x2Layers2 network = default;
        RunOnlyNetwork3x12x2Layers2 runOnly = default;
        network.Initialize(seed: 3);
        runOnly.Initialize(seed: 3);
        float[] x = Inputs(Steps * Sequences * Network3x12x2Layers2.InputSize);
        float[] expected = new float[Steps * Sequences * Network3x12x2Layers2.OutputSize], actual = new float[expected.Length];
        Network3x12x2Layers2.State[] states = new Network3x12x2Layers2.State[Sequences];
        RunOnlyNetwork3x12x2Layers2.State[] runOnlyStates = new RunOnlyNetwork3x12x2Layers2.State[Sequences];

        network.Forward(x, states, expected);
        runOnly.Forward(x, runOnlyStates, actual);

        AssertEqualBits<float>(expected, actual);
        AssertEqualBits<byte>(MemoryMarshal.AsBytes(states.AsSpan()), MemoryMarshal.AsBytes(runOnlyStates.AsSpan()));
    }

    [Fact]
    public void LoadedModel_GivesTheSameBits()
    {
        Cell3x5 cell = default;
        Network3x12x2Layers2 network = default;
        cell.Initialize(seed: 3);
        network.Initialize(seed: 3);
        LstmModel ofCell = cell.ToModel(), ofNetwork = network.ToModel();
        ofNetwork.HasInitialState = true;
        ofNetwork.InitialWorkingMemory(1)[7] = 0.5f;

        RunOnlyCell3x5 runOnlyCell = default;
        RunOnlyNetwork3x12x2Layers2 runOnlyNetwork = default;
        RunOnlyNetwork3x12x2Layers2.State state = default;
        runOnlyCell.Load(ofCell);
        runOnlyNetwork.Load(ofNetwork);
        state.Load(ofNetwork);

        AssertEqualBits<float>(cell.Parameters, runOnlyCell.Parameters);
        AssertEqualBits<float>(network.Parameters, runOnlyNetwork.Parameters);
        Assert.Equal(0.5f, state.WorkingMemory(1)[7]);
        Assert.Equal(ofNetwork.W(1, Gate.Focus).ToArray(), runOnlyNetwork.ToModel().W(1, Gate.Focus).ToArray());
    }

    [Theory]
    [InlineData(typeof(RunOnlyCell3x5), typeof(Cell3x5))]
    [InlineData(typeof(RunOnlyNetwork3x12x2Layers2), typeof(Network3x12x2Layers2))]
    public void MembersThatTrain_AreLeftOut(Type runOnly, Type trained)
    {
        string[] training = ["Backward", "Descend", "Gradient", "ReadTape", "TapeLength", "Trace"];

        Assert.All(training, name => Assert.NotEmpty(trained.GetMember(name)));
        Assert.All(training, name => Assert.Empty(runOnly.GetMember(name)));
        Assert.Equal(
            trained.GetMembers().Select(member => member.Name).Distinct().Except(training).Order(),
            runOnly.GetMembers().Select(member => member.Name).Distinct().Order());
    }

    private static float[] Inputs(int length) => [.. Enumerable.Range(0, length).Select(i => MathF.Sin(1.7f * i))];

    private static void AssertEqualBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged =>
        Assert.Equal(MemoryMarshal.AsBytes(expected).ToArray(), MemoryMarshal.AsBytes(actual).ToArray());
}
