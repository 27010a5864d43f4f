using System;
using System.Diagnostics;
using System.Threading;

namespace Lstm;

/// <summary>Work in numbered items, each of which may run on any thread.</summary>
internal interface ITeamWork
{
    /// <summary>Runs one item; must not throw.</summary>
    /// <param name="item">From 0.</param>
    public void Run(int item);
}

/// <summary>
/// Threads of its own that share items of work of some tens of microseconds. The caller works too, takes what no other thread has
/// taken, and so never waits for a thread that has not begun.
/// </summary>
/// <remarks>
/// Between calls a thread looks for work for a while before it goes to sleep: waking it costs about as much as an item takes. Nothing is allocated
/// after the first call with as many items. Not for calls from several threads at once, nor from within an item.
/// </remarks>
internal sealed class ThreadTeam
{
    private const double LookoutSeconds = 100e-6;

    private readonly int limit;
    private readonly long lookout; // in ticks of the stopwatch
    private readonly object start = new();
    private readonly object end = new();
    private Thread[] threads = [];

    // The call's number in the upper half, the items that nobody has taken yet in the lower one. Taking an item is one exchange of the whole, so
    // that a thread that slept through the end of a call cannot take an item of the next one by mistake.
    private long ticket;
    private int items;
    private ITeamWork? work;
    private int unfinished;
    private int sleepers;
    private bool callerSleeps;
    private bool stopped;

    /// <summary>A team whose threads start when there is work for them.</summary>
    /// <param name="threads">How many threads work at a time at most, the caller included; at least 1.</param>
    public ThreadTeam(int threads)
    {
        limit = threads;

        // With more threads than cores, whoever looks out keeps somebody else from working.
        lookout = threads <= Environment.ProcessorCount ? (long)(LookoutSeconds * Stopwatch.Frequency) : 0;
    }

    /// <summary>The largest number of threads, the caller included.</summary>
    public int Limit => limit;

    /// <summary>Runs all items and returns when the last one has ended. They start in ascending order.</summary>
    /// <param name="count">How many items.</param>
    /// <param name="todo">The work.</param>
    public void Run(int count, ITeamWork todo)
    {
        StartThreads(Math.Min(limit, count) - 1);
        int call = CallOf(ticket) + 1;
        work = todo;
        items = count;
        unfinished = count;
        Interlocked.Exchange(ref ticket, ((long)call << 32) | (uint)count);
        if (Volatile.Read(ref sleepers) != 0)
        {
            lock (start)
            {
                Monitor.PulseAll(start);
            }
        }

        TakeItems(call);
        AwaitEnd();
        work = null;
    }

    /// <summary>Ends the threads.</summary>
    /// <param name="wait">Whether to return only when they have ended.</param>
    public void Stop(bool wait)
    {
        lock (start)
        {
            Volatile.Write(ref stopped, true);
            Monitor.PulseAll(start);
        }

        if (wait)
        {
            foreach (Thread thread in threads)
            {
                thread.Join();
            }
        }
    }

    private static int CallOf(long ticket) => (int)(ticket >> 32);

    private void StartThreads(int count)
    {
        while (threads.Length < count)
        {
            StartThread(CallOf(ticket));
        }
    }

    // Apart: what the thread is given is an allocation.
    private void StartThread(int call)
    {
        // In the background: a program that ends does not wait for it.
        var thread = new Thread(() => Work(call)) { IsBackground = true, Name = nameof(ThreadTeam) };

        // Without the caller's context: the thread outlives the call.
        bool suppressed = ExecutionContext.IsFlowSuppressed();
        if (!suppressed)
        {
            ExecutionContext.SuppressFlow();
        }

        try
        {
            thread.Start();
        }
        finally
        {
            if (!suppressed)
            {
                ExecutionContext.RestoreFlow();
            }
        }

        threads = [.. threads, thread];
    }

    private void Work(int call)
    {
        while (AwaitCallAfter(call))
        {
            call = CallOf(Volatile.Read(ref ticket));
            TakeItems(call);
        }
    }

    private void TakeItems(int call)
    {
        while (true)
        {
            long seen = Volatile.Read(ref ticket);
            int left = (int)seen;
            if (CallOf(seen) != call || left == 0)
            {
                return;
            }

            // Good only if the exchange succeeds: while an item is left, the call they belong to goes on.
            int item = items - left;
            ITeamWork? todo = work;
            if (Interlocked.CompareExchange(ref ticket, seen - 1, seen) != seen)
            {
                continue;
            }

            todo!.Run(item);
            if (Interlocked.Decrement(ref unfinished) == 0 && Volatile.Read(ref callerSleeps))
            {
                lock (end)
                {
                    Monitor.Pulse(end);
                }
            }
        }
    }

    /// <returns>Whether there is another call; otherwise the team was stopped.</returns>
    private bool AwaitCallAfter(int call)
    {
        long began = Stopwatch.GetTimestamp();
        do
        {
            if (CallOf(Volatile.Read(ref ticket)) != call)
            {
                return true;
            }

            Thread.SpinWait(1);
        }
        while (Stopwatch.GetTimestamp() - began < lookout && !Volatile.Read(ref stopped));

        lock (start)
        {
            // Announced before the last look, as the caller publishes before it looks for sleepers: one of them sees the other.
            Interlocked.Increment(ref sleepers);
            while (CallOf(Volatile.Read(ref ticket)) == call && !stopped)
            {
                Monitor.Wait(start);
            }

            Interlocked.Decrement(ref sleepers);
            return !stopped;
        }
    }

    private void AwaitEnd()
    {
        long began = Stopwatch.GetTimestamp();
        do
        {
            if (Volatile.Read(ref unfinished) == 0)
            {
                return;
            }

            Thread.SpinWait(1);
        }
        while (Stopwatch.GetTimestamp() - began < lookout);

        lock (end)
        {
            Volatile.Write(ref callerSleeps, true);
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref unfinished) != 0)
            {
                Monitor.Wait(end);
            }

            callerSleeps = false;
        }
    }
}
