using System;
using System.Linq;
using System.Runtime.InteropServices;
using Lstm.Integration.Tests.Cells;
using Lstm.Integration.Tests.Chains;
using Lstm.Integration.Tests.Doubles;
using Lstm.Integration.Tests.Networks;
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
        Cell4x16 cell = default;
        cell.Initialize(seed: 1);
        Cell4x16.Gradient sum = default;
        AssertEqualBits(sum.Values, (Shard shard, ref Cell4x16.Gradient own) =>
        {
            float[] x = Signal(shard, 4);
            float[] wm = new float[shard.Count * Steps * 16];
            float[] dWm = new float[wm.Length];
            float[] tape = new float[Cell4x16.TapeLength(Steps, shard.Count)];
            cell.Forward(x, new Cell4x16.State[shard.Count], wm, tape);
            double loss = Loss.Squared(wm, Signal(shard, 16), dWm);
            cell.Backward(x, tape, dWm, new Cell4x16.State[shard.Count], ref own);
            return loss;
        });
    }

    [Fact]
    public void Network_GivesTheBitsOfOneThread()
    {
        Network2x5x4Layers3 network = default;
        network.Initialize(seed: 1);
        Network2x5x4Layers3.Gradient sum = default;
        AssertEqualBits(sum.Values, (Shard shard, ref Network2x5x4Layers3.Gradient own) =>
        {
            float[] x = Signal(shard, 2);
            float[] y = new float[shard.Count * Steps * 4];
            float[] dY = new float[y.Length];
            float[] tape = new float[Network2x5x4Layers3.TapeLength(Steps, shard.Count)];
            network.Forward(x, new Network2x5x4Layers3.State[shard.Count], y, tape);
            double loss = Loss.Squared(y, Signal(shard, 4), dY);
            network.Backward(x, tape, dY, new Network2x5x4Layers3.State[shard.Count], ref own);
            return loss;
        });
    }

    [Fact]
    public void Chain_GivesTheBitsOfOneThread()
    {
        Diagonal7x5 chain = default;
        chain.Parameters.Fill(0.9f);
        Diagonal7x5.Gradient sum = default;
        AssertEqualBits(sum.Values, (Shard shard, ref Diagonal7x5.Gradient own) =>
        {
            double loss = 0;
            float[] x = Signal(shard, 5);
            for (int n = 0; n < shard.Count; n++)
            {
                loss += chain.Backward(x.AsSpan(n * 5, 5), y: 1, ref own);
            }

            return loss;
        });
    }

    [Fact]
    public void CellOfDoubles_GivesTheBitsOfOneThread()
    {
        DoubleCell4x16 cell = default;
        cell.Initialize(seed: 1);
        DoubleCell4x16.Gradient sum = default;
        AssertEqualBits(sum.Values, (Shard shard, ref DoubleCell4x16.Gradient own) =>
        {
            double[] x = Widened(Signal(shard, 4));
            double[] wm = new double[shard.Count * Steps * 16];
            double[] dWm = new double[wm.Length];
            double[] tape = new double[DoubleCell4x16.TapeLength(Steps, shard.Count)];
            cell.Forward(x, new DoubleCell4x16.State[shard.Count], wm, tape);
            double loss = Loss.Squared(wm, Widened(Signal(shard, 16)), dWm);
            cell.Backward(x, tape, dWm, new DoubleCell4x16.State[shard.Count], ref own);
            return loss;
        });
    }

    [Fact]
    public void NetworkOfDoubles_GivesTheBitsOfOneThread()
    {
        DoubleNetwork2x5x4Layers3 network = default;
        network.Initialize(seed: 1);
        DoubleNetwork2x5x4Layers3.Gradient sum = default;
        AssertEqualBits(sum.Values, (Shard shard, ref DoubleNetwork2x5x4Layers3.Gradient own) =>
        {
            double[] x = Widened(Signal(shard, 2));
            double[] y = new double[shard.Count * Steps * 4];
            double[] dY = new double[y.Length];
            double[] tape = new double[DoubleNetwork2x5x4Layers3.TapeLength(Steps, shard.Count)];
            network.Forward(x, new DoubleNetwork2x5x4Layers3.State[shard.Count], y, tape);
            double loss = Loss.Squared(y, Widened(Signal(shard, 4)), dY);
            network.Backward(x, tape, dY, new DoubleNetwork2x5x4Layers3.State[shard.Count], ref own);
            return loss;
        });
    }

    [Fact]
    public void ChainOfDoubles_GivesTheBitsOfOneThread()
    {
        DoubleDiagonal7x5 chain = default;
        chain.Parameters.Fill(0.9);
        DoubleDiagonal7x5.Gradient sum = default;
        AssertEqualBits(sum.Values, (Shard shard, ref DoubleDiagonal7x5.Gradient own) =>
        {
            double loss = 0;
            double[] x = Widened(Signal(shard, 5));
            for (int n = 0; n < shard.Count; n++)
            {
                loss += chain.Backward(x.AsSpan(n * 5, 5), y: 1, ref own);
            }

            return loss;
        });
    }

    private static void AssertEqualBits<TGradient>(Span<float> sum, ShardGradient<TGradient> shardGradient)
        where TGradient : unmanaged
    {
        float[] expected = new float[sum.Length];
        double expectedLoss = OneAfterTheOther(shardGradient, own =>
        {
            ReadOnlySpan<float> values = MemoryMarshal.Cast<TGradient, float>(own);
            for (int i = 0; i < expected.Length; i++)
            {
                expected[i] += values[i];
            }
        });
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            using var parallel = new DataParallel<TGradient>(threads);
            sum.Clear();
            double loss = parallel.AddGradients(Sequences, sum, shardGradient);

            Assert.Equal(expectedLoss, loss);
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), sum.ToArray().Select(BitConverter.SingleToInt32Bits));
        }
    }

    private static void AssertEqualBits<TGradient>(Span<double> sum, ShardGradient<TGradient> shardGradient)
        where TGradient : unmanaged
    {
        double[] expected = new double[sum.Length];
        double expectedLoss = OneAfterTheOther(shardGradient, own =>
        {
            ReadOnlySpan<double> values = MemoryMarshal.Cast<TGradient, double>(own);
            for (int i = 0; i < expected.Length; i++)
            {
                expected[i] += values[i];
            }
        });
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            using var parallel = new DataParallel<TGradient>(threads);
            sum.Clear();
            double loss = parallel.AddGradients(Sequences, sum, shardGradient);

            Assert.Equal(expectedLoss, loss);
            Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), sum.ToArray().Select(BitConverter.DoubleToInt64Bits));
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
    private static float[] Signal(Shard shard, int width)
    {
        float[] signal = new float[Steps * shard.Count * width];
        for (int i = 0; i < signal.Length; i++)
        {
            signal[i] = ((((shard.First * 31) + i) * 37 % 101) - 50) / 60f;
        }

        return signal;
    }

    private static double[] Widened(float[] values) => Array.ConvertAll(values, value => (double)value);
}
