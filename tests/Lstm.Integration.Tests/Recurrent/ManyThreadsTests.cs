using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

using Lstm.Integration.Types;

using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>
/// Threads that share one network, each with states, tape and gradient of its own, compute the bits of one thread: <c>Step</c>, <c>Forward</c> and
/// <c>Backward</c> only read the parameters.
/// </summary>
public sealed class ManyThreadsTests
{
    private const int Threads = 4;
    private const int Rounds = 40;
    private const int Steps = 37;
    private const int Sequences = 5;

    [Fact]
    public void UnrolledNetwork_GivesEveryThreadTheBitsOfOne() =>
        Check<Network3x12x2Layers2, Network3x12x2Layers2.State, Network3x12x2Layers2.Gradient>(input: 3, output: 2);

    [Fact]
    public void PortableNetwork_GivesEveryThreadTheBitsOfOne() =>
        Check<Network3x12x2Layers2Portable, Network3x12x2Layers2Portable.State, Network3x12x2Layers2Portable.Gradient>(input: 3, output: 2);

    /// <summary>Its buffers on the stack hold inputs multiplied ahead of the recurrence.</summary>
    [Fact]
    public void LoopedNetwork_GivesEveryThreadTheBitsOfOne() =>
        Check<Network24x37x3Layers2, Network24x37x3Layers2.State, Network24x37x3Layers2.Gradient>(input: 24, output: 3);

    private static void Check<TNetwork, TState, TGradient>(int input, int output)
        where TNetwork : unmanaged, INetwork<float, TState>, ITrainableLstm<TNetwork, float, TState, TGradient>
        where TState : unmanaged
        where TGradient : unmanaged, IGradient<float>
    {
        using AlignedMemory<TNetwork> network = new();
        network.Value.Initialize(seed: 3UL, rememberBias: 1);
        float[] parameters = network.Value.Parameters.ToArray();
        byte[][] expected = [.. Enumerable.Range(0, Threads).Select(Run)];
        int[] equal = new int[Threads];
        using Barrier start = new(Threads);

        Task[] tasks =
        [
            .. Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    for (int round = 0; round < Rounds; round++)
                    {
                        equal[thread] += Run(thread).AsSpan().SequenceEqual(expected[thread]) ? 1 : 0;
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)),
        ];
        Task.WaitAll(tasks);

        Assert.All(equal, rounds => Assert.Equal(Rounds, rounds));
        Assert.Equal(parameters, network.Value.Parameters.ToArray());
        Assert.Equal(Threads, expected.Select(Convert.ToHexString).Distinct().Count());

        byte[] Run(int thread) => [.. OfOne(ref network.Value, thread), .. OfMany(ref network.Value, thread)];

        IEnumerable<byte> OfOne(ref TNetwork shared, int thread)
        {
            float[] x = Inputs(Steps * input, thread), y = new float[Steps * output], recorded = new float[y.Length], dX = new float[x.Length];
            float[] tape = new float[TNetwork.TapeLength(Steps, 1)];
            TState state = default, recordedState = default, dState = default;
            TGradient gradient = default;
            for (int t = 0; t < Steps; t++)
            {
                shared.Step(x.AsSpan(t * input, input), ref state, y.AsSpan(t * output, output));
            }

            shared.Forward(x, ref recordedState, recorded, tape);
            shared.Backward(x, tape, recorded, ref dState, ref gradient, dX);
            return [.. Bytes<float>(y), .. Bytes<float>(recorded), .. Bytes<float>(dX), .. Bytes<TState>([state]), .. Bytes<TGradient>([gradient])];
        }

        IEnumerable<byte> OfMany(ref TNetwork shared, int thread)
        {
            float[] x = Inputs(Steps * Sequences * input, thread), y = new float[Steps * Sequences * output];
            TState[] states = new TState[Sequences];
            shared.Forward(x, states, y);
            shared.Step(x.AsSpan(0, Sequences * input), states, y.AsSpan(0, Sequences * output));
            return [.. Bytes<float>(y), .. Bytes<TState>(states)];
        }
    }

    private static float[] Inputs(int length, int thread) => [.. Enumerable.Range(0, length).Select(i => MathF.Sin((1.7f + thread) * i))];

    private static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values);
}
