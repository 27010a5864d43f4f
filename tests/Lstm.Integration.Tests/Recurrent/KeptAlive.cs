using System.Collections.Concurrent;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>
/// Holds the last thousand owners of native memory: a test looks at it through references and spans, which do not keep the owner,
/// and the collector may otherwise free it under them.
/// </summary>
internal static class KeptAlive
{
    private const int Most = 1000;

    private static readonly ConcurrentQueue<object> Recent = new();

    public static void Add(object owner)
    {
        Recent.Enqueue(owner);
        while (Recent.Count > Most)
        {
            Recent.TryDequeue(out _);
        }
    }
}
