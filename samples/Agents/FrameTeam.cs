using System;
using System.Threading;

namespace Agents;

/// <summary>Threads that do a part of each frame and wait for the next, without an allocation. The caller does a part too.</summary>
internal sealed class FrameTeam : IDisposable
{
    private readonly Action<int, int> work;
    private readonly MeetingPoint begin;
    private readonly MeetingPoint end;
    private readonly Thread[] threads;
    private readonly long[] allocated;
    private volatile bool stopped;

    /// <param name="work">Gets the number of a part and how many parts there are.</param>
    public FrameTeam(int count, Action<int, int> work)
    {
        this.work = work;
        begin = new MeetingPoint(count);
        end = new MeetingPoint(count);
        allocated = new long[count];
        threads = new Thread[count - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int part = i + 1;
            threads[i] = new Thread(() => Work(part)) { IsBackground = true, Name = nameof(FrameTeam) };
            threads[i].Start();
        }
    }

    /// <summary>Bytes that the other threads have allocated since they started.</summary>
    public long AllocatedBytes
    {
        get
        {
            long sum = 0;
            foreach (long bytes in allocated)
            {
                sum += bytes;
            }

            return sum;
        }
    }

    /// <summary>Does all parts.</summary>
    public void Run()
    {
        if (threads.Length == 0)
        {
            work(0, 1);
            return;
        }

        begin.SignalAndWait();
        work(0, threads.Length + 1);
        end.SignalAndWait();
    }

    public void Dispose()
    {
        stopped = true;
        if (threads.Length > 0)
        {
            begin.SignalAndWait();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    private void Work(int part)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (true)
        {
            begin.SignalAndWait();
            if (stopped)
            {
                return;
            }

            work(part, threads.Length + 1);
            allocated[part] = GC.GetAllocatedBytesForCurrentThread() - before;
            end.SignalAndWait();
        }
    }
}
