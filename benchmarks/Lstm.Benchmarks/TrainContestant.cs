using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>One way to train a cell.</summary>
/// <param name="Name">As the tables show it.</param>
/// <param name="Needs">Which of <see cref="OptionalPeers"/> it is, if any.</param>
/// <param name="Create">The cell with these parameters, for N sequences.</param>
internal sealed record TrainContestant(string Name, string? Needs, Func<CellParameters, int, ITrainedCell> Create)
{
    public const string Generated = "generated";
    public const string Native = "hand-written C++";
    public const string OneDnn = "oneDNN";
    public const string Reference = "reference";

    /// <summary>In the order of the tables.</summary>
    public static IReadOnlyList<TrainContestant> All { get; } =
    [
        new(Generated, null, GeneratedCell.Create),
        new(Native, OptionalPeers.Native, static (parameters, sequences) => new NativeCell(parameters, sequences)),
        new(OneDnn, OptionalPeers.OneDnn, static (parameters, sequences) => new OneDnnCell(parameters, sequences)),
        new(Reference, null, static (parameters, sequences) => new ReferencePeer(parameters, sequences)),
    ];

    /// <summary>All that can take part where these optional peers can, but the reference, which nobody would train with.</summary>
    public static IReadOnlyList<TrainContestant> Among(IReadOnlySet<string> peers) =>
        [.. All.Where(contestant => contestant.Name != Reference && (contestant.Needs is null || peers.Contains(contestant.Needs)))];

    public static TrainContestant Find(string name) => All.Single(contestant => contestant.Name == name);
}
