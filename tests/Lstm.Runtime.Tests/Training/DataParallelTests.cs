using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Lstm.Testing;
using Xunit;

namespace Lstm.Runtime.Tests;

public class DataParallelTests
{
    private const int Length = 37; // odd, so that vectors leave a rest

    /// <summary>As generated gradients are: nothing but numbers.</summary>
    [InlineArray(Length)]
    private struct Values<T>
    {
        private T first;
    }

    [ThreadStatic]
    private static long allocatedBefore;

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(19)]
    [InlineData(300)]
    public void AnyNumberOfThreads_GivesTheBitsOfTheShardsOneAfterTheOther(int sequences)
    {
        AssertBitsOfTheShards<float>(sequences);
        AssertBitsOfTheShards<double>(sequences);
    }

    [Fact]
    public void SuccessiveCalls_MayDifferInTheirNumberOfSequences()
    {
        using var parallel = new DataParallel<Values<float>>(threads: 3);
        for (int call = 0; call < 2_000; call++)
        {
            int sequences = call * 7 % 50;
            float[] gradient = new float[Length];
            double loss = parallel.AddGradients(sequences, gradient, static (Shard shard, ref Values<float> own) =>
            {
                own[0] += shard.Count;
                return shard.Count;
            });

            Assert.Equal((sequences, sequences, 0f), (loss, gradient[0], gradient[1]));
        }
    }

    [Fact]
    public void Gradients_AreAlignedAndZeroForEveryCall()
    {
        using var parallel = new DataParallel<Values<float>>(threads: 2);
        for (int call = 0; call < 3; call++)
        {
            parallel.AddGradients(16, new float[Length], static (Shard shard, ref Values<float> own) =>
            {
                Assert.Equal(0u, Address(ref own) % 64);
                Assert.Equal(-1, MemoryMarshal.CreateSpan(ref Unsafe.As<Values<float>, float>(ref own), Length).IndexOfAnyExcept(0f));
                own[3] = 1;
                return 0;
            });
        }
    }

    // Each shard waits for the other one to begin: this ends only if two threads run them.
    [Fact]
    public void Shards_RunAtTheSameTime()
    {
        using var parallel = new DataParallel<Values<float>>(threads: 2, sequencesPerShard: 1);
        using var both = new Barrier(2);
        var threads = new ConcurrentBag<int>();
        for (int call = 0; call < 5; call++)
        {
            parallel.AddGradients(2, new float[Length], (Shard shard, ref Values<float> own) =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                Assert.True(both.SignalAndWait(TimeSpan.FromMinutes(1)));
                return 0;
            });
            Thread.Sleep(5); // the other thread falls asleep
        }

        Assert.Equal(2, threads.Distinct().Count());
        Assert.Contains(Environment.CurrentManagedThreadId, threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Exceptions_ReachTheCallerLowestShardFirstAndLeaveTheGradientUntouched(int threads)
    {
        using var parallel = new DataParallel<Values<float>>(threads, sequencesPerShard: 1);
        for (int call = 0; call < 50; call++)
        {
            float[] gradient = Start<float>();
            InvalidTimeZoneException error = Assert.Throws<InvalidTimeZoneException>(() => parallel.AddGradients(16, gradient, FailFromFive));

            Assert.Equal("5", error.Message);
            Assert.Contains(nameof(FailFromFive), error.StackTrace, StringComparison.Ordinal);
            Assert.Equal(Start<float>(), gradient);
            Assert.Equal(16, parallel.AddGradients(16, gradient, static (Shard shard, ref Values<float> own) => shard.Count));
        }
    }

    [Fact]
    public void Calls_AllocateNothingOnAnyThreadAfterTheFirst()
    {
        using var parallel = new DataParallel<Values<float>>(threads: 3);
        float[] gradient = new float[Length];
        long allocated = 0;
        ShardGradient<Values<float>> shardGradient = (Shard shard, ref Values<float> own) =>
        {
            // From a thread's first shard to its last: what lies between them is the waiting and waking, too.
            long now = GC.GetAllocatedBytesForCurrentThread();
            allocatedBefore = allocatedBefore == 0 ? now : allocatedBefore;
            Interlocked.Add(ref allocated, now - allocatedBefore);
            return Fill(shard, ref own);
        };
        parallel.AddGradients(64, gradient, shardGradient);
        parallel.AddGradients(64, gradient, shardGradient);
        allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < 500; call++)
        {
            parallel.AddGradients(64, gradient, shardGradient);
            parallel.AddGradients(5, gradient, shardGradient);
            Thread.Sleep(call % 50 == 0 ? 2 : 0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocatedBefore);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void UseWithinAShardOrFromAnotherThread_IsRefused()
    {
        using var parallel = new DataParallel<Values<float>>(threads: 2);
        using var other = new DataParallel<Values<float>>(threads: 2);
        float[] gradient = new float[Length];
        parallel.AddGradients(4, gradient, (Shard shard, ref Values<float> own) =>
        {
            InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => parallel.AddGradients(4, new float[Length], Fill));
            Assert.Contains("one call at a time", error.Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(parallel.Dispose);
            var thread = new Thread(() => Assert.Throws<InvalidOperationException>(() => parallel.AddGradients(4, new float[Length], Fill)));
            thread.Start();
            thread.Join();
            return other.AddGradients(4, new float[Length], Fill);
        });

        Assert.Equal(4, parallel.AddGradients(4, gradient, static (Shard shard, ref Values<float> own) => shard.Count));
    }

    [Fact]
    public void Disposed_RefusesAndHasNoThreadsLeft()
    {
        var parallel = new DataParallel<Values<float>>(threads: 2, sequencesPerShard: 1);
        Thread? worker = null;
        using (var both = new Barrier(2))
        {
            Thread caller = Thread.CurrentThread;
            parallel.AddGradients(2, new float[Length], (Shard shard, ref Values<float> own) =>
            {
                both.SignalAndWait();
                worker = Thread.CurrentThread == caller ? worker : Thread.CurrentThread;
                return 0;
            });
        }

        Assert.True(worker!.IsAlive && worker.IsBackground);
        parallel.Dispose();
        Assert.False(worker.IsAlive);
        parallel.Dispose();
        Assert.Throws<ObjectDisposedException>(() => parallel.AddGradients(2, new float[Length], Fill));
    }

    [Fact]
    public void Forgotten_EndsItsThreads()
    {
        Thread worker = Forget();
        for (int attempt = 0; attempt < 100 && worker.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            worker.Join(100);
        }

        Assert.False(worker.IsAlive);
    }

    [Fact]
    public void WrongArguments_AreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => new DataParallel<Values<float>>(threads: -1));
        Assert.Throws<ArgumentOutOfRangeException>("sequencesPerShard", () => new DataParallel<Values<float>>(sequencesPerShard: 0));
        using var parallel = new DataParallel<Values<float>>();
        Assert.Equal(Environment.ProcessorCount, parallel.Threads);
        Assert.Throws<ArgumentOutOfRangeException>("sequences", () => parallel.AddGradients(-1, new float[Length], Fill));
        Assert.Throws<ArgumentOutOfRangeException>("sequences", () => parallel.ShardCount(-1));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => parallel.ShardAt(16, 4));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => parallel.ShardAt(0, 0));
        Assert.Throws<ArgumentNullException>("shardGradient", () => parallel.AddGradients(1, new float[Length], null!));
        ArgumentException error = Assert.Throws<ArgumentException>("gradient", () => parallel.AddGradients(1, new float[Length - 1], Fill));
        Assert.Contains("must have length 37, but its length is 36", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("gradient", () => parallel.AddGradients(1, new double[Length], Fill)); // they are floats
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread Forget()
    {
        var parallel = new DataParallel<Values<float>>(threads: 2, sequencesPerShard: 1);
        using var both = new Barrier(2);
        int caller = Environment.CurrentManagedThreadId;
        Thread? worker = null;
        parallel.AddGradients(2, new float[Length], (Shard shard, ref Values<float> own) =>
        {
            both.SignalAndWait();
            worker = Environment.CurrentManagedThreadId == caller ? worker : Thread.CurrentThread;
            return 0;
        });
        return worker!;
    }

    private static void AssertBitsOfTheShards<T>(int sequences)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] expected = Start<T>();
        double expectedLoss = 0;
        using (var split = new DataParallel<Values<T>>(threads: 1))
        {
            for (int index = 0; index < split.ShardCount(sequences); index++)
            {
                Values<T> own = default;
                expectedLoss += Fill(split.ShardAt(sequences, index), ref own);
                for (int i = 0; i < Length; i++)
                {
                    expected[i] += own[i];
                }
            }
        }

        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            using var parallel = new DataParallel<Values<T>>(threads);
            for (int repeat = 0; repeat < 200; repeat++)
            {
                T[] gradient = Start<T>();
                double loss = Overloads<T>.AddGradients(parallel, sequences, gradient, Fill);

                Assert.Equal(BitConverter.DoubleToInt64Bits(expectedLoss), BitConverter.DoubleToInt64Bits(loss));
                Numbers.AssertSameBits<T>(expected, gradient, "gradient");
            }
        }
    }

    private static unsafe nuint Address(ref Values<float> gradient) => (nuint)Unsafe.AsPointer(ref gradient);

    // Numbers whose sum depends on the order of the additions.
    private static double Fill<T>(Shard shard, ref Values<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double loss = 0;
        for (int n = shard.First; n < shard.First + shard.Count; n++)
        {
            for (int i = 0; i < Length; i++)
            {
                gradient[i] += T.CreateTruncating(Math.Exp(((n * 13) + (i * 7)) % 17) / 3);
            }

            loss += Math.Exp(n * 5 % 11) / 7;
        }

        return loss;
    }

    private static double FailFromFive(Shard shard, ref Values<float> gradient)
    {
        gradient[0] = 1;
        return shard.Index < 5 ? 1 : throw new InvalidTimeZoneException(shard.Index.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static T[] Start<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => [.. Enumerable.Range(0, Length).Select(i => T.CreateTruncating(i / 3.0))];
}
