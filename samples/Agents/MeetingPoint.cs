using System.Threading;

namespace Agents;

/// <summary>
/// Where threads wait until all have come, again and again. Unlike <see cref="Barrier"/>, whose events make what they wait on when they first have
/// to, in whichever frame that is, it allocates nothing after it was made.
/// </summary>
/// <param name="count">How many threads meet.</param>
internal sealed class MeetingPoint(int count)
{
    private readonly object gate = new();
    private int arrived;
    private volatile int round;

    /// <summary>Returns when as many threads as meet here have called it.</summary>
    public void SignalAndWait()
    {
        int mine = round;
        lock (gate)
        {
            if (++arrived == count)
            {
                arrived = 0;
                round++;
                Monitor.PulseAll(gate);
                return;
            }
        }

        // The others are mostly a few microseconds away: less than it takes to wake a thread.
        SpinWait spin = default;
        while (round == mine && !spin.NextSpinWillYield)
        {
            spin.SpinOnce();
        }

        lock (gate)
        {
            while (round == mine)
            {
                Monitor.Wait(gate);
            }
        }
    }
}
