using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace VanishingGradients;

/// <summary>The results as sentences, tables and CSV. Numbers are written in the invariant culture.</summary>
internal static class Facts
{
    /// <summary>The depth of the sentences.</summary>
    private const int Deep = 100;

    /// <summary>What the experiments show, a sentence each, made of their numbers.</summary>
    public static IReadOnlyList<string> Sentences(IReadOnlyList<ChainResult> chains, IReadOnlyList<LstmResult> lstms)
    {
        IEnumerable<string> ofChains = chains.Where(static r => r.Layers == Deep).Select(static r => string.Create(
            CultureInfo.InvariantCulture,
            $"{r.Weights.Title}, {Deep} layers: gradient 10^{r.Median:0.0}; {ChainExperiment.Updates} updates take the loss from {Loss(r.Losses[0])} "
            + $"to {Loss(r.Losses[^1])}: {Name(r.Outcome)}"));
        IEnumerable<string> ofLstms = lstms.Select(static r => string.Create(
            CultureInfo.InvariantCulture,
            $"LSTM, remember bias {r.RememberBias}: over {LstmExperiment.Steps} steps |dL/dltm| falls to 10^{Math.Log10(r.Ltm[0]):0.0}, "
            + $"a factor of {r.FactorPerStep:0.00} per step"));
        return [.. ofChains, .. ofLstms];
    }

    /// <summary>The largest difference between an exponent of the generated code and one of the closed form.</summary>
    public static double LargestDifference(IReadOnlyList<ChainResult> chains) =>
        chains.Max(static r => r.Log10.Zip(r.ClosedForm, static (a, b) => Math.Abs(a - b)).Max());

    /// <summary>What an outcome is called.</summary>
    public static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Learns => "learns",
        Outcome.Improves => "improves",
        Outcome.DoesNotMove => "does not move",
        _ => "diverges",
    };

    /// <summary>A loss, for people.</summary>
    private static string Loss(double loss) => double.IsFinite(loss)
        ? loss.ToString(loss is 0 or (>= 0.001 and < 1e4) ? "0.###" : "0.0e0", CultureInfo.InvariantCulture)
        : "no number";

    /// <summary><c>chain.csv</c>: a row for each layer of each chain.</summary>
    public static string ChainCsv(IReadOnlyList<ChainResult> chains) => Csv(
        "weights,layers,layer,log10_gradient,closed_form",
        chains.SelectMany(static r => r.Log10.Select((log10, i) => FormattableString.Invariant(
            $"{r.Weights.Name},{r.Layers},{i + 1},{log10:R},{r.ClosedForm[i]:R}"))));

    /// <summary><c>sgd.csv</c>: what steepest descent did with each chain.</summary>
    public static string SgdCsv(IReadOnlyList<ChainResult> chains) => Csv(
        "weights,layers,first_loss,last_loss,unmoved_by_first_update,outcome",
        chains.Select(static r => FormattableString.Invariant(
            $"{r.Weights.Name},{r.Layers},{r.Losses[0]:R},{r.Losses[^1]:R},{r.Unmoved},{Name(r.Outcome)}")));

    /// <summary><c>lstm.csv</c>: a row for each step of each remember bias.</summary>
    public static string LstmCsv(IReadOnlyList<LstmResult> lstms) => Csv(
        "remember_bias,step,dltm,dwm",
        lstms.SelectMany(static r => r.Ltm.Select((ltm, t) => FormattableString.Invariant($"{r.RememberBias},{t},{ltm:R},{r.Wm[t]:R}"))));

    private static string Csv(string names, IEnumerable<string> rows) =>
        new StringBuilder().AppendJoin('\n', rows.Prepend(names)).Append('\n').ToString();
}
