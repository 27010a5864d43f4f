using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Charts;

namespace VanishingGradients;

/// <summary>The charts.</summary>
internal static class Pictures
{
    /// <summary>The depth whose training is drawn.</summary>
    public const int DrawnLayers = 100;

    /// <summary>Each with the name of its file.</summary>
    public static IReadOnlyList<(string Name, Chart Chart)> Of(IReadOnlyList<ChainResult> chains, IReadOnlyList<LstmResult> lstms) =>
    [
        ("chain-depth", Depth(chains)), ("chain-layers", Layers(chains)), ("chain-sgd", Descent(chains)),
        ("lstm-ltm", Memory(lstms, "Long-term memory: gradient through time", "|dL/dltm_t|", static result => result.Ltm)),
        ("lstm-wm", Memory(lstms, "Working memory: gradient through time", "|dL/dwm_t|", static result => result.Wm)),
    ];

    private static LineChart Depth(IReadOnlyList<ChainResult> chains) => new(
        "Gradient of the first layer against depth",
        new Axis("layers L", Scale.Logarithmic) { Ticks = [2, 5, 10, 20, 50, 100, 200, 500, 1000] },
        new Axis("|dL/dw| of layer 1", Scale.Exponents),
        [
            .. chains.GroupBy(static result => result.Weights)
                .Select(static kind => new Series(kind.Key.Title, [.. kind.Select(static r => new Point(r.Layers, r.Log10[0]))]) { Markers = true }),
        ]);

    private static LineChart Layers(IReadOnlyList<ChainResult> chains)
    {
        ChainResult[] drawn = [.. chains.Where(static result => result.Layers == DrawnLayers)];
        return new LineChart(
            $"Gradient by layer, L = {DrawnLayers}",
            new Axis("layer"),
            new Axis("|dL/dw|", Scale.Exponents),
            [
                .. drawn.Select(static r => new Series(r.Weights.Title, [.. r.Log10.Select(static (log10, i) => new Point(i + 1, log10))])),
                new Series("closed form", [.. drawn.SelectMany(static r => EveryTenth(r.ClosedForm))])
                {
                    Color = 6, Width = 0, Markers = true,
                },
            ]);
    }

    private static IEnumerable<Point> EveryTenth(double[] log10) =>
        log10.Select(static (value, i) => new Point(i + 1, i % 10 == 4 ? value : double.NaN));

    private static LineChart Descent(IReadOnlyList<ChainResult> chains) => new(
        $"What steepest descent does, L = {DrawnLayers}",
        new Axis("update"),
        new Axis("loss", Scale.Logarithmic) { Maximum = 1e12, Minimum = 1e-9 },
        [
            .. chains.Where(static result => result.Layers == DrawnLayers)
                .Select(static r => new Series(r.Weights.Title, [.. r.Losses.Select(static (loss, update) => new Point(update, loss))])
                {
                    Markers = r.Outcome == Outcome.Diverges, // it has few points that are numbers
                    Width = r.Weights.Value < 1 ? 6 : 2,     // seen below the line of random weights
                }),
        ]);

    private static LineChart Memory(IReadOnlyList<LstmResult> lstms, string title, string y, Func<LstmResult, double[]> values) => new(
        title,
        new Axis("step t; the loss is read at the last"),
        new Axis(y, Scale.Logarithmic),
        [.. lstms.Select(r => new Series($"remember bias {r.RememberBias}", [.. values(r).Select(static (value, t) => new Point(t, value))]))]);
}
