using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Lstm.Soak;

/// <summary>What the process holds after a collection.</summary>
/// <param name="Managed">Bytes of the managed heap.</param>
/// <param name="Resident">Bytes of the process in memory, native memory included.</param>
/// <param name="Threads">Threads of the process.</param>
/// <param name="Handles">Open handles of the process.</param>
internal sealed record Reading(long Managed, long Resident, long Threads, long Handles)
{
    /// <summary>How much each may grow from the median after the warm-up to the median at the end: the allocator's and the JIT's share.</summary>
    private static readonly Reading Tolerance = new(Managed: 64 * 1024, Resident: 8 * 1024 * 1024, Threads: 2, Handles: 2);

    public static Reading Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        long handles = Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : process.HandleCount;
        return new Reading(GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, process.Threads.Count, handles);
    }

    /// <summary>The median of each figure.</summary>
    public static Reading Median(IReadOnlyCollection<Reading> readings)
    {
        return new Reading(
            Of(static reading => reading.Managed), Of(static reading => reading.Resident), Of(static reading => reading.Threads),
            Of(static reading => reading.Handles));

        long Of(Func<Reading, long> figure) => readings.Select(figure).Order().ElementAt(readings.Count / 2);
    }

    /// <summary>What has grown since an earlier reading by more than it may; empty: nothing.</summary>
    public IEnumerable<string> GrownSince(Reading before)
    {
        (string Name, long Before, long After, long Most)[] figures =
        [
            ("managed bytes", before.Managed, Managed, Tolerance.Managed), ("resident bytes", before.Resident, Resident, Tolerance.Resident),
            ("threads", before.Threads, Threads, Tolerance.Threads), ("handles", before.Handles, Handles, Tolerance.Handles),
        ];
        return figures.Where(static figure => figure.After - figure.Before > figure.Most)
            .Select(static figure => $"{figure.Name} grew by {figure.After - figure.Before}, more than {figure.Most}");
    }
}
