using System;
using System.Linq;
using System.Numerics;
using Lstm.Integration.Types;
using Lstm.Kernels;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Code that is generic over generated types, as a user writes it.</summary>
public class InterfaceTests
{
    [Fact]
    public void Sizes_AreThoseOfTheDeclaration()
    {
        Assert.Equal((3, 5, 5, 1, 180, 288), Sizes<Cell3x5, float, Cell3x5.State>());
        Assert.Equal((3, 5, 5, 1, 180, 288), Sizes<RunOnlyCell3x5, float, RunOnlyCell3x5.State>());
        Assert.Equal((3, 5, 5, 1, 180, 288), Sizes<Types.Doubles.Cell3x5, double, Types.Doubles.Cell3x5.State>());
        Assert.Equal(
            (2, 5, 4, 3, Network2x5x4Layers3.ParameterCount, Network2x5x4Layers3.ParameterLength),
            Sizes<Network2x5x4Layers3, float, Network2x5x4Layers3.State>());
    }

    [Fact]
    public void WhatCannotBeTrained_IsNoTrainableLstm() => Assert.All(
        new[] { typeof(RunOnlyCell3x5), typeof(RunOnlyNetwork3x12x2Layers2) },
        type => Assert.Equal(["ILstm`3"], type.GetInterfaces().Select(face => face.Name)));

    [Fact]
    public void GenericTraining_LowersTheLoss()
    {
        AssertLearns<Cell3x5, float, Cell3x5.State, Cell3x5.Gradient>();
        AssertLearns<Types.Doubles.Cell3x5, double, Types.Doubles.Cell3x5.State, Types.Doubles.Cell3x5.Gradient>();
        AssertLearns<Network2x5x4Layers3, float, Network2x5x4Layers3.State, Network2x5x4Layers3.Gradient>();
    }

    [Fact]
    public void Members_AllocateNothing()
    {
        Network2x5x4Layers3 network = default;
        network.Initialize(1);
        float[] x = new float[6], y = new float[12], tape = new float[Network2x5x4Layers3.TapeLength(3)];
        float[] exported = new float[Network2x5x4Layers3.ParameterCount];
        Use<Network2x5x4Layers3, float, Network2x5x4Layers3.State, Network2x5x4Layers3.Gradient>(ref network, x, y, tape, exported);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Use<Network2x5x4Layers3, float, Network2x5x4Layers3.State, Network2x5x4Layers3.Gradient>(ref network, x, y, tape, exported);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>An int variable is a seed too: the numbers are those of the ulong with its two's complement.</summary>
    [Theory]
    [InlineData(0, 0UL)]
    [InlineData(1, 1UL)]
    [InlineData(int.MaxValue, 2147483647UL)]
    [InlineData(-1, ulong.MaxValue)]
    [InlineData(int.MinValue, 18446744071562067968UL)]
    public void IntSeed_GivesTheNumbersOfTheUlong(int seed, ulong same)
    {
        (Cell3x5 first, Cell3x5 second) = (default, default);
        (Network2x5x4Layers3 firstNetwork, Network2x5x4Layers3 secondNetwork) = (default, default);
        first.Initialize(seed);
        second.Initialize(same);
        firstNetwork.Initialize(seed, 0.5f);
        secondNetwork.Initialize(same, 0.5f);

        Numbers.AssertSameBits<float>(first.Parameters, second.Parameters, "parameters");
        Numbers.AssertSameBits<float>(firstNetwork.Parameters, secondNetwork.Parameters, "parameters");
    }

    private static (int Input, int Hidden, int Output, int Layers, int Count, int Length) Sizes<TLstm, T, TState>()
        where TLstm : unmanaged, ILstm<TLstm, T, TState>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TState : unmanaged
    {
        TLstm model = default;
        Assert.Equal(TLstm.ParameterLength, model.Parameters.Length);
        model.Parameters[0] = T.One;
        Assert.Equal(T.One, model.Parameters[0]);
        return (TLstm.InputSize, TLstm.HiddenSize, TLstm.OutputSize, TLstm.LayerCount, TLstm.ParameterCount, TLstm.ParameterLength);
    }

    private static void AssertLearns<TLstm, T, TState, TGradient>()
        where TLstm : unmanaged, ITrainableLstm<TLstm, T, TState, TGradient>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<T>
    {
        const int Steps = 6, Sequences = 3;
        TLstm model = default;
        model.Initialize(7, T.One);
        var random = new UniformRandom(8);
        T[] x = [.. Enumerable.Range(0, Steps * Sequences * TLstm.InputSize).Select(_ => Overloads<T>.Next(ref random, T.One))];
        T[] y = new T[Steps * Sequences * TLstm.OutputSize], dY = new T[y.Length], tape = new T[TLstm.TapeLength(Steps, Sequences)];
        T quarter = T.CreateTruncating(0.25), first = T.Zero, last = T.Zero;
        TGradient gradient = default;
        for (int i = 0; i < 30; i++)
        {
            TState[] states = new TState[Sequences], dStates = new TState[Sequences];
            model.Forward(x, states, y, tape);
            last = T.Zero;
            for (int k = 0; k < y.Length; k++)
            {
                dY[k] = y[k] - quarter;
                last += dY[k] * dY[k];
            }

            first = i == 0 ? last : first;
            gradient.Clear();
            model.Backward(x, tape, dY, dStates, ref gradient, dX: default);
            Assert.Equal(TLstm.ParameterLength, gradient.Values.Length);
            model.Descend(in gradient, T.CreateTruncating(0.02));
        }

        Assert.True(last < first / T.CreateTruncating(2), $"the loss went from {first} to {last}");
    }

    private static void Use<TLstm, T, TState, TGradient>(ref TLstm model, T[] x, T[] y, T[] tape, T[] exported)
        where TLstm : unmanaged, ITrainableLstm<TLstm, T, TState, TGradient>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<T>
    {
        (TState state, TState dState) = (default, default);
        TGradient gradient = default;
        model.Forward(x, ref state, y);
        model.Forward(x, ref state, y, tape);
        model.Backward(x, tape, y, ref dState, ref gradient, dX: default);
        model.W(0, Gate.Save, 0, 0) += gradient.Values[0];
        model.Descend(in gradient, T.Zero);
        model.ExportParameters(exported);
        model.ImportParameters(exported);
    }
}
