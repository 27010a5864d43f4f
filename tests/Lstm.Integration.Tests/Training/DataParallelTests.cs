using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Lstm.Integration.Types;
using Lstm.Testing;
using Xunit;

namespace Lstm.Integration.Tests.Training;

/// <summary>Every kind of generated gradient, summed over shards: the bits of shards one after the other, with any number of threads.</summary>
public class DataParallelTests
{
    private const int Sequences = 18; // shards of 3 and 4
    private const int Steps = 9;

    [Fact]
    public void Cell_GivesTheBitsOfOneThread()
    {
        AssertTrainsWithTheBitsOfOneThread<float, Cell4x16, Cell4x16.State, Cell4x16.Gradient>();
        AssertTrainsWithTheBitsOfOneThread<double, Types.Doubles.Cell4x16, Types.Doubles.Cell4x16.State, Types.Doubles.Cell4x16.Gradient>();
    }

    [Fact]
    public void Network_GivesTheBitsOfOneThread()
    {
        AssertTrainsWithTheBitsOfOneThread<float, Network2x5x4Layers3, Network2x5x4Layers3.State, Network2x5x4Layers3.Gradient>();
        AssertTrainsWithTheBitsOfOneThread<
            double, Types.Doubles.Network2x5x4Layers3, Types.Doubles.Network2x5x4Layers3.State, Types.Doubles.Network2x5x4Layers3.Gradient>();
    }

    [Fact]
    public void Chain_GivesTheBitsOfOneThread()
    {
        Run<float, Diagonal7x5, Diagonal7x5.Gradient>();
        Run<double, Types.Doubles.Diagonal7x5, Types.Doubles.Diagonal7x5.Gradient>();

        static void Run<T, TChain, TGradient>()
            where T : unmanaged, IFloatingPointIeee754<T>
            where TChain : unmanaged, IChain<T, TGradient>
            where TGradient : unmanaged
        {
            TChain chain = default;
            chain.Parameters.Fill(T.CreateTruncating(0.9));
            AssertEqualBits<T, TGradient>((Shard shard, ref TGradient own) =>
            {
                double loss = 0;
                T[] x = Signal<T>(shard, 5);
                for (int n = 0; n < shard.Count; n++)
                {
                    loss += double.CreateTruncating(chain.Backward(x.AsSpan(n * 5, 5), T.One, ref own));
                }

                return loss;
            });
        }
    }

    private static void AssertTrainsWithTheBitsOfOneThread<T, TLstm, TState, TGradient>()
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLstm : unmanaged, ITrainableLstm<TLstm, T, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<T>
    {
        TLstm model = default;
        model.Initialize(seed: 1, T.One);
        AssertEqualBits<T, TGradient>((Shard shard, ref TGradient own) =>
        {
            T[] x = Signal<T>(shard, TLstm.InputSize);
            T[] y = new T[shard.Count * Steps * TLstm.OutputSize];
            T[] dY = new T[y.Length];
            T[] tape = new T[TLstm.TapeLength(Steps, shard.Count)];
            model.Forward(x, new TState[shard.Count], y, tape);
            T loss = Overloads<T>.Squared(y, Signal<T>(shard, TLstm.OutputSize), dY);
            model.Backward(x, tape, dY, new TState[shard.Count], ref own, dX: default);
            return double.CreateTruncating(loss);
        });
    }

    private static void AssertEqualBits<T, TGradient>(ShardGradient<TGradient> shardGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TGradient : unmanaged
    {
        TGradient[] sum = new TGradient[1];
        Span<T> values = MemoryMarshal.Cast<TGradient, T>(sum.AsSpan());
        T[] expected = new T[values.Length];
        double expectedLoss = OneAfterTheOther(shardGradient, own =>
        {
            ReadOnlySpan<T> added = MemoryMarshal.Cast<TGradient, T>(own);
            for (int i = 0; i < expected.Length; i++)
            {
                expected[i] += added[i];
            }
        });
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            using var parallel = new DataParallel<TGradient>(threads);
            values.Clear();
            double loss = Overloads<T>.AddGradients(parallel, Sequences, values, shardGradient);

            Assert.Equal(expectedLoss, loss);
            Numbers.AssertSameBits<T>(expected, values, "gradient");
        }
    }

    private static double OneAfterTheOther<TGradient>(ShardGradient<TGradient> shardGradient, Action<TGradient[]> add)
        where TGradient : unmanaged
    {
        using var split = new DataParallel<TGradient>(threads: 1);
        double loss = 0;
        for (int index = 0; index < split.ShardCount(Sequences); index++)
        {
            TGradient[] own = new TGradient[1];
            loss += shardGradient(split.ShardAt(Sequences, index), ref own[0]);
            Assert.Contains(MemoryMarshal.AsBytes(own.AsSpan()).ToArray(), value => value != 0);
            add(own);
        }

        return loss;
    }

    /// <summary>T x N x width, different for each shard.</summary>
    private static T[] Signal<T>(Shard shard, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] signal = new T[Steps * shard.Count * width];
        for (int i = 0; i < signal.Length; i++)
        {
            signal[i] = T.CreateTruncating(((((shard.First * 31) + i) * 37 % 101) - 50) / 60.0);
        }

        return signal;
    }
}
