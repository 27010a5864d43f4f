using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Benchmarks;

/// <summary>One way to step a cell.</summary>
/// <param name="Name">As the tables show it.</param>
/// <param name="Needs">Which of <see cref="OptionalPeers"/> it is, if any.</param>
/// <param name="Create">The cell with these parameters and a zero state.</param>
internal sealed record StepContestant(string Name, string? Needs, Func<CellParameters, IStreamedCell> Create)
{
    public const string Generated = "generated";
    public const string GeneratedAtOnce = "generated, 64 steps at once";
    public const string Native = "hand-written C++";
    public const string NativeAtOnce = "hand-written C++, 64 steps at once";
    public const string TensorPrimitives = "TensorPrimitives";
    public const string PlainLoop = "plain MathF loop";
    public const string Reference = "reference";
    public const string OnnxRuntime = "ONNX Runtime";
    public const string OnnxRuntimeAtOnce = "ONNX Runtime, 64 steps at once";

    /// <summary>In the order of the tables.</summary>
    public static IReadOnlyList<StepContestant> All { get; } =
    [
        new(Generated, null, GeneratedCell.Create),
        new(GeneratedAtOnce, null, static parameters => new CellInBlocks(GeneratedCell.Create(parameters))),
        new(Native, OptionalPeers.Native, static parameters => new NativeCell(parameters)),
        new(NativeAtOnce, OptionalPeers.Native, static parameters => new CellInBlocks(new NativeCell(parameters))),
        new(TensorPrimitives, null, static parameters => new TensorPrimitivesCell(parameters)),
        new(PlainLoop, null, static parameters => new PlainLoopCell(parameters)),
        new(Reference, null, static parameters => new ReferencePeer(parameters)),
        new(OnnxRuntime, OptionalPeers.OnnxRuntime, static parameters => new OnnxRuntimeCell(parameters, steps: 1)),
        new(OnnxRuntimeAtOnce, OptionalPeers.OnnxRuntime, static parameters => new OnnxRuntimeCell(parameters, Sequence.Steps)),
    ];

    /// <summary>All that can take part where these optional peers can.</summary>
    public static IReadOnlyList<StepContestant> Among(IReadOnlySet<string> peers) =>
        [.. All.Where(contestant => contestant.Needs is null || peers.Contains(contestant.Needs))];

    public static StepContestant Find(string name) => All.Single(contestant => contestant.Name == name);
}
