using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>The peers that need something of the machine, by the benchmark category that holds them.</summary>
internal static class OptionalPeers
{
    /// <summary>Needs the native library of ONNX Runtime.</summary>
    public const string OnnxRuntime = "ONNX Runtime";

    /// <summary>Needs a C++ compiler.</summary>
    public const string Native = "hand-written C++";

    /// <summary>Needs a C++ compiler and oneDNN.</summary>
    public const string OneDnn = "oneDNN";

    private static readonly (string Peer, Check IsAvailable)[] Checks =
    [
        (OnnxRuntime, OnnxRuntimeCell.IsAvailable), (Native, NativeCells.IsAvailable), (OneDnn, OneDnnCells.IsAvailable),
    ];

    private delegate bool Check([NotNullWhen(false)] out string? reason);

    public static IEnumerable<string> All => Checks.Select(static check => check.Peer);

    /// <summary>Those that can take part here.</summary>
    /// <param name="leaveOut">Is told why each of the others cannot.</param>
    public static IReadOnlySet<string> Find(Action<string>? leaveOut = null)
    {
        HashSet<string> available = [];
        foreach ((string peer, Check isAvailable) in Checks)
        {
            if (isAvailable(out string? reason))
            {
                available.Add(peer);
            }
            else
            {
                leaveOut?.Invoke($"Left out: {peer}: {reason}.");
            }
        }

        return available;
    }
}
