using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>Calls that fail, and what is left of a call.</summary>
public class DataParallelFailureTests
{
    private struct Values
    {
        public float First;
    }

    /// <summary>The other shard has long failed when the lowest one does; which is reported does not depend on which came first.</summary>
    [Fact]
    public void LowestShard_IsReportedThoughItFailsLast()
    {
        using var parallel = new DataParallel<Values>(threads: 2, sequencesPerShard: 1);
        using var secondFails = new ManualResetEventSlim();
        ShardGradient<Values> fail = (Shard shard, ref Values own) =>
        {
            own.First = 1;
            if (shard.Index == 1)
            {
                secondFails.Set();
                throw new InvalidTimeZoneException("1");
            }

            Assert.True(secondFails.Wait(TimeSpan.FromMinutes(1)));
            Thread.Sleep(50); // until it is recorded; too short a time could only hide a fault
            throw new InvalidTimeZoneException("0");
        };

        Assert.Equal("0", Assert.Throws<InvalidTimeZoneException>(() => parallel.AddGradients(2, new float[1], fail)).Message);
    }

    /// <summary>What the delegate holds, such as a data set, can be collected when the call is over, however it ended.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Delegate_IsNotKept(bool fails)
    {
        using var parallel = new DataParallel<Values>(threads: 2, sequencesPerShard: 1);
        WeakReference held = Call(parallel, fails);
        for (int attempt = 0; attempt < 50 && held.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(held.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Call(DataParallel<Values> parallel, bool fails)
        {
            object data = new();
            ShardGradient<Values> own = (Shard shard, ref Values gradient) =>
            {
                GC.KeepAlive(data);
                return fails ? throw new InvalidTimeZoneException() : 1;
            };
            Exception? error = Record.Exception(() => parallel.AddGradients(4, new float[1], own));
            Assert.Equal(fails, error is InvalidTimeZoneException);
            return new WeakReference(data);
        }
    }
}
