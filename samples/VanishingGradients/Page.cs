using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using Lstm.Charts;

namespace VanishingGradients;

/// <summary>The page: one file, with its charts in it.</summary>
internal static class Page
{
    private const string Css = """
        :root { color-scheme: light dark; --ink: #222; --paper: #fff; --rule: #d5d9de; --soft: #f4f6f8; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e6e8; --paper: #16181b; --rule: #3b4046; --soft: #22262b; }
          figure img { filter: invert(0.91) hue-rotate(180deg); }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 1360px; padding: 1rem; font: 1.05rem/1.55 system-ui, sans-serif; }
        body { color: var(--ink); background: var(--paper); }
        h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.3rem; margin-top: 2.2rem; }
        p, li { max-width: 46rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; }
        figure { margin: 0; } figure img { width: 100%; height: auto; display: block; }
        figcaption { font-size: 0.95rem; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.95rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; padding-bottom: 0.4rem; }
        th, td { padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap; }
        th:first-child { text-align: left; } thead th { background: var(--soft); }
        code { font-size: 0.95em; }
        @media print { body { font-size: 10pt; max-width: none; } figure, tr { break-inside: avoid; } .wide { overflow: visible; } }
        """;

    /// <summary>The text of <c>index.html</c>.</summary>
    public static string Of(
        int seed, IReadOnlyList<ChainResult> chains, IReadOnlyList<LstmResult> lstms, IReadOnlyList<(string Name, Chart Chart)> pictures) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Where gradients go</title>
        <style>
        {Css}
        </style>
        </head>
        <body>
        <h1>Where gradients go: a deep chain and an LSTM</h1>
        <p>A deep chain without activations, <code>ŷ = W<sup>(L)</sup> … W<sup>(1)</sup> x</code> with diagonal weights, has the gradient
        <code>∂L/∂w<sup>(i)</sup> = (ŷ − y) · (product of the weights of all other layers) · x</code>. With equal weights w that product is
        w<sup>L−1</sup>: it vanishes below 1, explodes above 1, and every layer gets the same. The lines below are what generated code computed;
        the points are the formula. They differ by at most {Number(Facts.LargestDifference(chains), "0.0e0")} in the exponent.</p>
        <h2>The chain</h2>
        <div class="charts">
        {Figure(pictures[0], "With random weights of mean square 1 the gradient vanishes as well: the mean of log |w| is below 0.")}
        {Figure(pictures[1], "Of equal weights every layer gets the same gradient. Random ones differ by the weight that is left out.")}
        {Figure(pictures[2], $"Learning rate {Number(ChainExperiment.RateTimesLayers, "0.0")} / L, target 1. A line ends with the last number.")}
        </div>
        {GradientTable(chains)}
        {DescentTable(chains)}
        <h2>The LSTM</h2>
        <p>Through time an LSTM is a deep chain too, as deep as the sequence is long. But along its long-term memory,
        <code>ltm<sub>t</sub> = rem<sub>t</sub> · ltm<sub>t−1</sub> + save<sub>t</sub> · ltm′<sub>t</sub></code>, the factor of a step is the
        remember gate, which the network sets itself. A remember bias b begins with about σ(b): 0.12 for −2, 0.5 for 0, 0.73 for 1, 0.95 for 3.
        Here a cell with one input and {Cell.HiddenSize} units, untrained, reads {LstmExperiment.Steps} numbers; the loss
        reads the last working memory.</p>
        <div class="charts">
        {Figure(pictures[3], "The slope of a line is the remember gate: with a bias of 3 the first step is still heard.")}
        {Figure(pictures[4], "Working memory hands on what it has through the gates and through long-term memory.")}
        </div>
        {LstmTable(lstms)}
        <h2>In numbers</h2>
        <ul>
        {string.Join('\n', Facts.Sentences(chains, lstms).Select(static sentence => $"<li>{WebUtility.HtmlEncode(sentence)}.</li>"))}
        </ul>
        <p>Seed {seed}. The numbers of all charts and tables are in the CSV files beside this page.</p>
        </body>
        </html>

        """;

    private static string Figure((string Name, Chart Chart) picture, string caption)
    {
        string image = Convert.ToBase64String(Encoding.UTF8.GetBytes(picture.Chart.ToSvg()));
        return $"""
            <figure><img alt="{WebUtility.HtmlEncode(picture.Chart.Title)}" src="data:image/svg+xml;base64,{image}">
            <figcaption>{WebUtility.HtmlEncode(caption)}</figcaption></figure>
            """;
    }

    private static string GradientTable(IReadOnlyList<ChainResult> chains) => ByDepth(
        "The exponent of the gradient: log10 of the middle one of all layers", chains,
        static r => Number(r.Median, "0.0"));

    private static string DescentTable(IReadOnlyList<ChainResult> chains) => ByDepth(
        $"What {ChainExperiment.Updates} updates by steepest descent do", chains, static r => Facts.Name(r.Outcome));

    private static string ByDepth(string caption, IReadOnlyList<ChainResult> chains, Func<ChainResult, string> cell) => Table(
        caption,
        ["weights", .. chains.Select(static r => r.Layers).Distinct().Select(static layers => $"L = {layers}")],
        chains.GroupBy(static r => r.Weights).Select(kind => (string[])[kind.Key.Title, .. kind.Select(cell)]));

    private static string LstmTable(IReadOnlyList<LstmResult> lstms)
    {
        int[] steps = [0, 20, 40, 60, 80, 90, 99];
        return Table(
            "log10 of |dL/dltm_t|, and the mean factor of a step",
            ["remember bias", .. steps.Select(static t => $"t = {t}"), "factor"],
            lstms.Select(r => (string[])
            [
                Number(r.RememberBias, "0"),
                .. steps.Select(t => Number(Math.Log10(r.Ltm[t]), "0.0")),
                Number(r.FactorPerStep, "0.00"),
            ]));
    }

    private static string Table(string caption, string[] names, IEnumerable<string[]> rows)
    {
        string title = WebUtility.HtmlEncode(caption);
        string head = string.Concat(names.Select(static name => $"<th scope=\"col\">{WebUtility.HtmlEncode(name)}</th>"));
        string body = string.Join('\n', rows.Select(static row =>
            $"<tr><th scope=\"row\">{row[0]}</th>{string.Concat(row.Skip(1).Select(static cell => $"<td>{cell}</td>"))}</tr>"));
        return $"""
            <div class="wide" tabindex="0" role="region" aria-label="{title}"><table><caption>{title}</caption>
            <thead><tr>{head}</tr></thead>
            <tbody>{body}</tbody></table></div>
            """;
    }

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
}
